"""The heading of a part of a JSON form: its name, what it holds, which member of a union it is, and the fold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QWidget

from explorer.openapi.fields import members
from explorer.openapi.schema import in_json
from explorer.ui import names
from explorer.ui.models.json_parts import Place, Shape, summary_of
from explorer.ui.override import override
from explorer.ui.widgets.body.field_frame import FieldFrame
from explorer.ui.widgets.body.json_host import JsonHost, label_of, path_text
from explorer.ui.widgets.body.json_menu import fill_menu, put_member
from explorer.ui.widgets.body.small_button import MenuButton, SmallButton

if TYPE_CHECKING:
    from explorer.ui.widgets.body.json_group import JsonGroup


class GroupHeading(FieldFrame):
    """Name, type and summary of a group, and the button that folds it."""

    def __init__(self, host: JsonHost, group: JsonGroup, depth: int, model: str) -> None:
        super().__init__(host.themes, label_of(group.part, group.pointer, model), depth=depth, parent=group)
        self._host = host
        self._group = group
        path = path_text(group.pointer)
        name = self.label.name
        self._fold = SmallButton(self.themes, "cd", f"Fold {name}", self._toggle, self)
        self._fold.setObjectName(names.BODY_FOLD.format(path=path))
        self._menu = MenuButton(self.themes, f"{name}: not sent, null or a value", self._fill_menu, self)
        self._menu.setObjectName(names.BODY_MENU.format(path=path))
        place = group.part.place
        tail: list[QWidget] = []
        if place in (Place.ITEM, Place.ENTRY, Place.EXTRA):
            tail.append(SmallButton(self.themes, "x", f"Remove {name}", self._remove, self))
        self._members = _MemberBox(host, group, self) if group.part.shape is Shape.UNION else None
        edit = None
        if place in (Place.ENTRY, Place.EXTRA):
            edit = QLineEdit(str(group.part.key), self)
            edit.setProperty("variant", "code")
            edit.setObjectName(names.BODY_NAME.format(path=path))
            edit.setAccessibleName(f"Name of {group.part.key}")
            edit.editingFinished.connect(lambda: self._on_name_editing_finished(edit))
        self.set_parts(control=self._members, lead=self._fold, name_edit=edit, tail=(*tail, self._menu))

    def show_part(self) -> None:
        """Show what changed in the group."""
        name = self.label.name
        if self._group.unfolded:
            self._fold.set_icon("cd", f"Fold {name}")
        else:
            self._fold.set_icon("cr", f"Unfold {name}")
        if self._members is not None:
            self._members.show_member(self._group.member)
        self.setAccessibleDescription(self.description_text())
        self.update()

    def name_left(self) -> int:
        """Return where the name begins, in pixels."""
        return self._name_left(self._columns())

    @override
    def description_text(self) -> str:
        summary = summary_of(self._group.part.value, self._group.declared)
        return " · ".join(filter(None, (summary, self.label.description)))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._toggle()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        fold = {Qt.Key.Key_Left: False, Qt.Key.Key_Right: True}.get(Qt.Key(event.key()))
        if fold is not None and self._fold.hasFocus():
            self._group.set_unfolded(fold)
            return
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        pointer = self._group.pointer
        if step and event.modifiers() == Qt.KeyboardModifier.AltModifier and self._group.part.place is Place.ITEM:
            self._host.move_item(pointer[:-1], int(pointer[-1]), int(pointer[-1]) + step)
            return
        super().keyPressEvent(event)

    def _toggle(self) -> None:
        self._group.set_unfolded(not self._group.unfolded)

    def _fill_menu(self, menu: QMenu) -> None:
        fill_menu(menu, self._host, self._group.pointer, self._group.part)

    def _remove(self) -> None:
        self._host.remove(self._group.pointer)

    def _on_name_editing_finished(self, edit: QLineEdit) -> None:
        name = edit.text()
        if name != self._group.part.key:
            self._host.rename(self._group.pointer, name)
            edit.setText(str(self._group.part.key))


class _MemberBox(QComboBox):
    """Which member of a union a value is; another choice begins the value anew."""

    def __init__(self, host: JsonHost, group: JsonGroup, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = host
        self._group = group
        self._offers = members(group.part.spec, host.document)
        self.setProperty("variant", "code")
        self.addItems([in_json(member.type_label) for member in self._offers])
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setObjectName(names.BODY_MEMBER.format(path=path_text(group.pointer)))
        self.setAccessibleName(f"Which of {group.part.spec.type_label}")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(self._on_activated)

    def show_member(self, number: int) -> None:
        """Show the member that holds."""
        self.setCurrentIndex(number)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the wheel scrolls the form; it must not change a value on the way

    def _on_activated(self, number: int) -> None:
        if number != self._group.member:
            put_member(self._host, self._group.pointer, self._group.part.spec, number)
