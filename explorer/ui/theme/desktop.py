"""What the desktop asks of every program: dark or light, and stronger contrast."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from explorer.ui.theme.tokens import ThemeName


class Desktop(QObject):
    """The wishes that hold now.

    Signals:
        changed: somebody changed one of them in the desktop's settings.
    """

    changed = Signal()

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hints = app.styleHints()
        self._hints.colorSchemeChanged.connect(self.changed)
        # Qt tells of contrast since 6.10; before, nobody does.
        self._accessibility = self._hints.accessibility() if hasattr(self._hints, "accessibility") else None
        if self._accessibility is not None:
            self._accessibility.contrastPreferenceChanged.connect(self.changed)

    @property
    def theme(self) -> ThemeName:
        """The colours; dark where the desktop does not say."""
        return "light" if self._hints.colorScheme() == Qt.ColorScheme.Light else "dark"

    @property
    def contrast(self) -> bool:
        """Whether borders and text are to be stronger."""
        if self._accessibility is None:
            return False
        return bool(self._accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast)
