"""A button that is only an icon; its name is told to assistive tools and in the tool tip."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton, QWidget

from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written


class IconButton(QToolButton):
    """A square button of 28 design pixels."""

    def __init__(self, themes: Themes, icon: str, name: str, *, outlined: bool = False, parent: QWidget | None = None):
        super().__init__(parent)
        self._themes = themes
        if outlined:
            self.setProperty("variant", "outlined")
        self._shown = ("", "")
        self.set_icon(icon, name)
        themes.metrics.set(self, width=28, height=28)

    def set_icon(self, icon: str, name: str) -> None:
        """Show another icon of ``icons.json``; `name` says what a click does."""
        if (icon, name) == self._shown:
            return
        self._shown = (icon, name)
        self._themes.bind_icon(self, icon, "t2", 16)
        self.setAccessibleName(name)
        self.setToolTip(as_written(name))
