"""The rows of the list of requests: they follow what comes, until a person scrolls away from the top."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from explorer.ui import names
from explorer.ui.delegates.trace_cells import RowState, TraceRowPainter, full_ns
from explorer.ui.models.trace_words import line_text
from explorer.ui.models.traces_model import Column, TracesModel
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.row_frame import paint_row_frame
from explorer.ui.widgets.row_pictures import RowPictures
from explorer.ui.widgets.value_table import ValueTable

_ROW = 30
_WIDTHS: dict[Column, float] = {Column.METHOD: 60, Column.STATUS: 44, Column.MS: 52, Column.CLIENT: 56, Column.SQL: 36}
_LEAST, _MOST = 28, 400  # design pixels of a column
_LEAST_PATH = 90
_FIRST_TO_GO = (Column.CLIENT, Column.MS, Column.SQL, Column.STATUS)  # where there is too little room for all

_AT_ONCE = 4  # rows that are painted without more ado

_Select = QItemSelectionModel.SelectionFlag


class TraceTable(ValueTable):
    """Paints its rows by itself: a call from Qt for each cell would wait for the server's thread each time.

    Signals:
        trace_chosen: a person chose a request; its trace id.
        opened: a person wants to go on to what is told of the chosen request.
        clear_pressed: a person wants the list empty.
        menu_wanted: a person wants to know what can be done with the chosen request; where on the screen.
        prepared: what `prepare` began is done.
        unseen_changed: how many rows came since a person scrolled away from the top; 0 at the top.
    """

    trace_chosen = Signal(str)
    opened = Signal()
    clear_pressed = Signal()
    menu_wanted = Signal(QPoint)
    prepared = Signal()
    unseen_changed = Signal(int)

    def __init__(self, themes: Themes, model: TracesModel, parent: QWidget | None = None) -> None:
        self._traces = model
        self._wanted: dict[Column, float] = {**_WIDTHS}  # of the columns, in design pixels
        self._fitting = False
        self._by_hand = True  # what becomes the current row now is a person's choice
        self._chosen = ""
        self._hovered = -1
        self._seen = -1
        self._painter = TraceRowPainter(themes, 1.0)
        super().__init__(themes, model, row_height=_ROW, parent=parent)
        self._pictures: RowPictures[str] = RowPictures(lambda _id: True, model.summary_of, self._picture, self)
        self._pictures.prepared.connect(self.prepared)
        self.setObjectName(names.TRACES_LIST)
        self.setAccessibleName("Requests, the newest first")
        self.setProperty("variant", "side")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.set_row_text(self._line)
        self.copy_action.setText("Copy as one line")
        header = self.horizontalHeader()
        header.setSectionsMovable(False)
        header.setMinimumSectionSize(themes.theme.px(_LEAST))
        header.setSectionResizeMode(Column.PATH, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(self._on_header_section_resized)
        self.row_chosen.connect(self._on_row_chosen)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        themes.changed.connect(self._on_themes_changed)
        self._fit_columns()

    # --- what is shown ------------------------------------------------------------------------------------------------
    @property
    def at_top(self) -> bool:
        """Whether new rows are in sight as soon as they come."""
        return self.verticalScrollBar().value() == 0

    @property
    def chosen(self) -> str:
        """The trace id of the chosen request, on show or not; empty for none."""
        return self._chosen

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Let rows come and go: away from the top those in sight stay where they are, and so does the choice."""
        top, inside = divmod(self.verticalScrollBar().value(), self._row_pixels)
        anchor = "" if self.at_top else self._traces.trace_id(top)
        with self._without_hand():
            yield
            self.executeDelayedItemsLayout()
            row = self._traces.row_of(anchor) if anchor else -1
            if row >= 0:
                self.verticalScrollBar().setValue(row * self._row_pixels + inside)
            self._show_chosen()
        if self._hovered >= 0:  # another row may be under the pointer now
            self._hovered = self.rowAt(self.viewport().mapFromGlobal(QCursor.pos()).y())
        self._count_unseen()

    def choose(self, trace_id: str, *, scroll: bool = True) -> None:
        """Mark a request as the chosen one, without a signal; empty for none."""
        self._chosen = trace_id
        with self._without_hand():
            self._show_chosen()
        row = self._traces.row_of(trace_id)
        if scroll and row >= 0:
            self.scrollTo(self._traces.index(row, 0))

    def go_to_top(self) -> None:
        """Show the newest, and follow what comes from now on."""
        self.scrollToTop()
        self._count_unseen()

    def column_widths(self) -> dict[str, float]:
        """Return the widths of the columns in design pixels, by their names."""
        return {column.name.lower(): width for column, width in self._wanted.items()}

    def restore_widths(self, state: Mapping[str, Any]) -> None:
        """Take up what `column_widths` returned; what is missing or odd is left as it is."""
        for column in _WIDTHS:
            width = state.get(column.name.lower())
            if isinstance(width, int | float) and _LEAST <= width <= _MOST:
                self._wanted[column] = width
        self._fit_columns()

    # --- painting -----------------------------------------------------------------------------------------------------
    def prepare(self, begun: Sequence[str], changed: AbstractSet[str]) -> bool:
        """Begin to paint what will be in sight once these requests are added, unless that is little.

        `prepared` comes when it is done; False when there is nothing to wait for.
        """
        if not self.isVisible() or not self.at_top:
            return False
        most = self.viewport().height() // self._row_pixels + 1
        new = list(begun[-most:])
        standing = [self._traces.trace_id(row) for row in self._in_sight()][: most - len(new)]
        missing = self._pictures.missing([*new, *(trace_id for trace_id in standing if trace_id in changed)])
        if len(missing) > _AT_ONCE:
            self._pictures.prepare(missing)
        return self._pictures.preparing

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._painter.dpr != self.devicePixelRatioF():
            self._look_anew()
        height, width = self._row_pixels, self.viewport().width()
        scrolled = self.verticalScrollBar().value()
        known = [(row, summary) for row in self._in_sight() if (summary := self._traces.summary(row)) is not None]
        most = full_ns([summary for _, summary in known])
        self._pictures.missing([summary.trace_id for _, summary in known])  # so many are kept
        current = self.currentIndex().row()
        painter = QPainter(self.viewport())
        for row, summary in known:
            top = row * height - scrolled
            if row in (current, self._hovered):
                state = RowState(selected=row == current, hovered=row == self._hovered)
                self._painter.paint(painter, QRect(0, top, width, height), self._cells(top), summary, state)
            else:
                painter.drawPixmap(0, top, self._pictures.get(summary.trace_id))
        if not self.isColumnHidden(Column.MS):
            cell = self._cell(Column.MS, 0)
            cells = [cell.translated(0, row * height - scrolled) for row, _ in known]
            self._painter.paint_bars(painter, cells, [summary for _, summary in known], most)
        painter.end()
        paint_row_frame(self, self._themes.theme)

    def _in_sight(self) -> range:
        scrolled, height = self.verticalScrollBar().value(), self._row_pixels
        last = (scrolled + self.viewport().height()) // height + 1
        return range(scrolled // height, min(self._traces.rowCount(), last))

    def _picture(self, trace_id: str) -> QPixmap:
        summary = self._traces.summary_of(trace_id)
        size = QSize(self.viewport().width(), self._row_pixels)
        return self._painter.picture(size, self._cells(0), summary) if summary is not None else QPixmap()

    def _cells(self, top: int) -> dict[int, QRect]:
        return {column: self._cell(column, top) for column in Column if not self.isColumnHidden(column)}

    def _cell(self, column: Column, top: int) -> QRect:
        return QRect(self.columnViewportPosition(column), top, self.columnWidth(column), self._row_pixels)

    def _look_anew(self) -> None:
        """Paint all rows again: theme, screen or columns are others."""
        self._painter = TraceRowPainter(self._themes, self.devicePixelRatioF())
        self._pictures.clear()
        self.viewport().update()

    @property
    def _row_pixels(self) -> int:
        return self._themes.theme.px(_ROW)

    # --- what a person does -------------------------------------------------------------------------------------------
    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = event.key(), self._traces.rowCount() - 1
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End) and last >= 0:
            self.setCurrentIndex(self._traces.index(0 if key == Qt.Key.Key_Home else last, 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key == Qt.Key.Key_Delete:
            self.clear_pressed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Do nothing: Qt would look into all rows for one that begins so."""

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.currentIndex()
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        elif self.rowAt(event.pos().y()) < 0:
            return
        if index.isValid():
            self.menu_wanted.emit(place)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pictures.clear()
        self._fit_columns()

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def _on_row_chosen(self, index: QModelIndex) -> None:
        trace_id = self._traces.trace_id(index.row()) if self._by_hand and index.isValid() else ""
        if trace_id and trace_id != self._chosen:
            self._chosen = trace_id
            self.trace_chosen.emit(trace_id)

    def _on_scrolled(self) -> None:
        if self._by_hand:
            self._count_unseen()

    def _count_unseen(self) -> None:
        if self.at_top:
            self._seen = self._traces.newest
        self.unseen_changed.emit(self._traces.above(self._seen))

    # --- the choice ---------------------------------------------------------------------------------------------------
    @contextmanager
    def _without_hand(self) -> Iterator[None]:
        """Let the current row change without being taken for a person's choice, and without scrolling to it."""
        self._by_hand = False
        self.setAutoScroll(False)
        yield
        self.setAutoScroll(True)
        self._by_hand = True

    def _show_chosen(self) -> None:
        row = self._traces.row_of(self._chosen) if self._chosen else -1
        selection = self.selectionModel()
        if row < 0:
            selection.clear()  # Qt goes on to the next row when one is taken away
        elif self.currentIndex().row() != row or not selection.isRowSelected(row, QModelIndex()):
            flags = _Select.ClearAndSelect | _Select.Rows
            selection.setCurrentIndex(self._traces.index(row, 0), flags)

    def _line(self, row: int) -> str:
        summary = self._traces.summary(row)
        return line_text(summary) if summary is not None else ""

    # --- columns ------------------------------------------------------------------------------------------------------
    def _on_header_section_resized(self, column: int, _before: int, width: int) -> None:
        self._pictures.clear()
        if not self._fitting and column in self._wanted and width:
            self._wanted[Column(column)] = round(width / self._themes.theme.zoom, 1)

    def _on_themes_changed(self) -> None:
        self._look_anew()
        self.horizontalHeader().setMinimumSectionSize(self._themes.theme.px(_LEAST))
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give the columns their widths, and leave out those for which there is no room beside the path."""
        px = self._themes.theme.px
        shown = dict(self._wanted)
        room = self.viewport().width() - px(_LEAST_PATH)
        for column in _FIRST_TO_GO:
            if sum(px(width) for width in shown.values()) > room:
                del shown[column]
        self._fitting = True
        for column, width in self._wanted.items():
            self.setColumnHidden(column, column not in shown)
            if column in shown and self.columnWidth(column) != px(width):
                self.setColumnWidth(column, px(width))
        self._fitting = False
