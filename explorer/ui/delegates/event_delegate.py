"""Paints a message of a stream on one line, in code type; what is no event or is wrong stands out."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from explorer.client.streams import MessageKind
from explorer.ui.models.events_model import Column, EventsModel
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.json_syntax import json_runs

_EDGE = 8


class EventDelegate(QStyledItemDelegate):
    """Paints the cells of an `EventsModel`."""

    def __init__(self, themes: Themes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._themes = themes

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._themes.theme
        model = index.model()
        row = model.row(index) if isinstance(model, EventsModel) else None
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if row is None:
            return
        painter.save()
        painter.setClipRect(rect)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("sel"))
        elif row.message.problem and row.message.kind is MessageKind.EVENT:
            painter.fillRect(rect, theme.tint("err"))
        box = rect.adjusted(theme.px(_EDGE), 0, -theme.px(_EDGE), 0)
        quiet = row.message.kind is not MessageKind.EVENT
        column = index.column()
        painter.setFont(theme.font("code"))
        text = painter.fontMetrics().elidedText(
            self._themes.shown(str(index.data())), Qt.TextElideMode.ElideRight, box.width()
        )
        if column <= Column.DELTA:
            self._draw(painter, box, text, "t3", Qt.AlignmentFlag.AlignRight)
        elif column == Column.DATA and not quiet:
            self._draw_data(painter, box, text)
        else:
            self._draw(painter, box, text, "t3" if quiet else "c_fn" if column == Column.EVENT else "t2")
        painter.restore()

    def _draw_data(self, painter: QPainter, box: QRect, text: str) -> None:
        """Draw text in the colours of JSON, when it begins like that."""
        if text[:1] not in ("{", "[", '"'):
            self._draw(painter, box, text, "c_txt")
            return
        step = painter.fontMetrics().horizontalAdvance("0")  # the code font is as wide for every sign
        at = 0
        for run in json_runs(text):
            self._draw(painter, box.adjusted(at * step, 0, 0, 0), text[at : run.start], "c_txt")
            piece = text[run.start : run.start + run.length]
            self._draw(painter, box.adjusted(run.start * step, 0, 0, 0), piece, run.color)
            at = run.start + run.length
        self._draw(painter, box.adjusted(at * step, 0, 0, 0), text[at:], "c_txt")

    def _draw(
        self, painter: QPainter, box: QRect, text: str, color: str, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    ) -> None:
        if text:
            painter.setPen(self._themes.theme.color(color))
            painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
