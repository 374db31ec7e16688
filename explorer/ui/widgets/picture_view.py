"""A picture, as large as there is room for and never larger than it is."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

_SQUARE = 8  # design pixels of the pattern behind what is transparent


class PictureView(QWidget):
    """Paints a picture in the middle."""

    accessible_role = QAccessible.Role.Graphic

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._image = QImage()
        self._scaled = QImage()
        self.setMinimumSize(QSize(40, 40))
        themes.changed.connect(self.update)

    @property
    def image(self) -> QImage:
        """The picture."""
        return self._image

    def set_image(self, image: QImage) -> None:
        """Show another picture."""
        self._image, self._scaled = image, QImage()
        self.setAccessibleName(f"Picture of {image.width():,} × {image.height():,} pixels")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        place = self._place()
        if place.isEmpty():
            return
        if self._image.hasAlphaChannel():
            self._paint_pattern(painter, place)
        wanted = place.size() * self.devicePixelRatioF()
        if self._scaled.size() != wanted:
            mode = Qt.TransformationMode.SmoothTransformation
            self._scaled = self._image.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, mode)
        painter.drawImage(place, self._scaled)

    def _place(self) -> QRect:
        margin = self._themes.theme.px(12)
        room = self.rect().adjusted(margin, margin, -margin, -margin)
        size = self._image.size()
        if size.width() > room.width() or size.height() > room.height():
            size.scale(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(room.center())
        return place

    def _paint_pattern(self, painter: QPainter, place: QRect) -> None:
        theme = self._themes.theme
        side = theme.px(_SQUARE)
        painter.save()
        painter.setClipRect(place)
        painter.fillRect(place, theme.color("bg2"))
        for row in range(place.height() // side + 1):
            for column in range(row % 2, place.width() // side + 1, 2):
                painter.fillRect(place.left() + column * side, place.top() + row * side, side, side, theme.color("bg3"))
        painter.restore()
