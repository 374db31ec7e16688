"""What is said of a message that is being written: in a few words beside the buttons, or in lines of its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.properties import set_property


class VerdictLabels(QObject):
    """Two labels for one sentence, which is never cut off.

    Where it does not fit beside the buttons, what is wrong takes lines of its own, and a mere remark is left out.

    Attributes:
        beside: one line, which gives way to the buttons at its left.
        below: as many lines as it takes.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._words = ""
        self._wrong = False
        self.beside = ElidedLabel(role="caption")
        self.beside.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.beside.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.beside.installEventFilter(self)
        self.below = QLabel()
        self.below.setProperty("role", "error")
        self.below.setTextFormat(Qt.TextFormat.PlainText)
        self.below.setWordWrap(True)
        self.below.hide()

    @property
    def text(self) -> str:
        """What is said."""
        return self._words

    def set_number(self, number: int) -> None:
        """Take the object names of the column with this number."""
        self.beside.setObjectName(names.SOCKET_VERDICT.format(number=number))
        self.below.setObjectName(names.SOCKET_PROBLEM.format(number=number))

    def set_words(self, words: str, *, wrong: bool) -> None:
        """Say something else; `wrong` for what keeps the message from being sent or understood."""
        self._words, self._wrong = words, wrong
        self._show()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._show()
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        fits = self.beside.fontMetrics().horizontalAdvance(self._words) <= self.beside.width()
        below = self._wrong and not fits
        set_property(self.beside, "role", "error" if self._wrong else "caption")
        self.beside.set_text(self._words if fits else "")
        self.below.setText(self._words if below else "")
        self.below.setVisible(below)
