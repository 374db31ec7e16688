"""What the mouse does over the cells of a `VirtualTable`."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip

from explorer.ui.override import override
from explorer.ui.tool_tip import documentation
from explorer.ui.widgets.table_cells import TableCells
from explorer.ui.widgets.table_in_sight import TableState
from explorer.ui.widgets.table_source import TableCell

_WHEEL_ROWS = 3
_NOTCH = 120  # eighths of a degree
_NOWHERE = QPoint(-1, -1)


class TablePointer(QObject):
    """Takes the events of the cells' viewport.

    Signals:
        resized: there is more or less room.
        pressed: a cell was pressed; row, column, and whether the selection is to reach there.
        dragged: the mouse was pulled to a row.
        double_clicked: row and column.
        link_clicked: row and column.
        scrolled: by how many rows, downwards.
        menu_wanted: a menu is wanted; row and column, and where on the screen.
    """

    resized = Signal()
    pressed = Signal(int, int, bool)
    dragged = Signal(int)
    double_clicked = Signal(int, int)
    link_clicked = Signal(int, int)
    scrolled = Signal(int)
    menu_wanted = Signal(int, int, QPoint)

    def __init__(self, cells: TableCells, state: TableState) -> None:
        super().__init__(cells)
        self._cells = cells
        self._state = state
        self._wheel = 0
        cells.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what the mouse does; the table of Qt would do something else with it."""
        match event:
            case QWheelEvent():
                return self._take_wheel(event)
            case QContextMenuEvent():
                self._take_menu(event)
                return True
            case QHelpEvent() if event.type() == QEvent.Type.ToolTip:
                self._show_tip(event)
                return True
            case QMouseEvent():
                self._take_mouse(event)
                return True
        if event.type() == QEvent.Type.Resize:
            self.resized.emit()
        elif event.type() == QEvent.Type.Leave:
            self._hover(_NOWHERE)
        return False

    def _take_mouse(self, event: QMouseEvent) -> None:
        point, kind = event.position().toPoint(), event.type()
        found = self._cells.cell_at(point)
        left = event.button() is Qt.MouseButton.LeftButton
        if kind == QEvent.Type.MouseMove:
            self._hover(point)
            if event.buttons() & Qt.MouseButton.LeftButton and self._state.row >= 0:
                self.dragged.emit(self._state.first + point.y() // self._cells.row_height)
        elif found is None:
            return
        elif kind == QEvent.Type.MouseButtonPress:
            self._cells.setFocus(Qt.FocusReason.MouseFocusReason)
            if left or found[0] not in self._state.selected:
                self.pressed.emit(*found, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif kind == QEvent.Type.MouseButtonDblClick and left:
            self.double_clicked.emit(*found)
        elif kind == QEvent.Type.MouseButtonRelease and left and self._over_link(point):
            self.link_clicked.emit(*found)

    def _take_wheel(self, event: QWheelEvent) -> bool:
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False  # the window's: it zooms
        if abs(turn.x()) > abs(turn.y()) or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            bar = self._cells.horizontalScrollBar()
            bar.setValue(bar.value() - (turn.x() or turn.y()) // 2)
            return True
        self._wheel -= turn.y() * _WHEEL_ROWS
        rows = int(self._wheel / _NOTCH)
        self._wheel -= rows * _NOTCH
        if rows:
            self.scrolled.emit(rows)
        return True

    def _take_menu(self, event: QContextMenuEvent) -> None:
        state = self._state
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            found = self._cells.cell_at(event.pos())
            if found is not None:
                self.menu_wanted.emit(*found, event.globalPos())
        elif state.row >= 0:
            place = self._cells.cell_rect(state.row, state.column).bottomLeft()
            self.menu_wanted.emit(state.row, state.column, self._cells.viewport().mapToGlobal(place))

    def _hover(self, point: QPoint) -> None:
        found = self._cells.cell_at(point) if point.x() >= 0 else None
        place = QPoint(found[1], found[0] - self._state.first) if found else _NOWHERE
        if place != self._cells.hovered:
            before, self._cells.hovered = self._cells.hovered, place
            for number in {before.y(), place.y()}:
                self._cells.update_rows(range(self._state.first + number, self._state.first + number + 1))
        shape = Qt.CursorShape.PointingHandCursor if self._over_link(point) else Qt.CursorShape.ArrowCursor
        self._cells.viewport().setCursor(shape)

    def _show_tip(self, event: QHelpEvent) -> None:
        found = self._cells.cell_at(event.pos())
        cell = self._cell(found)
        if cell is None or found is None:
            QToolTip.hideText()
            return
        text = cell.tip or ("" if self._cells.fits(cell, found[1]) else cell.text)
        QToolTip.showText(event.globalPos(), documentation(text), self._cells, self._cells.cell_rect(*found))

    def _over_link(self, point: QPoint) -> bool:
        found = self._cells.cell_at(point)
        cell = self._cell(found)
        if cell is None or found is None or not cell.link:
            return False
        return self._cells.text_rect(cell, *found).contains(point)

    def _cell(self, found: tuple[int, int] | None) -> TableCell | None:
        return self._state.source.cell(*found) if self._state.source and found else None
