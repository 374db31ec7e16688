"""The opening of a WebSocket: the request, the response, and whether the server's proof is right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.client.exchange import Headers
from explorer.client.header_meanings import meaning_of_header
from explorer.client.sockets.record import Handshake
from explorer.client.status import meaning
from explorer.ui import names
from explorer.ui.models.pairs_model import Pair
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import documentation
from explorer.ui.widgets.badge import Badge, status_token
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.icon_label import IconLabel
from explorer.ui.widgets.pair_table import PairTable
from explorer.ui.widgets.properties import set_property
from explorer.ui.wording import duration_text

_SWITCHED = 101
_NAMES = 144  # design pixels
_ROW = 18
_EMPTY = "Nothing was sent yet: connect, and the opening request and its answer stand here."
_FOREIGN = (
    "This connection is not of this window, so its handshake was not tapped. The X-ray shows what the server saw."
)
_SHOWN_OF_BODY = 600  # bytes


class HandshakeSection(QWidget):
    """Both heads of the handshake with their headers, and what is wrong with them."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._foreign = False
        self.title = ElidedLabel(role="control_bold")
        self.took = QLabel()
        self.took.setObjectName(names.SOCKET_INSPECTOR_TOOK)
        self.took.setProperty("role", "code_caption")
        self.took.setToolTip("From the opening request to the end of the answer’s head")
        self._badge = Badge(themes, "101", "ok")
        self.empty = QLabel(_EMPTY)
        self.empty.setWordWrap(True)
        self.empty.setProperty("role", "caption")
        self.request_line = ElidedLabel(role="code_caption")
        self.request = self._table(themes, names.SOCKET_INSPECTOR_REQUEST, "Headers of the opening request")
        self.response_line = ElidedLabel(role="code_caption")
        self.response = self._table(themes, names.SOCKET_INSPECTOR_RESPONSE, "Headers of the answer")
        self._sign = IconLabel(themes, "check", "ok", 13)
        self.verdict = QLabel()
        self.verdict.setObjectName(names.SOCKET_INSPECTOR_VERDICT)
        self.verdict.setTextFormat(Qt.TextFormat.PlainText)
        self.verdict.setWordWrap(True)
        self.verdict.setProperty("role", "caption")
        self._proof = QWidget()
        proof = QHBoxLayout(self._proof)
        proof.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        proof.addWidget(self.verdict, 1)
        themes.metrics.set(proof, margins=(12, 4, 12, 0), spacing=8)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.took)
        head.addWidget(self._badge)
        themes.metrics.set(head, margins=(12, 0, 12, 4), spacing=8)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        for widget in (self.empty, self.request_line):
            layout.addWidget(self._inset(themes, widget))
        layout.addWidget(self.request)
        self._answer_gap = self._inset(themes, self.response_line, above=6)
        layout.addWidget(self._answer_gap)
        layout.addWidget(self.response)
        layout.addWidget(self._proof)
        themes.metrics.set(layout, margins=(0, 12, 0, 12), spacing=2)
        self.set_client("", foreign=False)
        self.set_handshake(None)

    def set_client(self, name: str, *, foreign: bool) -> None:
        """Say whose handshake it is."""
        self._foreign = foreign
        self.title.set_text(f"Handshake — {name}" if name else "Handshake")
        self.empty.setText(_FOREIGN if foreign else _EMPTY)

    def set_handshake(self, handshake: Handshake | None) -> None:
        """Show a handshake as far as it has come; None for none."""
        known = handshake is not None
        self.empty.setVisible(not known)
        self.request_line.setVisible(known)
        answered = handshake is not None and handshake.status is not None
        self._badge.setVisible(answered)
        self._answer_gap.setVisible(answered)
        self.request_line.set_text(handshake.request_line if handshake is not None else "")
        self.request.set_pairs(_pairs(handshake.request_headers) if handshake is not None else ())
        self.response_line.set_text(handshake.response_line if handshake is not None else "")
        self.response.set_pairs(_pairs(handshake.response_headers) if handshake is not None else ())
        self._show_time(handshake)
        self._show_verdict(handshake)

    def focus_chain(self) -> list[QWidget]:
        """Return what the Tab key comes to."""
        return [self.request, self.response]

    def _show_time(self, handshake: Handshake | None) -> None:
        answered = handshake.answered_at_ns if handshake is not None else None
        took = duration_text(answered - handshake.sent_at_ns) if handshake is not None and answered is not None else ""
        self.took.setText(took)
        self.took.setAccessibleName(f"answered after {took}" if took else "")

    def _show_verdict(self, handshake: Handshake | None) -> None:
        self._proof.setVisible(handshake is not None and handshake.status is not None)
        if handshake is None or handshake.status is None:
            return
        status = handshake.status
        switched = status == _SWITCHED
        self._badge.set_badge(str(status), "ok" if switched else status_token(str(status)))
        self._badge.setToolTip(documentation(*meaning(status)))
        set_property(self.response_line, "tone", "ok" if switched else "err")
        if not switched:
            said = handshake.body[:_SHOWN_OF_BODY].decode("utf-8", "replace").strip()
            sentence = f"Refused: no WebSocket was opened.{' ' + said if said else ''}"
            self._say("x", "err", sentence)
        elif handshake.accept_valid is False:
            self._say("alert", "err", "Sec-WebSocket-Accept is not what the key asks for: this is no WebSocket server.")
        else:
            self._say("check", "ok", "accept = base64(SHA-1(key + GUID))")

    def _say(self, icon: str, token: str, sentence: str) -> None:
        self._sign.set_icon(icon, token)
        self.verdict.setText(sentence)

    @staticmethod
    def _table(themes: Themes, name: str, spoken: str) -> PairTable:
        table = PairTable(themes, _NAMES, row_height=_ROW)
        table.setObjectName(name)
        table.setAccessibleName(spoken)
        table.set_row_text(lambda row: f"{table.pairs_model.pairs[row].left}: {table.pairs_model.pairs[row].right}")
        return table

    @staticmethod
    def _inset(themes: Themes, widget: QWidget, *, above: float = 0) -> QWidget:
        around = QWidget()
        layout = QHBoxLayout(around)
        layout.addWidget(widget)
        layout.addStretch(0)
        themes.metrics.set(layout, margins=(12, above, 12, 0), spacing=0)
        return around


def _pairs(headers: Headers) -> tuple[Pair, ...]:
    return tuple(
        Pair(left=name, right=value, tip=f"{name}: {value}\n\n{meaning_of_header(name)}".strip())
        for name, value in headers
    )
