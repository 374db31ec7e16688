"""A JSON body as a form. The text is the truth: each edit changes it at one place and leaves the rest as it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from explorer.openapi import json_edit
from explorer.openapi.fields import FieldKind, FieldSpec
from explorer.openapi.hints import Hint
from explorer.openapi.json_positions import Pointer
from explorer.ui import names
from explorer.ui.models.json_entries import MISSING, JsonTextError, is_container, read_json
from explorer.ui.models.json_parts import Place, Shape, hints_by_pointer, part_of, pointer_of
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.body.builder import Builder
from explorer.ui.widgets.body.json_group import JsonGroup
from explorer.ui.widgets.body.json_row import JsonRow
from explorer.ui.widgets.body.retire import retire
from explorer.ui.widgets.icon_label import IconLabel

_EMPTY = {FieldKind.OBJECT: dict, FieldKind.MAP: dict, FieldKind.ARRAY: list, FieldKind.ANY: dict}


class JsonForm(QWidget):
    """Shows the rows of a body, and turns what is typed into edits of its text.

    Signals:
        text_edited: the person changed something; the whole text.
        text_requested: the text itself is wanted, because it cannot be shown as a form.
        arranged_anew: rows came or went, so the order of the Tab key must be set again.
    """

    text_edited = Signal(object)  # a str, not copied for each listener
    text_requested = Signal()
    arranged_anew = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.themes = themes
        self.builder = Builder(self)
        self.document: Mapping[str, Any] = {}
        self._spec = FieldSpec()
        self._text: str | None = None
        self._value: Any = MISSING
        self._hints: tuple[Hint, ...] = ()
        self._hints_at: Mapping[Pointer, tuple[Hint, ...]] = {}
        self._folds: dict[Pointer, bool] = {}
        self._root: JsonRow | JsonGroup | None = None
        self.setObjectName(names.REQUEST_BODY_FORM)
        self._problem = self._build_problem()
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._problem)
        themes.metrics.set(self._layout, margins=(0, 4, 0, 8), spacing=0)
        self.builder.built.connect(self.arranged_anew)

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_schema(self, spec: FieldSpec, document: Mapping[str, Any], *, keep_folds: bool = False) -> None:
        """Begin with another body's schema; the text comes with `set_text`."""
        self.builder.clear()
        self._spec, self.document = spec, document
        self._text, self._value = None, MISSING
        self._hints, self._hints_at = (), {}
        if not keep_folds:
            self._folds = {}
        self._drop_root()

    def set_text(self, text: str) -> None:
        """Show a text; rows that still fit are kept, and with them the cursor."""
        if text == self._text:
            return
        self._text = text
        try:
            self._value = read_json(text)
        except JsonTextError as error:
            self._show_problem(error)
            return
        self._problem.hide()
        self._place_hints()
        self._show_value()

    def set_hints(self, hints: tuple[Hint, ...]) -> None:
        """Show what the schema has to say."""
        self._hints = hints
        self._place_hints()
        if self._root is not None:
            self._root.show_hints()

    def focus_widgets(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self._to_text, *(self._root.focus_widgets() if self._root is not None else [])]

    def find_loc(self, loc: tuple[str | int, ...]) -> QWidget | None:
        """Return the control that edits what a 422 names, unfolded and built; None when there is none."""
        if self._root is None:
            return None
        pointer = pointer_of(loc, self._value)
        node = self._root.find_node(pointer) if isinstance(self._root, JsonGroup) else self._root
        self.builder.finish()
        if node is None or (node is self._root and pointer):
            return None
        widgets = node.focus_widgets()
        control = node.control if isinstance(node, JsonRow) else None
        return control or (widgets[0] if widgets else None)

    # --- what the rows ask for ----------------------------------------------------------------------------------------
    def set_json(self, pointer: Pointer, json_text: str) -> None:
        """Put a value at a place."""
        self._edit(lambda text: json_edit.set_value(text, pointer, json_text), pointer)

    def remove(self, pointer: Pointer) -> None:
        """Take a value out."""
        self._edit(lambda text: json_edit.remove(text, pointer), pointer)

    def insert(self, pointer: Pointer, index: int, json_text: str) -> None:
        """Put a new item into a list."""
        self._edit(lambda text: json_edit.insert(text, pointer, index, json_text), (*pointer, index))

    def move_item(self, pointer: Pointer, old: int, new: int) -> None:
        """Move an item of a list; the focus goes with it."""
        self._edit(lambda text: json_edit.move_item(text, pointer, old, new), (*pointer, old))
        control = self.find_loc(("body", *pointer, new))
        if control is not None:
            control.setFocus(Qt.FocusReason.OtherFocusReason)

    def rename(self, pointer: Pointer, name: str) -> None:
        """Give a member another name, unless that one is taken."""
        around = self._value
        for step in pointer[:-1]:
            around = around[step]
        if name not in around:
            self._edit(lambda text: json_edit.rename_key(text, pointer, name), (*pointer[:-1], name))

    def enter(self, pointer: Pointer) -> None:
        """Lead the person to a row that was just added: to its name if it has one to be changed."""
        node = self._root.find_node(pointer) if isinstance(self._root, JsonGroup) else None
        self.builder.finish()
        widgets = node.focus_widgets() if node is not None and node.pointer == pointer else []
        if widgets:
            widgets[0].setFocus(Qt.FocusReason.OtherFocusReason)
            if isinstance(widgets[0], QLineEdit):
                widgets[0].selectAll()

    def hints_at(self, pointer: Pointer) -> tuple[Hint, ...]:
        """Return the remarks about a place."""
        return self._hints_at.get(pointer, ())

    def hints_below(self, pointer: Pointer) -> Iterable[tuple[Pointer, tuple[Hint, ...]]]:
        """Return the remarks about all that lies inside a place."""
        depth = len(pointer)
        return [(at, hints) for at, hints in self._hints_at.items() if len(at) > depth and at[:depth] == pointer]

    def unfolded(self, pointer: Pointer) -> bool | None:
        """Tell whether the person unfolded a place; None when they did not touch it."""
        return self._folds.get(pointer)

    def fold(self, pointer: Pointer, unfolded: bool) -> None:
        """Remember what the person did."""
        self._folds[pointer] = unfolded

    def arranged(self) -> None:
        """Take note that rows came or went."""
        if not self.builder.busy:
            self.arranged_anew.emit()

    # --- inside -------------------------------------------------------------------------------------------------------
    def _edit(self, change: Callable[[str], str], pointer: Pointer) -> None:
        before = self._text or ""
        if not before.strip() and pointer:
            before = json.dumps(self._shown_value())
        try:
            after = change(before)
        except json_edit.JsonEditError:
            return  # such as a name that is taken; the rows show what holds
        if after == self._text:
            return
        had_focus = self._has_focus()
        self.set_text(after)
        self.text_edited.emit(after)
        if had_focus and not self._has_focus():
            self._focus(pointer)

    def _focus(self, pointer: Pointer) -> None:
        """Bring the focus back to where the person works, when its row made way for another."""
        control = self.find_loc(("body", *pointer))
        if control is not None:
            control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_focus(self) -> bool:
        widget = QApplication.focusWidget()
        return widget is not None and self.isAncestorOf(widget) and widget.isVisible()

    def _shown_value(self) -> Any:
        """Return the value whose rows are shown: of no text at all, those of an empty object or list."""
        if self._value is MISSING and self._spec.kind in _EMPTY:
            return _EMPTY[self._spec.kind]()
        return self._value

    def _show_value(self) -> None:
        part = part_of(None, self._spec, self._shown_value(), Place.WHOLE, self.document)
        root = self._root
        groups = part.shape in (Shape.GROUP, Shape.UNION)
        if root is not None:
            same = root.part.shape is part.shape and isinstance(root, JsonGroup) == groups
            if same and (not is_container(part.value) or type(root.part.value) is type(part.value)):
                root.set_part(part)
                root.show()
                return
            self._drop_root()
        kind = JsonGroup if groups else JsonRow
        self._root = kind(self, (), part, 0, self._spec.model, self)
        self._layout.addWidget(self._root)
        self._root.show()
        self.arranged()

    def _drop_root(self) -> None:
        if self._root is not None:
            retire(self._root)
            self._root = None

    def _place_hints(self) -> None:
        self._hints_at = hints_by_pointer(self._hints, self._value)

    def _show_problem(self, error: JsonTextError) -> None:
        if self._root is not None:
            self._root.hide()
        where = f"Line {error.line + 1}: " if error.line is not None else ""
        self._sentence.setText(
            f"The text is no JSON yet, so it cannot be shown as a form. {where}{error.sentence} "
            "Put it right in the text; until then it stays as it is."
        )
        self._problem.setAccessibleName(self._sentence.text())
        self._problem.show()

    def _build_problem(self) -> QWidget:
        problem = QWidget(self)
        problem.setObjectName(names.REQUEST_BODY_PROBLEM)
        self._sentence = QLabel()
        self._sentence.setProperty("role", "text")
        self._sentence.setWordWrap(True)
        self._to_text = QPushButton("Show the text", problem)
        self._to_text.setObjectName(names.REQUEST_BODY_TO_TEXT)
        self._to_text.setAccessibleName("Show the text of the body")
        self._to_text.clicked.connect(self.text_requested)
        column = QVBoxLayout(problem)
        column.addWidget(IconLabel(self.themes, "alert", "err", 15))
        column.addWidget(self._sentence)
        column.addWidget(self._to_text, 0, Qt.AlignmentFlag.AlignLeft)
        self.themes.metrics.set(column, margins=(16, 12, 16, 12), spacing=8)
        problem.hide()
        return problem
