"""The chain of revisions, where the database stands, and steps along it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.database.migrations.chain import BASE, HEADS
from explorer.database.migrations.revisions import Chain, Revision, StepPreview
from explorer.ui import names
from explorer.ui.delegates.chain_delegate import ChainDelegate
from explorer.ui.dialogs.details import DetailsDialog
from explorer.ui.models.migration_chain_model import ChainModel, ChainRole
from explorer.ui.models.migration_steps import (
    current_revisions,
    down_target,
    goes_back,
    head_target,
    preview_title,
    revision,
    short_id,
    up_target,
)
from explorer.ui.override import override
from explorer.ui.panels.database.migration_preview import MigrationPreview
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.chip import Chip
from explorer.ui.widgets.empty_state import EmptyState
from explorer.ui.widgets.icon_button import IconButton
from explorer.ui.widgets.list_splitter import ListSplitter
from explorer.ui.widgets.row_frame import RowList
from explorer.ui.widgets.running_strip import RunningStrip
from explorer.ui.widgets.sentence_bar import SentenceBar

_READING = "Reading the revisions…"
_NO_CHAIN = "This app has no Alembic migrations."
_TRYING = "Trying it on a throw-away copy…"
_STOPPED = "It was stopped; your database is as it was."
_CANCEL, _AGAIN = "Cancel", "Try it again"
_HERE = "The database stands here. Choose another revision to see what going there would change."
_ROOM_FOR_CHIP = 420  # design pixels


class MigrationsPanel(QFrame):
    """Shows a chain, a preview of the chosen step, and what a step that runs is doing.

    Where a target is named, it is a revision's id, "" for before the first one, and "heads" for all heads at once.

    Signals:
        preview_wanted: find out what going to this target would do.
        step_requested: go to this target.
        refresh_requested: read the chain anew.
        cancel_requested: stop what is running.
    """

    preview_wanted = Signal(str)
    step_requested = Signal(str)
    refresh_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._chain = Chain()
        self._running = False
        self._asked = False  # whether the chosen revision's preview was asked for
        self._details = ""
        self._troubled = "", ""  # why the preview of the chosen revision failed, and Alembic's words
        self.setObjectName(names.MIGRATIONS_PANEL)
        self.setProperty("panel", "bg1")
        self._model = ChainModel(self)
        self.chain_list = self._build_list()
        self._chip = Chip(themes, "Alembic", code=False)
        self._down = QPushButton("Downgrade 1")
        self._up = QPushButton("Upgrade 1")
        self._more = IconButton(themes, "more", "More steps")
        self._notice = SentenceBar(themes, names.MIGRATIONS_NOTICE)
        self._error = SentenceBar(themes, names.MIGRATIONS_ERROR)
        self._error.button.setObjectName(names.MIGRATIONS_DETAILS)
        self._error.action_requested.connect(self._on_details_requested)
        self._strip = RunningStrip(themes, names.MIGRATIONS_PROGRESS, names.MIGRATIONS_CANCEL)
        self._strip.cancel_requested.connect(self.cancel_requested)
        self.preview = MigrationPreview(themes)
        self.preview.go_requested.connect(lambda: self._step(self.chosen))
        self.preview.action_requested.connect(self._on_preview_action_requested)
        self.preview.outcome_left.connect(self._show_trouble)
        self._empty = EmptyState(themes)
        self._empty.set_message(_READING)
        self._pages = QStackedWidget()
        self._build_layout()
        self._pages.setCurrentWidget(self._empty)
        self._show_buttons()

    # --- what is shown ------------------------------------------------------------------------------------------------
    @property
    def chosen(self) -> str:
        """The id of the chosen revision; empty for none."""
        each = self._model.revision(self.chain_list.currentIndex().row())
        return each.id if each is not None else ""

    def set_chain(self, chain: Chain) -> None:
        """Show a chain. The chosen revision stays chosen unless the database stands there now.

        The same chain again changes nothing, so that a preview or an outcome stays until something else is to be told.
        """
        if chain == self._chain and chain.revisions:
            return
        chosen = self.chosen
        self._chain = chain
        self._empty.set_message(_NO_CHAIN)
        self._model.set_chain(chain)
        self._notice.set_sentence(chain.notice or "", "warn")
        self._pages.setCurrentIndex(0 if chain.revisions else 1)
        here = [each.id for each in current_revisions(chain)]
        wanted = chosen if chosen and chosen not in here else up_target(chain) or (here[0] if here else "")
        row = max(0, self._model.row_of(wanted))
        if chain.revisions:
            index = self._model.index(row)
            self.chain_list.setCurrentIndex(index)
            self.chain_list.scrollTo(index)
        self._show_chosen()

    def set_unavailable(self, sentence: str, action: str = "") -> None:
        """Say why there is no chain to show; `action` labels a button that asks for another try."""
        self.set_chain(Chain())
        self._empty.set_message(sentence, action)

    def set_previewing(self, target: str) -> None:
        """Say that a preview is being made."""
        if self._is_chosen(target):
            self.preview.set_message(self._title(target), _TRYING, self._source(target), _CANCEL)

    def set_preview_stopped(self, target: str) -> None:
        """Say that a preview was stopped, if its target is still the chosen one, and offer another try."""
        if self._is_chosen(target):
            self.preview.set_message(self._title(target), _STOPPED, self._source(target), _AGAIN)

    def set_preview(self, preview: StepPreview) -> None:
        """Show a preview if its target is still the chosen one."""
        if not self._is_chosen(preview.target):
            return
        title, source = self._title(preview.target), self._source(preview.target)
        if preview.error is not None:
            self.preview.set_message(title, "It was tried on a copy; your database is as it was.", source)
            self._troubled = preview.error, preview.details or ""
            if not self.preview.shows_outcome:
                self._show_trouble()
            return
        self._troubled = "", ""
        if not self.preview.shows_outcome:
            self._show_trouble()
        self.preview.set_preview(title, preview, source)

    def set_running(self, sentence: str, share: float | None = None, *, cancellable: bool = True) -> None:
        """Say which step runs, such as ``Upgrading to 0006_orders``, and how far it is (0 to 1, None when unknown).

        An empty sentence says that nothing runs.
        """
        self._running = bool(sentence)
        self._strip.set_running(sentence, share, cancellable=cancellable)
        if self._running:
            self.set_error("")
        self._show_buttons()

    def set_error(self, sentence: str, details: str = "") -> None:
        """Say why a step or its preview failed, with Alembic's own words to open; nothing hides it."""
        self._details = details
        self._error.set_sentence(sentence, "err", "Alembic's words" if details else "")

    def _show_trouble(self) -> None:
        """Say why the preview of the chosen revision failed, if it did."""
        self.set_error(*self._troubled)

    def set_outcome(self, title: str, sql: Sequence[str], words: str) -> None:
        """Show the statements that a step ran, under a title such as ``The SQL of the upgrade``; after `set_chain`."""
        self.preview.set_outcome(title, sql, words)

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self._down, self._up, self._more, self.chain_list]

    # --- reactions ----------------------------------------------------------------------------------------------------
    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._chip.setVisible(self.width() >= self._themes.theme.px(_ROOM_FOR_CHIP))

    def _is_chosen(self, target: str) -> bool:
        return target == self.chosen or (target == HEADS and not self.chosen)

    def _title(self, target: str) -> str:
        current = current_revisions(self._chain)
        return preview_title(self._chain, target, current[0].id if current else BASE)

    def _source(self, target: str) -> str:
        found = revision(self._chain, target)
        return found.source if found is not None else ""

    def _show_chosen(self) -> None:
        each = revision(self._chain, self.chosen)
        self._asked = False
        self._troubled = "", ""
        self.preview.leave_outcome()
        self.set_error("")
        if each is None:
            self.preview.set_message("", "")
        elif each.current:
            self.preview.set_message(f"{short_id(each.id)} is current", _HERE, each.source)
        else:
            self.preview.set_message(self._title(each.id), "", each.source)
            self._ask()
        self._show_buttons()

    def _ask(self) -> None:
        each = revision(self._chain, self.chosen)
        if each is not None and not each.current and not self._asked and self.isVisible():
            self._asked = True
            self.preview_wanted.emit(each.id)

    def _on_preview_action_requested(self, action: str) -> None:
        if action == _CANCEL:
            self.cancel_requested.emit()
        elif self.chosen:
            self.preview_wanted.emit(self.chosen)

    def _show_buttons(self) -> None:
        down, up = down_target(self._chain), up_target(self._chain)
        self._down.setEnabled(down is not None and not self._running)
        self._up.setEnabled(up is not None and not self._running)
        self._more.setEnabled(bool(self._chain.revisions) and not self._running)
        where = "before the first revision" if down == BASE else short_id(down or "")
        self._down.setToolTip(f"Go back one step, to {where}" if down is not None else "There is no single step back")
        self._up.setToolTip(f"Apply {short_id(up)}" if up else "There is no single step ahead")
        each = revision(self._chain, self.chosen)
        if each is None or each.current:
            self.preview.set_go("", enabled=False)
            return
        word = "Downgrade" if goes_back(self._chain, each.id) else "Upgrade"
        self.preview.set_go(f"{word} to {short_id(each.id)[:14]}", enabled=not self._running)

    def _step(self, target: str | None) -> None:
        if target is not None and not self._running:
            self.step_requested.emit(target)

    def _on_details_requested(self) -> None:
        dialog = DetailsDialog(self._themes, "Alembic's words", self._details, self.window())
        dialog.copy_requested.connect(lambda text: QApplication.clipboard().setText(text))
        dialog.show()

    def _on_more_clicked(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        head = head_target(self._chain)
        here = bool(current_revisions(self._chain))
        for key, words, target in (
            ("head", "Upgrade to head", head),
            ("base", "Downgrade all the way", BASE if here else None),
        ):
            action = QAction(words, menu)
            action.setObjectName(names.MIGRATIONS_MENU_ENTRY.format(entry=key))
            action.setEnabled(target is not None)
            action.triggered.connect(lambda _checked=False, target=target: self._step(target))
            menu.addAction(action)
        menu.addSeparator()
        refresh = QAction("Read the revisions anew", menu)
        refresh.setObjectName(names.MIGRATIONS_MENU_ENTRY.format(entry="refresh"))
        refresh.triggered.connect(lambda _checked=False: self.refresh_requested.emit())
        menu.addAction(refresh)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    # --- layout -------------------------------------------------------------------------------------------------------
    def _build_layout(self) -> None:
        self._pages.addWidget(ListSplitter(self._themes, self.chain_list, self.preview))
        self._pages.addWidget(self._empty)
        self._empty.action_requested.connect(self.refresh_requested)
        layout = QVBoxLayout(self)
        layout.addWidget(self._build_header())
        layout.addWidget(self._notice)
        layout.addWidget(self._strip)
        layout.addWidget(self._error)
        layout.addWidget(self._pages, 1)
        self._themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)

    def _build_header(self) -> QWidget:
        header = QFrame()
        header.setProperty("edge", "bottom")
        title = QLabel("Migrations")
        title.setProperty("role", "panel_title")
        self._up.setProperty("variant", "primary")
        for button, name, icon, token in (
            (self._down, names.MIGRATIONS_DOWN, "down", "t2"),
            (self._up, names.MIGRATIONS_UP, "up", "accink"),
        ):
            button.setObjectName(name)
            self._themes.bind_icon(button, icon, token, 13)
        self._down.clicked.connect(lambda _checked=False: self._step(down_target(self._chain)))
        self._up.clicked.connect(lambda _checked=False: self._step(up_target(self._chain)))
        self._more.setObjectName(names.MIGRATIONS_MORE)
        self._more.clicked.connect(self._on_more_clicked)
        row = QHBoxLayout(header)
        row.addWidget(title)
        row.addWidget(self._chip)
        row.addStretch(1)
        for widget in (self._down, self._up, self._more):
            row.addWidget(widget)
        self._themes.metrics.set(row, margins=(12, 0, 8, 0), spacing=8)
        self._themes.metrics.set(header, height=42)
        return header

    def _build_list(self) -> QListView:
        view = RowList(self._themes)
        view.setObjectName(names.MIGRATIONS_CHAIN)
        view.setAccessibleName("Revisions, the newest first")
        view.setModel(self._model)
        view.setItemDelegate(ChainDelegate(self._themes, view))
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.selectionModel().currentChanged.connect(self._on_current_changed)
        view.clicked.connect(lambda _index: self.preview.leave_outcome())
        for keys in ("Return", "Enter"):
            shortcut = QShortcut(QKeySequence(keys), view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self._on_enter_pressed)
        self._themes.changed.connect(view.scheduleDelayedItemsLayout)
        return view

    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        if current.isValid() and current.row() != previous.row():
            self._show_chosen()

    def _on_enter_pressed(self) -> None:
        each: Revision | None = self.chain_list.currentIndex().data(ChainRole.REVISION)
        if each is not None and not each.current:
            self._step(each.id)
