"""Text of any length, of which only the rows in sight exist; a person can select, copy and move in it by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QMenu, QWidget

from explorer.client.viewers.rows import Row
from explorer.ui.announce import announce
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.json_syntax import Run
from explorer.ui.widgets.row_copier import RowCopier
from explorer.ui.widgets.row_shape import Mark, RowShape
from explorer.ui.widgets.text_access import tell_assistive_tools
from explorer.ui.widgets.text_moves import Place, moved, word_at

LINE_HEIGHT = 19
_SPEAK_AFTER = 120  # milliseconds of rest until the rows in sight are told to assistive tools
_HIDDEN = "Bytes are not shown while you present: secrets cannot be masked in them."
_SCROLL_EVERY = 40  # milliseconds, while a selection is pulled out of the view


class RowSource(Protocol):
    """What a `VirtualText` shows."""

    @property
    def row_count(self) -> int:
        """How many rows there are, as far as is known."""
        ...

    @property
    def widest_label(self) -> str:
        """The longest label that occurs."""
        ...

    def rows(self, first: int, count: int) -> list[Row]:
        """Return `count` rows from `first` on, fewer at the end; may raise OSError."""
        ...

    def label(self, number: int, row: Row) -> str:
        """Return what stands left of a row."""
        ...


@dataclass(slots=True)
class _Visible:
    """A row in sight, measured."""

    number: int
    row: Row
    shape: RowShape


class VirtualText(QAbstractScrollArea):
    """Shows the rows of a source.

    Signals:
        failed: rows cannot be read any more; one sentence.
        copied: a copy was more than is copied at once; one sentence about what was left out.
        caret_moved: the row that a person stands in.
        find_requested: a person wants to look for something.
    """

    failed = Signal(str)
    copied = Signal(str)
    caret_moved = Signal(int)
    find_requested = Signal()

    def __init__(
        self, themes: Themes, parent: QWidget | None = None, *, tight: bool = False, in_bytes: bool = False
    ) -> None:
        """`tight` sets it in smaller type with narrow margins, for a side panel.

        `in_bytes` says that rows show bytes, in which no secret can be masked: they are hidden while somebody presents.
        """
        super().__init__(parent)
        self._themes = themes
        self._in_bytes = in_bytes
        self._font_role = "code_caption" if tight else "code"
        self._before_label, self._after_label, self._after_text = (2, 6, 2) if tight else (12, 16, 12)
        self._source: RowSource | None = None
        self._runs_of: Callable[[Row], list[Run]] | None = None
        self._marks_of: Callable[[int, Row], Sequence[Mark]] | None = None
        self._visible: list[_Visible] = []
        self._widest = 0.0
        self._anchor = self._caret = Place(0, 0)
        self._wanted_x = -1.0
        self._pulling = self._looks_different = False
        self._copier = RowCopier(self)
        self._copier.finished.connect(self.copied)
        self._copier.failed.connect(self.failed)
        self._speaker = self._timer(_SPEAK_AFTER, self._speak, once=True)
        self._puller = self._timer(_SCROLL_EVERY, self._pull, once=False)
        tell_assistive_tools()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.verticalScrollBar().valueChanged.connect(self.on_scrolled)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)
        themes.changed.connect(self.on_themes_changed)

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_source(self, source: RowSource | None, runs_of: Callable[[Row], list[Run]] | None = None) -> None:
        """Show the rows of another source from the beginning, coloured by what `runs_of` says of each."""
        self._copier.stop()
        self._source, self._runs_of = source, runs_of
        self._looks_different = True
        self._anchor = self._caret = Place(0, 0)
        self._widest = 0.0
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)
        self.refresh()

    def set_marks(self, marks_of: Callable[[int, Row], Sequence[Mark]] | None) -> None:
        """Let characters stand out from the rows; None for none."""
        if marks_of is None and self._marks_of is None:
            return
        self._marks_of = marks_of
        self._looks_different = True
        self.refresh()

    def refresh(self) -> None:
        """Read the rows in sight again: there are more of them, or they look different now."""
        self._read_visible()
        self._fit_bars()
        self.viewport().update()
        self._speaker.start()

    def text(self) -> str:
        """Return all that is known of the text. Only for what is known to be small."""
        if self._source is None:
            return ""
        return self._copier.text(self._source, Place(0, 0), Place(self._source.row_count, 0))

    def text_in_sight(self) -> str:
        """Return the rows in sight, one a line."""
        return "\n".join(visible.row.text for visible in self._visible)

    @property
    def row_count(self) -> int:
        """How many rows are known."""
        return self._source.row_count if self._source else 0

    @property
    def visible_rows(self) -> list[tuple[int, Row]]:
        """The rows in sight with their 0-based numbers."""
        return [(visible.number, visible.row) for visible in self._visible]

    @property
    def caret(self) -> Place:
        """Where a person stands."""
        return self._caret

    @property
    def selection(self) -> tuple[Place, Place]:
        """Where the selection begins and ends; the same place twice for none."""
        return min(self._anchor, self._caret), max(self._anchor, self._caret)

    def selected_text(self) -> str:
        """Return the selection when it lies within one row, else nothing."""
        start, end = self.selection
        return self._row_text(start.row)[start.column : end.column] if start.row == end.row else ""

    def select(self, start: Place, end: Place) -> None:
        """Select characters and bring their end into sight."""
        self._anchor, self._caret = start, end
        self._show_caret()
        self.viewport().update()
        self.caret_moved.emit(self._caret.row)

    def go_to(self, place: Place) -> None:
        """Stand at a place, in the middle of the view when it was out of sight."""
        rows = self._rows_in_view()
        first = self.verticalScrollBar().value()
        if not first <= place.row < first + rows - 1:
            self._fit_bars()
            self.verticalScrollBar().setValue(max(0, place.row - rows // 2))
        self.select(place, place)

    def select_all(self) -> None:
        """Select the whole text, without scrolling."""
        last = max(0, self.row_count - 1)
        self._anchor, self._caret = Place(0, 0), Place(last, len(self._row_text(last)))
        self.viewport().update()

    def copy(self) -> None:
        """Put the selection on the clipboard; of a very long one its beginning."""
        start, end = self.selection
        if self._source is not None and start != end:
            self._copier.copy(self._source, start, end)

    # --- geometry -----------------------------------------------------------------------------------------------------
    def _row_height(self) -> int:
        return self._themes.theme.px(LINE_HEIGHT)

    def _rows_in_view(self) -> int:
        return max(1, self.viewport().height() // self._row_height())

    def _gutter(self) -> int:
        theme = self._themes.theme
        label = self._source.widest_label if self._source else ""
        digit = self.fontMetrics() if self._font_role == "code" else QFontMetrics(theme.font(self._font_role))
        digits = digit.horizontalAdvance("0") * max(2, len(label))
        return theme.px(self._before_label) + digits + theme.px(self._after_label)

    def _left(self) -> int:
        return self._gutter() - self.horizontalScrollBar().value()

    def _fit_bars(self) -> None:
        rows = self._rows_in_view()
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setPageStep(rows)
        vertical.setRange(0, max(0, self.row_count - rows))
        room = self.viewport().width() - self._gutter() - self._themes.theme.px(self._after_text)
        horizontal.setPageStep(max(1, room))
        horizontal.setSingleStep(self.fontMetrics().horizontalAdvance("0") * 4)
        horizontal.setRange(0, max(0, round(self._widest) - room))

    # --- the rows in sight --------------------------------------------------------------------------------------------
    def _read_visible(self) -> None:
        if self._source is None:
            self._visible = []
            return
        first = min(self.verticalScrollBar().value(), max(0, self.row_count - 1))
        if self._hidden:
            self._visible = []
            return
        try:
            rows = self._shown(self._source.rows(first, self._rows_in_view() + 1))
        except OSError:
            self._fail()
            return
        self._visible = [self._measured(first + i, row) for i, row in enumerate(rows)]
        self._looks_different = False
        self._widest = max([self._widest, *(visible.shape.width for visible in self._visible)])

    def _fail(self) -> None:
        self._source, self._visible = None, []
        self._fit_bars()
        self.failed.emit("The file that held this body was taken away, so it cannot be shown. Send the request again.")

    def _measured(self, number: int, row: Row) -> _Visible:
        before = self._visible_at(number)
        marks = self._marks_of(number, row) if self._marks_of else ()
        if before is not None and before.row is row and not marks and not self._looks_different:
            return before
        runs = self._runs_of(row) if self._runs_of else []
        shape = RowShape(
            self._themes.theme, QFontMetricsF(self._themes.theme.font(self._font_role)), row.text, runs, marks
        )
        return _Visible(number, row, shape)

    @property
    def _hidden(self) -> bool:
        return self._in_bytes and self._themes.presenting

    def _shown(self, rows: list[Row]) -> list[Row]:
        if not self._themes.presenting:
            return rows
        shown = ((row, self._themes.shown(row.text)) for row in rows)
        return [row if text == row.text else row._replace(text=text) for row, text in shown]

    def _visible_at(self, number: int) -> _Visible | None:
        at = number - self._visible[0].number if self._visible else -1
        return self._visible[at] if 0 <= at < len(self._visible) else None

    def _row_text(self, number: int) -> str:
        if (visible := self._visible_at(number)) is not None:
            return visible.row.text
        if self._source is None:
            return ""
        try:
            rows = self._shown(self._source.rows(number, 1))
        except OSError:
            self._fail()
            return ""
        return rows[0].text if rows else ""

    # --- painting -----------------------------------------------------------------------------------------------------
    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self.viewport())
        painter.setFont(theme.font(self._font_role))
        painter.fillRect(event.rect(), theme.color("inp"))
        if self._hidden and self._source is not None:
            self._paint_hidden(painter)
            return
        gutter, height = self._gutter(), self._row_height()
        area = QRect(gutter - theme.px(4), 0, self.viewport().width(), self.viewport().height())
        painter.setClipRect(area)
        for i, visible in enumerate(self._visible):
            self._paint_row(painter, visible, i * height)
        painter.setClipping(False)
        painter.setPen(theme.color("t3"))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for i, visible in enumerate(self._visible):
            label = self._source.label(visible.number, visible.row) if self._source else ""
            painter.drawText(0, i * height, gutter - theme.px(self._after_label), height, flags, label)

    def _paint_hidden(self, painter: QPainter) -> None:
        theme = self._themes.theme
        painter.setFont(theme.font("text"))
        painter.setPen(theme.color("t2"))
        room = self.viewport().rect().adjusted(theme.px(12), theme.px(4), -theme.px(12), 0)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(room, int(flags), _HIDDEN)

    def _paint_row(self, painter: QPainter, visible: _Visible, top: int) -> None:
        theme, shape = self._themes.theme, visible.shape
        left, height = self._left(), self._row_height()
        start, end = self.selection
        ground = QRectF()
        if start.row <= visible.number <= end.row and start != end:
            begin = shape.x(start.column) if visible.number == start.row else 0.0
            stop = shape.x(end.column) if visible.number == end.row else shape.width + theme.px(6)
            ground = QRectF(left + begin, top, stop - begin, height)
            painter.fillRect(ground, theme.tint_border("acc"))
        shape.paint(painter, left, top, height, self.viewport().width())
        if not ground.isEmpty():
            shape.paint_plain(painter, left, top, height, self.viewport().width(), ground)
        if self.hasFocus() and self._caret.row == visible.number:
            x = left + shape.x(self._caret.column)
            painter.fillRect(QRectF(x, top + 1, theme.px(1), height - 2), theme.color("acc"))

    # --- by keyboard --------------------------------------------------------------------------------------------------
    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif self._source is not None and self._move(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _move(self, event: QKeyEvent) -> bool:
        """Move the caret as a key says; False when it says nothing."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key, page = Qt.Key(event.key()), self._rows_in_view() - 1
        vertical = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}
        if key in vertical:
            if control:
                self.verticalScrollBar().setValue(self.verticalScrollBar().value() + vertical[key])
                return True
            place = self._place_rows_away(vertical[key])
        else:
            found = moved(self._caret, key, self._row_text, self.row_count, far=control)
            if found is None:
                return False
            place, self._wanted_x = found, -1.0
        keep = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        other_row = place.row != self._caret.row
        self._anchor, self._caret = (self._anchor if keep else place), place
        self._show_caret()
        self.viewport().update()
        self.caret_moved.emit(place.row)
        if other_row:
            self.say_row()
        return True

    def _place_rows_away(self, rows: int) -> Place:
        number = max(0, min(self.row_count - 1, self._caret.row + rows))
        if self._wanted_x < 0:
            self._wanted_x = self._x_of(self._caret)
        visible = self._visible_at(number)
        if visible is None:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + rows)
            visible = self._visible_at(number)
        column = visible.shape.column(self._wanted_x) if visible else 0
        return Place(number, column)

    def _x_of(self, place: Place) -> float:
        visible = self._visible_at(place.row)
        return visible.shape.x(place.column) if visible else 0.0

    def _show_caret(self) -> None:
        bar, rows = self.verticalScrollBar(), self._rows_in_view()
        if self._caret.row < bar.value():
            bar.setValue(self._caret.row)
        elif self._caret.row >= bar.value() + rows:
            bar.setValue(self._caret.row - rows + 1)
        across, x = self.horizontalScrollBar(), round(self._x_of(self._caret))
        self._fit_bars()
        edge = self._themes.theme.px(24)
        if x < across.value() + edge:
            across.setValue(x - edge)
        elif x > across.value() + across.pageStep() - edge:
            across.setValue(x - across.pageStep() + edge)

    # --- by mouse -----------------------------------------------------------------------------------------------------
    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = self._place_at(event.position().toPoint())
        keep = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._anchor, self._caret = (self._anchor if keep else place), place
        self._pulling, self._wanted_x = True, -1.0
        self.viewport().update()
        self.caret_moved.emit(place.row)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pulling:
            self._caret = self._place_at(event.position().toPoint())
            outside = not self.viewport().rect().contains(event.position().toPoint())
            if outside and not self._puller.isActive():
                self._puller.start()
            elif not outside:
                self._puller.stop()
            self.viewport().update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pulling = False
        self._puller.stop()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().toPoint())
        start, end = word_at(self._row_text(place.row), place.column)
        self.select(Place(place.row, start), Place(place.row, end))

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction("Copy", self.copy)
        copy.setEnabled(self.selection[0] != self.selection[1])
        menu.addAction("Select all", self.select_all)
        menu.addSeparator()
        menu.addAction("Find…", self.find_requested.emit)
        menu.popup(event.globalPos())

    def _place_at(self, point: QPoint) -> Place:
        first = self.verticalScrollBar().value()
        number = first + (point.y() // self._row_height() if self._visible else 0)
        number = max(0, min(number, self._visible[-1].number if self._visible else 0))
        visible = self._visible_at(number)
        if visible is None:
            return Place(number, 0)
        return Place(number, visible.shape.column(point.x() - self._left()))

    def _pull(self) -> None:
        """Scroll on while the mouse pulls a selection out of the view."""
        point = self.viewport().mapFromGlobal(self.cursor().pos())
        bar = self.verticalScrollBar()
        if point.y() < 0:
            bar.setValue(bar.value() - 2)
        elif point.y() > self.viewport().height():
            bar.setValue(bar.value() + 2)
        self._caret = self._place_at(point)
        self.viewport().update()

    # --- reactions ----------------------------------------------------------------------------------------------------
    def on_scrolled(self) -> None:
        """Show the rows that are in sight now."""
        self.refresh()

    def on_themes_changed(self) -> None:
        """Measure and paint again."""
        self._widest = 0.0
        self._looks_different = True
        self.setFont(self._themes.theme.font("code"))
        self.refresh()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFont(self._themes.theme.font("code"))
        self.refresh()

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

    def say_row(self) -> None:
        """Let a screen reader say the row that a person has come to."""
        if QAccessible.isActive():
            visible = self._visible_at(self._caret.row)
            text = visible.row.text.strip() if visible else ""
            announce(self, text or "empty line")

    def _timer(self, milliseconds: int, run: Callable[[], None], *, once: bool) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.setSingleShot(once)
        timer.timeout.connect(run)
        return timer
