"""The bar with the method and the URL of a request."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from explorer.client.urls import join_url
from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.badge import method_token
from explorer.ui.widgets.field_box import paint_field_box
from explorer.ui.widgets.method_box import MethodBox
from explorer.ui.widgets.url_line import UrlLine, UrlSpan
from explorer.ui.widgets.url_spans import url_spans

_HEIGHT = 36
_RADIUS = 8
_COMES_BACK = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class UrlBar(QWidget):
    """Method, URL and a button that copies it.

    Signals:
        url_edited: the person changed the URL; the whole text.
        parameter_clicked: the person clicked a path parameter in the URL; its name.
        copy_requested: the person wants the URL on the clipboard.
        return_pressed: the person pressed Enter in the URL.
        pasted: a curl command or a whole URL was pasted over what was there; the whole text.
        method_chosen: the person wants another method; upper case.
    """

    url_edited = Signal(str)
    parameter_clicked = Signal(str)
    copy_requested = Signal()
    return_pressed = Signal()
    pasted = Signal(str)
    method_chosen = Signal(str)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._base_url = ""
        self._template = ""
        self._url = ""
        self._typing = False  # while it holds, the line belongs to the person: half a URL must not be put right
        self._wrong: frozenset[str] = frozenset()
        self.method = MethodBox(themes)
        self.method.method_chosen.connect(self.method_chosen)
        self.line = UrlLine(themes)
        self.line.setObjectName(names.REQUEST_URL)
        self.line.setAccessibleName("URL of the request")
        self.line.setPlaceholderText("Choose an operation, or type a URL or paste a curl command")
        self.line.textEdited.connect(self._on_line_text_edited)
        self.line.parameter_clicked.connect(self.parameter_clicked)
        self.line.returnPressed.connect(self.return_pressed)
        self.line.pasted.connect(self.pasted)
        self.line.installEventFilter(self)
        self.copy_button = QToolButton()
        self.copy_button.setObjectName(names.REQUEST_COPY_URL)
        self.copy_button.setAccessibleName("Copy the URL")
        self.copy_button.setToolTip("Copy the URL")
        self.copy_button.clicked.connect(self.copy_requested)
        themes.bind_icon(self.copy_button, "copy", "t2", 14)
        layout = QHBoxLayout(self)
        layout.addWidget(self.method)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.copy_button)
        themes.metrics.set(layout, margins=(8, 1, 6, 1), spacing=8)
        themes.metrics.set(self, height=_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    def begin(self) -> None:
        """Turn to another request: what is being typed belongs to the one before."""
        self._typing = False

    def set_request(self, method: str, template: str, base_url: str, target: str) -> None:
        """Show a request.

        Args:
            method: upper case.
            template: the operation's path.
            base_url: the server's address; empty while there is none.
            target: path and query, or a whole URL that leads to another server.
        """
        self._base_url = base_url
        self._template = template
        self.method.set_method(method, method_token(method))
        self._url = join_url(base_url, target) if target else base_url
        if not self._typing:
            self._show_url()

    def set_wrong_parameters(self, wrong: Collection[str]) -> None:
        """Mark the chips of these path parameters as wrong."""
        if frozenset(wrong) != self._wrong:
            self._wrong = frozenset(wrong)
            self.line.set_url(self.line.text(), self._spans(self.line.text()))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _COMES_BACK and self._typing:
            self._show_url()
        return super().eventFilter(watched, event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_field_box(painter, self._themes.theme, self.rect(), _RADIUS, focused=self.line.hasFocus())

    def _spans(self, text: str) -> tuple[UrlSpan, ...]:
        base = self._base_url if text.startswith(self._base_url) else ""
        return url_spans(base, text.removeprefix(base), self._template, self._wrong)

    def _show_url(self) -> None:
        self._typing = False
        self.line.set_url(self._url, self._spans(self._url))
        self.line.set_whole(self._url)

    def _on_line_text_edited(self, text: str) -> None:
        self._typing = True
        self.line.set_url(text, self._spans(text))
        self.url_edited.emit(text)
