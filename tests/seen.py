"""What a person can read in a widget, however it was painted."""

from __future__ import annotations

import re
from html import unescape

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget


def words_of(widget: QWidget) -> str:
    """Return the pieces of text that are painted, one a line."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture = QSvgGenerator()
    picture.setOutputDevice(buffer)
    picture.setSize(widget.size())
    widget.render(picture)
    return unescape("\n".join(re.findall(r"<text[^>]*>([^<]*)<", bytes(data.data()).decode())))
