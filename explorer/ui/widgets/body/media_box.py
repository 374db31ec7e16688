"""The drop-down for the media type of a body; another one can be typed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QWidget

from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.body.media_choices import MediaChoice

_NO_BODY = "no body"
_HEIGHT = 24
_MOST = 210  # design pixels


class MediaBox(QComboBox):
    """Shows the media type, in a field that looks like a chip.

    Signals:
        choice_made: the person took a `MediaChoice` of the list.
        media_type_typed: the person typed another media type.
    """

    choice_made = Signal(object)
    media_type_typed = Signal(str)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._choices: tuple[MediaChoice, ...] = ()
        self._media_type = ""
        self._line = QLineEdit()
        self.setObjectName(names.REQUEST_BODY_MEDIA)
        self.setProperty("variant", "chip")
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Media type of the body")
        self.setToolTip("How the body is written, and what its Content-Type says. Another one can be typed.")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.activated.connect(self._on_activated)
        edit = self._line
        self.setLineEdit(edit)
        self.setCompleter(None)  # type: ignore[arg-type]  # Qt takes None for "no completer"
        edit.setAccessibleName("Media type of the body")
        edit.setPlaceholderText(_NO_BODY)
        edit.editingFinished.connect(self._on_edit_editing_finished)
        edit.textChanged.connect(self.updateGeometry)
        themes.metrics.set(self, height=_HEIGHT, max_width=_MOST)
        themes.changed.connect(self.updateGeometry)

    def set_choices(self, choices: tuple[MediaChoice, ...]) -> None:
        """Offer these, the operation's own ones first."""
        if choices == self._choices:
            return
        self._choices = choices
        self.clear()
        for choice in choices:
            own = choice.body is not None
            label = choice.media_type or choice.label
            self.addItem(label if own or not choice.media_type else f"{choice.label} — {choice.media_type}")
        first = next((n for n, choice in enumerate(choices) if choice.body is None), 0)
        if first:
            self.insertSeparator(first)
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + self._themes.theme.px(24))
        self._show()

    def set_media_type(self, media_type: str, otherwise: str = _NO_BODY) -> None:
        """Show the media type that holds; `otherwise` says what an empty one means."""
        self._media_type = media_type
        self._line.setPlaceholderText(otherwise)
        if not self._line.hasFocus() or not self._line.isModified():
            self._show()

    @override
    def sizeHint(self) -> QSize:
        text = self._line.text() or self._line.placeholderText()
        px = self._themes.theme.px
        return QSize(self._line.fontMetrics().horizontalAdvance(text) + px(42), px(_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._themes.theme.px(96), super().minimumSizeHint().height())

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the wheel scrolls the form

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._line.text() != self._media_type:
            self._show()
            return
        super().keyPressEvent(event)

    def _show(self) -> None:
        index = next((n for n, choice in enumerate(self._choices) if choice.media_type == self._media_type), -1)
        own = sum(choice.body is not None for choice in self._choices)
        shift = 1 if own and index >= own else 0
        self.setCurrentIndex(index + shift if index >= 0 else -1)
        self.setEditText(self._media_type)
        self._line.setCursorPosition(0)
        self._line.setModified(False)

    def _on_activated(self, row: int) -> None:
        own = sum(choice.body is not None for choice in self._choices)
        index = row - 1 if own and row > own else row
        if 0 <= index < len(self._choices):
            choice = self._choices[index]
            self.setEditText(choice.media_type)
            self._line.setModified(False)
            self.choice_made.emit(choice)

    def _on_edit_editing_finished(self) -> None:
        typed = self._line.text().strip()
        if self._line.isModified() and typed != self._media_type:
            self._line.setModified(False)
            self.media_type_typed.emit(typed)
