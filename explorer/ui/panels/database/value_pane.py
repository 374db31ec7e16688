"""One value of a row, whole: text as it is or laid out, bytes in hexadecimal."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from explorer.client.viewers.content import BodyContent, ContentKind
from explorer.client.viewers.hex_rows import HexRows
from explorer.client.viewers.rows import Row
from explorer.ui import names
from explorer.ui.models.record_value import RecordValue
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.empty_state import EmptyState
from explorer.ui.widgets.json_syntax import Run
from explorer.ui.widgets.text_page import TextPage
from explorer.ui.widgets.virtual_text import VirtualText

_DIGITS = 49  # columns of a row before the ASCII side


class ValueText(TextPage):
    """A text: JSON with a member a row where that is wanted, else as it is."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(themes, names.RECORD_VALUE, "Value", parent)
        self.laid_out = True

    def lays_out(self, content: BodyContent) -> bool:
        """Return whether a value is laid out."""
        return self.laid_out and content.kind is ContentKind.JSON

    def show_again(self) -> None:
        """Show the same value otherwise laid out."""
        if self.content is not None:
            self.forget()
            self.show_content(self.content)


class ValuePane(QWidget):
    """Shows a value, or a sentence in its place."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ValueText(themes)
        self.bytes = VirtualText(themes, in_bytes=True)
        self.bytes.setObjectName(names.RECORD_HEX)
        self.bytes.setAccessibleName("Value, byte by byte")
        self._message = EmptyState(themes)
        self._stack = QStackedWidget()
        for page in (self._message, self.text, self.bytes):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def set_value(self, value: RecordValue) -> None:
        """Show a value."""
        if value.content.kind is ContentKind.EMPTY:
            self.say("An empty blob." if value.binary else "An empty text.")
        elif value.binary:
            self.text.set_nothing()
            self.bytes.set_source(HexRows(value.content.body), _runs)
            self._stack.setCurrentWidget(self.bytes)
        else:
            self.bytes.set_source(None)
            self.text.set_body(value.content)
            self._stack.setCurrentWidget(self.text)

    def say(self, sentence: str) -> None:
        """Show a sentence in place of a value."""
        self.text.set_nothing()
        self.bytes.set_source(None)
        self._message.set_message(sentence)
        self._stack.setCurrentWidget(self._message)

    @property
    def sentence(self) -> str:
        """What is said in place of a value; empty while one is shown."""
        return self._message.label.text() if self._stack.currentWidget() is self._message else ""


def _runs(row: Row) -> list[Run]:
    return [Run(0, _DIGITS, "c_num"), Run(_DIGITS, len(row.text) - _DIGITS, "c_str")]
