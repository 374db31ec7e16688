"""Sizes of widgets and layouts in design pixels, which follow the zoom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QFormLayout, QGridLayout, QLayout, QTabBar, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from explorer.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class _Sizes:
    margins: tuple[float, float, float, float] | None = None
    spacing: float | None = None
    height: float | None = None
    width: float | None = None
    min_width: float | None = None
    min_height: float | None = None
    max_width: float | None = None
    max_height: float | None = None
    icon: float | None = None


class Metrics:
    """Remembers the design sizes of widgets and layouts for as long as these live."""

    def __init__(self, theme: Callable[[], Theme]) -> None:
        self._theme = theme
        self._sizes: WeakKeyDictionary[QWidget | QLayout, _Sizes] = WeakKeyDictionary()

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
        given = _Sizes(margins, spacing, height, width, min_width, min_height, max_width, max_height, icon)
        known = self._sizes.get(target, _Sizes())
        news: dict[str, Any] = {f.name: getattr(given, f.name) for f in fields(given)}
        sizes = replace(known, **{name: value for name, value in news.items() if value is not None})
        self._sizes[target] = sizes
        _apply(target, given, self._theme().px)

    def reapply(self) -> None:
        """Apply all sizes at the zoom that holds now."""
        px = self._theme().px
        for target, sizes in list(self._sizes.items()):
            if isValid(target):
                _apply(target, sizes, px)
            else:
                del self._sizes[target]


def _apply(target: QWidget | QLayout, sizes: _Sizes, px: Callable[[float], int]) -> None:
    if sizes.margins is not None:
        left, top, right, bottom = sizes.margins
        target.setContentsMargins(px(left), px(top), px(right), px(bottom))
    if isinstance(target, QLayout):
        if sizes.spacing is not None:
            _set_spacing(target, px(sizes.spacing))
        return
    for value, setter in (
        (sizes.height, target.setFixedHeight),
        (sizes.width, target.setFixedWidth),
        (sizes.min_width, target.setMinimumWidth),
        (sizes.min_height, target.setMinimumHeight),
        (sizes.max_width, target.setMaximumWidth),
        (sizes.max_height, target.setMaximumHeight),
    ):
        if value is not None:
            setter(px(value))
    if sizes.icon is not None and isinstance(target, QAbstractButton | QTabBar):
        target.setIconSize(QSize(px(sizes.icon), px(sizes.icon)))


def _set_spacing(layout: QLayout, spacing: int) -> None:
    layout.setSpacing(spacing)
    if isinstance(layout, QGridLayout | QFormLayout):
        layout.setHorizontalSpacing(spacing)
        layout.setVerticalSpacing(spacing)
