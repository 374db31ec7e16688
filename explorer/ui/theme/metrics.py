"""Sizes of widgets and layouts in design pixels, which follow the zoom."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QFormLayout, QGridLayout, QLayout, QTabBar, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from explorer.ui.theme.theme import Theme


class Metrics:
    """Remembers the design sizes of widgets and layouts for as long as these live."""

    def __init__(self, theme: Callable[[], Theme]) -> None:
        self._theme = theme
        self._sizes: WeakKeyDictionary[QWidget | QLayout, dict[str, Any]] = WeakKeyDictionary()

    def set(
        self,
        target: QWidget | QLayout,
        *,
        margins: tuple[float, float, float, float] | None = None,
        spacing: float | None = None,
        height: float | None = None,
        width: float | None = None,
        min_width: float | None = None,
        min_height: float | None = None,
        max_width: float | None = None,
        max_height: float | None = None,
        icon: float | None = None,
    ) -> None:
        """Apply sizes, in design pixels, now and again at each change of the zoom. What is not given stays as it was.

        `margins` are left, top, right, bottom; `height` and `width` are fixed; `icon` is the side of a button's icon.
        """
        sizes = {
            "margins": margins,
            "spacing": spacing,
            "icon": icon,
            "setFixedHeight": height,
            "setFixedWidth": width,
            "setMinimumWidth": min_width,
            "setMinimumHeight": min_height,
            "setMaximumWidth": max_width,
            "setMaximumHeight": max_height,
        }
        given = {name: value for name, value in sizes.items() if value is not None}
        self._sizes.setdefault(target, {}).update(given)
        _apply(target, given, self._theme().px)

    def reapply(self) -> None:
        """Apply all sizes at the zoom that holds now."""
        px = self._theme().px
        for target, sizes in list(self._sizes.items()):
            if isValid(target):
                _apply(target, sizes, px)
            else:
                del self._sizes[target]


def _apply(target: QWidget | QLayout, sizes: dict[str, Any], px: Callable[[float], int]) -> None:
    for name, value in sizes.items():
        if name == "margins":
            target.setContentsMargins(*(px(side) for side in value))
        elif name == "spacing":
            if isinstance(target, QLayout):
                _set_spacing(target, px(value))
        elif name == "icon":
            if isinstance(target, QAbstractButton | QTabBar):
                target.setIconSize(QSize(px(value), px(value)))
        else:
            getattr(target, name)(px(value))


def _set_spacing(layout: QLayout, spacing: int) -> None:
    layout.setSpacing(spacing)
    if isinstance(layout, QGridLayout | QFormLayout):
        layout.setHorizontalSpacing(spacing)
        layout.setVerticalSpacing(spacing)
