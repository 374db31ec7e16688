"""What one message carried: text, bytes, or a sentence in their place."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from explorer.client.body import Body
from explorer.client.viewers.hex_rows import HexRows
from explorer.client.viewers.rows import Row
from explorer.ui import names
from explorer.ui.models.message_content import MessageContent
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.code_view import CodeView
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.empty_state import EmptyState
from explorer.ui.widgets.json_syntax import Run, json_runs
from explorer.ui.widgets.virtual_text import VirtualText

_DIGITS = 49  # columns of a row before the characters


class PayloadView(QFrame):
    """Shows a `MessageContent`."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: MessageContent | None = None
        self._sentence = EmptyState(themes)
        self.notice = ElidedLabel(role="caption")
        self.notice.setObjectName(names.TRACE_PAYLOAD_NOTICE)
        self.text = CodeView(themes)
        self.text.setObjectName(names.TRACE_PAYLOAD)
        self.text.setAccessibleName("What the chosen message carries")
        self.bytes = VirtualText(themes, in_bytes=True)
        self.bytes.setObjectName(names.TRACE_PAYLOAD_BYTES)
        self.bytes.setAccessibleName("What the chosen message carries, byte by byte")
        self._pages = QStackedWidget()
        for page in (self._sentence, self.text, self.bytes):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.addWidget(self.notice)
        layout.addWidget(self._pages, 1)
        themes.metrics.set(self.notice, margins=(16, 6, 12, 2))
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)

    def set_content(self, content: MessageContent) -> None:
        """Show another content; the same one stays where a person has scrolled to."""
        if content == self._shown:
            return
        self._shown = content
        self.notice.setVisible(bool(content.notice))
        self.notice.set_text(content.notice)
        self.bytes.set_source(HexRows(Body(content.data)) if content.data else None, _runs)
        self.text.set_coloring(json_runs if content.is_json else None)
        self.text.set_text(content.text)
        self._sentence.set_message(content.sentence)
        page = self.bytes if content.data else self._sentence if content.sentence else self.text
        self._pages.setCurrentWidget(page)

    @property
    def sentence(self) -> str:
        """What is said in place of a content; empty while there is one."""
        return self._shown.sentence if self._shown is not None else ""

    def focus_chain(self) -> list[QWidget]:
        """Return what the Tab key comes to."""
        return [self.text, self.bytes]


def _runs(row: Row) -> list[Run]:
    return [Run(0, _DIGITS, "c_num"), Run(_DIGITS, len(row.text) - _DIGITS, "c_str")]
