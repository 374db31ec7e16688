"""The cookies that go along by themselves: to see, add, change and throw away."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from explorer.client.cookies import Cookie
from explorer.ui import names
from explorer.ui.delegates.shown_cells import ShownCells
from explorer.ui.models.cookies_model import COLUMNS, CookiesModel
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.cookie_form import CookieForm
from explorer.ui.widgets.enter_dialog import EnterDialog
from explorer.ui.widgets.row_frame import RowTable
from explorer.ui.wording import count_text

_ABOUT = "What servers set, and what you add. Each goes with the requests that it fits, while this program runs."


class CookieJarDialog(EnterDialog):
    """Shows a jar; other windows stay usable.

    Signals:
        cookie_set: keep this `Cookie`.
        cookie_removed: throw this `Cookie` away.
        cleared: throw all away.
        closed: the person closed the window.
    """

    cookie_set = Signal(object)
    cookie_removed = Signal(object)
    cleared = Signal()
    closed = Signal()

    def __init__(self, themes: Themes, host: str, parent: QWidget | None = None) -> None:
        """`host` is the domain that a new cookie begins with."""
        super().__init__(parent)
        self._cookies: tuple[Cookie, ...] = ()
        self._taken: tuple[Cookie, ...] = ()  # what Undo brings back
        self.setObjectName(names.JAR_DIALOG)
        self.setWindowTitle("Cookie jar")
        self._model = CookiesModel(self)
        self.table = self._build_table(themes)
        self.form = CookieForm(themes, host)
        self.form.saved.connect(self._on_form_saved)
        title = QLabel("Cookie jar")
        title.setProperty("role", "title")
        about = QLabel(_ABOUT)
        about.setProperty("role", "text")
        about.setWordWrap(True)
        self._message = QLabel()
        self._message.setObjectName(names.JAR_MESSAGE)
        self._message.setProperty("role", "caption")
        self._undo = self._button("Undo", names.JAR_UNDO, "Bring back what was thrown away", self.undo)
        self._undo.hide()
        self._delete = self._button("Delete", names.JAR_DELETE, "Throw the chosen cookie away", self.delete)
        self._clear = self._button("Clear", names.JAR_CLEAR, "Throw all cookies away", self.clear)
        self._add = self._button("New cookie", names.JAR_ADD, "Begin a cookie of your own", self.add)
        close = self._button("Close", names.JAR_CLOSE, "Close this window", self.close)
        tools, foot = QHBoxLayout(), QHBoxLayout()
        for button in (self._add, self._delete, self._clear):
            tools.addWidget(button)
        tools.addStretch(1)
        tools.addWidget(self._message)
        tools.addWidget(self._undo)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        for widget in (title, about):
            layout.addWidget(widget)
        layout.addWidget(self.table, 1)
        layout.addLayout(tools)
        layout.addWidget(self.form)
        layout.addLayout(foot)
        for row in (tools, foot):
            themes.metrics.set(row, spacing=8)
        themes.metrics.set(layout, margins=(20, 16, 20, 16), spacing=12)
        wanted = QSize(themes.theme.px(820), themes.theme.px(540))
        self.resize(wanted.boundedTo(self.screen().availableGeometry().size() * 0.9))
        self._show()

    def set_cookies(self, cookies: tuple[Cookie, ...]) -> None:
        """Show what is in the jar; the chosen cookie stays chosen."""
        if cookies == self._cookies:
            return
        chosen = self._model.cookie(self.table.currentIndex().row())
        self._cookies = cookies
        self._model.set_cookies(cookies)
        row = self._model.row_of(chosen)
        if row >= 0:
            self.table.selectRow(row)
        self._show()

    async def closing(self) -> None:
        """Show the window and wait until the person closes it, while everything else goes on."""
        over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.closed.connect(lambda: None if over.done() else over.set_result(None))
        self.show()
        await over

    def add(self) -> None:
        """Begin a cookie of one's own."""
        self.table.clearSelection()
        self.table.setCurrentIndex(self._model.index(-1, -1))
        self.form.begin(None)
        self.form.focus_name()

    def delete(self) -> None:
        """Throw the chosen cookie away."""
        cookie = self._model.cookie(self.table.currentIndex().row())
        if cookie is not None:
            self._take((cookie,), f"Threw {cookie.name or 'a cookie'} away.")
            self.cookie_removed.emit(cookie)

    def clear(self) -> None:
        """Throw all cookies away."""
        if self._cookies:
            self._take(self._cookies, f"Threw {count_text(len(self._cookies), 'cookie')} away.")
            self.cleared.emit()

    def undo(self) -> None:
        """Bring back what was thrown away last."""
        taken = self._taken
        self._take((), "")
        for cookie in taken:
            self.cookie_set.emit(cookie)

    @override
    def done(self, result: int) -> None:
        # Qt calls this for Escape, for the window's cross and for Close alike.
        super().done(result)
        self.closed.emit()

    def _take(self, cookies: tuple[Cookie, ...], sentence: str) -> None:
        self._taken = cookies
        self._message.setText(sentence)
        self._undo.setVisible(bool(cookies))
        self._show()

    def _show(self) -> None:
        self._delete.setEnabled(self._model.cookie(self.table.currentIndex().row()) is not None)
        self._clear.setEnabled(bool(self._cookies))
        if not self._taken:
            count = count_text(len(self._cookies), "cookie")
            self._message.setText(count if self._cookies else "The jar is empty.")

    def _build_table(self, themes: Themes) -> QTableView:
        table = RowTable(themes)
        table.setObjectName(names.JAR_TABLE)
        table.setAccessibleName("Cookies in the jar")
        table.setModel(self._model)
        table.setItemDelegate(ShownCells(themes, table, values=(1,), always=True))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(themes.theme.px(27))
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        for column, width in enumerate((110, 120, 110, 56, 128, 0)[: len(COLUMNS)]):
            if width:
                table.setColumnWidth(column, themes.theme.px(width))
        header.setStretchLastSection(True)
        table.selectionModel().currentRowChanged.connect(lambda current: self._on_row_changed(current.row()))
        return table

    def _button(self, words: str, name: str, help_text: str, slot: object) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setToolTip(help_text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: slot())  # type: ignore[operator]
        return button

    def _on_row_changed(self, row: int) -> None:
        cookie = self._model.cookie(row)
        if cookie is not None:
            self.form.begin(cookie)
        self._show()

    def _on_form_saved(self, new: Cookie, old: Cookie | None) -> None:
        if old is not None and new.key != old.key:
            self.cookie_removed.emit(old)
        self.cookie_set.emit(new)
        row = self._model.row_of(new)
        if row >= 0:
            self.table.selectRow(row)
        else:
            self.form.begin(new)
