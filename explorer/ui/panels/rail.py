"""The rail at the left: one button for each room of the program, and at its foot the settings."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from explorer.ui import names
from explorer.ui.focus import chain_focus
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.chosen_keys import tab_to_chosen

_WIDTH = 52
_ITEM = QSize(48, 46)
_ICON = 18
_MARKER = QSize(2, 24)


@dataclass(frozen=True, slots=True)
class Room:
    """One room.

    Attributes:
        key: what the program calls it.
        label: what a person reads.
        icon: a name of ``icons.json``.

    """

    key: str
    label: str
    icon: str


class Rail(QFrame):
    """Chooses the room.

    Signals:
        room_chosen: the person wants another room; its key.
        settings_requested: the person wants to see the settings.

    """

    room_chosen = Signal(str)
    settings_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self._group.buttonToggled.connect(lambda *_: tab_to_chosen(self._group))
        self.setObjectName(names.RAIL)
        self.setAccessibleName("Rooms")
        self.setProperty("panel", "bg0")
        self.setProperty("edge", "right")
        self._layout = QVBoxLayout(self)
        self._layout.addStretch(1)
        self._settings = RailButton(themes, Room("settings", "Settings", "settings"))
        self._settings.setCheckable(False)
        self._settings.clicked.connect(self.settings_requested)
        self._layout.addWidget(self._settings)
        themes.metrics.set(self._layout, margins=(0, 8, 0, 8), spacing=4)
        themes.metrics.set(self, width=_WIDTH)

    def add_room(self, room: Room) -> None:
        """Offer a room below the others; the first one is chosen, without a signal."""
        button = RailButton(self._themes, room)
        button.clicked.connect(lambda _checked=False: self.room_chosen.emit(room.key))
        button.setChecked(not self._buttons)
        self._group.addButton(button)
        self._layout.insertWidget(len(self._buttons), button)
        self._buttons[room.key] = button
        tab_to_chosen(self._group)
        chain_focus([*self._buttons.values(), self._settings])

    def set_current(self, key: str) -> None:
        """Mark a room as the one on show, without a signal.

        Raises:
            KeyError: there is no such room.

        """
        self._buttons[key].setChecked(True)


class RailButton(QToolButton):
    """An icon over a word, which goes while somebody presents. The chosen one is filled, with a marker at the edge."""

    def __init__(self, themes: Themes, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._room = room
        self.setObjectName(names.RAIL_ROOM.format(room=room.key))
        self.setText(room.label)
        self.setAccessibleName(room.label)
        self.setToolTip(room.label)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        px = self._themes.theme.px
        return QSize(px(_WIDTH) - 1, px(_ITEM.height()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = (self.width() - theme.px(_ITEM.width())) // 2 + 1
        box = QRectF(left, 0, theme.px(_ITEM.width()), self.height())
        self._paint_ground(painter, box)
        token = "acc" if self.isChecked() else "t1" if self.underMouse() else "t3"
        pixmap = self._themes.pixmap(self._room.icon, token, _ICON, self.devicePixelRatioF())
        top = (self.height() - theme.px(_ICON)) // 2 if theme.presenting else theme.px(7)
        painter.drawPixmap(round(box.center().x() - theme.px(_ICON) / 2), top, pixmap)
        if not theme.presenting:
            self._paint_label(painter, token)
        painter.end()

    def _paint_label(self, painter: QPainter, token: str) -> None:
        theme = self._themes.theme
        font = QFont(theme.font("tick"))
        font.setWeight(QFont.Weight.Medium if self.isChecked() else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(theme.color(token))
        words = QRect(0, theme.px(27), self.width(), theme.px(16))
        shown = QFontMetrics(font).elidedText(self._room.label, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        theme = self._themes.theme
        radius = theme.px(6)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(theme.color("sel"))
            painter.drawRoundedRect(box, radius, radius)
            height = theme.px(_MARKER.height())
            marker = QRect(0, (self.height() - height) // 2, theme.px(_MARKER.width()), height)
            painter.fillRect(marker, theme.color("acc"))
        elif self.underMouse():
            painter.setBrush(theme.color("bg3"))
            painter.drawRoundedRect(box, radius, radius)
        if self.hasFocus():
            painter.setPen(theme.color("acc"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
