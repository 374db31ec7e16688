"""What the views of a body have in common: what should be known stands above, the body below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from explorer.client.viewers.content import BodyContent
from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.body_search import BodySearch
from explorer.ui.widgets.empty_state import EmptyState

EMPTY = "The response has no body."


class NoticeStrip(QFrame):
    """Sentences about a body, and one thing that can be done.

    Signals:
        action_requested: the person pressed the button.
    """

    action_requested = Signal()

    def __init__(self, themes: Themes, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(names.BODY_NOTICE.format(view=name))
        self.setProperty("panel", "warn")
        self.setProperty("edge", "bottom")
        self.label = QLabel()
        self.label.setObjectName(names.BODY_NOTICE_TEXT.format(view=name))
        self.label.setProperty("role", "warning")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.button = QPushButton()
        self.button.setObjectName(names.BODY_NOTICE_ACTION.format(view=name))
        self.button.setProperty("variant", "ghost")
        self.button.clicked.connect(self.action_requested)
        layout = QHBoxLayout(self)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.button)
        themes.metrics.set(layout, margins=(16, 4, 8, 4), spacing=8)
        self.hide()

    def set_sentences(self, sentences: tuple[str, ...], action: str = "") -> None:
        """Say these sentences, or nothing."""
        text = " ".join(sentence for sentence in sentences if sentence)
        self.label.setText(text)
        self.setAccessibleName(text)
        self.button.setText(action)
        self.button.setAccessibleName(action)
        self.button.setVisible(bool(action))
        self.setVisible(bool(text))


class BodyPage(QWidget):
    """A view of a body. What takes time begins when the page is first in sight.

    Attributes:
        search: finds something in it.
    """

    search: BodySearch

    def __init__(self, themes: Themes, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.themes = themes
        self.content: BodyContent | None = None
        self._given: BodyContent | None = None
        self._fresh = False
        self.setObjectName(name)
        self.notice = NoticeStrip(themes, name)
        self.progress = QLabel()
        self.progress.setObjectName(names.BODY_PROGRESS.format(view=name))
        self.progress.setProperty("role", "caption")
        self.progress.setTextFormat(Qt.TextFormat.PlainText)
        self.progress.hide()
        self.message = EmptyState(themes)
        self.message.label.setObjectName(names.BODY_MESSAGE.format(view=name))
        self.message.button.setObjectName(names.BODY_ACTION.format(view=name))
        self.pages = QStackedWidget()
        self.pages.addWidget(self.message)
        self.column = QVBoxLayout(self)
        self.column.addWidget(self.notice)
        self.column.addWidget(self.pages, 1)
        self.column.addWidget(self.progress)
        themes.metrics.set(self.column, margins=(0, 0, 0, 0), spacing=0)
        themes.metrics.set(self.progress, margins=(16, 0, 16, 0), min_height=20)

    def set_body(self, content: BodyContent) -> None:
        """Show a body, unless it is shown already. A view that is not in sight waits until it is."""
        if content is self._given:
            return
        self.content = self._given = content
        self._fresh = True
        self.forget()
        self.notice.set_sentences(())
        self.set_progress("")
        if self.isVisible():
            self.begin()

    def set_nothing(self) -> None:
        """Let go of the body."""
        self.content = self._given = None
        self._fresh = False
        self.forget()

    def begin(self) -> None:
        """Show the body now, unless that was done already."""
        if self._fresh and self.content is not None:
            self._fresh = False
            self.show_content(self.content)

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key, which is from top to bottom."""
        return [*self.search.bar.focus_chain(), self.notice.button, *self.own_controls(), self.message.button]

    def own_controls(self) -> list[QWidget]:
        """Return what a person reads the body in, after what stands above it."""
        raise NotImplementedError

    def show_content(self, content: BodyContent) -> None:
        """Do what a view does with a body."""
        raise NotImplementedError

    def forget(self) -> None:
        """Let go of what was shown before."""

    def say(self, sentence: str, action: str = "") -> None:
        """Show a sentence in place of the body."""
        self.message.set_message(sentence, action)
        self.pages.setCurrentWidget(self.message)

    def set_progress(self, sentence: str) -> None:
        """Say what is under way; nothing hides the line."""
        self.progress.setText(sentence)
        self.progress.setVisible(bool(sentence))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.begin()
