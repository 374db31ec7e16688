"""A strong ring around whatever has the keyboard, while contrast is high."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

_WIDTH = 2
_RADIUS = 6
_MOVED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest)


class FocusRing(QObject):
    """Lays the ring over the control, in whichever window of the program that is.

    Controls mark themselves with a line of one pixel, each in its own way. One ring over all of them is as strong
    everywhere, and moves nothing.
    """

    def __init__(self, themes: Themes, parent: QObject) -> None:
        super().__init__(parent)
        self._themes = themes
        self._ring: _Ring | None = None
        self._control: QWidget | None = None
        self._watched: list[QWidget] = []
        themes.changed.connect(self._follow)
        _application().focusChanged.connect(self._follow)
        self._follow()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay with the control when it moves, or what it lies in."""
        if event.type() in _MOVED:
            self._place()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        focus = _application().focusWidget() if self._themes.contrast else None
        self._control = focus
        self._watched = []
        while focus is not None:
            focus.installEventFilter(self)
            self._watched.append(focus)
            focus = None if focus.isWindow() else focus.parentWidget()
        self._place()

    def _place(self) -> None:
        control = self._control
        if control is None or not isValid(control) or not control.isVisible():
            if self._ring is not None and isValid(self._ring):
                self._ring.hide()
            return
        window = control.window()
        if self._ring is None or not isValid(self._ring) or self._ring.parentWidget() is not window:
            self._forget()
            self._ring = _Ring(self._themes, window)
        seen = control.visibleRegion().boundingRect() if control.isVisible() else QRect()
        self._ring.set_on_accent(control.property("variant") == "primary" and control.isEnabled())
        self._ring.setGeometry(QRect(control.mapTo(window, seen.topLeft()), seen.size()))
        self._ring.setVisible(not seen.isEmpty())
        self._ring.raise_()

    def _forget(self) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.deleteLater()
        self._ring = None


class _Ring(QWidget):
    def __init__(self, themes: Themes, window: QWidget) -> None:
        super().__init__(window)
        self._themes = themes
        self._on_accent = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_on_accent(self, on_accent: bool) -> None:
        """Be seen on a button that is filled with the ring's colour: inside of its edge, in the colour of its text."""
        if on_accent is not self._on_accent:
            self._on_accent = on_accent
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        width, radius = theme.px(_WIDTH), theme.px(_RADIUS) - (theme.px(_WIDTH) if self._on_accent else 0)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accink" if self._on_accent else "acc"), width))
        inset = width * (1.5 if self._on_accent else 0.5)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)  # noqa: S101 a widget cannot live without one
    return application
