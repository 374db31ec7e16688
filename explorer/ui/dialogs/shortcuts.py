"""The sheet of all keys, in which they can be changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QKeyCombination, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from explorer.ui import names
from explorer.ui.delegates.shortcuts_delegate import ShortcutsDelegate
from explorer.ui.models.shortcuts_model import Shortcut, ShortcutsModel
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.enter_dialog import EnterDialog
from explorer.ui.widgets.filter_edit import FilterEdit
from explorer.ui.widgets.key_field import KeyField
from explorer.ui.widgets.properties import set_property
from explorer.ui.widgets.row_frame import RowList

_ABOUT = "Choose a command and press Enter to give it other keys."
_FIXED = "Keys that do the same in every program are fixed: Enter, Esc, Tab, arrows, and those that edit text."
_PRESS = "press the new keys. Backspace takes the keys away, Esc changes nothing."


class ShortcutsDialog(EnterDialog):
    """Shows which keys do what; other windows stay usable.

    Signals:
        keys_pressed: keys for a command were pressed; its id and a `QKeyCombination`.
        keys_removed: a command is to have no keys; its id.
        take_over_requested: the keys pressed last are to be taken from the command that has them.
        reset_requested: a command is to have its usual keys; its id.
        reset_all_requested: all commands are.
    """

    keys_pressed = Signal(str, object)
    keys_removed = Signal(str)
    take_over_requested = Signal()
    reset_requested = Signal(str)
    reset_all_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._changing: Shortcut | None = None
        self.setObjectName(names.SHORTCUTS_DIALOG)
        self.setWindowTitle("Keyboard shortcuts")
        self.model = ShortcutsModel(self)
        self.filter = FilterEdit(themes, "Search by what it does, or by keys")
        self.filter.setObjectName(names.SHORTCUTS_FILTER)
        self.filter.textChanged.connect(self._on_filter_text_changed)
        self.filter.down_pressed.connect(self._on_filter_down_pressed)
        self.filter.returnPressed.connect(self._begin_change)
        self.list = self._build_list()
        self.field = KeyField()
        self.field.pressed.connect(self._on_field_pressed)
        self.field.emptied.connect(self._on_field_emptied)
        self.field.given_up.connect(self.end_change)
        self.sentence = QLabel()
        self.sentence.setObjectName(names.SHORTCUTS_TELL)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.fixed = QLabel(_FIXED)
        self.fixed.setTextFormat(Qt.TextFormat.PlainText)
        self.fixed.setWordWrap(True)
        self.fixed.setProperty("role", "caption_text")
        self.take = self._button("Take them over", names.SHORTCUTS_TAKE, self.take_over_requested.emit)
        self._change = self._button("Change…", names.SHORTCUTS_CHANGE, self._begin_change)
        self._reset = self._button("Usual keys", names.SHORTCUTS_RESET, self._on_reset_clicked)
        self._reset.setAccessibleName("Give the command its usual keys again")
        self._reset_all = self._button("Usual keys for all", names.SHORTCUTS_RESET_ALL, self.reset_all_requested.emit)
        self._build_layout()
        self.end_change()

    def set_shortcuts(self, shortcuts: Sequence[Shortcut]) -> None:
        """Show these keys; the chosen command stays chosen."""
        chosen = self._chosen
        self.model.set_shortcuts(shortcuts)
        self._choose(chosen.command_id if chosen is not None else "")
        self._reset_all.setEnabled(not all(shortcut.usual for shortcut in shortcuts))

    def tell(self, sentence: str, *, wrong: bool = False, can_take: bool = False) -> None:
        """Say something of the keys that were pressed; `can_take` offers to take them from another command."""
        self.sentence.setText(sentence)
        set_property(self.sentence, "role", "error" if wrong else "caption_text")
        self.take.setVisible(can_take)

    def show_keys(self, keys: str) -> None:
        """Show which keys were pressed."""
        self.field.setText(keys)

    def end_change(self) -> None:
        """Take no keys any more."""
        changing, self._changing = self._changing, None
        had_keyboard = changing is not None and (self.field.hasFocus() or self.take.hasFocus())
        self.field.clear()
        self.field.hide()
        self.tell(_ABOUT)
        self._show_buttons()
        if had_keyboard:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _chosen(self) -> Shortcut | None:
        return self.model.shortcut(self.list.currentIndex())

    def _begin_change(self) -> None:
        chosen = self._chosen
        if chosen is None or chosen.fixed:
            return
        self._changing = chosen
        self.field.setAccessibleName(f"New keys for {chosen.text}")
        self.field.clear()
        self.field.show()
        self.tell(f"{chosen.text}: {_PRESS}")
        self._show_buttons()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, command_id: str) -> None:
        self.list.setCurrentIndex(self.model.index_of(command_id))
        self._show_buttons()

    def _show_buttons(self) -> None:
        chosen = self._chosen
        can_change = chosen is not None and not chosen.fixed and self._changing is None
        self._change.setEnabled(can_change)
        self._reset.setEnabled(can_change and chosen is not None and not chosen.usual)

    def _on_filter_text_changed(self, text: str) -> None:
        chosen = self._chosen
        self.model.set_filter(text)
        self._choose(chosen.command_id if chosen is not None else "")

    def _on_filter_down_pressed(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_field_pressed(self, combination: QKeyCombination) -> None:
        if self._changing is not None:
            self.keys_pressed.emit(self._changing.command_id, combination)

    def _on_field_emptied(self) -> None:
        if self._changing is not None:
            self.keys_removed.emit(self._changing.command_id)

    def _on_reset_clicked(self) -> None:
        if self._chosen is not None:
            self.reset_requested.emit(self._chosen.command_id)

    def _keep_in_sight(self) -> None:
        """Keep the command in sight that gets other keys: the list gives way to what is told of them."""
        if self._changing is not None:
            self.list.scrollTo(self.list.currentIndex())

    def _on_row_changed(self) -> None:
        if self._changing is not None and self._chosen != self._changing:
            self.end_change()
        self._show_buttons()

    def _build_list(self) -> RowList:
        view = RowList(self._themes)
        view.setObjectName(names.SHORTCUTS_LIST)
        view.setAccessibleName("Commands and their keys")
        view.setModel(self.model)
        view.setItemDelegate(ShortcutsDelegate(self._themes, view))
        view.setMouseTracking(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.selectionModel().currentChanged.connect(lambda *_: self._on_row_changed())
        view.verticalScrollBar().rangeChanged.connect(lambda *_: self._keep_in_sight())
        view.doubleClicked.connect(lambda _index: self._begin_change())
        for keys in ("Return", "Enter"):
            shortcut = QShortcut(QKeySequence(keys), view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self._begin_change)
        return view

    def _button(self, words: str, name: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: slot())
        return button

    def _build_layout(self) -> None:
        set_sizes = self._themes.metrics.set
        title = QLabel("Keyboard shortcuts")
        title.setProperty("role", "title")
        told = QHBoxLayout()
        told.addWidget(self.field)
        told.addWidget(self.sentence, 1)
        told.addWidget(self.take)
        foot = QHBoxLayout()
        for button in (self._change, self._reset, self._reset_all):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self._button("Close", names.SHORTCUTS_CLOSE, self.close))
        layout = QVBoxLayout(self)
        for part in (title, self.filter, self.list):
            layout.addWidget(part, 1 if part is self.list else 0)
        layout.addLayout(told)
        layout.addWidget(self.fixed)
        layout.addLayout(foot)
        set_sizes(self.field, width=170, height=28)
        for row in (told, foot):
            set_sizes(row, spacing=8)
        set_sizes(layout, margins=(20, 16, 20, 16), spacing=12)
        wanted = QSize(self._themes.theme.px(640), self._themes.theme.px(620))
        self.resize(wanted.boundedTo(self.screen().availableGeometry().size() * 0.9))
