"""What the close codes mean, and closing the chosen client with one of them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from explorer.client.sockets.close_codes import CLOSE_CODES, CloseCode, Tone, close_code, close_problem
from explorer.client.sockets.record import SocketState, SocketStatus
from explorer.ui import names
from explorer.ui.models.pairs_model import Pair
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.pair_table import PairTable
from explorer.ui.widgets.properties import set_property

_CODE_WIDTH = 30  # design pixels
_ROW = 27
_TOKENS = {Tone.GOOD: "ok", Tone.PLAIN: "t2", Tone.WARNING: "warn", Tone.FAULT: "err"}
_SHOWN = (1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1011, 1012, 1013)
_OFFERED = tuple(known.code for known in CLOSE_CODES if known.travels)
_OWN = CloseCode(code=4000, name="The app's own, 4000–4999", meaning="What they mean is the app's own affair.")


class CodesSection(QWidget):
    """The list of close codes; the one with which the client ended stands out.

    Signals:
        code_chosen: a person chose a code that may be sent.
    """

    code_chosen = Signal(int)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes: tuple[CloseCode, ...] = ()
        title = QLabel("Close codes")
        title.setProperty("role", "control_bold")
        head = QHBoxLayout()
        head.addWidget(title)
        themes.metrics.set(head, margins=(12, 0, 12, 4))
        self.table = PairTable(themes, _CODE_WIDTH, row_height=_ROW, right_role="text")
        self.table.setObjectName(names.SOCKET_INSPECTOR_CODES)
        self.table.setAccessibleName("Close codes: Enter takes one over")
        self.table.pair_activated.connect(self._on_pair_activated)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(self.table)
        themes.metrics.set(layout, margins=(0, 12, 0, 12), spacing=2)
        self.set_code(None)

    def set_code(self, code: int | None) -> None:
        """Mark the code with which a client ended; None for none."""
        shown = [close_code(known) for known in _SHOWN]
        if code is not None and code not in _SHOWN:
            shown.append(close_code(code))
        self._codes = (*shown, _OWN)
        self.table.set_pairs([_pair(known, marked=known.code == code and known is not _OWN) for known in self._codes])

    def _on_pair_activated(self, row: int) -> None:
        if self._codes[row].travels:
            self.code_chosen.emit(self._codes[row].code)


class CloseBar(QFrame):
    """Code, reason and a button. What may not be sent gets a sentence, and the button sleeps.

    Signals:
        close_requested: the client is to be closed; code and reason.
    """

    close_requested = Signal(int, str)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = False
        self._name = ""
        self.setProperty("edge", "top")
        self.code = _CodeBox()
        self.code.setEditable(True)
        self.code.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.code.addItems([str(code) for code in (*_OFFERED, 4000)])
        for i, code in enumerate((*_OFFERED, 4000)):
            self.code.setItemData(i, close_code(code).name, Qt.ItemDataRole.ToolTipRole)
        self.code.setObjectName(names.SOCKET_INSPECTOR_CODE)
        self.code.setAccessibleName("Close code")
        self.code.setProperty("variant", "code")
        self.code.editTextChanged.connect(self._show)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Reason")
        self.reason.setObjectName(names.SOCKET_INSPECTOR_REASON)
        self.reason.setAccessibleName("Reason of the close")
        self.reason.textChanged.connect(self._show)
        self.reason.returnPressed.connect(self._close)
        self.button = QPushButton("Close")
        self.button.setObjectName(names.SOCKET_INSPECTOR_CLOSE)
        self.button.clicked.connect(self._close)
        self.problem = QLabel()
        self.problem.setObjectName(names.SOCKET_INSPECTOR_PROBLEM)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.problem.setProperty("role", "error")
        row = QHBoxLayout()
        row.addWidget(self.code)
        row.addWidget(self.reason, 1)
        row.addWidget(self.button)
        themes.metrics.set(row, spacing=8)
        layout = QVBoxLayout(self)
        layout.addWidget(self.problem)
        layout.addLayout(row)
        themes.metrics.set(layout, margins=(12, 10, 12, 10), spacing=6)
        themes.metrics.set(self.code, width=72, height=28)
        themes.metrics.set(self.reason, min_width=40, height=28)
        themes.metrics.set(self.button, height=28, max_width=120)
        self.set_client("", None)

    def set_client(self, name: str, status: SocketStatus | None) -> None:
        """Say who would be closed, and how it stands."""
        self._name = name
        self._open = status is not None and status.state in (SocketState.OPEN, SocketState.CLOSING)
        shown = name if len(name) <= 10 else f"{name[:9]}…"
        self.button.setText(f"Close {shown}".strip())
        self.button.setAccessibleName(f"Close {name} with this code and reason" if name else "Close")
        self._show()

    def set_code(self, code: int) -> None:
        """Put a code into the field."""
        self.code.setEditText(str(code))

    def focus_chain(self) -> list[QWidget]:
        """Return what the Tab key comes to."""
        return [self.code, self.reason, self.button]

    def _number(self) -> int | None:
        text = self.code.currentText().strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

    def _show(self) -> None:
        problem = close_problem(self._number(), self.reason.text())
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        is_about_code = bool(close_problem(self._number(), ""))
        set_property(self.code, "state", "invalid" if is_about_code else "")
        set_property(self.reason, "state", "invalid" if problem and not is_about_code else "")
        self.button.setEnabled(self._open and not problem)
        self.button.setToolTip(problem or ("" if self._open else f"{self._name or 'No client'} is not connected."))

    def _close(self) -> None:
        number = self._number()
        if number is not None and self.button.isEnabled():
            self.close_requested.emit(number, self.reason.text())


class _CodeBox(QComboBox):
    """The wheel scrolls what is around; it must not change the code on the way."""

    @override
    def wheelEvent(self, event: object) -> None:
        ignore = getattr(event, "ignore", None)
        if callable(ignore):
            ignore()


def _pair(known: CloseCode, *, marked: bool) -> Pair:
    token = _TOKENS[known.tone]
    is_own = known is _OWN
    return Pair(
        left="4xxx" if is_own else str(known.code),
        right=known.name,
        left_token=token,
        right_token="t1" if marked else "t2" if known.travels else "t3",
        tip=known.meaning,
        marked=marked,
    )
