"""A page of HTML or Markdown that loads nothing, no file and no address; it has only the pictures it carries itself."""

from __future__ import annotations

import base64
import binascii
from typing import Any
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from explorer.ui.override import override
from explorer.ui.pictures import read_picture
from explorer.ui.theme.manager import Themes

_PLACEHOLDER = 12  # design pixels
_LARGEST_PICTURE = 2_000_000  # bytes; larger ones would stop the window
_KINDS = ("image/png", "image/jpeg", "image/gif", "image/webp")


class SafeBrowser(QTextBrowser):
    """Shows text with its looks; links are not followed, and where a picture would be loaded stands an empty box."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setProperty("variant", "page")
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # Qt asks here for all that a page refers to
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return ""
        url = name if isinstance(name, QUrl) else QUrl(name)
        found = _carried_picture(url) if url.scheme() == "data" else None
        # Never nothing: for an empty answer Qt would look for a file of that name by itself.
        return found if found is not None else self._placeholder()

    def _placeholder(self) -> QImage:
        side = self._themes.theme.px(_PLACEHOLDER)
        image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(self._themes.theme.color("dis"))
        return image


def _carried_picture(url: QUrl) -> QImage | None:
    """Return the picture that a ``data:`` address carries; None when it is too large or none."""
    head, comma, text = url.toString(QUrl.ComponentFormattingOption.FullyEncoded).partition(",")
    media_type, *options = head.removeprefix("data:").lower().split(";")
    if not comma or media_type not in _KINDS or len(text) > _LARGEST_PICTURE:
        return None
    try:
        data = unquote_to_bytes(text)
        image = read_picture(base64.b64decode(data) if "base64" in options else data, media_type)
    except (binascii.Error, ValueError):
        return None
    return image if isinstance(image, QImage) else None
