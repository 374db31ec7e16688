"""The cookies that the server sets, each with what it means, and those that were sent to it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from explorer.client.cookie_rules import refusal
from explorer.client.cookie_words import sent_cookies, sentence
from explorer.client.exchange import Exchange
from explorer.client.masking import MASK
from explorer.client.set_cookie import parse_set_cookie
from explorer.ui import names
from explorer.ui.models.response_state import ResponseState
from explorer.ui.models.text_rows_model import TextRow, TextRowsModel
from explorer.ui.override import override
from explorer.ui.panels.response.page import ResponsePage
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.counted_tabs import Tab
from explorer.ui.widgets.segmented import Segmented
from explorer.ui.widgets.sentence_bar import SentenceBar
from explorer.ui.widgets.value_table import ValueTable

_ROOM_FOR_MEANING = 130  # design pixels of height
_LONGEST_SHOWN = 2_000  # characters of a header below the table


class CookiesPage(ResponsePage):
    """A switch between both directions, the cookies, and a line that explains the chosen one."""

    key = "cookies"

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._set_model = TextRowsModel(themes, ("Name", "Value", "What it asks for"), self, values=(1,), name="cookie")
        self._sent_model = TextRowsModel(themes, ("Name", "Value"), self, values=(1,), name="cookie")
        self.side = Segmented(themes, ("Set by the response", "Sent with the request"))
        self.side.setObjectName(names.RESPONSE_COOKIES_SIDE)
        self.side.changed.connect(self._on_side_changed)
        self._prefers_sent = False  # where there is something on both sides
        self.set_table = ValueTable(themes, self._set_model)
        self.set_table.setObjectName(names.RESPONSE_COOKIES)
        self.set_table.setAccessibleName("Cookies that the response sets")
        self.set_table.set_values(1, always=True)
        self.set_table.set_widths(120, 130, None)
        self.set_table.row_chosen.connect(self._on_set_table_row_chosen)
        self.sent_table = ValueTable(themes, self._sent_model)
        self.sent_table.setObjectName(names.RESPONSE_COOKIES_SENT)
        self.sent_table.setAccessibleName("Cookies that were sent with the request")
        self.sent_table.set_values(1, always=True)
        self.sent_table.set_widths(170, None)
        self.meaning = SentenceBar(themes, names.RESPONSE_COOKIE_MEANING)
        self.meaning.setProperty("edge", "top")
        self._tables = QStackedWidget()
        themes.changed.connect(self._show_side)
        self._tables.addWidget(self.set_table)
        self._tables.addWidget(self.sent_table)
        top, middle = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.side)
        top.addStretch(1)
        middle.addWidget(self._tables)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addLayout(middle, 1)
        layout.addWidget(self.meaning)
        themes.metrics.set(top, margins=(16, 6, 8, 2), spacing=8)
        themes.metrics.set(middle, margins=(8, 0, 0, 0), spacing=0)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)

    @classmethod
    @override
    def tab(cls, state: ResponseState) -> Tab | None:
        exchange = state.exchange
        if exchange is None or state.live or (exchange.response is None and not exchange.hops):
            return None
        received, sent = _received(exchange), _sent(exchange)
        if not received and not sent:
            return None
        return Tab(cls.key, "Cookies", str(len(received)) if received else "")

    @override
    def show_state(self, state: ResponseState) -> None:
        exchange = state.exchange
        if exchange is None:
            return
        received, sent = _received(exchange), _sent(exchange)
        self._set_model.set_rows([_row(text, url, exchange.sent_at) for text, url in received])
        self._sent_model.set_rows([TextRow(pair) for pair in sent])
        self.side.set_current(0 if received and not (sent and self._prefers_sent) else 1)
        self.side.setEnabled(bool(received) and bool(sent))
        if received:
            self.set_table.setCurrentIndex(self._set_model.index(0, 0))
        self._show_side()

    @override
    def focus_chain(self) -> list[QWidget]:
        return [self.side, self.set_table, self.sent_table]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_side_changed(self, number: int) -> None:
        self._prefers_sent = number == 1
        self._show_side()

    def _show_side(self) -> None:
        sent = self.side.current == 1
        self._tables.setCurrentWidget(self.sent_table if sent else self.set_table)
        self._on_set_table_row_chosen(QModelIndex() if sent else self.set_table.currentIndex())

    def _on_set_table_row_chosen(self, index: QModelIndex) -> None:
        row = self._set_model.rows[index.row()] if index.isValid() else None
        refused = row is not None and row.token == "err"
        explained = row.explained if row is not None else ""
        if self.themes.presenting and row is not None and row.cells[1]:
            explained = explained.replace(row.cells[1], MASK)
        self.meaning.set_sentence(explained, "err" if refused else "bg2")
        self._fit()

    def _fit(self) -> None:
        """Leave the line below out where the rows have too little room; it is in their tool tips too."""
        roomy = self.height() >= self.themes.theme.px(_ROOM_FOR_MEANING)
        self.meaning.setVisible(roomy and bool(self.meaning.sentence))


def _received(exchange: Exchange) -> list[tuple[str, str]]:
    """Return each Set-Cookie header with the address that it came from, the redirects' before the last one's."""
    steps = [(hop.response, hop.request.url) for hop in exchange.hops]
    if exchange.response is not None:
        steps.append((exchange.response, exchange.request.url))
    return [(value, url) for response, url in steps for name, value in response.headers if name.lower() == "set-cookie"]


def _sent(exchange: Exchange) -> list[tuple[str, str]]:
    return [
        pair for name, value in exchange.request.headers if name.lower() == "cookie" for pair in sent_cookies(value)
    ]


def _row(text: str, url: str, now: float) -> TextRow:
    said = parse_set_cookie(text)
    meant, refused, header = sentence(said, url, now), refusal(said, url), text[:_LONGEST_SHOWN]
    if refused:
        return TextRow((said.name, said.value, f"Refused: {refused}"), "err", f"Not kept. {refused}\n{header}")
    return TextRow((said.name, said.value, meant), "", f"{meant}\n{header}")
