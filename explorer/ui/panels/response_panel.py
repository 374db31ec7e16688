"""The lower middle of Compose: what came back."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from explorer.client.answer import Answer, AnswerKind
from explorer.client.exchange import Exchange
from explorer.client.viewers.content import BodyContent
from explorer.ui import names
from explorer.ui.announce import announce
from explorer.ui.focus import chain_focus
from explorer.ui.models.response_state import ResponseState, Stage
from explorer.ui.panels.response.body_pages import HexPage, PrettyPage, RawPage, TreePage
from explorer.ui.panels.response.cookies_page import CookiesPage
from explorer.ui.panels.response.differences_page import DifferencesPage
from explorer.ui.panels.response.errors_page import ErrorsPage
from explorer.ui.panels.response.events_page import EventsPage
from explorer.ui.panels.response.failure_page import FailurePage
from explorer.ui.panels.response.headers_page import HeadersPage
from explorer.ui.panels.response.page import ResponsePage
from explorer.ui.panels.response.preview_page import Preview, PreviewPage
from explorer.ui.panels.response.progress_page import ProgressPage
from explorer.ui.panels.response.redirects_page import RedirectsPage
from explorer.ui.panels.response.strip import ResponseStrip
from explorer.ui.panels.response.timing_page import TimingPage
from explorer.ui.panels.response.wire_page import WirePage
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.counted_tabs import TABS_LEAD, CountedTabs
from explorer.ui.widgets.empty_state import EmptyState
from explorer.ui.widgets.hairline import Hairline
from explorer.ui.widgets.sentence_bar import SentenceBar
from explorer.ui.widgets.text_page import PrettyView
from explorer.ui.wording import count_text

P = TypeVar("P", bound=ResponsePage)

_PAGES: tuple[type[ResponsePage], ...] = (
    *(FailurePage, ErrorsPage, EventsPage, PrettyPage, TreePage, RawPage, HeadersPage, CookiesPage, PreviewPage),
    *(HexPage, DifferencesPage, RedirectsPage, TimingPage, WirePage),
)
_NOTHING_SENT = "Send the request to see the response."
_SENDING = "Waiting for the response…"
_FIRST_LOOK = {
    AnswerKind.REFUSED: "errors",
    AnswerKind.STREAM: "events",
    AnswerKind.PICTURE: "preview",
    AnswerKind.BINARY: "hex",
}


class ResponsePanel(QFrame):
    """Shows one `ResponseState`: a response, one that is arriving, or why there is none.

    Where several requests are open, each has a state of its own, and `show_state` switches between them. The panel
    begins with one, and `set_nothing`, `set_sending` and `set_exchange` act upon the one that is shown.

    Signals:
        copy_requested: the body is wanted on the clipboard.
        save_requested: the body is wanted in a file.
        entry_chosen: an entry of the menu; see `ResponseStrip`.
        send_requested: the person pressed Send where nothing was sent yet.
        error_activated: the person wants to go to the place of an error; its ``loc`` as a tuple.
        preview_wanted: somebody is about to look at an `Answer`: make a `Preview` of it, and call `set_preview`.
        browser_requested: the person wants to see the address in the browser.
        told_action_requested: the person pressed the button beside what `tell` said.
    """

    copy_requested = Signal()
    save_requested = Signal()
    entry_chosen = Signal(str)
    send_requested = Signal()
    error_activated = Signal(tuple)
    preview_wanted = Signal(object)
    browser_requested = Signal()
    told_action_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._state = ResponseState(self)
        self._subject: object = None
        self._stale: set[str] = set()
        self._looked_at: dict[AnswerKind, str] = {}
        self.setObjectName(names.RESPONSE_PANEL)
        self.setProperty("panel", "bg1")
        self.strip = ResponseStrip(themes, self)
        self.pill, self.elapsed, self.size_label = self.strip.pill, self.strip.elapsed, self.strip.size_label
        self.tabs = CountedTabs(themes, self)
        self.tabs.setObjectName(names.RESPONSE_TABS)
        self.tabs.setAccessibleName("Views of the response")
        self.tabs.set_gives_way(True)
        self.tabs.setUsesScrollButtons(True)  # where even that is too little
        self.tabs.tab_chosen.connect(self._on_tabs_tab_chosen)
        self._stack = QStackedWidget(self)
        self.message = EmptyState(themes, self._stack)
        self.message.label.setObjectName(names.RESPONSE_MESSAGE)
        self.message.button.setObjectName(names.RESPONSE_ACTION)
        self.message.action_requested.connect(self.send_requested)
        self.progress = ProgressPage(themes, self._stack)
        self._pages: dict[str, ResponsePage] = {}
        self._build()
        self._follow(self._state)
        self._refresh()

    # --- what is shown ------------------------------------------------------------------------------------------------
    @property
    def state(self) -> ResponseState:
        """What is shown."""
        return self._state

    def show_state(self, state: ResponseState) -> None:
        """Show another state, and follow it from now on. The state must live for as long as it is shown."""
        old, self._state = self._state, state
        if old is not state:
            old.changed.disconnect(self._refresh)
            old.progressed.disconnect(self._on_state_progressed)
            old.judged.disconnect(self._show_verdict)
            self._follow(state)
        self._told.set_sentence("")
        self._subject = None
        self._refresh()

    def set_nothing(self) -> None:
        """Say that nothing was sent yet."""
        self._state.clear()

    def set_sending(self) -> None:
        """Say that a request is under way; the response before it stays in sight until the new one is here."""
        self._state.begin()

    def set_exchange(self, exchange: Exchange, content: BodyContent | None) -> None:
        """Show what came of a request.

        Args:
            exchange: the request with its response or its failure.
            content: the response's body, made ready; None when there is no response.
        """
        self._state.finish(exchange, content)

    def tell(self, sentence: str, action: str = "") -> None:
        """Say something about what the person asked for, such as saving; empty hides it."""
        self._told.set_sentence(sentence, "info", action)

    def announce_answer(self) -> None:
        """Let a screen reader say what came back, for somebody who waits for it elsewhere."""
        exchange = self._state.exchange
        failure = exchange.failure if exchange is not None else None
        why = failure.sentence if failure is not None else ""
        parts = (self.pill.text, self.elapsed.text(), self.size_label.text(), why)
        announce(self, ", ".join(part for part in parts if part))

    def page(self, kind: type[P]) -> P:
        """Return one of the views, which is made when it is first asked for."""
        page = self._pages.get(kind.key)
        if page is None:
            page = self._pages[kind.key] = kind(self._themes, self._stack)
            self._stack.addWidget(page)
            self._connect(page)
            self._put_in_tab_order(kind)
        assert isinstance(page, kind)  # noqa: S101 - keys are unique
        return page

    @property
    def pretty(self) -> PrettyView:
        """The body, laid out."""
        return self.page(PrettyPage).view

    def set_preview(self, answer: Answer, preview: Preview) -> None:
        """Show what was made of an answer when `preview_wanted` asked for it."""
        self.page(PreviewPage).set_preview(answer, preview)

    def open_search(self) -> None:
        """Let the person search the view on show; one without a search gives way to the laid out body."""
        page = self._stack.currentWidget()
        if not isinstance(page, ResponsePage) or page.open_search() or PrettyPage.key not in self.tabs.keys:
            return
        self.tabs.choose(PrettyPage.key)
        self._on_tabs_tab_chosen(PrettyPage.key)
        self.page(PrettyPage).open_search()

    def step_search(self, by: int) -> None:
        """Go to the next finding in the view on show, or for -1 to the one before."""
        page = self._stack.currentWidget()
        if isinstance(page, ResponsePage):
            page.step_search(by)

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        chain: list[QWidget] = [*self.strip.focus_chain(), self._told.button, self.tabs, self.message.button]
        chain.append(self.progress.text)
        for kind in _PAGES:
            if kind.key in self._pages:
                chain += self._pages[kind.key].focus_chain()
        return chain

    # --- building -----------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        themes = self._themes
        self._problem = SentenceBar(themes, names.RESPONSE_PROBLEM, self)
        self._remark = SentenceBar(themes, names.RESPONSE_REMARK, self)
        self._told = SentenceBar(themes, names.RESPONSE_TOLD, self)
        self._told.action_requested.connect(self.told_action_requested)
        self._themes.metrics.set(self._stack, min_height=44)  # no page takes more from the request above by itself
        for page in (self.message, self.progress):
            self._stack.addWidget(page)
        self.page(PrettyPage)  # the others are made when somebody first looks at them
        tabs_row = QHBoxLayout()
        tabs_row.addWidget(self.tabs, 1)
        self._tabs_line = Hairline(themes)
        layout = QVBoxLayout(self)
        layout.addWidget(self.strip)
        layout.addWidget(self._told)
        layout.addLayout(tabs_row)
        layout.addWidget(self._tabs_line)
        layout.addWidget(self._problem)
        layout.addWidget(self._remark)
        layout.addWidget(self._stack, 1)
        themes.metrics.set(tabs_row, margins=(16 - TABS_LEAD, 0, 0, 0), spacing=0)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)
        self.strip.copy_requested.connect(self.copy_requested)
        self.strip.save_requested.connect(self.save_requested)
        self.strip.entry_chosen.connect(self.entry_chosen)
        self.strip.hops_chosen.connect(lambda: self._look_at(RedirectsPage.key))
        self.strip.verdict_chosen.connect(lambda: self._look_at(DifferencesPage.key))

    def _connect(self, page: ResponsePage) -> None:
        if isinstance(page, ErrorsPage):
            page.error_activated.connect(self.error_activated)
        elif isinstance(page, PreviewPage):
            page.wanted.connect(self.preview_wanted)
            page.browser_requested.connect(self.browser_requested)
        elif isinstance(page, WirePage):
            page.save_requested.connect(lambda: self.entry_chosen.emit("save_wire"))

    def _put_in_tab_order(self, new: type[ResponsePage]) -> None:
        """Let the Tab key come to the controls of a new page after those of the pages before it."""
        before: list[QWidget] = [self.progress.text]
        for kind in _PAGES:
            chain = self._pages[kind.key].focus_chain() if kind.key in self._pages else []
            if kind is new:
                chain_focus([before[-1], *chain])
                return
            before += chain

    def _follow(self, state: ResponseState) -> None:
        state.changed.connect(self._refresh)
        state.progressed.connect(self._on_state_progressed)
        state.judged.connect(self._show_verdict)

    # --- showing ------------------------------------------------------------------------------------------------------
    def _refresh(self) -> None:
        """Show the state anew."""
        state = self._state
        exchange = state.exchange
        if state.live and state.arriving is not None:
            self.strip.set_arriving(state.arriving, state.arrived)
            self._show_answer(state.arriving)
        elif state.stage is Stage.ARRIVING and state.slow and state.arriving is not None:
            self.strip.set_arriving(state.arriving, state.arrived)
            self.progress.set_progress(state.arrived, state.expected, state.tail)
            self._show_alone(self.progress, strip=True)
        elif exchange is None:
            self._say_nothing_yet()
        elif exchange is not self._subject:  # else it is in sight already: it stays there while the next is under way
            self.strip.set_exchange(exchange)
            self._show_answer(exchange)

    def _say_nothing_yet(self) -> None:
        sending = self._state.stage is not Stage.NOTHING and self._state.slow  # most answers are here before that
        self.message.set_message(_SENDING if sending else _NOTHING_SENT, "" if sending else "Send")
        self._show_alone(self.message, strip=False)

    def _show_alone(self, page: QWidget, *, strip: bool) -> None:
        """Show a page that has no tabs."""
        self._subject = None
        self.strip.setVisible(strip)
        for widget in (self.tabs, self._tabs_line):
            widget.hide()
        self._problem.set_sentence("")
        self._remark.set_sentence("")
        self._stack.setCurrentWidget(page)

    def _show_answer(self, subject: object) -> None:
        """Show the tabs that have something to say of `subject`: an exchange, or a response that is arriving."""
        new = subject is not self._subject
        self._subject = subject
        if new:
            self._stale = {page.key for page in _PAGES}
            self._told.set_sentence("")
        self.strip.show()
        self._show_sentences()
        self._say_verdict()
        self._fill_tabs(choose=new)
        self._show_page()

    def _fill_tabs(self, *, choose: bool) -> None:
        found = (page.tab(self._state) for page in _PAGES)
        tabs = [tab for tab in found if tab is not None]
        self.tabs.set_tabs(tabs)
        several = len(tabs) > 1 or (bool(tabs) and tabs[0].key != FailurePage.key)
        self.tabs.setVisible(several)
        self._tabs_line.setVisible(several)
        if choose:
            self._choose_tab()

    def _choose_tab(self) -> None:
        """Choose what the person last looked at in an answer of this sort; what was wrong always comes first."""
        kind = self._kind
        if kind is None:
            self.tabs.choose(FailurePage.key)
            return
        wanted = self._looked_at.get(kind, "")
        if kind is AnswerKind.REFUSED or wanted not in self.tabs.keys:
            wanted = _FIRST_LOOK.get(kind, PrettyPage.key)
        self.tabs.choose(wanted if wanted in self.tabs.keys else PrettyPage.key)

    def _look_at(self, key: str) -> None:
        if key in self.tabs.keys:
            self.tabs.choose(key)
            self._show_page()
            self.tabs.setFocus()

    @property
    def _kind(self) -> AnswerKind | None:
        state = self._state
        if state.live:
            return AnswerKind.STREAM
        return state.answer.kind if state.answer is not None else None

    def _show_sentences(self) -> None:
        state = self._state
        if state.live or state.answer is None or state.exchange is None:
            self._problem.set_sentence("")
            self._remark.set_sentence("")
            return
        failure, problem = state.exchange.failure, state.answer.response.problem
        if failure is not None and not failure.cancelled:
            self._problem.set_sentence(failure.sentence if not problem else f"{problem} {failure.sentence}", "err")
        elif failure is not None:
            self._problem.set_sentence(f"{failure.sentence} {problem}".strip(), "warn")
        else:
            self._problem.set_sentence(problem, "warn")
        self._remark.set_sentence(state.answer.remark, "bg2")

    def _show_verdict(self) -> None:
        self._say_verdict()
        self._fill_tabs(choose=False)

    def _say_verdict(self) -> None:
        """Say whether the body is what the operation promises."""
        verdict = self._state.verdict
        if verdict is None or self._state.live or not (verdict.checked or verdict.problems):
            self.strip.set_verdict("", known=False)
            return
        model = verdict.model or "the schema"
        errors = sum(hint.error for hint in verdict.problems)
        if errors:
            said = f"{count_text(errors, 'difference')} to {model}"
            self.strip.set_verdict(said, known=True, good=False, tool_tip="Show where they are")
        else:
            remarks = count_text(len(verdict.problems), "remark")
            tip = f"Show {remarks}" if verdict.problems else "The body is as the operation promises"
            self.strip.set_verdict(f"Matches {model}", known=True, tool_tip=tip)
        self._stale.add(DifferencesPage.key)

    def _show_page(self) -> None:
        kind = next((kind for kind in _PAGES if kind.key == self.tabs.chosen), None)
        if kind is None:
            return
        page = self.page(kind)
        if page.key in self._stale:
            self._stale.discard(page.key)
            page.show_state(self._state)
        self._stack.setCurrentWidget(page)

    # --- reactions ----------------------------------------------------------------------------------------------------
    def _on_tabs_tab_chosen(self, key: str) -> None:
        if self._kind is not None:
            self._looked_at[self._kind] = key
        self._show_page()

    def _on_state_progressed(self) -> None:
        state = self._state
        if state.stage is Stage.ARRIVING:
            self.strip.set_arrived(state.arrived)
            self.progress.set_progress(state.arrived, state.expected, state.tail)
            if not state.live and state.slow and self._stack.currentWidget() is not self.progress:
                self._refresh()
        if state.events is not None and self._subject is not None:
            self._fill_tabs(choose=False)
