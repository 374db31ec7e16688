"""The line below a part of a JSON form: what can be added, and how many rows are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton

from explorer.openapi.fields import FieldKind, FieldSpec, item
from explorer.ui import names
from explorer.ui.widgets.body.form_line import FormLine
from explorer.ui.widgets.body.json_host import JsonHost, path_text
from explorer.ui.widgets.body.json_menu import add_members, new_json

if TYPE_CHECKING:
    from explorer.ui.widgets.body.json_group import JsonGroup

MORE_ROWS = 100  # of a list, or of names that no model knows, that are shown at once


class GroupFoot(FormLine):
    """What can be added below the rows of a group, and how many rows are left out."""

    def __init__(self, host: JsonHost, group: JsonGroup, depth: int) -> None:
        super().__init__(host.themes, depth)
        self._host = host
        self._group = group
        path = path_text(group.pointer)
        self._add = QPushButton()
        self._add.setProperty("variant", "add")
        self._add.setObjectName(names.BODY_ADD.format(path=path))
        self.themes.bind_icon(self._add, "plus", "t3", 12)
        self._add.clicked.connect(self._on_add_clicked)
        self._more = QPushButton()
        self._more.setProperty("variant", "add")
        self._more.clicked.connect(group.show_more)
        self.set_buttons(self._add, self._more)

    def show_part(self, *, hidden: int) -> None:
        """Say what can be added, and that rows are left out."""
        value, spec = self._group.part.value, self._group.spec
        is_list = isinstance(value, list)
        takes_names = spec.kind is FieldKind.MAP or spec.open or (not self._group.declared and isinstance(value, dict))
        label = self._group.part.spec.name
        if is_list:
            word, where = "Add an item", f" to {label}" if label else ""
        else:
            word, where = ("Add a name" if takes_names else "Add another field"), f" to {label}" if label else ""
        self._add.setText(word)
        self.themes.fit_icon(self._add)
        self._add.setAccessibleName(word + where)
        self._add.setToolTip("" if is_list or takes_names else "One that the model does not know, to see what happens")
        self._add.setVisible(is_list or (isinstance(value, dict) and (takes_names or not self._group.pointer)))
        self._more.setText(f"Show {min(hidden, MORE_ROWS)} more of {hidden}")
        self._more.setVisible(hidden > 0)
        self.setVisible(not self._add.isHidden() or not self._more.isHidden())

    def _on_add_clicked(self) -> None:
        value, pointer = self._group.part.value, self._group.pointer
        if isinstance(value, list):
            self._add_item(value)
            return
        spec = item(self._group.spec, self._host.document)
        taken = {*value, *(child.name for child in self._group.declared)}
        name = next(name for number in range(1, len(taken) + 2) if (name := f"name{number}") not in taken)
        new = FieldSpec(kind=FieldKind.TEXT) if spec.kind is FieldKind.ANY else spec
        self._host.set_json((*pointer, name), new_json(self._host, new))
        self._host.enter((*pointer, name))

    def _add_item(self, value: list[object]) -> None:
        pointer, spec = self._group.pointer, self._group.spec
        document = self._host.document
        new = item(spec, document, len(value)) if spec.kind is FieldKind.ARRAY else FieldSpec()
        if new.kind is FieldKind.UNION:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            add_members(menu, self._host, (*pointer, len(value)), new)
            menu.popup(self._add.mapToGlobal(self._add.rect().bottomLeft()))
            return
        new = FieldSpec(kind=FieldKind.TEXT) if new.kind is FieldKind.ANY else new
        self._host.insert(pointer, len(value), new_json(self._host, new))
        self._host.enter((*pointer, len(value)))
