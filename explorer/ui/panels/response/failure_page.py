"""Why there is no response, beside what is known of the way until then."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.ui import names
from explorer.ui.models.response_state import ResponseState
from explorer.ui.override import override
from explorer.ui.panels.response.page import ResponsePage, scrolled
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.counted_tabs import Tab
from explorer.ui.widgets.failure_card import FailureCard


class FailurePage(ResponsePage):
    """The card with the stop at which the journey ended."""

    key = "failure"

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self.card = FailureCard(themes)
        self.card.setObjectName(names.RESPONSE_FAILURE)
        layout = QVBoxLayout(self)
        layout.addWidget(scrolled(self.card))
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)

    @classmethod
    @override
    def tab(cls, state: ResponseState) -> Tab | None:
        failed = state.answer is None and state.exchange is not None and state.exchange.failure is not None
        return Tab(cls.key, "What happened") if failed and not state.live else None

    @override
    def show_state(self, state: ResponseState) -> None:
        if state.exchange is not None and state.exchange.failure is not None:
            self.card.set_failure(state.exchange.failure)

    @override
    def focus_chain(self) -> list[QWidget]:
        return []
