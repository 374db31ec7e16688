"""The chosen line of a socket's log: its frame as it travelled, its payload, and when each side had it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.client.sockets.close_codes import close_code
from explorer.client.sockets.frame_words import DIGITS, PayloadRows, frame_sentence
from explorer.client.sockets.record import Direction, Entry, FrameKind
from explorer.client.viewers.rows import Row
from explorer.ui import names
from explorer.ui.models.ladder_words import clock_words
from explorer.ui.models.pairs_model import Pair
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.frame_table import FrameTable
from explorer.ui.widgets.json_syntax import Run
from explorer.ui.widgets.pair_table import PairTable
from explorer.ui.widgets.virtual_text import LINE_HEIGHT, VirtualText
from explorer.ui.wording import size_text

_EMPTY = "Choose a line of the conversation to see its frame, byte by byte."
_MOST_ROWS = 8
_EDGE = 12  # design pixels
_NARROW_EDGE = 4  # where offsets have more digits
_SHORT_OFFSETS = 32  # rows
_LABELS = 110  # design pixels
_ROW = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTimes:
    """When an entry happened, all in nanoseconds on the clock of all events.

    Attributes:
        origin_ns: zero of the room's axis of time.
        server_ns: when the app had it, or gave it out; None when the server did not see it.
    """

    origin_ns: int = 0
    server_ns: int | None = None


class FrameSection(QWidget):
    """Shows one entry, or asks for one."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.title = QLabel("Selected frame")
        self.title.setProperty("role", "control_bold")
        self.time = QLabel()
        self.time.setProperty("role", "code_caption")
        self.time.setObjectName(names.SOCKET_INSPECTOR_TIME)
        self.problem = self._words("error", names.SOCKET_INSPECTOR_ENTRY_PROBLEM)
        self.table = FrameTable(themes)
        self.table.setObjectName(names.SOCKET_INSPECTOR_FRAME)
        self.payload = VirtualText(themes, tight=True, in_bytes=True)
        self.payload.setObjectName(names.SOCKET_INSPECTOR_PAYLOAD)
        self.payload.setAccessibleName("Payload, byte by byte")
        self.note = self._words("caption", names.SOCKET_INSPECTOR_NOTE)
        self.times = PairTable(themes, _LABELS, row_height=_ROW)
        self.times.setObjectName(names.SOCKET_INSPECTOR_TIMES)
        self.times.setAccessibleName("When each side had it")
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.time)
        themes.metrics.set(head, spacing=8)
        inner = QVBoxLayout()
        inner.addLayout(head)
        for widget in (self.problem, self.table):
            inner.addWidget(widget)
        themes.metrics.set(inner, margins=(12, 0, 12, 0), spacing=8)
        below = QVBoxLayout()
        below.addWidget(self.note)
        themes.metrics.set(below, margins=(12, 0, 12, 0))
        self._bytes_line = QVBoxLayout()
        self._bytes_line.addWidget(self.payload)
        layout = QVBoxLayout(self)
        for part in (inner, self._bytes_line, below):
            layout.addLayout(part)
        layout.addWidget(self.times)
        themes.metrics.set(layout, margins=(0, 12, 0, 12), spacing=8)
        self.set_entry(None, b"", EntryTimes())

    def set_entry(self, entry: Entry | None, payload: bytes, times: EntryTimes) -> None:
        """Show an entry with its whole payload; None for none."""
        self.table.set_head(entry.head if entry is not None else None)
        has_bytes = entry is not None and bool(payload) and entry.kind is not FrameKind.HANDSHAKE
        self.payload.setVisible(has_bytes)
        rows = PayloadRows(payload if has_bytes else b"")
        self.payload.set_source(rows if has_bytes else None, _runs)
        edge = _EDGE if rows.row_count <= _SHORT_OFFSETS else _NARROW_EDGE
        self._themes.metrics.set(self._bytes_line, margins=(edge, 0, edge, 0))
        self._themes.metrics.set(self.payload, height=LINE_HEIGHT * max(1, min(rows.row_count, _MOST_ROWS)) + 2)
        self.problem.setText(entry.problem or "" if entry is not None else "")
        self.problem.setVisible(bool(self.problem.text()))
        self.note.setText(_note(entry, len(payload)))
        self.time.setText(clock_words(entry.at_ns - times.origin_ns) if entry is not None else "")
        self.times.set_pairs(_times(entry, times) if entry is not None else ())

    def focus_chain(self) -> list[QWidget]:
        """Return what the Tab key comes to."""
        return [self.table, self.payload, self.times]

    @staticmethod
    def _words(role: str, name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setProperty("role", role)
        return label


def _note(entry: Entry | None, shown: int) -> str:
    if entry is None:
        return _EMPTY
    said = frame_sentence(entry)
    if entry.kind is FrameKind.CLOSE and entry.code is not None:
        reason = f", “{entry.reason}”" if entry.reason else ""
        said = f"Close {entry.code}, {close_code(entry.code).name}{reason}. {said}"
    elif entry.automatic:
        said = f"Nobody asked for it: the client answers by itself. {said}"
    if not entry.size and entry.kind is not FrameKind.HANDSHAKE:
        said = f"It has no payload. {said}"
    elif shown < entry.size and entry.kind is not FrameKind.HANDSHAKE:
        said = f"Of its {size_text(entry.size)} the first {size_text(shown)} are shown. {said}"
    return said


def _times(entry: Entry, times: EntryTimes) -> tuple[Pair, ...]:
    if times.server_ns is None:
        return ()
    sent = entry.direction is Direction.SENT
    client = Pair(left="client sent" if sent else "client had it", right=clock_words(entry.at_ns - times.origin_ns))
    server = Pair(left="app had it" if sent else "app sent", right=clock_words(times.server_ns - times.origin_ns))
    took = times.server_ns - entry.at_ns if sent else entry.at_ns - times.server_ns
    between = Pair(
        left="on the way",
        right=f"{took / 1e6:,.2f} ms",
        right_token="acc",
        tip="Both sides read one clock. What waits in a queue on either side counts as on the way.",
    )
    return (client, server, between) if sent else (server, client, between)


def _runs(row: Row) -> list[Run]:
    return [Run(0, DIGITS, "t1"), Run(DIGITS, len(row.text) - DIGITS, "c_str")]
