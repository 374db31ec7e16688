"""A body that is a file, byte for byte."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from explorer.ui import names
from explorer.ui.models.file_facts import FileFact
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.body.field_frame import FieldFrame, FieldLabel
from explorer.ui.widgets.body.file_button import FileButton
from explorer.ui.widgets.body.small_button import SmallButton


class FileForm(QWidget):
    """Chooses the file and the media type that it travels as.

    Signals:
        file_edited: the person chose another file, or none; its path or None.
        media_type_edited: the person typed another media type.
    """

    file_edited = Signal(object)
    media_type_edited = Signal(str)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._button = FileButton(themes, "the body", several=False)
        self._button.setObjectName(names.REQUEST_BODY_FILE)
        self._button.files_chosen.connect(lambda paths: self.file_edited.emit(paths[0]))
        self._remove = SmallButton(themes, "x", "Take the file out", lambda: self.file_edited.emit(None))
        self._remove.setObjectName(names.REQUEST_BODY_FILE_REMOVE)
        self._file_row = FieldFrame(
            themes, FieldLabel(name="file", type_label="bytes", description="Sent as it is, byte for byte"), parent=self
        )
        self._file_row.set_parts(control=self._button, tail=(self._remove,))
        self._type = QLineEdit()
        self._type.setProperty("variant", "code")
        self._type.setObjectName(names.REQUEST_BODY_FILE_TYPE)
        self._type.setAccessibleName("Media type of the file")
        self._type.textEdited.connect(lambda text: self.media_type_edited.emit(text.strip()))
        label = FieldLabel(name="Content-Type", type_label="header", description="What the server is told")
        self._type_row = FieldFrame(themes, label, parent=self)
        self._type_row.set_parts(control=self._type)
        layout = QVBoxLayout(self)
        layout.addWidget(self._file_row)
        layout.addWidget(self._type_row)
        themes.metrics.set(layout, margins=(0, 4, 0, 8), spacing=0)

    def set_file(self, path: str | None, media_type: str, fact: FileFact | None) -> None:
        """Show a file, and what is known of it."""
        self._button.set_file(path, fact)
        self._remove.setVisible(path is not None)
        self._file_row.refit()
        self._type.setPlaceholderText(fact.media_type if fact is not None else "guessed from the file's name")
        if not self._type.hasFocus():
            self._type.setText(media_type)

    def focus_widgets(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [*self._file_row.focus_widgets(), *self._type_row.focus_widgets()]
