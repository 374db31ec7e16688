"""One row of a urlencoded or multipart body: a text or a file under a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from explorer.client.draft import FormField
from explorer.openapi.fields import FieldKind
from explorer.ui import names
from explorer.ui.models.file_facts import FileFact
from explorer.ui.models.form_rows import FormRowView
from explorer.ui.models.json_entries import Entry, entry_text, short_text
from explorer.ui.models.json_parts import choice_texts
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.body.entry_edit import LongEdit, Sent
from explorer.ui.widgets.body.field_editor import FieldEditor, line_of, make_editor
from explorer.ui.widgets.body.field_frame import FieldFrame, FieldLabel
from explorer.ui.widgets.body.file_button import FileButton
from explorer.ui.widgets.body.small_button import MenuButton, SmallButton
from explorer.ui.widgets.enable_box import EnableBox
from explorer.ui.widgets.properties import set_property

_AGAIN = "enter again"
_NO_FILES = "A file travels in a multipart body only; this one is left out."


class RowsRow(FieldFrame):
    """Edits one field.

    Signals:
        field_edited: the person changed it; the new `FormField`.
        files_chosen: the person chose files for it; their paths.
        more_requested: one more of this name is wanted.
        move_requested: it is to go up (-1) or down (1).
        remove_requested: it is to go away.
    """

    field_edited = Signal(object)
    files_chosen = Signal(object)
    more_requested = Signal()
    move_requested = Signal(int)
    remove_requested = Signal()

    def __init__(self, themes: Themes, view: FormRowView, place: int, *, multipart: bool, parent: QWidget) -> None:
        super().__init__(themes, _label(view), parent=parent)
        self.view = view
        self._multipart = multipart
        self._editor: FieldEditor | None = None
        self._file: FileButton | None = None
        self._wants_type = False
        self.setObjectName(names.ROW_FIELD.format(index=place))
        self._build(place)
        self.set_view(view, None)

    @staticmethod
    def signature(view: FormRowView, *, multipart: bool) -> tuple[object, ...]:
        """Return what decides which controls a row has."""
        kind = _kind(view)
        name = view.field.name if view.spec is not None else None
        return (name, view.spec is None, kind, view.field.is_file, multipart, view.repeats)

    @property
    def control(self) -> QWidget | None:
        """The widget that edits the value."""
        return self._control

    def set_view(self, view: FormRowView, fact: FileFact | None) -> None:
        """Show another field of the same signature; `fact` is what is known of its file."""
        self.view = view
        field = view.field
        self.set_label(_label(view))
        self._enabled.setChecked(field.enabled)
        self._enabled.setVisible(view.index is not None)
        self.set_dimmed(not field.enabled)
        for part in (self._name, self._editor, self._file):
            if part is not None:
                set_property(part, "off", not field.enabled)
        if self._name is not None and not self._name.hasFocus():
            self._name.setText(field.name)
        if self._editor is not None:
            self._show_text(self._editor, field)
        if self._file is not None:
            self._file.set_file(field.file, fact)
        self._more.setVisible(view.repeats and view.spec is not None and view.last)
        self._remove.setVisible(view.removable)
        words = _state(field)
        self._menu.setAccessibleName(f"{field.name} is {words}. Change that")
        self._menu.setToolTip(f"{words[:1].upper()}{words[1:]}")
        guess = fact.media_type if fact is not None else "text/plain"
        self._type.setPlaceholderText(f"Content type of this part: {guess}")
        if not self._type.hasFocus():
            self._type.setText(field.content_type)
        self._type.setVisible(self._multipart and (self._wants_type or bool(field.content_type)))
        self.refit()

    @override
    def control_height(self) -> int:
        if isinstance(self._control, LongEdit):
            return max(super().control_height(), self._control.wanted_height())
        return super().control_height()

    @override
    def description_text(self) -> str:
        field = self.view.field
        if not field.enabled:
            return "off, not sent"
        if field.is_file and not self._multipart:
            return _NO_FILES
        if field.is_file and field.file is None:
            return " · ".join(filter(None, ("not sent", self.label.description)))
        return self.label.description

    # --- building -----------------------------------------------------------------------------------------------------
    def _build(self, place: int) -> None:
        name = self.view.field.name
        self._enabled = EnableBox(self.themes, self)
        self._enabled.setObjectName(names.ROW_ENABLED.format(index=place))
        self._enabled.setAccessibleName(f"Send {name}")
        self._enabled.clicked.connect(lambda on: self._edit(enabled=on))
        self._name = self._build_name(place) if self.view.spec is None else None
        control = self._build_control(place)
        self._more = SmallButton(self.themes, "plus", f"Add another {name}", self.more_requested.emit, self)
        self._more.setObjectName(names.ROW_MORE.format(index=place))
        self._remove = SmallButton(self.themes, "x", f"Remove {name}", self.remove_requested.emit, self)
        self._remove.setObjectName(names.ROW_REMOVE.format(index=place))
        self._menu = MenuButton(self.themes, "Options", self._fill_menu, self)
        self._menu.setObjectName(names.ROW_MENU.format(index=place))
        self._type = QLineEdit(self)
        self._type.setProperty("variant", "code")
        self._type.setObjectName(names.ROW_CONTENT_TYPE.format(index=place))
        self._type.setAccessibleName(f"Content type of {name}")
        self._type.textEdited.connect(lambda text: self._edit(content_type=text.strip()))
        self._type.hide()
        self.set_parts(
            control=control,
            lead=self._enabled,
            name_edit=self._name,
            tail=(self._more, self._remove, self._menu),
            below=self._type,
        )

    def _build_control(self, place: int) -> QWidget:
        label = self.label
        if self.view.field.is_file:
            self._file = FileButton(self.themes, label.name or "this field", several=self.view.repeats, parent=self)
            self._file.setObjectName(names.ROW_FILE.format(index=place))
            self._file.files_chosen.connect(self.files_chosen)
            return self._file
        kind = _kind(self.view)
        editor = make_editor(self.themes, kind, self.view.item, choice_texts(self.view.item, Entry.TEXT), self)
        if isinstance(editor, LongEdit):
            editor.height_changed.connect(self.refit)
        editor.setObjectName(names.ROW_VALUE.format(index=place))
        editor.setAccessibleName(f"Value of {label.name}, {label.type_label}")
        editor.setAccessibleDescription(label.description)
        editor.entered.connect(lambda text: self._edit(text=text))
        editor.left_out.connect(lambda: self._edit(text=None))
        self._editor = editor
        return editor

    def _build_name(self, place: int) -> QLineEdit:
        edit = QLineEdit(self.view.field.name, self)
        edit.setProperty("variant", "code")
        edit.setPlaceholderText("name")
        edit.setObjectName(names.ROW_NAME.format(index=place))
        edit.setAccessibleName("Name of this row")
        edit.textEdited.connect(lambda text: self._edit(name=text))
        return edit

    def _show_text(self, editor: FieldEditor, field: FormField) -> None:
        sent = Sent.NOT if field.text is None else Sent.VALUE
        editor.set_entry(sent, field.text or "")
        line = line_of(editor)
        default = self.view.item.default if self.view.item.has_default else None
        if getattr(field, "ask", False):
            line.setPlaceholderText(_AGAIN)
        elif sent is Sent.NOT and default not in (None, ""):
            line.setPlaceholderText(f"not sent, so {short_text(default, 24)}")

    # --- what the person does -----------------------------------------------------------------------------------------
    def _edit(self, **changes: object) -> None:
        if hasattr(self.view.field, "ask") and {"text", "file"} & changes.keys():
            changes["ask"] = False
        self.field_edited.emit(replace(self.view.field, **changes))  # type: ignore[arg-type]

    def _fill_menu(self, menu: QMenu) -> None:
        view, field = self.view, self.view.field
        if not field.is_file:
            group = QActionGroup(menu)
            for label, sent in (("A value", True), ("Not sent", False)):
                action = menu.addAction(label)
                action.setCheckable(True)
                action.setChecked(sent == (field.text is not None))
                group.addAction(action)
                text = (field.text or "") if sent else None
                action.triggered.connect(lambda _on=False, text=text: self._edit(text=text))
        elif field.file is not None:
            self._add(menu, "Take the file out", lambda: self._edit(file=None))
        offers = [
            (f"Use the {word}: {short_text(value)}", entry_text(value, Entry.TEXT))
            for word, has, value in (
                ("default", view.item.has_default, view.item.default),
                ("example", view.item.has_example, view.item.example),
            )
            if has and value is not None and not isinstance(value, dict | list) and not field.is_file
        ]
        for label, text in offers:
            self._add(menu, label, partial(self._edit, text=text))
        if self._multipart:
            menu.addSeparator()
            if field.is_file:
                self._add(menu, "Send a text instead", lambda: self._edit(is_file=False, text=field.text or ""))
            else:
                self._add(menu, "Send a file instead", lambda: self._edit(is_file=True))
            self._add(menu, "Content type…", self._show_type)
        if view.index is not None and (view.repeats or view.spec is None):
            menu.addSeparator()
            self._add(menu, "Add another", self.more_requested.emit)
            self._add(menu, "Move up", lambda: self.move_requested.emit(-1))
            self._add(menu, "Move down", lambda: self.move_requested.emit(1))
        if view.removable:
            self._add(menu, "Remove", self.remove_requested.emit)

    def _show_type(self) -> None:
        self._wants_type = True
        self._type.show()
        self.refit()
        self._type.setFocus()

    def _add(self, menu: QMenu, label: str, act: Callable[[], object]) -> None:
        menu.addAction(label.replace("&", "&&")).triggered.connect(lambda _on=False: act())


def _kind(view: FormRowView) -> FieldKind:
    has_lines = view.field.text is not None and "\n" in view.field.text
    return FieldKind.LONG_TEXT if has_lines else view.item.kind


def _label(view: FormRowView) -> FieldLabel:
    spec = view.spec
    if spec is None:
        return FieldLabel(name=view.field.name, type_label="file" if view.field.is_file else "text")
    note = f"Default: {short_text(spec.default)}" if spec.has_default and spec.default is not None else ""
    return FieldLabel(
        name=spec.name,
        type_label=spec.type_label if view.first else view.item.type_label,
        description=(spec.description or spec.title) if view.first else "",
        required=spec.required and view.first,
        deprecated=spec.deprecated,
        note=note,
    )


def _state(field: FormField) -> str:
    if field.is_file:
        return "a file" if field.file is not None else "not sent"
    return "not sent" if field.text is None else "a value"
