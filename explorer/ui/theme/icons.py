"""The line icons, drawn in any colour of the theme."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from explorer.storage.resources import needed

if TYPE_CHECKING:
    from explorer.ui.theme.theme import Theme


_GRID = 24  # each icon's drawing is so wide and high
_STROKE = 1.45  # design pixels
_STRONGEST = 2.6  # of the grid


@cache
def icon_paths() -> dict[str, str]:
    """Return the drawing of each icon by name: SVG elements on a grid of 24."""
    paths: dict[str, str] = json.loads(needed("icons/icons.json").read_text("utf-8"))
    return paths


def icon_svg(name: str, color: str, size: float = 13) -> str:
    """Return an icon as an SVG document in one colour, with lines for the `size` in design pixels that it is drawn at.

    They are equally strong at all sizes but the smallest, where they would run into each other.

    Raises:
        KeyError: there is no icon of that name.

    """
    stroke = round(min(_STROKE * _GRID / size, _STRONGEST), 2)
    body = icon_paths()[name].replace("currentColor", color)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" '
        f'stroke="{color}" stroke-width="{stroke}" stroke-linecap="round" stroke-linejoin="round">{body}</svg>\n'
    )


class Icons:
    """Draws each icon once for each size, colour and device scale, and keeps it."""

    def __init__(self, scales: Iterable[float] = (1.0,)) -> None:
        """`scales` are the device pixels to one of the screens in use."""
        self._scales = set(scales)
        self._pixmaps: dict[tuple[str, float, int, str, float], QPixmap] = {}

    def add_scale(self, dpr: float) -> bool:
        """Draw icons from now on for one more kind of screen; False when that was known."""
        known = dpr in self._scales
        self._scales.add(dpr)
        return not known

    def pixmap(self, name: str, theme: Theme, token: str, size: float, dpr: float) -> QPixmap:
        """Return a square of `size` design pixels, drawn for a screen with `dpr` device pixels to one logical."""
        side, color = theme.px(size), theme.hex(token)
        key = (name, size, side, color, dpr)
        pixmap = self._pixmaps.get(key)
        if pixmap is None:
            pixmap = self._pixmaps[key] = _draw(icon_svg(name, color, size), side, dpr)
        return pixmap

    def icon(self, name: str, theme: Theme, token: str, size: float, beside: int = 0) -> QIcon:
        """Return an icon of `size` design pixels with its disabled form, and so many empty pixels at its right."""
        icon = QIcon()
        for dpr in sorted(self._scales):
            for color, mode in ((token, QIcon.Mode.Normal), ("dis", QIcon.Mode.Disabled)):
                drawn = self.pixmap(name, theme, color, size, dpr)
                icon.addPixmap(_widened(drawn, beside) if beside else drawn, mode)
        return icon


def _widened(drawn: QPixmap, beside: int) -> QPixmap:
    dpr = drawn.devicePixelRatio()
    wide = QPixmap(drawn.width() + round(beside * dpr), drawn.height())
    wide.setDevicePixelRatio(dpr)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return wide


def _draw(svg: str, side: int, dpr: float) -> QPixmap:
    pixmap = QPixmap(QSize(round(side * dpr), round(side * dpr)))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return pixmap
