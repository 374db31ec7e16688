"""The bar at the top: what program this is, which server it runs, and how it looks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from explorer.ui import names
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.icon_button import IconButton
from explorer.ui.widgets.icon_label import IconLabel
from explorer.ui.widgets.search_button import SearchButton
from explorer.ui.widgets.server_pill import ServerPill

_PRESENT_TIP = "Larger type, secrets masked; in Compose the response and the X-ray alone (F9)"
_END_TIP = "Show everything as it was before (F9 or Esc)"


class TopBar(QFrame):
    """Logo, name, server pill; in the middle the way to everything, at the right presenter mode and the colours.

    Attributes:
        pill: the server.
        search: opens the palette.

    Signals:
        search_requested: the person wants to search, or to run a command.
        present_requested: the person wants to present, or to end it.
        theme_toggled: the person wants the other colours, ``dark`` or ``light``.

    """

    search_requested = Signal()
    present_requested = Signal()
    theme_toggled = Signal(str)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setObjectName(names.TOP_BAR)
        self.setProperty("panel", "bg0")
        self.setProperty("edge", "bottom")
        self.pill = ServerPill(themes)
        name = QLabel("FastAPI Explorer")
        name.setProperty("role", "brand")
        divider = QFrame()
        divider.setProperty("divider", "true")
        themes.metrics.set(divider, width=1, height=20)
        self.search = SearchButton(themes)
        self.search.clicked.connect(self.search_requested)
        self._present = QPushButton("Present")
        self._present.setObjectName(names.TOP_BAR_PRESENT)
        self._present.clicked.connect(self.present_requested)
        themes.bind_icon(self._present, "present", "t1", 15)
        self._theme_button = IconButton(themes, "sun", "Light colours", outlined=True)
        self._theme_button.setObjectName(names.TOP_BAR_THEME)
        self._theme_button.clicked.connect(self.on_theme_button_clicked)
        brand = QHBoxLayout()
        brand.addWidget(IconLabel(themes, "logo", "acc", 20))
        brand.addWidget(name)
        themes.metrics.set(brand, spacing=18)
        # As much at the left as at the right of the search, so that it stands in the middle while there is room.
        left, right = QHBoxLayout(), QHBoxLayout()
        left.addLayout(brand)
        left.addWidget(divider)
        left.addWidget(self.pill)
        left.addStretch(1)
        right.addStretch(1)
        right.addWidget(self._present)
        right.addWidget(self._theme_button)
        layout = QHBoxLayout(self)
        layout.addLayout(left, 1)
        layout.addWidget(self.search)
        layout.addLayout(right, 1)
        for part in (left, right):
            themes.metrics.set(part, spacing=12)
        themes.metrics.set(layout, margins=(16, 0, 12, 0), spacing=12)
        themes.metrics.set(self, height=44)
        themes.changed.connect(self.on_themes_changed)
        self.on_themes_changed()

    def on_theme_button_clicked(self) -> None:
        """Ask for the colours that do not hold now."""
        self.theme_toggled.emit("light" if self._themes.theme.name == "dark" else "dark")

    def on_themes_changed(self) -> None:
        """Show what the switches lead to."""
        presenting = self._themes.presenting
        self._present.setText("End" if presenting else "Present")
        self._present.setAccessibleName("End the presentation" if presenting else "Present")
        self._present.setToolTip(_END_TIP if presenting else _PRESENT_TIP)
        dark = self._themes.theme.name == "dark"
        self._theme_button.set_icon("sun" if dark else "moon", "Light colours" if dark else "Dark colours")
