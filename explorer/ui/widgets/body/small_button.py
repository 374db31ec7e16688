"""A small button beside a value: only an icon, with its name for tool tip and assistive tools."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.quiet_button import QuietButton


class SmallButton(QuietButton):
    """A square button; its row gives it place and size."""

    def __init__(
        self,
        themes: Themes,
        icon: str,
        name: str,
        on_click: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(themes, icon, name, size=14, parent=parent)
        self.clicked.connect(lambda _checked=False: on_click())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


class MenuButton(SmallButton):
    """A small button that opens a menu, which is made when it is wanted."""

    def __init__(
        self, themes: Themes, name: str, fill: Callable[[QMenu], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(themes, "more", name, self.open_menu, parent)
        self._fill = fill

    def open_menu(self) -> None:
        """Show what can be chosen, below the button."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill(menu)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
