"""The settings: how the window looks, which keys do what, and what is kept where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from explorer.ui import names
from explorer.ui.actions.zoom import ZOOM_STEPS
from explorer.ui.override import override
from explorer.ui.theme.manager import Mode, Themes
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.enter_dialog import EnterDialog
from explorer.ui.widgets.hairline import Hairline
from explorer.ui.widgets.segmented import Segmented
from explorer.ui.widgets.settings_page import caption
from explorer.ui.widgets.switch import Switch
from explorer.ui.wording import count_text

_MODES: tuple[tuple[Mode, str], ...] = (("system", "Like the desktop"), ("dark", "Dark"), ("light", "Light"))
_CONTRASTS = ((None, "Like the desktop"), (False, "Usual"), (True, "High"))
_WIDTH = 600
_HEIGHT = 510
_LABEL = 110
_HISTORY = "Requests and responses are kept on the disk, without passwords and tokens. Off, what was kept stays."
_FOLDER = "Drafts, history, the demo's database and its snapshots are in this folder."
_KEYS = "See what each key does, and choose others."


class SettingsDialog(EnterDialog):
    """Shows the settings; each holds at once, and other windows stay usable.

    Signals:
        mode_chosen: ``system``, ``dark`` or ``light``.
        contrast_chosen: whether borders and text are to be stronger; None as the desktop has it.
        zoom_chosen: percent.
        shortcuts_requested: the person wants to see the keys.
        folder_open_requested, folder_copy_requested: the data folder is to be opened, or its path copied.
        history_toggled: whether what is sent is to be kept.
        history_clear_requested: everything that was kept is to be taken out.
    """

    mode_chosen = Signal(str)
    contrast_chosen = Signal(object)
    zoom_chosen = Signal(int)
    shortcuts_requested = Signal()
    folder_open_requested = Signal()
    folder_copy_requested = Signal()
    history_toggled = Signal(bool)
    history_clear_requested = Signal()

    def __init__(self, themes: Themes, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setObjectName(names.SETTINGS_DIALOG)
        self.setWindowTitle("Settings")
        self.colours = Segmented(themes, tuple(label for _, label in _MODES))
        self.colours.setObjectName(names.SETTINGS_COLOURS)
        self.colours.changed.connect(lambda number: self.mode_chosen.emit(_MODES[number][0]))
        self.contrast = Segmented(themes, tuple(label for _, label in _CONTRASTS))
        self.contrast.setObjectName(names.SETTINGS_CONTRAST)
        self.contrast.changed.connect(lambda number: self.contrast_chosen.emit(_CONTRASTS[number][0]))
        self.zoom = QComboBox()
        self.zoom.setObjectName(names.SETTINGS_ZOOM)
        self.zoom.setAccessibleName("Size of everything")
        self.zoom.activated.connect(lambda number: self.zoom_chosen.emit(self.zoom.itemData(number)))
        self.history = Switch(themes, "Keep what is sent")
        self.history.setObjectName(names.SETTINGS_HISTORY)
        self.history.toggled.connect(self.history_toggled)
        self._count = QLabel()
        self._count.setObjectName(names.SETTINGS_HISTORY_COUNT)
        self._count.setProperty("role", "caption")
        self._clear = self._button("Clear", names.SETTINGS_HISTORY_CLEAR, self.history_clear_requested.emit)
        self._clear.setAccessibleName("Clear the history")
        body = QWidget()
        self._layout = QVBoxLayout(body)
        self._build(folder)
        self._build_frame(body)

    def set_look(self, mode: Mode, contrast: bool | None, zoom: int) -> None:
        """Show how the window looks; None for a contrast that follows the desktop."""
        self.contrast.set_current([each for each, _ in _CONTRASTS].index(contrast))
        self.colours.set_current([each for each, _ in _MODES].index(mode))
        steps = sorted({*ZOOM_STEPS, zoom})
        if [self.zoom.itemData(number) for number in range(self.zoom.count())] != steps:
            self.zoom.clear()
            for step in steps:
                self.zoom.addItem(f"{step} %", step)
        self.zoom.setCurrentIndex(steps.index(zoom))

    def set_history(self, *, kept: bool, count: int) -> None:
        """Show whether what is sent is kept, and how much there is."""
        self.history.blockSignals(True)
        self.history.setChecked(kept)
        self.history.blockSignals(False)
        self._count.setText(f"{count_text(count, 'request')} kept" if count else "Nothing is kept")
        self._clear.setEnabled(count > 0)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.colours.buttons[self.colours.current].setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self, folder: Path) -> None:
        self._add("Colours", [self.colours])
        self._add("Contrast", [self.contrast])
        self._add("Size", [self.zoom])
        self._layout.addWidget(Hairline(self._themes))
        keys = self._button("Keyboard shortcuts…", names.SETTINGS_KEYS, self.shortcuts_requested.emit)
        self._add("Keys", [keys], _KEYS)
        self._layout.addWidget(Hairline(self._themes))
        self._add("History", [self.history, None, self._count, self._clear], _HISTORY)
        self._layout.addWidget(Hairline(self._themes))
        path = ElidedLabel(str(folder), role="code")
        path.setObjectName(names.SETTINGS_FOLDER)
        path.setToolTip(str(folder))
        show = self._button("Open", names.SETTINGS_FOLDER_OPEN, self.folder_open_requested.emit)
        show.setAccessibleName("Open the data folder")
        copy = self._button("Copy path", names.SETTINGS_FOLDER_COPY, self.folder_copy_requested.emit)
        self._add("Data folder", [path, None, show, copy], _FOLDER)
        self._layout.addStretch(1)
        self._themes.metrics.set(self._layout, margins=(20, 4, 20, 4), spacing=14)

    def _build_frame(self, body: QWidget) -> None:
        """Put the title above and Close below what is scrolled where the screen is low."""
        title = QLabel("Settings")
        title.setProperty("role", "title")
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(title)
        foot.addStretch(1)
        foot.addWidget(self._button("Close", names.SETTINGS_CLOSE, self.close))
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(scroll, 1)
        layout.addLayout(foot)
        set_sizes = self._themes.metrics.set
        set_sizes(head, margins=(20, 0, 20, 0))
        set_sizes(foot, margins=(20, 0, 20, 0))
        set_sizes(layout, margins=(0, 16, 0, 16), spacing=12)
        px = self._themes.theme.px
        self.resize(QSize(px(_WIDTH), px(_HEIGHT)).boundedTo(self.screen().availableGeometry().size() * 0.9))

    def _add(self, label: str, fields: Sequence[QWidget | None], about: str = "") -> None:
        """Add a line: a label, what belongs to it with room in the place of None, and a sentence below."""
        words = QLabel(label)
        words.setProperty("role", "control")
        row, column = QHBoxLayout(), QVBoxLayout()
        for field in fields:
            if field is None:
                row.addStretch(1)
            else:
                row.addWidget(field)
        if None not in fields:
            row.addStretch(1)
        column.addLayout(row)
        if about:
            column.addWidget(caption(about))
        line = QHBoxLayout()
        line.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column, 1)
        self._layout.addLayout(line)
        set_sizes = self._themes.metrics.set
        set_sizes(words, width=_LABEL, height=28)
        set_sizes(row, spacing=8)
        set_sizes(column, spacing=6)
        set_sizes(line, spacing=12)

    def _button(self, words: str, name: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: slot())
        return button
