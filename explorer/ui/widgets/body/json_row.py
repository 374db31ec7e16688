"""One row of a JSON form that has no rows inside."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget

from explorer.openapi.fields import FieldKind, members
from explorer.openapi.json_positions import Pointer
from explorer.ui import names
from explorer.ui.models.json_entries import MISSING, Entry, entry_for, entry_text, json_of, short_text
from explorer.ui.models.json_parts import Part, Place, Shape, choice_texts, is_choice_of_forms
from explorer.ui.override import override
from explorer.ui.widgets.body.entry_edit import EntryEdit, LongEdit, Sent
from explorer.ui.widgets.body.field_editor import FieldEditor, line_of, make_editor, text_of
from explorer.ui.widgets.body.field_frame import FieldFrame
from explorer.ui.widgets.body.json_host import JsonHost, label_of, noun_of, path_text, state_of
from explorer.ui.widgets.body.json_menu import add_members, fill_menu, put_new
from explorer.ui.widgets.body.small_button import MenuButton, SmallButton

_KINDS = {Shape.LONG: FieldKind.LONG_TEXT, Shape.FIXED: FieldKind.TEXT}


class JsonRow(FieldFrame):
    """Edits one value that is neither an object nor a list, or adds one."""

    def __init__(self, host: JsonHost, pointer: Pointer, part: Part, depth: int, model: str, parent: QWidget) -> None:
        super().__init__(host.themes, label_of(part, pointer, model), depth=depth, parent=parent)
        self.pointer = pointer
        self.part = part
        self._host = host
        self._model = model
        self._entry = Entry.TEXT
        self._members = members(part.spec, host.document)
        self._editor: FieldEditor | None = None
        self._add: QPushButton | None = None
        self.setObjectName(names.BODY_FIELD.format(path=path_text(pointer)))
        self._build()
        self.set_part(part)

    @property
    def control(self) -> QWidget | None:
        """The widget that edits the value."""
        return self._control

    def set_part(self, part: Part) -> None:
        """Show another value of the same shape."""
        self.part = part
        self.set_label(label_of(part, self.pointer, self._model))
        words = state_of(part)
        if self._editor is not None:
            self._show_value(self._editor, part)
        if self._add is not None:
            self._add.setText(f"{words} · add {noun_of(part.spec)}")
            self.themes.fit_icon(self._add)
            self._add.setAccessibleName(f"{self.label.name}: {words}. Add {noun_of(part.spec)}")
        self._menu.setAccessibleName(f"{self.label.name} is {words}. Change that")
        self._menu.setToolTip(f"{words[:1].upper()}{words[1:]}. Not sent, null or a value")
        self.show_hints()

    def show_hints(self) -> None:
        """Show what the schema says of the value now."""
        self.set_hints(self._host.hints_at(self.pointer))

    @override
    def control_height(self) -> int:
        if isinstance(self._control, LongEdit):
            return max(super().control_height(), self._control.wanted_height())
        return super().control_height()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step and event.modifiers() == Qt.KeyboardModifier.AltModifier and self.part.place is Place.ITEM:
            index = int(self.pointer[-1])
            self._host.move_item(self.pointer[:-1], index, index + step)
            return
        super().keyPressEvent(event)

    # --- building -----------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        path = path_text(self.pointer)
        self._menu = MenuButton(self.themes, "Not sent, null or a value", self._fill_menu, self)
        self._menu.setObjectName(names.BODY_MENU.format(path=path))
        tail: list[QWidget] = []
        if self.part.place in (Place.ITEM, Place.ENTRY, Place.EXTRA):
            remove = SmallButton(self.themes, "x", f"Remove {self.label.name}", self._remove, self)
            tail.append(remove)
        control = self._build_control()
        control.setObjectName(names.BODY_VALUE.format(path=path))
        control.setAccessibleName(f"Value of {self.label.name}, {self.label.type_label}")
        control.setAccessibleDescription(self.label.description)
        self.set_parts(control=control, name_edit=self._build_name(path), tail=(*tail, self._menu))

    def _build_control(self) -> QWidget:
        part = self.part
        if part.shape is Shape.ADD:
            self._add = QPushButton(self)
            self._add.setProperty("variant", "add")
            self.themes.bind_icon(self._add, "plus", "t3", 12)
            self._add.clicked.connect(self._on_add_clicked)
            return self._add
        self._entry = entry_for(part.spec, part.value, self._members)
        kind = _KINDS.get(part.shape, part.spec.kind)
        editor = make_editor(self.themes, kind, part.spec, choice_texts(part.spec, self._entry), self)
        if isinstance(editor, LongEdit):
            editor.height_changed.connect(self.refit)
        if part.shape is Shape.FIXED and isinstance(editor, EntryEdit):
            editor.setReadOnly(True)
        editor.entered.connect(self._on_editor_entered)
        editor.left_out.connect(self._on_editor_left_out)
        self._editor = editor
        return editor

    def _build_name(self, path: str) -> QLineEdit | None:
        if self.part.place not in (Place.ENTRY, Place.EXTRA):
            return None
        edit = QLineEdit(str(self.part.key), self)
        edit.setProperty("variant", "code")
        edit.setObjectName(names.BODY_NAME.format(path=path))
        edit.setAccessibleName(f"Name of {self.part.key}")
        edit.editingFinished.connect(lambda: self._on_name_editing_finished(edit))
        return edit

    # --- what is shown ------------------------------------------------------------------------------------------------
    def _show_value(self, editor: FieldEditor, part: Part) -> None:
        shown = text_of(editor)
        self._entry = entry_for(part.spec, part.value, self._members)
        sent = Sent.NOT if part.value is MISSING else Sent.NULL if part.value is None else Sent.VALUE
        text = "" if sent is not Sent.VALUE else entry_text(part.value, self._entry)
        if sent is Sent.VALUE and text != shown and json_of(shown, self._entry) == json_of(text, self._entry):
            text = shown  # as the person typed it; another spelling of the same value
        if part.shape is Shape.FIXED and sent is Sent.NOT:
            text = ""
        editor.set_entry(sent, text)
        default = part.spec.default
        if sent is Sent.NOT and part.spec.has_default and default not in (None, ""):
            line_of(editor).setPlaceholderText(f"not sent, so {short_text(default, 24)}")

    # --- reactions ----------------------------------------------------------------------------------------------------
    def _fill_menu(self, menu: QMenu) -> None:
        fill_menu(menu, self._host, self.pointer, self.part)

    def _remove(self) -> None:
        self._host.remove(self.pointer)

    def _on_add_clicked(self) -> None:
        if not is_choice_of_forms(self.part.spec, self._host.document):
            put_new(self._host, self.pointer, self.part.spec)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add_members(menu, self._host, self.pointer, self.part.spec)
        if self._add is not None:
            menu.popup(self._add.mapToGlobal(self._add.rect().bottomLeft()))

    def _on_editor_entered(self, text: str) -> None:
        entry = entry_for(self.part.spec, MISSING, self._members)
        self._host.set_json(self.pointer, json_of(text, entry))

    def _on_editor_left_out(self) -> None:
        if self.part.place is not Place.ITEM and self.pointer:
            self._host.remove(self.pointer)

    def _on_name_editing_finished(self, edit: QLineEdit) -> None:
        name = edit.text()
        if name != self.part.key:
            self._host.rename(self.pointer, name)
            edit.setText(str(self.part.key))  # where the name is taken already; else this row makes way for another
