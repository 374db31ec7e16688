"""What was run in the console before: to search, and to take up again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from explorer.ui import names
from explorer.ui.delegates.statement_delegate import StatementDelegate, StatementRole
from explorer.ui.onlookers import says_what_is_shown
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import documentation
from explorer.ui.widgets.empty_state import EmptyState
from explorer.ui.widgets.filter_edit import FilterEdit
from explorer.ui.widgets.row_frame import RowList
from explorer.ui.wording import moment_text

_WIDTH, _HEIGHT = 460, 340
_NOTHING = "What you run is kept here, also tomorrow."
_NO_INDEX = QModelIndex()


class PastStatement(Protocol):
    """What is shown of a statement that ran."""

    @property
    def statement(self) -> str:
        """As it was typed."""

    @property
    def at(self) -> float:
        """When it ran, in seconds since the epoch."""


class _HistoryModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[PastStatement, ...] = ()

    def set_entries(self, entries: Sequence[PastStatement]) -> None:
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.entries)

    @override
    @says_what_is_shown()
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(entry.statement[:400].split())
        if role == Qt.ItemDataRole.ToolTipRole:
            return documentation(entry.statement)
        return moment_text(entry.at) if role == StatementRole.SIDE else None


class ConsoleHistory(QFrame):
    """Opens below its button, and goes when the person chose, pressed Escape, or turned elsewhere.

    Signals:
        search_changed: the text to search for.
        picked: this statement is wanted back.
        clear_requested: everything is to be forgotten.
    """

    search_changed = Signal(str)
    picked = Signal(str)
    clear_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._themes = themes
        self.setObjectName(names.CONSOLE_HISTORY_POPUP)
        self.setProperty("panel", "popup")
        self._model = _HistoryModel(self)
        self.filter = FilterEdit(themes, "Search what you ran")
        self.filter.setObjectName(names.CONSOLE_HISTORY_SEARCH)
        self.filter.textChanged.connect(self.search_changed)
        self.filter.down_pressed.connect(self._on_down_pressed)
        self.filter.returnPressed.connect(self._pick_first)
        self.list = self._build_list()
        self._message = EmptyState(themes)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._message)
        self._clear = QPushButton("Clear")
        self._clear.setObjectName(names.CONSOLE_HISTORY_CLEAR)
        self._clear.setAccessibleName("Forget what was run")
        self._clear.setProperty("variant", "link")
        self._clear.clicked.connect(lambda _checked=False: self.clear_requested.emit())
        title = QLabel("History")
        title.setProperty("role", "control_bold")
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._clear)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(self.filter)
        layout.addWidget(self._pages, 1)
        themes.metrics.set(head, spacing=8)
        themes.metrics.set(layout, margins=(10, 8, 10, 10), spacing=8)
        self.set_entries(())

    def set_entries(self, entries: Sequence[PastStatement]) -> None:
        """Show what was found, the newest first."""
        self._model.set_entries(entries)
        text = self.filter.text().strip()
        self._clear.setEnabled(bool(entries) or bool(text))
        self._message.set_message(f"Nothing that you ran holds “{text}”." if text else _NOTHING)
        self._pages.setCurrentWidget(self.list if entries else self._message)
        if entries:
            self.list.setCurrentIndex(self._model.index(0))

    def show_below(self, button: QWidget) -> None:
        """Open with the right edge at a button's."""
        px = self._themes.theme.px
        self.resize(QSize(px(_WIDTH), px(_HEIGHT)))
        corner = button.mapToGlobal(QPoint(button.width() - self.width(), button.height() + px(4)))
        screen = button.screen().availableGeometry()
        x = max(screen.left(), min(corner.x(), screen.right() - self.width()))
        fits = corner.y() + self.height() <= screen.bottom()
        above = button.mapToGlobal(QPoint(0, 0)).y() - self.height() - px(4)
        self.move(x, corner.y() if fits else max(screen.top(), above))
        self.show()
        self.filter.setFocus(Qt.FocusReason.PopupFocusReason)
        self.filter.selectAll()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _build_list(self) -> QListView:
        view = RowList(self._themes)
        view.setObjectName(names.CONSOLE_HISTORY_LIST)
        view.setAccessibleName("What was run, the newest first")
        view.setModel(self._model)
        view.setItemDelegate(StatementDelegate(self._themes, view))
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.clicked.connect(self._pick)
        for keys in ("Return", "Enter"):
            shortcut = QShortcut(QKeySequence(keys), view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda: self._pick(self.list.currentIndex()))
        return view

    def _on_down_pressed(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _pick_first(self) -> None:
        self._pick(self.list.currentIndex())

    def _pick(self, index: QModelIndex) -> None:
        if index.isValid():
            self.close()
            self.picked.emit(self._model.entries[index.row()].statement)
