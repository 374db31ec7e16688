"""The copies of the database that one can go back to: to see, take, restore and throw away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.database.snapshot import Snapshot
from explorer.ui import names
from explorer.ui.models.snapshots_model import SnapshotsModel
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.empty_state import EmptyState
from explorer.ui.widgets.enter_dialog import EnterDialog
from explorer.ui.widgets.value_table import ValueTable
from explorer.ui.wording import count_text, size_text

_ABOUT = (
    "A copy of the whole database, taken before each migration, reset and restore, and whenever you want. "
    "Going back to one takes a copy of how things are first."
)
_EMPTY = "There is no snapshot yet. One is taken before each migration and reset."


class SnapshotsDialog(EnterDialog):
    """Lists the snapshots; other windows stay usable.

    Signals:
        take_requested: take a snapshot now.
        restore_requested: go back to this `Snapshot`.
        delete_requested: throw this `Snapshot` away.
    """

    take_requested = Signal()
    restore_requested = Signal(object)
    delete_requested = Signal(object)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._busy = False
        self._count = 0
        self._size = 0
        self.setObjectName(names.SNAPSHOTS_DIALOG)
        self.setWindowTitle("Snapshots")
        self._model = SnapshotsModel(self)
        self.table = self._build_table(themes)
        self._message = EmptyState(themes)
        self._message.label.setObjectName(names.SNAPSHOTS_MESSAGE)
        self._message.set_message(_EMPTY)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._message)
        self._state = ElidedLabel(role="caption")
        self._state.setObjectName(names.SNAPSHOTS_STATE)
        self._take = self._button("Take one now", names.SNAPSHOTS_TAKE, self._on_take_clicked)
        self._restore = self._button("Restore", names.SNAPSHOTS_RESTORE, self._on_restore_clicked)
        self._restore.setAccessibleName("Put the database back to the chosen snapshot")
        self._delete = self._button("Delete", names.SNAPSHOTS_DELETE, self._on_delete_clicked)
        self._delete.setAccessibleName("Throw the chosen snapshot away")
        self._close = self._button("Close", names.SNAPSHOTS_CLOSE, self.close)
        self._build_layout(themes)
        wanted = QSize(themes.theme.px(720), themes.theme.px(420))
        self.resize(wanted.boundedTo(self.screen().availableGeometry().size() * 0.9))
        self.set_snapshots(())

    def set_snapshots(self, snapshots: Sequence[Snapshot]) -> None:
        """Show these snapshots; the chosen one stays chosen, else the newest is."""
        chosen = self._model.snapshot(self.table.currentIndex().row())
        self._count, self._size = len(snapshots), sum(each.size for each in snapshots)
        self._model.set_snapshots(snapshots)
        self._pages.setCurrentWidget(self.table if snapshots else self._message)
        row = self._model.row_of(chosen.path) if chosen is not None else -1
        if snapshots:
            self.table.selectRow(max(0, row))
        self._show()

    def set_busy(self, sentence: str) -> None:
        """Say what is under way, such as ``Copying 40 %``; nothing else can be begun until it is over (empty)."""
        self._busy = bool(sentence)
        self._show(sentence)

    def _show(self, sentence: str = "") -> None:
        chosen = self._model.snapshot(self.table.currentIndex().row()) is not None
        for button in (self._restore, self._delete):
            button.setEnabled(chosen and not self._busy)
        self._take.setEnabled(not self._busy)
        counted = f"{count_text(self._count, 'snapshot')} · {size_text(self._size)}" if self._count else ""
        self._state.set_text(sentence or counted)

    def _build_layout(self, themes: Themes) -> None:
        title = QLabel("Snapshots")
        title.setProperty("role", "title")
        about = QLabel(_ABOUT)
        about.setProperty("role", "text")
        about.setWordWrap(True)
        foot = QHBoxLayout()
        for widget in (self._take, self._restore, self._delete):
            foot.addWidget(widget)
        foot.addWidget(self._state)
        foot.addStretch(1)
        foot.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.addWidget(title)
        layout.addWidget(about)
        layout.addWidget(self._pages, 1)
        layout.addLayout(foot)
        themes.metrics.set(foot, spacing=8)
        themes.metrics.set(layout, margins=(20, 16, 20, 16), spacing=12)

    def _build_table(self, themes: Themes) -> ValueTable:
        table = ValueTable(themes, self._model)
        table.setObjectName(names.SNAPSHOTS_LIST)
        table.setAccessibleName("Snapshots, the newest first")
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.set_widths(150, None, 110, 90)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.row_chosen.connect(lambda _index: self._show())
        for keys, slot in (("Return", self._on_restore_clicked), ("Del", self._on_delete_clicked)):
            shortcut = QShortcut(QKeySequence(keys), table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)
        return table

    def _button(self, words: str, name: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: slot())
        return button

    def _on_take_clicked(self) -> None:
        self.take_requested.emit()

    def _on_restore_clicked(self) -> None:
        snapshot = self._model.snapshot(self.table.currentIndex().row())
        if snapshot is not None and not self._busy:
            self.restore_requested.emit(snapshot)

    def _on_delete_clicked(self) -> None:
        snapshot = self._model.snapshot(self.table.currentIndex().row())
        if snapshot is not None and not self._busy:
            self.delete_requested.emit(snapshot)
