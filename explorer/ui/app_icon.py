"""The program's own icon, as title bars and the desktop show it."""

from __future__ import annotations

from PySide6.QtGui import QIcon

from explorer.storage.resources import resource


def app_icon() -> QIcon:
    """Return it in its sizes; a file is read when it is drawn."""
    icon = QIcon()
    for side in (64, 256):
        icon.addFile(str(resource(f"icons/app-{side}.png")))
    return icon
