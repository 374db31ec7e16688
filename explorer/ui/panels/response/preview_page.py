"""The body as a person is meant to see it: a page, a picture. Nothing is loaded for it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from explorer.client.answer import Answer, AnswerKind
from explorer.ui import names
from explorer.ui.models.response_state import ResponseState
from explorer.ui.override import override
from explorer.ui.panels.response.page import ResponsePage
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.counted_tabs import Tab
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.empty_state import EmptyState

MARKDOWN = "text/markdown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A body made ready to be looked at; exactly one of the first four says something.

    Attributes:
        html: a page.
        markdown: a page.
        picture: a picture.
        sentence: why there is nothing to see.
        note: what should be known about it.
    """

    html: str | None = None
    markdown: str | None = None
    picture: QImage | None = None
    sentence: str = ""
    note: str = ""


class PreviewPage(ResponsePage):
    """A page or a picture, and a way to the browser.

    Signals:
        wanted: an `Answer` is about to be looked at; whoever can shall call `set_preview`.
        browser_requested: the person wants to see the address in the browser.
    """

    key = "preview"
    wanted = Signal(object)
    browser_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        from explorer.ui.widgets.picture_view import PictureView
        from explorer.ui.widgets.safe_browser import SafeBrowser

        super().__init__(themes, parent)
        self._answer: Answer | None = None
        self._page: Preview | None = None  # the text on show
        self._presented = False
        themes.changed.connect(self._on_themes_changed)
        self.setObjectName(names.RESPONSE_PREVIEW_PAGE)
        self.note = ElidedLabel(role="caption")
        self.note.setObjectName(names.RESPONSE_PREVIEW_NOTE)
        self.browser_button = QPushButton("Open in browser")
        self.browser_button.setObjectName(names.RESPONSE_PREVIEW_BROWSER)
        self.browser_button.setToolTip("Sends the request again, from the browser")
        self.browser_button.setProperty("variant", "ghost")
        self.browser_button.clicked.connect(self.browser_requested)
        themes.bind_icon(self.browser_button, "pop", "t2", 13)
        self.text = SafeBrowser(themes)
        self.text.setObjectName(names.RESPONSE_PREVIEW_TEXT)
        self.text.setAccessibleName("The page, without anything from outside of it")
        self.picture = PictureView(themes)
        self.picture.setObjectName(names.RESPONSE_PREVIEW_PICTURE)
        self.message = EmptyState(themes)
        self._pages = QStackedWidget()
        for page in (self.message, self.text, self.picture):
            self._pages.addWidget(page)
        top = QHBoxLayout()
        top.addWidget(self.note)
        top.addStretch(1)
        top.addWidget(self.browser_button)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self._pages, 1)
        themes.metrics.set(top, margins=(16, 4, 8, 4), spacing=8)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)

    @classmethod
    @override
    def tab(cls, state: ResponseState) -> Tab | None:
        answer = state.answer
        if answer is None or state.live or not answer.response.body:
            return None
        seen = answer.kind in (AnswerKind.HTML, AnswerKind.PICTURE) or answer.media_type == MARKDOWN
        return Tab(cls.key, "Preview") if seen else None

    @override
    def show_state(self, state: ResponseState) -> None:
        self._answer = state.answer
        request = state.exchange.request if state.exchange is not None else None
        self.browser_button.setVisible(request is not None and request.method == "GET")
        self.note.set_text("")
        self.message.set_message("")
        self._pages.setCurrentWidget(self.message)
        if self._answer is not None:
            self.wanted.emit(self._answer)

    @override
    def focus_chain(self) -> list[QWidget]:
        return [self.browser_button, self.text]

    def set_preview(self, answer: Answer, preview: Preview) -> None:
        """Show what was made of an answer, unless another is on show by now."""
        if answer is not self._answer:
            return
        self.note.set_text(preview.note)
        self._page = None
        if preview.picture is not None:
            self.picture.set_image(preview.picture)
            self._pages.setCurrentWidget(self.picture)
        elif preview.html is not None or preview.markdown is not None:
            self._show_text(preview)
            self._pages.setCurrentWidget(self.text)
        else:
            self.message.set_message(preview.sentence)

    def _on_themes_changed(self) -> None:
        if self.themes.presenting is not self._presented and self._page is not None:
            self._show_text(self._page)
        self._presented = self.themes.presenting

    def _show_text(self, preview: Preview) -> None:
        self._page = preview
        if preview.html is not None:
            self.text.setHtml(self.themes.shown(preview.html))
        else:
            self.text.setMarkdown(self.themes.shown(preview.markdown or ""))
