"""A label that gives way: what does not fit ends in dots, and the tool tip has the whole."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from explorer.ui.onlookers import shown
from explorer.ui.override import override
from explorer.ui.tool_tip import as_written

_LEAST_CHARACTERS = 4


class ElidedLabel(QLabel):
    """One line of plain text of any length."""

    def __init__(self, text: str = "", *, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = self._said = ""
        if role:
            self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.set_text(text)

    @property
    def whole_text(self) -> str:
        """The text before anything was left out."""
        return self._whole

    def set_text(self, text: str) -> None:
        """Show another text; line breaks become spaces."""
        self._whole = " ".join(text.split())
        self._fit()
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        width = self.fontMetrics().horizontalAdvance(shown(self._whole)) + margins.left() + margins.right() + 2
        return QSize(width, super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        least = self.fontMetrics().averageCharWidth() * _LEAST_CHARACTERS
        return QSize(min(least, self.sizeHint().width()), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()
            self.updateGeometry()

    def _fit(self) -> None:
        whole = shown(self._whole)
        if whole != self._said:
            self._said = whole
            self.setAccessibleName(whole)
        fitting = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, self.contentsRect().width())
        self.setText(fitting)
        self.setToolTip(as_written(whole) if fitting != whole else "")
