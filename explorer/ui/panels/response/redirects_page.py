"""The redirects that were followed: each hop, its headers, and what changed on the way."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from explorer.client.exchange import Exchange, Request, Response
from explorer.client.hop_changes import changes
from explorer.client.status import meaning
from explorer.ui import names
from explorer.ui.models.response_state import ResponseState
from explorer.ui.models.text_rows_model import TextRow, TextRowsModel
from explorer.ui.override import override
from explorer.ui.panels.response.headers_page import HeadersTable
from explorer.ui.panels.response.page import ResponsePage, scrolled
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.badge import method_token
from explorer.ui.widgets.counted_tabs import Tab
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.segmented import Segmented
from explorer.ui.widgets.value_table import ValueTable
from explorer.ui.wording import duration_text

_RESPONSE, _REQUEST, _CHANGES = range(3)
_ROW = 26  # design pixels
_MOST_FOR_HOPS = 0.6  # of the height
_ROOM_FOR_TIME = 520  # design pixels
_LEAST = 190  # design pixels of height; where there are less, it scrolls


class RedirectsPage(ResponsePage):
    """The hops above, and below the headers of the chosen one, or how its request differs from the one before."""

    key = "redirects"

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._requests: tuple[Request, ...] = ()
        self._responses: tuple[Response | None, ...] = ()
        self._divided = False  # by the person, who knows better
        self._model = TextRowsModel(themes, ("Method", "Address", "Answer", "Time"), self)
        self.table = ValueTable(themes, self._model)
        self.table.setObjectName(names.RESPONSE_REDIRECTS)
        self.table.setAccessibleName("Requests, one after the other")
        self.table.row_chosen.connect(self._on_table_row_chosen)
        self.side = Segmented(themes, ("Response", "Request", "What changed"))
        self.side.setObjectName(names.RESPONSE_REDIRECTS_SIDE)
        self.side.changed.connect(self._show_hop)
        self.note = ElidedLabel(role="caption")
        self.headers = HeadersTable(themes)
        self.headers.setObjectName(names.RESPONSE_REDIRECT_HEADERS)
        self._changes_model = TextRowsModel(themes, ("What", "Before", "Now"), self, values=(1, 2))
        self.changes = ValueTable(themes, self._changes_model)
        self.changes.setObjectName(names.RESPONSE_REDIRECT_CHANGES)
        self.changes.setAccessibleName("What changed from the request before")
        self.changes.set_values(1, 2)
        self.changes.set_widths(170, None, None)
        self._build()

    @classmethod
    @override
    def tab(cls, state: ResponseState) -> Tab | None:
        hops = state.exchange.hops if state.exchange is not None and not state.live else ()
        return Tab(cls.key, "Redirects", str(len(hops))) if hops else None

    @override
    def show_state(self, state: ResponseState) -> None:
        exchange = state.exchange
        if exchange is None:
            return
        self._requests = (*(hop.request for hop in exchange.hops), exchange.request)
        self._responses = (*(hop.response for hop in exchange.hops), exchange.response)
        self._model.set_rows(_rows(exchange))
        self._arrange()
        self._share_height()
        self.table.setCurrentIndex(self._model.index(0, 0))

    @override
    def focus_chain(self) -> list[QWidget]:
        return [self.table, self.side, self.headers, self.changes]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._share_height()

    def _build(self) -> None:
        themes = self.themes
        self._tables = QStackedWidget()
        self._tables.addWidget(self.headers)
        self._tables.addWidget(self.changes)
        side_row = QHBoxLayout()
        side_row.addWidget(self.side)
        side_row.addWidget(self.note)
        side_row.addStretch(1)
        lower = QWidget()
        lower_layout = QVBoxLayout(lower)
        lower_layout.addLayout(side_row)
        lower_layout.addWidget(self._tables, 1)
        self._rows = rows = QSplitter(Qt.Orientation.Vertical)
        rows.setObjectName(names.RESPONSE_REDIRECTS_ROWS)
        rows.addWidget(self.table)
        rows.addWidget(lower)
        rows.setChildrenCollapsible(False)
        rows.splitterMoved.connect(self._on_rows_splitter_moved)
        layout = QVBoxLayout(self)
        layout.addWidget(scrolled(rows))
        themes.metrics.set(rows, min_height=_LEAST)
        themes.metrics.set(side_row, margins=(8, 6, 8, 2), spacing=10)
        themes.metrics.set(lower_layout, margins=(0, 0, 0, 0), spacing=0)
        themes.metrics.set(layout, margins=(8, 0, 0, 0), spacing=0)

    def _share_height(self) -> None:
        """Give the hops the height of their rows, as long as the headers keep enough and nobody divided it by hand."""
        if self._divided:
            return
        header = self.table.horizontalHeader().sizeHint().height()
        wanted = header + self._model.rowCount() * self.themes.theme.px(_ROW) + 2
        height = max(self.height(), self.themes.theme.px(_LEAST))
        upper = min(wanted, round(height * _MOST_FOR_HOPS))
        self._rows.setSizes([upper, height - upper])

    def _arrange(self) -> None:
        self.table.setColumnHidden(3, self.width() < self.themes.theme.px(_ROOM_FOR_TIME))
        self.table.set_widths(74, None, 190, 74)

    def _show_hop(self) -> None:
        row = max(0, self.table.currentIndex().row())
        if row >= len(self._requests):
            return
        side = self.side.current
        response = self._responses[row]
        self.note.set_text("")
        if side == _CHANGES:
            self._show_changes(row)
        elif side == _REQUEST:
            self.headers.set_headers(self._requests[row].headers)
        else:
            self.headers.set_headers(response.headers if response is not None else ())
        self.headers.setAccessibleName("Headers of the request" if side == _REQUEST else "Headers of the response")
        self._tables.setCurrentWidget(self.changes if side == _CHANGES else self.headers)

    def _show_changes(self, row: int) -> None:
        found = changes(self._requests[row - 1], self._requests[row]) if row else ()
        self._changes_model.set_rows(
            [TextRow((change.what, change.before or "not sent", change.after or "not sent")) for change in found]
        )
        if not row:
            self.note.set_text("This is the first request.")
        elif not found:
            self.note.set_text("Only the address.")

    def _on_rows_splitter_moved(self) -> None:
        self._divided = True

    def _on_table_row_chosen(self, _index: QModelIndex) -> None:
        self._show_hop()


def _rows(exchange: Exchange) -> list[TextRow]:
    last_ns = exchange.elapsed_ns - sum(hop.elapsed_ns for hop in exchange.hops)
    steps = [(hop.request, hop.response, hop.elapsed_ns) for hop in exchange.hops]
    rows = [_row(request, response, elapsed) for request, response, elapsed in steps]
    return [*rows, _row(exchange.request, exchange.response, last_ns)]


def _row(request: Request, response: Response | None, elapsed_ns: int) -> TextRow:
    answer = (
        f"{response.status} {meaning(response.status, response.reason)[0]}" if response is not None else "no answer"
    )
    cells = (request.method, request.url, answer, duration_text(max(0, elapsed_ns)))
    return TextRow(cells, method_token(request.method))
