"""The ladder: what clients and server said to each other, on one time axis; only rows in sight are ever asked for."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from explorer.client.sockets.ladder_rows import Column, LadderRow, LadderSource
from explorer.ui import names
from explorer.ui.announce import announce
from explorer.ui.models.ladder_words import spoken
from explorer.ui.override import override
from explorer.ui.panels.sockets.column_plan import ColumnPlan, Span, plan_columns
from explorer.ui.panels.sockets.ladder_painter import ROW_HEIGHT, CellState, LadderPainter
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.row_pictures import RowPictures
from explorer.ui.widgets.text_access import tell_assistive_tools

_REFRESH_EVERY = 50  # milliseconds
_AT_ONCE = 3  # rows that are painted without more ado
_SPEAK_AFTER = 200  # milliseconds of rest until the rows in sight are told to assistive tools
_TOP = 4  # design pixels above the first row
_DASH = 3  # of the server's line, in its widths


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell: the number of its row on the whole ladder, and of its column."""

    number: int
    column: int


class LadderView(QAbstractScrollArea):
    """Paints the rows of a `LadderSource`, follows the end until a person scrolls away, and can be walked by keyboard.

    Signals:
        entry_chosen: a person stands on an entry: the column's id, and the entry's number in that client's log.
        row_chosen: a person stands on a row: its `LadderRow`.
        unseen_changed: how many rows came since a person scrolled away from the end; 0 at the end.
        arranged: columns have other places now.
    """

    entry_chosen = Signal(str, int)
    row_chosen = Signal(object)
    unseen_changed = Signal(int)
    arranged = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._columns: tuple[Column, ...] = ()
        self._order: dict[str, int] = {}
        self._source: LadderSource | None = None
        self._origin_ns: int | None = None
        self._deltas = False
        self._spot: Spot | None = None
        self._hovered: tuple[int, int] | None = None  # position of the row, column
        self._following = True
        self._seen = 0
        self._unseen = 0
        self._painter = LadderPainter(themes, 1.0)
        self._pictures = RowPictures(lambda position: position < self.row_count, self._key_of, self._picture, self)
        self._pictures.prepared.connect(self._show_prepared)
        self._ahead = 0  # rows there were when pictures were begun to be made
        self.plan = ColumnPlan()
        self.setObjectName(names.SOCKETS_LADDER)
        self.setAccessibleName("What clients and server said to each other")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self._refresher = self._timer(_REFRESH_EVERY, self._look_again)
        self._speaker = self._timer(_SPEAK_AFTER, self._speak)
        tell_assistive_tools()
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled_sideways)
        themes.changed.connect(self._on_themes_changed)

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_columns(self, columns: tuple[Column, ...]) -> None:
        """Show other columns; the first stands left of the server, the others right of it."""
        if columns != self._columns:
            chosen = self.chosen_column
            self._columns = columns
            self._pictures.clear()
            self._order = {column.id: place for place, column in enumerate(columns)}
            if self._spot is not None:
                self._spot = Spot(self._spot.number, self._order.get(chosen, 0)) if columns else None
            self._arrange()

    def set_source(self, source: LadderSource | None, origin_ns: int | None = None) -> None:
        """Show other rows from their end on.

        Times are counted from `origin_ns`, on the clock of all events; None for that of the first row.
        """
        self._source = source
        self._origin_ns = origin_ns
        self._spot = None
        self._following, self._seen = True, self.row_count
        self._pictures.clear()
        self._read_again()

    def set_deltas(self, deltas: bool) -> None:
        """Write the time since the row before, instead of the time since the beginning."""
        self._deltas = deltas
        self._pictures.clear()
        self.viewport().update()

    def refresh(self) -> None:
        """Take notice that there are other rows; cheap, and may be called for every batch."""
        if not self._refresher.isActive() and not self._pictures.preparing:
            self._refresher.start()

    @property
    def row_count(self) -> int:
        """How many rows there are to show."""
        return self._source.count if self._source is not None else 0

    @property
    def origin_ns(self) -> int:
        """From when on times are counted, on the clock of all events."""
        return self._origin

    @property
    def chosen_column(self) -> str:
        """The id of the column that a person stands in; empty for none."""
        spot = self._spot
        return self._columns[spot.column].id if spot is not None and spot.column < len(self._columns) else ""

    @property
    def chosen_row(self) -> LadderRow | None:
        """The row that a person stands on."""
        position = self._position()
        return self._row(position) if position is not None else None

    @property
    def following(self) -> bool:
        """Whether the end stays in sight when rows come."""
        return self._following

    @property
    def offset(self) -> int:
        """How far the columns are scrolled to the left, in pixels."""
        return self.horizontalScrollBar().value()

    def go_to_end(self) -> None:
        """Show the newest rows, and follow from here on."""
        self._following = True
        self._fit()
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        self._count_unseen()

    def choose(self, number: int, column: str) -> None:
        """Stand on a row, given by its number on the whole ladder, in a client's column, and bring it into sight."""
        if self._source is None or column not in self._order:
            return
        self._stand(self._source.position_of(number), self._order[column])

    def column_rect(self, column: str) -> QRect:
        """Return where a column stands in the viewport; an empty place when there is no such column."""
        place = self._order.get(column)
        if place is None or place >= len(self.plan.columns):
            return QRect()
        span = self.plan.columns[place]
        return QRect(span.left - self.offset, 0, span.width, self.viewport().height())

    def text_in_sight(self) -> str:
        """Return the rows in sight as sentences, one a line."""
        first, last = self._in_sight()
        titles = {column.id: column.title for column in self._columns}
        return "\n".join(spoken(titles, self._row(i), self._origin) for i in range(first, last))

    def copy(self) -> None:
        """Put the chosen row on the clipboard as a sentence."""
        row = self.chosen_row
        if row is not None:
            QApplication.clipboard().setText(self._sentence(row))

    # --- geometry -----------------------------------------------------------------------------------------------------
    @property
    def _height(self) -> int:
        return self._themes.theme.px(ROW_HEIGHT)

    def _arrange(self) -> None:
        self._pictures.clear()
        self.plan = plan_columns(len(self._columns), self.viewport().width(), self._themes.theme.px)
        across = self.horizontalScrollBar()
        across.setPageStep(max(1, self.viewport().width()))
        across.setSingleStep(self._themes.theme.px(40))
        across.setRange(0, max(0, self.plan.width - self.viewport().width()))
        self._fit()
        self.viewport().update()
        self.arranged.emit()

    def _fit(self, rows: int | None = None) -> None:
        """Let the scroll bar reach so many rows, all that there are if it is not said."""
        bar = self.verticalScrollBar()
        page = self.viewport().height()
        bar.setPageStep(max(1, page - self._height))
        bar.setSingleStep(self._height)
        following = self._following
        bar.setRange(0, max(0, self._whole(self.row_count if rows is None else rows) - page))
        if following:
            bar.setValue(bar.maximum())
            self._following = True

    def _whole(self, rows: int) -> int:
        return self._themes.theme.px(_TOP) * 2 + rows * self._height

    def _in_sight(self, scrolled: int | None = None) -> tuple[int, int]:
        """Return the first position in sight, and the one behind the last; now, or when scrolled so far."""
        top = (self.verticalScrollBar().value() if scrolled is None else scrolled) - self._themes.theme.px(_TOP)
        first = max(0, top // self._height)
        last = (top + self.viewport().height()) // self._height + 1
        return min(first, self.row_count), max(0, min(last, self.row_count))

    def _top_of(self, position: int) -> int:
        return self._themes.theme.px(_TOP) + position * self._height - self.verticalScrollBar().value()

    @property
    def _origin(self) -> int:
        """The moment that times are counted from; that of the first row that was ever there, unless it is given."""
        if self._origin_ns is None and self.row_count:
            self._origin_ns = self._row(0).at_ns
        return self._origin_ns or 0

    def _row(self, position: int) -> LadderRow:
        assert self._source is not None  # noqa: S101 - without a source there are no positions
        return self._source.row(position)

    def _position(self) -> int | None:
        """Return where the row that a person stands on is now; None when it is filtered out."""
        if self._spot is None or self._source is None:
            return None
        position = self._source.position_of(self._spot.number)
        if position >= self.row_count or self._row(position).number != self._spot.number:
            return None
        return position

    # --- painting -----------------------------------------------------------------------------------------------------
    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_lane(painter, self.viewport().height(), self.verticalScrollBar().value())
        if self._painter.dpr != self.devicePixelRatioF():
            self._painter = LadderPainter(self._themes, self.devicePixelRatioF())
            self._pictures.clear()
        chosen = self._position()
        positions = range(*self._in_sight())
        self._pictures.missing(positions)
        marked = {chosen, self._hovered[0] if self._hovered else None}
        for position in positions:
            if position in marked:
                self._paint_marked(painter, position, chosen)
            else:
                painter.drawPixmap(0, self._top_of(position), self._pictures.get(position))
        painter.setPen(self._themes.theme.color("bd"))
        for x in self._borders():
            painter.drawLine(x, 0, x, self.viewport().height())
        if self.hasFocus() and not (chosen in positions and self._spot_in_sight()):
            painter.setPen(self._themes.theme.color("acc"))  # no cell in sight could show that the keyboard is here
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        self._speaker.start()

    def _spot_in_sight(self) -> bool:
        span = self.plan.columns[self._spot.column] if self._spot is not None else Span(0, 0)
        return span.right > self.offset and span.left < self.offset + self.viewport().width()

    def _paint_marked(self, painter: QPainter, position: int, chosen: int | None) -> None:
        """Paint a row in which a person stands, or that the pointer is over."""
        top = self._top_of(position)
        for column, span in enumerate(self.plan.columns):
            state = self._state_of(position, column, chosen)
            if state != CellState():
                self._painter.paint_ground(painter, span, -self.offset, top, state)
        self._paint_row(painter, position, top)

    def _paint_row(self, painter: QPainter, position: int, top: int) -> None:
        self._painter.origin_ns, self._painter.deltas = self._origin, self._deltas
        self._painter.paint_row(painter, self._row(position), self.plan, self._order, -self.offset, top)

    def _key_of(self, position: int) -> tuple[int, int | None]:
        """Tell a row from others; in it there may be the time since the one before."""
        assert self._source is not None  # noqa: S101 - without a source there are no positions
        return self._source.number(position), self._source.number(position - 1) if position else None

    def _picture(self, position: int) -> QPixmap:
        """Paint a row as wide as the viewport, with what is under it."""
        size = QSize(self.viewport().width(), self._height)
        picture = QPixmap(size * self._painter.dpr)
        picture.setDevicePixelRatio(self._painter.dpr)
        picture.fill(self._themes.theme.color("bg1"))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_lane(painter, self._height, self._whole(position) - self._themes.theme.px(_TOP))
        self._paint_row(painter, position, 0)
        painter.end()
        return picture

    def _state_of(self, position: int, column: int, chosen: int | None) -> CellState:
        here = position == chosen and self._spot is not None and self._spot.column == column
        return CellState(
            selected=here, focused=here and self.hasFocus(), hovered=not here and self._hovered == (position, column)
        )

    def _paint_lane(self, painter: QPainter, height: int, begin: int) -> None:
        """Paint the server's lane `height` pixels high; `begin` is where of the whole ladder that is."""
        theme = self._themes.theme
        lane = self.plan.lane
        box = QRect(lane.left - self.offset, 0, lane.width, height)
        painter.fillRect(box, theme.color("bg0"))
        pen = QPen(theme.color("bd2"))
        pen.setWidthF(max(1.0, theme.zoom))
        pen.setDashPattern([_DASH, _DASH])
        pen.setDashOffset(begin / pen.widthF() % (2 * _DASH))
        painter.setPen(pen)
        x = box.left() + lane.width / 2
        painter.drawLine(round(x), 0, round(x), box.height())

    def _borders(self) -> list[int]:
        lane: Span = self.plan.lane
        edges = [lane.left - 1, lane.right, *(span.left for span in self.plan.columns[2:])]
        return [edge - self.offset for edge in edges]

    # --- by keyboard --------------------------------------------------------------------------------------------------
    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif not self._walk(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def _walk(self, key: Qt.Key) -> bool:
        """Stand elsewhere as a key says; False when it says nothing, or nothing is there."""
        if not self.row_count or not self._columns:
            return False
        page = max(1, self.viewport().height() // self._height - 1)
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}
        position = self._position()
        column = self._spot.column if self._spot is not None else 0
        if position is None and key in (*steps, Qt.Key.Key_Left, Qt.Key.Key_Right):
            position = max(0, self._in_sight()[1] - 1)
            self._stand(position, column)
        elif key in steps and position is not None:
            self._stand(max(0, min(self.row_count - 1, position + steps[key])), column)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._stand(0 if key == Qt.Key.Key_Home else self.row_count - 1, column)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and position is not None:
            aside = column + (1 if key == Qt.Key.Key_Right else -1)
            self._stand(position, max(0, min(len(self._columns) - 1, aside)))
        else:
            return False
        return True

    def _stand(self, position: int, column: int) -> None:
        """Stand on a cell, bring it into sight, and tell."""
        if not 0 <= position < self.row_count:
            return
        row = self._row(position)
        self._spot = Spot(row.number, column)
        self._bring_into_sight(position, column)
        self.viewport().update()
        cell = row.cell(self._columns[column].id)
        self.row_chosen.emit(row)
        if cell is not None:
            self.entry_chosen.emit(cell.column, cell.entry.number)
        announce(self, self._sentence(row))

    def _bring_into_sight(self, position: int, column: int) -> None:
        top, bar = self._top_of(position), self.verticalScrollBar()
        if top < 0:
            bar.setValue(bar.value() + top)
        elif top + self._height > self.viewport().height():
            bar.setValue(bar.value() + top + self._height - self.viewport().height())
        self.show_column(column)

    def show_column(self, column: int) -> None:
        """Scroll sideways until a column, counted from 0, is in sight."""
        span, across = self.plan.columns[column], self.horizontalScrollBar()
        if span.left < across.value():
            across.setValue(span.left)
        elif span.right > across.value() + self.viewport().width():
            across.setValue(span.right - self.viewport().width())

    def _sentence(self, row: LadderRow) -> str:
        return spoken({column.id: column.title for column in self._columns}, row, self._origin)

    # --- by mouse -----------------------------------------------------------------------------------------------------
    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self._spot_at(event.position().toPoint())
        if spot is not None and event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self._stand(*spot)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._spot_at(event.position().toPoint()))

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def _hover(self, spot: tuple[int, int] | None) -> None:
        if spot != self._hovered:
            self._hovered = spot
            self.viewport().update()

    def _spot_at(self, point: QPoint) -> tuple[int, int] | None:
        """Return position and column of the cell under a point; in the server's lane, of the row's first cell."""
        position = (point.y() + self.verticalScrollBar().value() - self._themes.theme.px(_TOP)) // self._height
        if not 0 <= position < self.row_count:
            return None
        column = self.plan.at(point.x() + self.offset)
        if column < 0:
            columns = [self._order[cell.column] for cell in self._row(position).cells if cell.column in self._order]
            column = min(columns, default=-1)
        return (position, column) if column >= 0 else None

    # --- reactions ----------------------------------------------------------------------------------------------------
    def _read_again(self, rows: int | None = None) -> None:
        self._pictures.stop()
        self._fit(rows)
        self._count_unseen()
        self.viewport().update()

    def _look_again(self) -> None:
        """Take notice of new rows; when many come into sight, their pictures are made first."""
        rows, page = self.row_count, self.viewport().height()
        missing = []
        if self._following and self.isVisible():
            positions = range(*self._in_sight(max(0, self._whole(rows) - page)))
            missing = self._pictures.missing(positions)
        if len(missing) > _AT_ONCE:
            self._ahead = rows
            self._pictures.prepare(missing)
        else:
            self._read_again()

    def _show_prepared(self) -> None:
        """Show rows that have pictures now, and look for those that came meanwhile."""
        rows = min(self._ahead, self.row_count)
        self._read_again(rows)
        if rows < self.row_count:
            self.refresh()

    def _count_unseen(self) -> None:
        if self._following or self._seen > self.row_count:
            self._seen = self.row_count
        unseen = max(0, self.row_count - self._seen)
        if unseen != self._unseen:
            self._unseen = unseen
            self.unseen_changed.emit(unseen)

    def _on_scrolled(self) -> None:
        bar = self.verticalScrollBar()
        if self._following and bar.value() < bar.maximum():
            self._seen = self.row_count
        self._following = bar.value() >= bar.maximum()
        self._count_unseen()
        self._hovered = None
        self.viewport().update()

    def _on_scrolled_sideways(self) -> None:
        self._pictures.clear()
        self.viewport().update()
        self.arranged.emit()

    def _on_themes_changed(self) -> None:
        self._painter = LadderPainter(self._themes, self.devicePixelRatioF())
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _speak(self) -> None:
        """Tell assistive tools the rows in sight: a painted widget has no text that they could find."""
        self.setAccessibleDescription(self.text_in_sight())

    def _timer(self, milliseconds: int, run: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(run)
        return timer
