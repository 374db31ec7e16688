"""A field for a date or a time, with a calendar or a clock to choose from; any text can be typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from explorer.client.editors import EditorKind
from explorer.openapi.fields import FieldKind
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.body.entry_edit import EntryEdit
from explorer.ui.widgets.quiet_button import QuietButton

if TYPE_CHECKING:
    from explorer.ui.widgets.moment_popup import MomentPopup

_BUTTON = 18
_KINDS = {
    FieldKind.DATE: EditorKind.DATE,
    FieldKind.DATETIME: EditorKind.DATETIME,
    FieldKind.TIME: EditorKind.TIME,
}


class MomentEdit(EntryEdit):
    """Alt+Down, or the button at its right, opens the calendar."""

    def __init__(self, themes: Themes, kind: FieldKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._kind = _KINDS[kind]
        self._popup: MomentPopup | None = None
        is_time = self._kind is EditorKind.TIME
        words = "Choose a time (Alt+Down)" if is_time else "Choose a date (Alt+Down)"
        self._button = QuietButton(themes, "clock" if is_time else "calendar", words, side=_BUTTON, parent=self)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self.choose_moment)

    def choose_moment(self) -> None:
        """Open the calendar or the clock."""
        from explorer.ui.widgets.moment_popup import MomentPopup

        if self._popup is None:
            self._popup = MomentPopup(self._themes, self._kind, self)
            self._popup.chosen.connect(self.entered)
        self._popup.show_at(self.mapToGlobal(QPoint(0, self.height())), self.text())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.choose_moment()
            return
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self._themes.theme.px(_BUTTON)
        margin = (self.height() - side) // 2
        self._button.setGeometry(self.width() - side - margin, margin, side, side)
        self.setTextMargins(0, 0, side, 0)
