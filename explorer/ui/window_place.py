"""Where a window stands, so that all of it, or enough to grasp it by, is on a screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

_LEAST_SIZE = (1180, 720)
_VISIBLE_EDGE = 80
_TITLE_HEIGHT = 37
"""Pixels; as high as those of the usual desktops, or higher. How high it really is the desktop tells once it is drawn,
and merely to name Qt's class of styles takes 4 ms of each start."""


def fit_screen(window: QWidget, first: QSize) -> None:
    """Give a window its first size, but never ask for more than the screen has beside the title bar."""
    room = _room_on(QGuiApplication.primaryScreen())
    window.setMinimumSize(QSize(*_LEAST_SIZE).boundedTo(room))
    window.resize(first.boundedTo(room))


def restore_place(window: QWidget, place: QRect) -> None:
    """Put a window back where it was, as far as there still is a screen."""
    screen = QGuiApplication.screenAt(place.center()) or QGuiApplication.primaryScreen()
    room = screen.availableGeometry()
    size = place.size().boundedTo(_room_on(screen)).expandedTo(window.minimumSize())
    left = max(room.left(), min(place.left(), room.right() - _VISIBLE_EDGE))
    top = max(room.top() + _TITLE_HEIGHT, min(place.top(), room.bottom() - _VISIBLE_EDGE))
    window.setGeometry(QRect(QPoint(left, top), size))


def _room_on(screen: QScreen) -> QSize:
    """Return what a window may take of a screen besides its title bar."""
    return screen.availableGeometry().size() - QSize(0, _TITLE_HEIGHT)
