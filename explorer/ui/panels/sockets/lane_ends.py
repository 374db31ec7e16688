"""What stands above and below the server's lane: its name, and what the arrows mean."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.icon_label import IconLabel


class ServerHead(QWidget):
    """Names the lane."""

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        label = QLabel("Server")
        label.setProperty("role", "control_bold")
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(IconLabel(themes, "server", "t2", 14))
        row.addWidget(label)
        row.addStretch(1)
        themes.metrics.set(row, margins=(4, 0, 4, 0), spacing=8)


class Legend(QWidget):
    """Says what the arrows mean."""

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.addStretch(1)
        for icon, token, words in (("up", "info", "to server"), ("down", "ok", "from server")):
            label = QLabel(words)
            label.setProperty("role", "caption")
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(IconLabel(themes, icon, token, 12))
            row.addWidget(label)
            row.addStretch(1)
            themes.metrics.set(row, spacing=6)
            column.addLayout(row)
        column.addStretch(1)
        themes.metrics.set(column, margins=(2, 4, 2, 4), spacing=4)
