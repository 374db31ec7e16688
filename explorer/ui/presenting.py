"""Presenter mode: what the whole window does while others look on. What it looks like, `Themes` knows."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget
from shiboken6 import isValid

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import documentation, plain

_BEFORE_IT_IS_SEEN = (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Paint)


class Presenting(QObject):
    """Begins and ends it; the keyboard is afterwards where it was before."""

    def __init__(self, themes: Themes, parent: QObject) -> None:
        super().__init__(parent)
        self._themes = themes
        self._before: QWidget | None = None

    def toggle(self) -> None:
        """Begin to present, or end it."""
        if self.leave():
            return
        self._before = QApplication.focusWidget()
        _application().installEventFilter(self)
        self._themes.set_presenting(True)

    def leave(self) -> bool:
        """Show everything as it was before; False when nobody presents."""
        if not self._themes.presenting:
            return False
        _application().removeEventFilter(self)
        self._themes.set_presenting(False)
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the tool tips of cells back, for they do not say what their text is; mask the secrets in all others."""
        if event.type() in _BEFORE_IT_IS_SEEN and isinstance(watched, QLabel) and _is_tool_tip(watched):
            return self._mask(watched) and event.type() == QEvent.Type.Paint
        if event.type() == QEvent.Type.ToolTip and isinstance(watched, QWidget):
            view = watched.parentWidget()
            if isinstance(view, QAbstractItemView) and view.viewport() is watched:
                return True
        return super().eventFilter(watched, event)

    def _mask(self, tip: QLabel) -> bool:
        """Take the secrets out of a tool tip; False when there are none in it."""
        text = plain(tip.text())
        shown = self._themes.shown(text)
        if shown == text:
            return False
        tip.setText(documentation(shown))
        tip.resize(tip.sizeHint())
        return True


def _is_tool_tip(label: QLabel) -> bool:
    return label.windowType() is Qt.WindowType.ToolTip


def _application() -> QCoreApplication:
    application = QCoreApplication.instance()
    assert application is not None  # noqa: S101 a window cannot live without one
    return application
