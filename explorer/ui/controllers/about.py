"""What program this is, under which licences it may be used, and where it keeps what a person made."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, qVersion
from PySide6.QtGui import QDesktopServices

from explorer import __version__
from explorer.storage.resources import resource_root
from explorer.ui.main_window import MainWindow

_PACKAGE = "fastapi-explorer"
_TITLE = "About FastAPI Explorer"


class AboutController(QObject):
    """Tells of the program, and opens the data folder, when the window asks for it."""

    def __init__(self, window: MainWindow, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._folder = folder
        window.about_requested.connect(self.on_window_about_requested)
        window.folder_requested.connect(self.on_window_folder_requested)

    def on_window_about_requested(self) -> None:
        """Show it as a text that can be copied, as into a report of a fault."""
        self._window.on_notice_bar_details_requested(_TITLE, about_text(self._folder))

    def on_window_folder_requested(self) -> None:
        """Open the data folder as the desktop does."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def about_text(folder: Path) -> str:
    """Return what there is to say; `folder` is the data folder."""
    facts = (
        f"FastAPI Explorer {__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
        f"Data folder: {folder}",
        f"Fonts, icons and their licences: {resource_root()}",
    )
    return "\n\n".join(("\n".join(facts), *_licences()))


def _licences() -> list[str]:
    """Return the licences as the installed package has them; none of a copy that was not installed."""
    from importlib import metadata  # it brings half of `email` with it, which nobody needs before

    try:
        package = metadata.distribution(_PACKAGE)
    except metadata.PackageNotFoundError:
        return []
    texts = (package.read_text(f"licenses/{name}") for name in ("LICENSE", "THIRD_PARTY_NOTICES.md"))
    return [text.strip() for text in texts if text]
