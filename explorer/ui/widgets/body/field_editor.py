"""The field that fits a value: a line, several lines, a list to choose from, a number to step, a date."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from explorer.openapi.fields import FieldKind, FieldSpec
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.body.entry_edit import ChoiceEdit, EntryEdit, LongEdit
from explorer.ui.widgets.body.moment_edit import MomentEdit

FieldEditor = EntryEdit | ChoiceEdit | LongEdit


def make_editor(
    themes: Themes, kind: FieldKind, spec: FieldSpec, choices: tuple[str, ...], parent: QWidget
) -> FieldEditor:
    """Return a field for a `kind` of value; `spec` says what its numbers may be, `choices` what is allowed."""
    match kind:
        case FieldKind.CHOICE | FieldKind.BOOLEAN:
            return ChoiceEdit(choices, parent)
        case FieldKind.LONG_TEXT:
            return LongEdit(themes, parent)
        case FieldKind.DATE | FieldKind.DATETIME | FieldKind.TIME:
            return MomentEdit(themes, kind, parent)
        case FieldKind.INTEGER | FieldKind.NUMBER:
            edit = EntryEdit(parent)
            edit.set_steps(spec.minimum, spec.maximum)
            return edit
        case _:
            return EntryEdit(parent)


def text_of(editor: FieldEditor) -> str:
    """Return what stands in a field."""
    line = line_of(editor)
    return line.toPlainText() if isinstance(line, QPlainTextEdit) else line.text()


def line_of(editor: FieldEditor) -> QLineEdit | QPlainTextEdit:
    """Return the part of a field into which one types."""
    return editor.edit if isinstance(editor, ChoiceEdit) else editor
