"""A drop-down of the allowed values, into which any other can be typed, to see what the server says."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox

from explorer.ui.override import override
from explorer.ui.widgets.value_edit import ValueEdit


class ChoiceBox(QComboBox):
    """Puts a list around a `ValueEdit`, which stays the one that knows the value."""

    def __init__(self, edit: ValueEdit, choices: Sequence[str]) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItems(list(choices))
        self.setCurrentIndex(-1)  # a list must not choose its first entry by itself
        self.setLineEdit(edit)
        self.setCompleter(None)  # type: ignore[arg-type]  # Qt takes None for "no completer"
        self.setProperty("variant", "code")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(edit.accessibleName())
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.textActivated.connect(edit.enter_value)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the wheel scrolls the form; it must not change a value on the way
