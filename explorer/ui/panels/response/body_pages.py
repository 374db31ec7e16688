"""The body as text: laid out for reading, and as it came."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from explorer.client.answer import AnswerKind
from explorer.client.presentation import LONGEST_LINE, BodyKind, BodyView
from explorer.ui import names
from explorer.ui.models.response_state import ResponseState
from explorer.ui.override import override
from explorer.ui.panels.response.page import ResponsePage
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.code_view import CodeView
from explorer.ui.widgets.counted_tabs import Tab
from explorer.ui.widgets.empty_state import EmptyState
from explorer.ui.widgets.json_syntax import json_runs
from explorer.ui.widgets.sentence_bar import SentenceBar
from explorer.ui.wording import size_text


class _TextPage(ResponsePage):
    save_requested = Signal()

    def __init__(self, themes: Themes, name: str, accessible_name: str) -> None:
        super().__init__()
        self.code = CodeView(themes)
        self.code.setObjectName(name)
        self.code.setAccessibleName(accessible_name)
        self.cut = SentenceBar(themes, names.RESPONSE_CUT.format(view=self.key))
        self.cut.action_requested.connect(self.save_requested)
        self.message = EmptyState(themes)
        self.message.label.setObjectName(names.RESPONSE_BODY_MESSAGE.format(view=self.key))
        self.message.button.setObjectName(names.RESPONSE_BODY_SAVE.format(view=self.key))
        self.message.action_requested.connect(self.save_requested)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.code)
        self._pages.addWidget(self.message)
        layout = QVBoxLayout(self)
        layout.addWidget(self.cut)
        layout.addWidget(self._pages, 1)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)

    @override
    def show_state(self, state: ResponseState) -> None:
        view = state.content
        self.cut.set_sentence("")
        if view is None or view.kind is BodyKind.EMPTY:
            self._say("The response has no body.")
        elif view.kind is BodyKind.BINARY:
            kind = f" of {view.media_type}" if view.media_type else ""
            self._say(f"Binary, {view.size:,} bytes{kind}.", "Save as…")
        else:
            self._show_text(view)

    @override
    def focus_chain(self) -> list[QWidget]:
        return [self.cut.button, self.message.button, self.code]

    def _say(self, sentence: str, action: str = "") -> None:
        self.message.set_message(sentence, action)
        self._pages.setCurrentWidget(self.message)

    def _show_text(self, view: BodyView) -> None:
        self.code.set_coloring(json_runs if view.kind is BodyKind.JSON else None)
        self.code.set_text(self._text(view))
        self._pages.setCurrentWidget(self.code)
        if view.truncated:
            sentence = f"Showing the first {size_text(view.shown)} of {size_text(view.size)}."
            self.cut.set_sentence(sentence, "warn", "Save all")

    def _text(self, view: BodyView) -> str:
        raise NotImplementedError


class PrettyPage(_TextPage):
    """The body laid out for reading.

    Signals:
        save_requested: the body is wanted in a file.
    """

    key = "pretty"

    def __init__(self, themes: Themes) -> None:
        super().__init__(themes, names.RESPONSE_PRETTY, "Response, laid out")

    @override
    def tab(self, state: ResponseState) -> Tab | None:
        return Tab(self.key, "Pretty") if state.answer is not None and not state.live else None

    def _text(self, view: BodyView) -> str:
        return view.pretty


class RawPage(_TextPage):
    """The body as it came.

    Signals:
        save_requested: the body is wanted in a file.
    """

    key = "raw"

    def __init__(self, themes: Themes) -> None:
        super().__init__(themes, names.RESPONSE_RAW, "Response, as it came")

    @override
    def tab(self, state: ResponseState) -> Tab | None:
        if state.answer is None or state.live or state.answer.kind is AnswerKind.EMPTY:
            return None
        return Tab(self.key, "Raw")

    def _text(self, view: BodyView) -> str:
        return view.raw

    def _show_text(self, view: BodyView) -> None:
        super()._show_text(view)
        if view.lines_broken and not view.truncated:
            self.cut.set_sentence(f"Lines longer than {LONGEST_LINE:,} characters are broken here, and only here.")
