"""What of the log is to be seen, and how."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QWidget

from explorer.client.sockets.ladder_rows import EntryFilter
from explorer.client.sockets.record import Direction, FrameKind
from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.filter_edit import FilterEdit

_HEIGHT = 40
_FIELD = 26
_ROOMY = 780  # design pixels; in less, the buttons are icons alone
_NO_KINDS: frozenset[FrameKind] = frozenset()
_BOTH: frozenset[Direction] = frozenset()
_KINDS: tuple[tuple[str, frozenset[FrameKind]], ...] = (
    ("All kinds", _NO_KINDS),
    ("Messages", frozenset({FrameKind.TEXT, FrameKind.BINARY})),
    ("Text", frozenset({FrameKind.TEXT})),
    ("Binary", frozenset({FrameKind.BINARY})),
    ("Ping and pong", frozenset({FrameKind.PING, FrameKind.PONG})),
    ("Open and close", frozenset({FrameKind.HANDSHAKE, FrameKind.CLOSE})),
)
_DIRECTIONS: tuple[tuple[str, frozenset[Direction]], ...] = (
    ("Both ways", _BOTH),
    ("↑ To the server", frozenset({Direction.SENT})),
    ("↓ From the server", frozenset({Direction.RECEIVED})),
)


class LadderBar(QFrame):
    """Filter, deltas, pause, clear and export.

    Signals:
        filter_changed: the person wants to see something else; an `EntryFilter`.
        deltas_changed: whether times are counted from the row before.
        pause_changed: whether the view is to stand still; recording goes on.
        clear_requested: what is there is to go out of sight.
        export_requested: the log is to be saved as a file.
        export_stopped: the file that is being written is not wanted.
    """

    filter_changed = Signal(object)
    deltas_changed = Signal(bool)
    pause_changed = Signal(bool)
    clear_requested = Signal()
    export_requested = Signal()
    export_stopped = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._compact = False
        self._waiting = 0
        self._exporting: int | None = None  # percent
        self.setProperty("panel", "bg1")
        self.setProperty("edge", "bottom")
        self.filter = FilterEdit(themes, "Filter the messages", "filter")
        self.filter.setObjectName(names.SOCKETS_FILTER)
        self.filter.textChanged.connect(self._tell)
        self.kinds = self._make_box("Kinds", names.SOCKETS_KINDS, [label for label, _ in _KINDS])
        self.directions = self._make_box("Directions", names.SOCKETS_DIRECTIONS, [label for label, _ in _DIRECTIONS])
        self.count = ElidedLabel(role="caption")
        self.count.setObjectName(names.SOCKETS_COUNT)
        self.deltas = self._make_button("Deltas", names.SOCKETS_DELTAS, "clock")
        self.deltas.setCheckable(True)
        self.deltas.setToolTip("Count times from the row before")
        self.deltas.toggled.connect(self.deltas_changed)
        self.pause = self._make_button("Pause", names.SOCKETS_PAUSE, "pause")
        self.pause.setCheckable(True)
        self.pause.setToolTip("Let the view stand still; everything is recorded all the same")
        self.pause.toggled.connect(self._on_pause_toggled)
        self.clear = self._make_button("Clear", names.SOCKETS_CLEAR, "trash")
        self.clear.setAccessibleName("Clear the log")
        self.clear.setToolTip("Begin anew with an empty log; it can be brought back")
        self.clear.clicked.connect(self.clear_requested)
        self.export = self._make_button("Export…", names.SOCKETS_EXPORT, "down")
        self.export.clicked.connect(self._on_export_clicked)
        row = QHBoxLayout(self)
        row.addWidget(self.filter, 4)
        row.addWidget(self.kinds)
        row.addWidget(self.directions)
        row.addWidget(self.count)
        row.addStretch(1)
        for button in (self.deltas, self.pause, self.clear, self.export):
            row.addWidget(button)
        themes.metrics.set(row, margins=(16, 0, 16, 0), spacing=8)
        themes.metrics.set(self.filter, height=_FIELD, min_width=80, max_width=260)
        themes.metrics.set(self, height=_HEIGHT)
        self.set_waiting(0)

    @property
    def wanted(self) -> EntryFilter:
        """What the person wants to see."""
        return EntryFilter(
            text=self.filter.text().strip(),
            kinds=_KINDS[self.kinds.currentIndex()][1],
            directions=_DIRECTIONS[self.directions.currentIndex()][1],
        )

    def set_count(self, shown: int, total: int) -> None:
        """Say how many rows pass the filter, of how many."""
        self.count.set_text(f"{shown:,} of {total:,}" if shown != total else f"{total:,}" if total else "")
        self.clear.setEnabled(total > 0)
        self.export.setEnabled(total > 0 or self._exporting is not None)

    def set_waiting(self, count: int) -> None:
        """Say how many rows came while the view stands still."""
        self._waiting = count
        self._show_pause()

    def set_exporting(self, percent: int | None) -> None:
        """Say how far the file is that is being written; None for no file. Meanwhile the button stops it."""
        was, self._exporting = self._exporting, percent
        self._show_export(was is not None)

    def _show_export(self, was: bool) -> None:
        percent = self._exporting
        words = "Export…" if percent is None else f"Stop, {percent} %"
        self.export.setText(words if not self._compact else "" if percent is None else f"{percent} %")
        self.export.setAccessibleName("Export" if percent is None else f"Stop the export, {percent} %")
        if was is not (percent is not None):
            self._themes.bind_icon(self.export, "down" if percent is None else "stop", "t2", 13)
        self._themes.fit_icon(self.export)

    def _on_export_clicked(self) -> None:
        (self.export_requested if self._exporting is None else self.export_stopped).emit()

    def _show_pause(self) -> None:
        paused, count = self.pause.isChecked(), self._waiting
        words = f"Go on, {count:,} new" if paused and count else "Go on" if paused else "Pause"
        shown = f"{count:,}" if self._compact and paused and count else "" if self._compact else words
        if (self.pause.text(), self.pause.accessibleName()) != (shown, words):
            self.pause.setText(shown)
            self.pause.setAccessibleName(words)
            self._themes.bind_icon(self.pause, "play" if paused else "pause", "acc" if paused else "t2", 13)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self.width() < self._themes.theme.px(_ROOMY)
        if compact != self._compact:
            self._compact = compact
            self.count.setVisible(not compact)
            self.deltas.setText("" if compact else "Deltas")
            self.clear.setText("" if compact else "Clear")
            for button in (self.deltas, self.clear):
                self._themes.fit_icon(button)
            self._show_export(self._exporting is not None)
            self._show_pause()

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self.filter, self.kinds, self.directions, self.deltas, self.pause, self.clear, self.export]

    def _tell(self) -> None:
        self.filter_changed.emit(self.wanted)

    def _on_pause_toggled(self, paused: bool) -> None:
        self.set_waiting(0)
        self.pause_changed.emit(paused)

    def _make_box(self, name: str, object_name: str, labels: list[str]) -> QComboBox:
        box = QComboBox()
        box.setObjectName(object_name)
        box.setAccessibleName(name)
        box.addItems(labels)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(6)
        box.currentIndexChanged.connect(self._tell)
        self._themes.metrics.set(box, height=_FIELD)
        return box

    def _make_button(self, label: str, name: str, icon: str) -> QPushButton:
        button = QPushButton(label)
        button.setObjectName(name)
        button.setAccessibleName(label.rstrip("…"))
        button.setProperty("variant", "ghost")
        self._themes.bind_icon(button, icon, "t2", 13)
        self._themes.metrics.set(button, height=_FIELD)
        return button
