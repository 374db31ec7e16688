"""Pictures from bytes that nobody vouches for: bounded, and without a look at anything outside of them."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageReader

from explorer.client.svg import without_references
from explorer.ui.svg_drawer import draw_apart

LARGEST_FILE = 50_000_000  # bytes
MOST_PIXELS = 60_000_000
_FORMATS = {
    "image/png": b"png",
    "image/jpeg": b"jpeg",
    "image/gif": b"gif",
    "image/webp": b"webp",
    "image/bmp": b"bmp",
    "image/x-icon": b"ico",
}


def read_picture(data: bytes, media_type: str) -> QImage | str:
    """Return the picture, or one sentence that says why there is none. May be called on any thread; SVG takes time."""
    if media_type == "image/svg+xml":
        return _draw_svg(data)
    name = _FORMATS.get(media_type)
    if name is None:
        return f"Pictures of the type {media_type} cannot be shown here."
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(name))
    reader.setDecideFormatFromContent(False)  # only what the first bytes spoke for: SVG takes the other way
    reader.setAutoTransform(True)
    can_read = reader.canRead()  # of an icon, this is false once its size was asked for
    size = reader.size()
    if not can_read or not size.isValid():
        return "These bytes do not make a picture: its beginning is broken."
    if size.width() * size.height() > MOST_PIXELS:
        return (
            f"This picture has {size.width():,} × {size.height():,} pixels and would take "
            f"{size.width() * size.height() * 4 // 1_000_000:,} MB of memory, so it is not shown."
        )
    image = reader.read()
    return "These bytes do not make a whole picture: something in the middle is broken." if image.isNull() else image


def _draw_svg(data: bytes) -> QImage | str:
    safe = without_references(data)
    if safe is None:
        return "This SVG picture is not in UTF-8, so it cannot be shown."
    return draw_apart(safe)
