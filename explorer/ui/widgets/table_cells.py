"""The cells of a `VirtualTable` that are in sight: Qt's table knows no others, so that it needs no memory for them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.table_fonts import Typeface, Typefaces
from explorer.ui.widgets.table_heads import PADDING, TableGutter, TableHeader
from explorer.ui.widgets.table_in_sight import CellsModel, TableState
from explorer.ui.widgets.table_source import CellPaint, PaintCell, TableCell

_GAP = 6
_MOST_PAINTED = 400  # characters of one cell: more are never in sight
_Index = QModelIndex | QPersistentModelIndex


class TableCells(QTableView):
    """Paints what is in sight; keys and the mouse are the `VirtualTable`'s."""

    def __init__(self, themes: Themes, state: TableState, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._state = state
        self.hovered = QPoint(-1, -1)  # column and row in sight
        self.whole_rows = False
        self.paint_cell: PaintCell | None = None
        self._typefaces = Typefaces(themes)
        self.header = TableHeader(themes, state.column_at)
        self.gutter = TableGutter(themes, state.look_in_sight)
        self.setHorizontalHeader(self.header)
        self.setVerticalHeader(self.gutter)
        self.model_in_sight = CellsModel(state)
        self.model_in_sight.setParent(self)
        self.setModel(self.model_in_sight)
        self.setProperty("variant", "grid")
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setAutoScroll(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._stay)

    @property
    def row_height(self) -> int:
        """In pixels."""
        return self.gutter.defaultSectionSize()

    def set_row_height(self, pixels: int) -> None:
        """Give all rows another height."""
        self.gutter.setMinimumSectionSize(1)
        self.gutter.setDefaultSectionSize(pixels)

    def cell_at(self, point: QPoint) -> tuple[int, int] | None:
        """Return row (of all) and column at a place in the viewport, or None."""
        row = point.y() // self.row_height
        column = self.header.logicalIndexAt(point.x())
        if column < 0 or not 0 <= row < self._state.count:
            return None
        return self._state.first + row, column

    def cell_rect(self, row: int, column: int) -> QRect:
        """Return where a cell is in the viewport; `row` is counted from the first one of all."""
        top = (row - self._state.first) * self.row_height
        return QRect(self.header.sectionViewportPosition(column), top, self.header.sectionSize(column), self.row_height)

    def text_rect(self, cell: TableCell, row: int, column: int) -> QRect:
        """Return where a cell's text is: what a click on a link has to hit."""
        px = self._themes.theme.px
        inner = self.cell_rect(row, column).adjusted(px(PADDING), 0, -px(PADDING), 0)
        width = min(inner.width(), self._typeface(cell, column).width(cell.text[:_MOST_PAINTED]))
        if self._is_right(column):
            inner.setLeft(inner.right() + 1 - width)
        inner.setWidth(width)
        return inner

    def fits(self, cell: TableCell, column: int) -> bool:
        """Tell whether a cell's text has enough room."""
        return self.cell_width(cell, column) <= self.header.sectionSize(column)

    def cell_width(self, cell: TableCell, column: int) -> int:
        """Return how wide a cell wants to be."""
        px = self._themes.theme.px
        width = self._typeface(cell, column).width(cell.text[:_MOST_PAINTED]) + 2 * px(PADDING) + 2
        if cell.before:
            width += px(_GAP) + self._typeface(TableCell(""), column).width(cell.before[:_MOST_PAINTED])
        return width

    # --- painting -----------------------------------------------------------------------------------------------------
    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        theme, state, area = self._themes.theme, self._state, e.rect()
        painter.fillRect(area, theme.color("bg1"))
        columns = self._columns_in(area)
        height = self.row_height
        for number in range(max(0, area.top() // height), min(state.count, area.bottom() // height + 1)):
            self._paint_row(painter, state.first + number, number * height, columns)
        if not self.whole_rows:
            bottom = state.count * height
            for _, left, size in columns:
                painter.fillRect(left + size - 1, 0, 1, bottom, theme.color("bd"))
        if self.hasFocus():
            self._paint_frame(painter)
        painter.end()

    def _columns_in(self, area: QRect) -> list[tuple[int, int, int]]:
        """Return number, left edge and width of the columns in sight."""
        header = self.header
        if header.count() == 0:
            return []
        first = max(0, header.visualIndexAt(max(0, area.left())))
        last = header.visualIndexAt(area.right())
        numbers = range(first, (header.count() if last < 0 else last + 1))
        return [(i, header.sectionViewportPosition(i), header.sectionSize(i)) for i in numbers]

    def _paint_row(self, painter: QPainter, row: int, top: int, columns: list[tuple[int, int, int]]) -> None:
        theme, state = self._themes.theme, self._state
        source = state.source
        if source is None:
            return
        height, width = self.row_height, self.viewport().width()
        look, selected = source.look(row), row in state.selected
        hovered = row - state.first == self.hovered.y()
        if selected:
            painter.fillRect(0, top, width, height, theme.color("sel"))
        elif look.filled and look.token:
            painter.fillRect(0, top, width, height, theme.tint(look.token))
        elif hovered:
            painter.fillRect(0, top, width, height, theme.color("bg2"))
        for column, left, size in columns:
            rect = QRect(left, top, size, height)
            cell = source.cell(row, column)
            over = hovered and column == self.hovered.x()
            if cell is None:
                self._paint_missing(painter, rect, column)
            elif self.paint_cell is None or not self._paint_by_hook(painter, rect, (row, column), selected, over):
                self._paint_cell(painter, rect, cell, column, over=over)
        painter.fillRect(0, top + height - 1, width, 1, theme.color("bd"))

    def _paint_by_hook(
        self, painter: QPainter, rect: QRect, place: tuple[int, int], selected: bool, over: bool
    ) -> bool:
        if self.paint_cell is None:
            return False
        painter.setClipRect(rect)
        done = self.paint_cell(CellPaint(painter, rect, *place, self._themes.theme, selected, over))
        painter.setClipping(False)
        return done

    def _paint_cell(self, painter: QPainter, rect: QRect, cell: TableCell, column: int, *, over: bool) -> None:
        theme = self._themes.theme
        padding = theme.px(PADDING)
        left, right = rect.left() + padding, rect.right() + 1 - padding
        if cell.filled:
            painter.fillRect(rect, theme.tint(cell.token))
            painter.setPen(theme.tint_border(cell.token))
            painter.drawRect(rect.adjusted(-1, -1, -1, -1))
        face = self._typeface(cell, column, underline=cell.link and over)
        text = self._shown(cell.text[:_MOST_PAINTED], column)
        wide = face.width(text)
        if cell.before:
            left = self._paint_before(painter, QRect(left, rect.top(), right - left, rect.height()), cell, column)
        if wide > right - left:
            text = face.metrics.elidedText(text, Qt.TextElideMode.ElideRight, right - left)
        elif self._is_right(column):
            left = right - wide
        painter.setFont(face.font)
        painter.setPen(theme.color(cell.token))
        painter.drawText(left, rect.top() + face.baseline(rect.height()), text)

    def _paint_before(self, painter: QPainter, inner: QRect, cell: TableCell, column: int) -> int:
        """Paint what a cell was before, and return where what it is begins."""
        theme = self._themes.theme
        face = self._typeface(TableCell("", struck=True), column)
        now = self._typeface(cell, column).width(cell.text[:_MOST_PAINTED])
        gap = theme.px(_GAP)
        before = self._shown(cell.before[:_MOST_PAINTED], column)
        width = min(max(inner.width() - now - gap, inner.width() // 2 - gap), face.width(before))
        before = face.metrics.elidedText(before, Qt.TextElideMode.ElideRight, width + 1)
        left = inner.left()
        if self._is_right(column):
            left = max(left, inner.right() + 1 - now - gap - width)
        painter.setFont(face.font)
        painter.setPen(theme.color("t3"))
        painter.drawText(left, inner.top() + face.baseline(inner.height()), before)
        return left + width + gap

    def _shown(self, text: str, column: int) -> str:
        source = self._state.source
        return self._themes.shown_value(source.columns[column].title, text) if source is not None else text

    def _paint_missing(self, painter: QPainter, rect: QRect, column: int) -> None:
        """Say quietly, once in a row, that the row is still being read."""
        if column == 0:
            theme = self._themes.theme
            painter.setFont(theme.font("text"))
            painter.setPen(theme.color("t3"))
            painter.drawText(rect.adjusted(theme.px(PADDING), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, "…")

    def _paint_frame(self, painter: QPainter) -> None:
        """Frame what has the keyboard: a cell or a row, or everything where there is none."""
        state = self._state
        frame = self.viewport().rect()
        if state.first <= state.row < state.first + state.count:
            cell = self.cell_rect(state.row, state.column).adjusted(0, 0, -1, 0)
            frame = QRect(0, cell.top(), frame.width(), cell.height()) if self.whole_rows else cell
        painter.setPen(self._themes.theme.color("acc"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame.adjusted(0, 0, -1, -1))

    def _typeface(self, cell: TableCell, column: int, *, underline: bool = False) -> Typeface:
        found = self._state.column_at(column)
        return self._typefaces.get(
            code=found is None or found.code,
            bold=cell.bold,
            italic=cell.italic,
            struck=cell.struck,
            underline=underline,
        )

    def _is_right(self, column: int) -> bool:
        found = self._state.column_at(column)
        return found is not None and found.right

    def update_rows(self, rows: range) -> None:
        """Paint rows again, as far as they are in sight; they are counted from the first one of all."""
        first, last = max(0, rows.start - self._state.first), min(self._state.count, rows.stop - self._state.first)
        if first < last:
            height = self.row_height
            self.viewport().update(0, first * height, self.viewport().width(), (last - first) * height)

    def scroll_rows(self, by: int) -> None:
        """Move what is painted up, and paint what comes into sight."""
        pixels = -by * self.row_height
        self.viewport().scroll(0, pixels)
        self.gutter.viewport().scroll(0, pixels)
        if self.hovered.y() >= 0:  # what was under the mouse has moved
            here = self._state.first + self.hovered.y()
            for row in (here, here - by):
                self.update_rows(range(row, row + 1))

    # --- staying in place ---------------------------------------------------------------------------------------------
    def show_column(self, column: int) -> None:
        """Bring a column into sight."""
        left, size = self.header.sectionViewportPosition(column), self.header.sectionSize(column)
        bar, room = self.horizontalScrollBar(), self.viewport().width()
        if left < 0 or size > room:
            bar.setValue(bar.value() + left)
        elif left + size > room:
            bar.setValue(bar.value() + left + size - room)

    @override
    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell's column into sight; its row is in sight, or it would not be here."""
        self.show_column(index.column())

    def _stay(self, value: int) -> None:
        if value:
            self.verticalScrollBar().setValue(0)
