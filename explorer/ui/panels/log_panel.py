"""The server's log: what uvicorn and the app wrote, instead of a terminal."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from PySide6.QtCore import QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from explorer.server.interface import LogLine
from explorer.ui import names
from explorer.ui.delegates.log_delegate import LogDelegate
from explorer.ui.models.log_model import CAPACITY, LogModel, line_text
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.icon_button import IconButton
from explorer.ui.widgets.row_frame import RowList


class LogPanel(QFrame):
    """Shows the last 5,000 lines; the newest stay in sight unless the person has scrolled up.

    Signals:
        copy_requested: put this text on the clipboard.
        cleared: all lines were forgotten: how many, and a function that brings them back.
        close_requested: hide the panel.

    """

    copy_requested = Signal(str)
    cleared = Signal(int, object)
    close_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setObjectName(names.LOG_PANEL)
        self.setProperty("panel", "bg1")
        self._model = LogModel(self)
        self._filter = QSortFilterProxyModel(self)
        self._filter.setSourceModel(self._model)
        self._filter.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._waiting: deque[LogLine] = deque(maxlen=CAPACITY)
        self._follows = True
        self.list = self._make_list()
        bar = self.list.verticalScrollBar()
        bar.rangeChanged.connect(self.on_bar_range_changed)
        bar.valueChanged.connect(self.on_bar_value_changed)
        self._field = self._make_field()
        layout = QVBoxLayout(self)
        layout.addWidget(self._make_header())
        layout.addWidget(self.list, 1)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)
        themes.metrics.set(self, min_height=72)
        themes.changed.connect(self.on_themes_changed)

    def append(self, lines: Sequence[LogLine]) -> None:
        """Add a batch of lines at the end. While the panel is hidden they wait: a busy server writes many."""
        if self.isHidden():
            self._waiting.extend(lines)
        else:
            self._model.append(lines)

    def clear(self) -> None:
        """Forget all lines, and tell how they come back."""
        count = self._model.rowCount()
        if count:
            self.cleared.emit(count, self._model.clear())

    def copy(self) -> None:
        """Ask for the selected lines on the clipboard, or for all that are shown when none is selected."""
        chosen = sorted(self.list.selectionModel().selectedRows(), key=lambda index: index.row())
        shown = chosen or [self._filter.index(row, 0) for row in range(self._filter.rowCount())]
        self.copy_requested.emit("\n".join(line_text(index) for index in shown))

    def on_field_text_changed(self, text: str) -> None:
        """Show the lines with this text in them."""
        self._filter.setFilterFixedString(text)
        self.list.scrollToBottom()

    def on_bar_range_changed(self, _least: int, most: int) -> None:
        """Follow the newest line, unless the person scrolled away from it; also when the panel is shown at last."""
        if self._follows:
            self.list.verticalScrollBar().setValue(most)

    def on_bar_value_changed(self, value: int) -> None:
        """Notice whether the person scrolled away from the newest line, or back to it."""
        self._follows = value >= self.list.verticalScrollBar().maximum()

    def on_themes_changed(self) -> None:
        """Lay the rows out again, which have another height now."""
        self.list.doItemsLayout()
        self.list.viewport().update()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._model.append(tuple(self._waiting))
        self._waiting.clear()
        super().showEvent(event)

    def _make_list(self) -> QListView:
        view = RowList(self._themes)
        view.setObjectName(names.LOG_LIST)
        view.setAccessibleName("Server log")
        view.setModel(self._filter)
        view.setItemDelegate(LogDelegate(self._themes, view))
        view.setUniformItemSizes(True)
        self._themes.metrics.set(view, min_height=32)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        copy = QAction("Copy", view)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        view.addAction(copy)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        return view

    def _make_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(names.LOG_FILTER)
        field.setPlaceholderText("Filter the log")
        field.setAccessibleName("Filter the log")
        field.textChanged.connect(self.on_field_text_changed)
        self._themes.metrics.set(field, width=220, height=28)
        return field

    def _make_header(self) -> QFrame:
        header = QFrame()
        header.setProperty("panel", "bg0")
        header.setProperty("edge", "bottom")
        title = QLabel("Server log")
        title.setProperty("role", "control")
        clear = IconButton(self._themes, "trash", "Clear the log")
        clear.setObjectName(names.LOG_CLEAR)
        clear.clicked.connect(self.clear)
        copy = IconButton(self._themes, "copy", "Copy the log, or the selected lines")
        copy.setObjectName(names.LOG_COPY)
        copy.clicked.connect(self.copy)
        close = IconButton(self._themes, "x", "Hide the log")
        close.setObjectName(names.LOG_CLOSE)
        close.clicked.connect(self.close_requested)
        layout = QHBoxLayout(header)
        layout.addWidget(title)
        layout.addWidget(self._field)
        layout.addStretch(1)
        for button in (clear, copy, close):
            layout.addWidget(button)
        self._themes.metrics.set(layout, margins=(12, 0, 8, 0), spacing=8)
        self._themes.metrics.set(header, height=40)
        return header
