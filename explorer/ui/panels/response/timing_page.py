"""Where the time went, on our side of the socket."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from explorer.client.timing import connection_sentence, timing_steps
from explorer.ui import names
from explorer.ui.delegates.timing_delegate import TimingDelegate
from explorer.ui.models.response_state import ResponseState
from explorer.ui.models.timing_model import TimingModel
from explorer.ui.override import override
from explorer.ui.panels.response.page import ResponsePage
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.counted_tabs import Tab
from explorer.ui.widgets.sentence_bar import SentenceBar
from explorer.ui.widgets.value_table import ValueTable


class TimingPage(ResponsePage):
    """A bar for each step, all on one axis, and a word about the connection."""

    key = "timing"

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._model = TimingModel(self)
        self.table = ValueTable(themes, self._model)
        self.table.setObjectName(names.RESPONSE_TIMING)
        self.table.setAccessibleName("Where the time went")
        self.table.setItemDelegateForColumn(1, TimingDelegate(themes, self.table))
        self.table.set_widths(140, None, 80)
        self.note = SentenceBar(themes, names.RESPONSE_TIMING_NOTE)
        middle = QHBoxLayout()
        middle.addWidget(self.table)
        layout = QVBoxLayout(self)
        layout.addWidget(self.note)
        layout.addLayout(middle, 1)
        themes.metrics.set(middle, margins=(8, 0, 8, 0), spacing=0)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)

    @classmethod
    @override
    def tab(cls, state: ResponseState) -> Tab | None:
        timed = not state.live and state.exchange is not None and bool(state.exchange.phases)
        return Tab(cls.key, "Timing") if timed else None

    @override
    def show_state(self, state: ResponseState) -> None:
        if state.exchange is not None:
            self._model.set_steps(timing_steps(state.exchange))
            self.note.set_sentence(connection_sentence(state.exchange), "bg2")

    @override
    def focus_chain(self) -> list[QWidget]:
        return [self.table]
