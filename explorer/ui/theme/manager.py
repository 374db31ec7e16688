"""The one place that knows how the program looks now, and that changes it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Literal
from weakref import WeakKeyDictionary

from PySide6.QtCore import QDir, QObject, QSize, Signal
from PySide6.QtGui import QColor, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton
from shiboken6 import isValid

from explorer.storage.resources import resource
from explorer.ui.onlookers import set_masking
from explorer.ui.theme.desktop import Desktop
from explorer.ui.theme.fonts import load_fonts
from explorer.ui.theme.icons import Icons
from explorer.ui.theme.metrics import Metrics
from explorer.ui.theme.qss import build_qss
from explorer.ui.theme.theme import Theme

if TYPE_CHECKING:
    from explorer.client.masking import Masking

Mode = Literal["dark", "light", "system"]
MIN_ZOOM = 80
MAX_ZOOM = 200
_PRESENTED_ZOOM = 135
_ICON_TO_TEXT = 6  # design pixels
_KEPT_BY_QT = 4  # pixels between the icon and the text of a button, whatever the zoom


class Themes(QObject):
    """Owns the theme, and dresses the application in it.

    Signals:
        changed: colours or sizes are others now; style sheet, fonts and metrics are already applied.

    """

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        mode: Mode = "system",
        zoom: int = 100,
        contrast: bool | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._app = app
        self._mode: Mode = mode
        self._zoom = _clamped(zoom)
        self._presented: int | None = None  # percent, while somebody presents
        self._contrast = contrast
        self._desktop = Desktop(app, self)
        self._icons = Icons(screen.devicePixelRatio() for screen in app.screens())
        self._bound: WeakKeyDictionary[QAbstractButton, tuple[str, str, float]] = WeakKeyDictionary()
        self._theme = self._resolved()
        self.metrics = Metrics(lambda: self._theme)
        load_fonts()
        QDir.setSearchPaths("theme", [str(resource("icons"))])
        self._dress()
        self._desktop.changed.connect(self._refresh)

    @property
    def theme(self) -> Theme:
        """The look that holds now."""
        return self._theme

    @property
    def mode(self) -> Mode:
        """What the person chose; ``system`` follows the desktop."""
        return self._mode

    @property
    def zoom(self) -> int:
        """The size of everything, in percent."""
        return self._presented or self._zoom

    @property
    def usual_zoom(self) -> int:
        """The size that holds when nobody presents, in percent."""
        return self._zoom

    @property
    def contrast(self) -> bool:
        """Whether borders and text are stronger than usual."""
        return self._theme.contrast

    @property
    def chosen_contrast(self) -> bool | None:
        """What the person chose; None follows the desktop."""
        return self._contrast

    @property
    def presenting(self) -> bool:
        """Whether others look on; see `set_presenting`."""
        return self._theme.presenting

    @cached_property
    def masking(self) -> Masking:
        """What masks secrets while somebody presents."""
        from explorer.client.masking import Masking  # nothing of it is needed for the first paint

        return Masking()

    def shown(self, text: str) -> str:
        """Return a text as it may be seen now: with its secrets, unless others look on."""
        return self.masking.text(text) if self.presenting else text

    def shown_value(self, name: str, text: str) -> str:
        """Return the value of a header, cookie or parameter of this name as it may be seen now."""
        return self.masking.value(name, text) if self.presenting else text

    def hides(self, name: str) -> bool:
        """Whether nothing may be seen now of a value of this name: it lets somebody in, and others look on."""
        if not self.presenting:
            return False
        from explorer.client.secret_names import is_secret_header  # as above

        return is_secret_header(name)

    def set_mode(self, mode: Mode) -> None:
        """Choose the colours."""
        self._mode = mode
        self._refresh()

    def set_zoom(self, percent: int) -> None:
        """Choose the size of everything; kept between 80 and 200 percent. While somebody presents, only for so long."""
        if self._presented is None:
            self._zoom = _clamped(percent)
        else:
            self._presented = _clamped(percent)
        self._refresh()

    def set_contrast(self, contrast: bool | None) -> None:
        """Choose whether borders and text are stronger; None follows the desktop."""
        self._contrast = contrast
        self._refresh()

    def set_presenting(self, presenting: bool) -> None:
        """Show everything as others are to see it from afar, or as it was before.

        Then it is a third larger than at 100 %, in place of the person's zoom, unless that is larger still. Secrets are
        masked by whoever shows text.
        """
        set_masking(self.masking if presenting else None)
        self._presented = max(_PRESENTED_ZOOM, self._zoom) if presenting else None
        self._refresh()

    def icon(self, name: str, token: str = "t2", size: float = 16) -> QIcon:  # noqa: S107 a colour, no secret
        """Return an icon in a colour of the theme; `size` in design pixels. It does not follow a later change."""
        return self._icons.icon(name, self._theme, token, size)

    def pixmap(self, name: str, token: str, size: float, dpr: float = 1.0) -> QPixmap:
        """Return an icon as a picture; `size` in design pixels, `dpr` the screen's device pixels to one."""
        return self._icons.pixmap(name, self._theme, token, size, dpr)

    def bind_icon(self, button: QAbstractButton, name: str, token: str = "t2", size: float = 16) -> None:  # noqa: S107 a colour
        """Give a button an icon that follows the theme and the zoom; call `fit_icon` when its text comes or goes."""
        self._bound[button] = (name, token, size)
        self._put_icon(button)

    def fit_icon(self, button: QAbstractButton) -> None:
        """Keep a button's icon at a distance from the text that it has now, or in its middle where it has none."""
        if button in self._bound and button.iconSize().width() != self._icon_size(button).width():
            self._put_icon(button)

    def draw_for(self, dpr: float) -> None:
        """Draw icons for a screen with so many device pixels to one; those that buttons wear are drawn anew."""
        if self._icons.add_scale(dpr):
            self._bind_icons()

    def _resolved(self) -> Theme:
        return Theme(
            self._desktop.theme if self._mode == "system" else self._mode,
            self.zoom / 100,
            contrast=self._desktop.contrast if self._contrast is None else self._contrast,
            presenting=self._presented is not None,
        )

    def _refresh(self) -> None:
        theme = self._resolved()
        if theme == self._theme:
            return
        self._theme = theme
        self._dress()
        self.metrics.reapply()
        self._bind_icons()
        self.changed.emit()

    def _bind_icons(self) -> None:
        for button in list(self._bound):
            if isValid(button):
                self._put_icon(button)

    def _put_icon(self, button: QAbstractButton) -> None:
        name, token, size = self._bound[button]
        place = self._icon_size(button)
        button.setIconSize(place)
        button.setIcon(self._icons.icon(name, self._theme, token, size, place.width() - place.height()))

    def _icon_size(self, button: QAbstractButton) -> QSize:
        """Return the size of a button's icon with the space between it and the text, which is ours to keep.

        Qt itself keeps a few pixels there, the same at every zoom.
        """
        side = self._theme.px(self._bound[button][2])
        beside = self._theme.px(_ICON_TO_TEXT) - _KEPT_BY_QT if isinstance(button, QPushButton) and button.text() else 0
        return QSize(side + beside, side)

    def _dress(self) -> None:
        self._app.setPalette(_palette(self._theme.color))
        self._app.setFont(self._theme.font("base"))
        sheet = build_qss(self._theme)
        if sheet == self._app.styleSheet():
            return  # Qt would dress each widget anew for nothing
        # From one sheet to another, Qt dresses each widget once for itself and once more for everything it lies in:
        # 0.5 s. Taking the old sheet off first makes it one round each, a seventh of that.
        self._app.setStyleSheet("")
        self._app.setStyleSheet(sheet)


def _clamped(percent: int) -> int:
    return max(MIN_ZOOM, min(MAX_ZOOM, percent))


_ROLES: dict[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "bg1",
    QPalette.ColorRole.WindowText: "t1",
    QPalette.ColorRole.Base: "inp",
    QPalette.ColorRole.AlternateBase: "bg2",
    QPalette.ColorRole.Text: "t1",
    QPalette.ColorRole.Button: "bg1",
    QPalette.ColorRole.ButtonText: "t1",
    QPalette.ColorRole.BrightText: "err",
    QPalette.ColorRole.Highlight: "sel",
    QPalette.ColorRole.HighlightedText: "t1",
    QPalette.ColorRole.ToolTipBase: "bg3",
    QPalette.ColorRole.ToolTipText: "t1",
    QPalette.ColorRole.PlaceholderText: "t3",
    QPalette.ColorRole.Link: "acc",
    QPalette.ColorRole.LinkVisited: "acc",
    QPalette.ColorRole.Accent: "acc",
    QPalette.ColorRole.Light: "bg3",
    QPalette.ColorRole.Midlight: "bg3",
    QPalette.ColorRole.Mid: "bd2",
    QPalette.ColorRole.Dark: "bd",
    QPalette.ColorRole.Shadow: "bd",
}
_DISABLED = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def _palette(color: Callable[[str], QColor]) -> QPalette:
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, color(token))
    for role in _DISABLED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, color("t3"))
    return palette
