"""The headers of the response and of the request, and what each does."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from explorer.client.exchange import Headers
from explorer.client.header_meanings import meaning_of_header
from explorer.ui import names
from explorer.ui.models.headers_model import HeadersModel
from explorer.ui.models.response_state import ResponseState
from explorer.ui.override import override
from explorer.ui.panels.response.page import ResponsePage
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.counted_tabs import Tab
from explorer.ui.widgets.segmented import Segmented
from explorer.ui.widgets.sentence_bar import SentenceBar
from explorer.ui.widgets.value_table import ValueTable

_NAME_WIDTH, _VALUE_WIDTH = 170, None
_ROOM_FOR_MEANING = 560  # design pixels
_LONGEST_SHOWN = 2_000  # characters of a value below the table


class HeadersTable(ValueTable):
    """Headers as rows; where there is little room, what they do is left to the line below."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        self.headers_model = HeadersModel()
        super().__init__(themes, self.headers_model, parent=parent)
        self.headers_model.setParent(self)
        self.set_values(1)
        self.set_row_text(self._line)
        value = QAction("Copy value", self)
        value.triggered.connect(self.copy_values)
        everything = QAction("Copy all", self)
        everything.triggered.connect(self.copy_all)
        self.addActions([value, everything])
        self._arrange()

    def set_headers(self, headers: Headers) -> None:
        """Show other headers."""
        self.headers_model.set_headers(headers)
        self.scrollToTop()

    def copy_values(self) -> None:
        """Put the values of the selected headers on the clipboard."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        QApplication.clipboard().setText("\n".join(self.headers_model.headers[row][1] for row in rows))

    def copy_all(self) -> None:
        """Put all headers on the clipboard."""
        QApplication.clipboard().setText("\n".join(f"{name}: {value}" for name, value in self.headers_model.headers))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        roomy = self.width() >= self._themes.theme.px(_ROOM_FOR_MEANING)
        self.setColumnHidden(2, not roomy)
        self.set_widths(_NAME_WIDTH, _VALUE_WIDTH, None)

    def _line(self, row: int) -> str:
        name, value = self.headers_model.headers[row]
        return f"{name}: {value}"


class HeadersPage(ResponsePage):
    """A switch between both directions, the headers, and a line that explains the chosen one."""

    key = "headers"

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._received: Headers = ()
        self._sent: Headers = ()
        self.side = Segmented(themes, ("Response", "Request as sent"))
        self.side.setObjectName(names.RESPONSE_HEADERS_SIDE)
        self.side.changed.connect(self._show_side)
        self.copy = QPushButton("Copy all")
        self.copy.setObjectName(names.RESPONSE_HEADERS_COPY)
        self.copy.setAccessibleName("Copy all headers")
        self.copy.setProperty("variant", "ghost")
        self.table = HeadersTable(themes)
        self.table.setObjectName(names.RESPONSE_HEADERS)
        self.copy.clicked.connect(self.table.copy_all)
        self.meaning = SentenceBar(themes, names.RESPONSE_HEADER_MEANING)
        self.meaning.setProperty("edge", "top")
        self.table.row_chosen.connect(self._on_table_row_chosen)
        themes.changed.connect(self._explain)
        top = QHBoxLayout()
        top.addWidget(self.side)
        top.addStretch(1)
        top.addWidget(self.copy)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        middle = QHBoxLayout()
        middle.addWidget(self.table)
        layout.addLayout(middle, 1)
        layout.addWidget(self.meaning)
        themes.metrics.set(top, margins=(16, 6, 8, 2), spacing=8)
        themes.metrics.set(middle, margins=(8, 0, 0, 0), spacing=0)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)

    @classmethod
    @override
    def tab(cls, state: ResponseState) -> Tab | None:
        response = state.arriving if state.live else state.answer.response if state.answer is not None else None
        return Tab(cls.key, "Headers", f"{len(response.headers):,}") if response is not None else None

    @override
    def show_state(self, state: ResponseState) -> None:
        response = state.arriving if state.live else state.answer.response if state.answer is not None else None
        self._received = response.headers if response is not None else ()
        self._sent = state.exchange.request.headers if state.exchange is not None and not state.live else ()
        self.side.setVisible(bool(self._sent))
        if not self._sent:
            self.side.set_current(0)
        self._show_side()

    @override
    def focus_chain(self) -> list[QWidget]:
        return [self.side, self.copy, self.table]

    def _show_side(self) -> None:
        sent = self.side.current == 1
        self.table.set_headers(self._sent if sent else self._received)
        self.table.setAccessibleName("Headers of the request" if sent else "Headers of the response")
        self.meaning.set_sentence("")

    def _explain(self) -> None:
        self._on_table_row_chosen(self.table.currentIndex())

    def _on_table_row_chosen(self, index: QModelIndex) -> None:
        if not index.isValid():
            self.meaning.set_sentence("")
            return
        name, value = self.table.headers_model.headers[index.row()]
        explained = meaning_of_header(name)
        value = self.themes.shown_value(name, value)
        whole = value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}…"
        self.meaning.set_sentence(f"{name}: {whole}" + (f"\n{explained}" if explained else ""), "bg2")
