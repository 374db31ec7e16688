"""A short table of two columns without heads, as high as its rows: headers, times, close codes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.ui.models.pairs_model import Pair, PairRole, PairsModel
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.value_table import ValueTable

_EDGE = 12  # design pixels at both sides, as in the rest of a side panel
_GAP = 8


class PairTable(ValueTable):
    """Shows pairs, and grows with them; what is around it scrolls.

    Signals:
        pair_activated: a row was clicked, or Enter pressed on it; its number.
    """

    pair_activated = Signal(int)

    def __init__(
        self,
        themes: Themes,
        left_width: float,
        *,
        row_height: float,
        right_role: str = "code_caption",
        parent: QWidget | None = None,
    ) -> None:
        """`left_width` is that of the first column in design pixels; `right_role` the font of the second."""
        self.pairs_model = PairsModel()
        super().__init__(themes, self.pairs_model, row_height=row_height, parent=parent)
        self.pairs_model.setParent(self)
        self._pair_height = row_height
        self.horizontalHeader().hide()
        self.setItemDelegate(_PairDelegate(themes, right_role, self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.set_widths(left_width + _EDGE + _GAP, None)
        self.clicked.connect(lambda index: self.pair_activated.emit(index.row()))
        self._set_height()

    def set_pairs(self, pairs: Sequence[Pair]) -> None:
        """Show other rows; the same ones stay as they are."""
        if tuple(pairs) == self.pairs_model.pairs:
            return
        self.pairs_model.set_pairs(pairs)
        self._set_height()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.pair_activated.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _set_height(self) -> None:
        self._themes.metrics.set(self, height=self._pair_height * len(self.pairs_model.pairs))
        self.setVisible(bool(self.pairs_model.pairs))


class _PairDelegate(QStyledItemDelegate):
    def __init__(self, themes: Themes, right_role: str, parent: QObject) -> None:
        super().__init__(parent)
        self._themes = themes
        self._right_role = right_role

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._themes.theme
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected or index.data(PairRole.MARKED):
            painter.fillRect(rect, theme.color("sel"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("bg3"))
        is_left = index.column() == 0
        words = rect.adjusted(theme.px(_EDGE) if is_left else 0, 0, -theme.px(_GAP if is_left else _EDGE), 0)
        painter.setFont(theme.font("code_caption" if is_left else self._right_role))
        painter.setPen(theme.color(index.data(PairRole.TOKEN)))
        said = str(index.data())
        if not is_left:
            said = self._themes.shown_value(str(index.model().index(index.row(), 0).data()), said)
        text = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()
