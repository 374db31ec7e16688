"""A table to read: rows of one height, columns of given widths, and rows that can be copied as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QMenu, QTableView, QWidget

from explorer.ui.delegates.shown_cells import ShownCells
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.row_frame import paint_row_frame

_ROW = 26
_MOST_COPIED = 10_000  # rows


class ValueTable(QTableView):
    """A table with neither grid nor row numbers. Copying takes the selected rows, or all when none is selected.

    Signals:
        row_chosen: another row is the current one; its index, which may be invalid.
    """

    row_chosen = Signal(QModelIndex)

    def __init__(
        self,
        themes: Themes,
        model: QAbstractItemModel | None = None,
        *,
        row_height: float = _ROW,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._row_height = row_height
        self._widths: tuple[float | None, ...] = ()
        self._text_of: Callable[[int], str] = self._plain_row
        self.setItemDelegate(ShownCells(themes, self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(1)
        self.copy_action = QAction("Copy", self)
        self.copy_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        self.copy_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.copy_action.triggered.connect(self.copy_rows)
        self.addAction(self.copy_action)
        themes.changed.connect(self._fit)
        if model is not None:
            self.setModel(model)
        self._fit()

    def set_widths(self, *widths: float | None) -> None:
        """Give the columns widths in design pixels; None takes what is left, and several of them share it."""
        self._widths = widths
        self._fit()

    def set_values(self, *columns: int, always: bool = False) -> None:
        """Say which columns have values that the first column names, as in headers; `always` if each is a secret."""
        self.setItemDelegate(ShownCells(self._themes, self, values=columns, always=always))

    def set_row_text(self, text_of: Callable[[int], str]) -> None:
        """Say how a row reads when it is copied; else its cells are divided by tabs."""
        self._text_of = text_of

    def copy_rows(self) -> None:
        """Put the selected rows on the clipboard."""
        chosen = sorted({index.row() for index in self.selectedIndexes()})
        rows = chosen or range(self.model().rowCount())
        QApplication.clipboard().setText("\n".join(self._text_of(row) for row in rows[:_MOST_COPIED]))

    @override
    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self._fit()

    @override
    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self.row_chosen.emit(self.currentIndex())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_row_frame(self, self._themes.theme)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.actions())
        menu.popup(event.globalPos())

    def _plain_row(self, row: int) -> str:
        model = self.model()
        cells = (model.index(row, column) for column in range(model.columnCount()))
        return "\t".join(str(cell.data() or "") for cell in cells if not self.isColumnHidden(cell.column()))

    def _fit(self) -> None:
        px = self._themes.theme.px
        if self.verticalHeader().defaultSectionSize() != px(self._row_height):
            self.verticalHeader().setMinimumSectionSize(px(self._row_height))
            self.verticalHeader().setDefaultSectionSize(px(self._row_height))
        columns = min(len(self._widths), self.horizontalHeader().count())
        shown = [i for i in range(columns) if not self.isColumnHidden(i)]
        sizes = _shares([self._widths[i] for i in shown], self.viewport().width(), px)
        for i, size in zip(shown, sizes, strict=True):
            if self.columnWidth(i) != size:
                self.setColumnWidth(i, size)


def _shares(widths: Sequence[float | None], room: int, px: Callable[[float], int]) -> list[int]:
    """Return pixels for each column: what is given, less where room is short, and the rest in equal parts."""
    given = [px(width) if width is not None else 0 for width in widths]
    stretching = [i for i, width in enumerate(widths) if width is None]
    least = len(stretching) * (room // (len(widths) + 1))
    if stretching and sum(given) + least > room and sum(given):
        given = [size * max(0, room - least) // sum(given) for size in given]
    left = max(0, room - sum(given))
    for place, i in enumerate(stretching):
        given[i] = left // len(stretching) + (left % len(stretching) if place == 0 else 0)
    return given
