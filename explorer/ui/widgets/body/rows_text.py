"""All rows of a urlencoded or multipart body as text, for editing many at once."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from explorer.client.bulk import fields_from_text, fields_to_text
from explorer.ui import names
from explorer.ui.models.form_rows import Fields
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.code_editor import CodeEditor

_HELP = "One row a line: name: value. A # in front switches a row off; name: @/path/of/a/file sends a file."


class RowsText(QWidget):
    """An editor with one row a line.

    Signals:
        fields_edited: the person changed something; all fields.
    """

    fields_edited = Signal(object)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: Fields | None = None
        self._editor = CodeEditor(themes)
        self._editor.setObjectName(names.REQUEST_BODY_BULK)
        self._editor.setAccessibleName("All rows of the form, one a line")
        self._editor.setAccessibleDescription(_HELP)
        self._editor.text_edited.connect(self._on_editor_text_edited)
        help_line = QLabel(_HELP)
        help_line.setProperty("role", "caption")
        help_line.setWordWrap(True)
        themes.metrics.set(help_line, margins=(16, 6, 16, 6))
        layout = QVBoxLayout(self)
        layout.addWidget(self._editor, 1)
        layout.addWidget(help_line)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)

    def set_fields(self, fields: Fields) -> None:
        """Show these fields; a text that says the same already stays as it was typed."""
        if fields != self._fields:
            self._fields = fields
            self._editor.replace_text(fields_to_text(fields))

    def focus_widgets(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self._editor]

    def _on_editor_text_edited(self, text: str) -> None:
        self._fields = fields = fields_from_text(text, self._fields or ())
        self.fields_edited.emit(fields)
