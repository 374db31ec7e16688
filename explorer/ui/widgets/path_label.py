"""The path of a request in one line, the values of its parameters in their own colour."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written

_LEAST = 80  # design pixels
_HEIGHT = 20


class PathLabel(QWidget):
    """Paints a path; a long one loses its end, and the tool tip has the whole."""

    accessible_role = QAccessible.Role.StaticText

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._target: tuple[str, Mapping[str, str]] = ("", {})
        self._pieces: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self._show)

    @property
    def pieces(self) -> tuple[tuple[str, str], ...]:
        """What is shown: texts with their colour tokens."""
        return self._pieces

    def set_path(self, target: str, parameters: Mapping[str, str]) -> None:
        """Show path and query as they were asked for; `parameters` are the path's, by name."""
        self._target = (target, parameters)
        self._show()

    def _show(self) -> None:
        target, parameters = self._target
        shown = self._themes.shown(target)
        self._pieces = path_pieces(shown, tuple(parameters.values()))
        self.setAccessibleName(shown)
        self.setToolTip(as_written(shown))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = self._themes.theme
        text = "".join(piece for piece, _ in self._pieces)
        return QSize(QFontMetrics(theme.font("code")).horizontalAdvance(text) + 1, theme.px(_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        theme = self._themes.theme
        return QSize(min(theme.px(_LEAST), self.sizeHint().width()), theme.px(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setFont(theme.font("code"))
        metrics = painter.fontMetrics()
        left = 0
        for text, token in self._pieces:
            room = self.width() - left
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.setPen(theme.color(token))
            painter.drawText(QRect(left, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)
            if shown != text:
                break
            left += metrics.horizontalAdvance(text)


def path_pieces(target: str, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return path and query in pieces with their colour tokens: whole segments equal to a value are parameters.

    They are looked for from the end, where parameters stand: of ``/me/me`` the second is one.
    """
    path, mark, query = target.partition("?")
    pieces: list[tuple[str, str]] = [(mark + query, "t2")] if mark else []
    end = len(path)
    for value in reversed(values):
        at = f"{path[:end]}/".rfind(f"/{value}/")
        if not value or at < 0:
            continue
        start, after = at + 1, at + 1 + len(value)
        pieces[:0] = [(path[start:after], "s_val"), (path[after:end], "t1")]
        end = start
    return tuple(piece for piece in ((path[:end], "t1"), *pieces) if piece[0])
