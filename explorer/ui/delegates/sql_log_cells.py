"""Paints what is special in the SQL log: statements in the colours of SQL, plans in words, findings as chips."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from explorer.ui.models.sql_log_rows import PLAN, STATEMENT, SqlLogRows
from explorer.ui.widgets.sql_syntax import sql_runs
from explorer.ui.widgets.table_heads import PADDING
from explorer.ui.widgets.table_source import CellPaint, TableCell

_MOST_PAINTED = 600
_CHIP_PADDING = 7
_CHIP_HEIGHT = 18
_CHIP_RADIUS = 4


def paint_log_cell(cell: CellPaint, rows: SqlLogRows, width: int) -> bool:
    """Paint a cell of the log; False leaves it to the table. `width` is the table's, in pixels."""
    if cell.row >= rows.row_count:
        return False
    told = rows.cell(cell.row, cell.column)
    in_plan = rows.line(cell.row)[1] >= 0
    if cell.column == STATEMENT and in_plan:
        _paint_plan(cell, rows.plan_words(cell.row), width)
        return True
    if cell.column == STATEMENT and told.token == "t1":
        _paint_statement(cell, told.text[:_MOST_PAINTED])
        return True
    if cell.column == PLAN and told.token in ("warn", "ok"):
        _paint_chip(cell, told)
        return True
    return False


def _paint_statement(cell: CellPaint, text: str) -> None:
    theme, painter = cell.theme, cell.painter
    painter.setFont(theme.font("code"))
    metrics = painter.fontMetrics()
    inner = cell.rect.adjusted(theme.px(PADDING), 0, -theme.px(PADDING), 0)
    baseline = inner.top() + (inner.height() - metrics.height()) // 2 + metrics.ascent()
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
    pieces: list[tuple[str, str]] = []
    done = 0
    for run in sql_runs(text):
        pieces += [(text[done : run.start], "t1"), (text[run.start : run.start + run.length], run.color)]
        done = run.start + run.length
    left = inner.left()
    for piece, token in (*pieces, (text[done:], "t1")):
        painter.setPen(theme.color(token))
        painter.drawText(left, baseline, piece)
        left += metrics.horizontalAdvance(piece)


def _paint_plan(cell: CellPaint, words: tuple[str, str], width: int) -> None:
    """Paint a line of a plan over the columns at its right, which are empty."""
    theme, painter = cell.theme, cell.painter
    painter.setClipping(False)
    inner = cell.rect.adjusted(theme.px(PADDING), 0, 0, 0)
    inner.setRight(max(inner.right(), width - theme.px(3 * PADDING)))
    for text, role, token in zip(words, ("code", "text"), ("t1", "t2"), strict=True):
        painter.setFont(theme.font(role))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, inner.width()))
        painter.setPen(theme.color(token))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)
        inner.setLeft(inner.left() + metrics.horizontalAdvance(shown) + theme.px(PADDING))


def _paint_chip(cell: CellPaint, told: TableCell) -> None:
    theme, painter = cell.theme, cell.painter
    painter.setFont(theme.font("caption"))
    height = theme.px(_CHIP_HEIGHT)
    width = painter.fontMetrics().horizontalAdvance(told.text) + 2 * theme.px(_CHIP_PADDING)
    top = cell.rect.top() + (cell.rect.height() - height) / 2
    chip = QRectF(cell.rect.left() + theme.px(PADDING), top, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.tint(told.token))
    painter.drawRoundedRect(chip, theme.px(_CHIP_RADIUS), theme.px(_CHIP_RADIUS))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(theme.color(told.token))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, told.text)
