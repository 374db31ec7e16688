"""The tabs of the open requests: method, path, status of the last answer, and whether there is something unsent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QTabBar, QToolTip, QWidget

from explorer.ui import names
from explorer.ui.actions.told_keys import ToldKeys, with_keys
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written
from explorer.ui.widgets.badge import BADGE_HEIGHT, badge_width, method_token, paint_badge, short_method, status_token

STRIP_HEIGHT = 30
SPINS_AFTER_MS = 150  # a request that is quicker shows no sign of being under way
_TICK_MS = 90
_STEPS = 12  # of the spinner, for one turn
_NARROWEST, _WIDEST = 104, 236
_LEFT, _RIGHT, _GAP = 10, 6, 6
_CLOSE = 16
_CROSS = 11
_DOT = 6
_SPINNER = 11
_KEPT = 100  # measures of tabs that are not there any more
_CLOSE_TIP = "Close this request"
_COMMANDS = {
    "next_tab": "next",
    "previous_tab": "previous",
    "duplicate_request": "duplicate",
    "close_request": "close",
    "reopen_request": "reopen what was closed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTab:
    """One open request as its tab shows it.

    Attributes:
        id: what the program calls it.
        method: upper case.
        title: what a person reads.
        tip: more of it, for the tool tip.
        changed: whether it was changed since it was last sent.
        sending: whether it is under way.
        status: the status code of the last answer, or a word when there was none; empty when it was not sent.
    """

    id: str
    method: str
    title: str
    tip: str = ""
    changed: bool = False
    sending: bool = False
    status: str = ""

    @property
    def spoken(self) -> str:
        """All that the tab shows, in words."""
        answer = f"last answer {self.status}" if self.status.isdigit() else self.status
        states = ("under way" * self.sending, "not sent as it is now" * self.changed, answer)
        return ", ".join(filter(None, (f"{self.method} {self.title}", *states)))


class RequestTabBar(QTabBar):
    """Tabs that can be chosen, moved by dragging, and closed.

    Signals:
        chosen: the person chose a tab; its id.
        close_requested: the person wants to close one; its id.
        moved: the person moved a tab; its id and its new place from the left.
    """

    chosen = Signal(str)
    close_requested = Signal(str)
    moved = Signal(str, int)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._tabs: tuple[RequestTab, ...] = ()
        self._filling = False
        self._under_mouse = -1
        self._pressed_close = -1
        self._dragged = -1
        self._measured: dict[tuple[str, str, str], int] = {}
        self._since: dict[str, QElapsedTimer] = {}
        self._step = 0
        self._ticker = QTimer(self)
        self._ticker.setInterval(_TICK_MS)
        self._ticker.timeout.connect(self._on_ticker_timeout)
        self._keys: dict[str, str] = {}
        for command in _COMMANDS:
            ToldKeys(self, command, partial(self._on_keys_told, command))
        self.setObjectName(names.OPEN_REQUESTS_TABS)
        self.setAccessibleName("Open requests")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setMouseTracking(True)
        self.currentChanged.connect(self._on_current_changed)
        themes.changed.connect(self._on_themes_changed)

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_tabs(self, tabs: Sequence[RequestTab], current: str) -> None:
        """Show these tabs with this one in front. Emits nothing."""
        tabs = tuple(tabs)
        self._filling = True
        before, self._tabs = self._tabs, tabs
        resized = self._widths(tabs) != self._widths(before)
        if len(self._measured) > 4 * len(tabs) + _KEPT:
            self._measured.clear()
        while self.count() > len(tabs):
            self.removeTab(self.count() - 1)
        for i, tab in enumerate(tabs):
            if i >= self.count():
                self.addTab(tab.title)
            elif resized or self.tabText(i) != tab.title:
                self.setTabText(i, tab.title)  # Qt keeps a tab's size until something about it changes
        self.setCurrentIndex(next((i for i, tab in enumerate(tabs) if tab.id == current), 0))
        self._filling = False
        self._show_tips()
        self._show_sending()
        self.updateGeometry()
        self.update()

    @property
    def tabs(self) -> tuple[RequestTab, ...]:
        """What is shown, from left to right."""
        return self._tabs

    def rect_of(self, tab_id: str) -> QRect:
        """Return where a tab is; an empty rectangle for an unknown one."""
        return next((self.tabRect(i) for i, tab in enumerate(self._tabs) if tab.id == tab_id), QRect())

    def close_rect(self, tab_id: str) -> QRect:
        """Return where the cross of a tab is; an empty rectangle for an unknown one."""
        return next((self._close_box(i) for i, tab in enumerate(self._tabs) if tab.id == tab_id), QRect())

    def id_at(self, point: QPoint) -> str:
        """Return the id of the tab at a place; empty where there is none."""
        index = self.tabAt(point)
        return self._tabs[index].id if 0 <= index < len(self._tabs) else ""

    @override
    def tabSizeHint(self, index: int) -> QSize:
        theme = self._themes.theme
        tab = self._tabs[index] if index < len(self._tabs) else RequestTab(id="", method="", title="")
        return QSize(self._width(tab), theme.px(STRIP_HEIGHT))

    @override
    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    # --- hands --------------------------------------------------------------------------------------------------------
    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.tabAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton or self._on_close_box(event):
            self._pressed_close = index
            return
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged = index

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        self._under_mouse = self.tabAt(point)
        if self._dragged >= 0 and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag_to(point.x())
        self.update()
        super().mouseMoveEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = -1
        index, self._pressed_close = self._pressed_close, -1
        if index < 0:
            super().mouseReleaseEvent(event)
            return
        middle = event.button() == Qt.MouseButton.MiddleButton
        if index == self.tabAt(event.position().toPoint()) and (middle or self._on_close_box(event)):
            self.close_requested.emit(self._tabs[index].id)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._under_mouse = -1
        self.update()
        super().leaveEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the strip scrolls; Qt would choose another tab

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and 0 <= self.currentIndex() < len(self._tabs):
            self.close_requested.emit(self._tabs[self.currentIndex()].id)
            return
        super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.tabAt(event.pos())
            if index >= 0 and self._close_box(index).contains(event.pos()):
                QToolTip.showText(event.globalPos(), with_keys(_CLOSE_TIP, self._keys["close_request"]), self)
                return True
        return super().event(event)

    def _on_keys_told(self, command: str, keys: str) -> None:
        self._keys[command] = keys
        self._show_tips()

    def _show_tips(self) -> None:
        told = [f"{self._keys[command]} {words}" for command, words in _COMMANDS.items() if self._keys.get(command)]
        keys = "\n".join(" · ".join(told[start : start + 3]) for start in range(0, len(told), 3))
        shown = self._themes.shown
        for number, tab in enumerate(self._tabs):
            self.setAccessibleTabName(number, shown(tab.spoken))
            self.setTabToolTip(number, as_written("\n".join(filter(None, (shown(tab.tip), keys)))))

    def _drag_to(self, x: int) -> None:
        """Let the tab in hand change places with a neighbour as soon as the pointer is past its middle."""
        place = self._dragged
        if place > 0 and x < self.tabRect(place - 1).center().x():
            target = place - 1
        elif place < self.count() - 1 and x > self.tabRect(place + 1).center().x():
            target = place + 1
        else:
            return
        tabs = list(self._tabs)
        tabs.insert(target, tabs.pop(place))
        self._filling = True
        self._tabs = tuple(tabs)
        self.moveTab(place, target)
        self._filling = False
        self._dragged = target
        self.moved.emit(tabs[target].id, target)

    def _on_close_box(self, event: QMouseEvent) -> bool:
        point = event.position().toPoint()
        index = self.tabAt(point)
        return event.button() == Qt.MouseButton.LeftButton and index >= 0 and self._close_box(index).contains(point)

    def _on_current_changed(self, index: int) -> None:
        if not self._filling and 0 <= index < len(self._tabs):
            self.chosen.emit(self._tabs[index].id)

    # --- painting -----------------------------------------------------------------------------------------------------
    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for i, tab in enumerate(self._tabs[: self.count()]):
            self._paint_tab(painter, i, tab)

    def _paint_tab(self, painter: QPainter, index: int, tab: RequestTab) -> None:
        theme = self._themes.theme
        rect = self.tabRect(index)
        front, hovered = index == self.currentIndex(), index == self._under_mouse
        painter.fillRect(rect, theme.color("bg1" if front else "bg2" if hovered else "bg0"))
        painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), theme.color("bd"))
        if front:
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), theme.color("acc"))
        else:
            painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("bd"))
        word = short_method(tab.method)
        badge = QRect(rect.left() + theme.px(_LEFT), 0, badge_width(word, theme), theme.px(BADGE_HEIGHT))
        badge.moveTop(rect.center().y() - badge.height() // 2 + 1)
        paint_badge(painter, badge, word, method_token(tab.method), theme)
        state = self._state_box(rect, tab)
        painter.setFont(theme.font("control"))
        painter.setPen(theme.color("t1" if front else "t2"))
        left = badge.right() + 1 + theme.px(_GAP)
        room = QRect(left, rect.top(), state.left() - theme.px(_GAP) - left, rect.height())
        title = painter.fontMetrics().elidedText(
            self._themes.shown(tab.title), Qt.TextElideMode.ElideMiddle, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, title)
        self._paint_state(painter, state, tab)
        self._paint_close(painter, index, tab)
        if front and self.hasFocus():
            painter.setPen(theme.color("acc"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(2.5, 4.5, -3.5, -3.5), 3, 3)

    def _paint_state(self, painter: QPainter, box: QRect, tab: RequestTab) -> None:
        """Paint that it is under way, or how it ended."""
        theme = self._themes.theme
        if self._spins(tab):
            side = theme.px(_SPINNER)
            ring = QRectF(box.right() + 1 - side, box.center().y() - side / 2 + 0.5, side, side).adjusted(1, 1, -1, -1)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("bd2"), 1.6))
            painter.drawEllipse(ring)
            painter.setPen(QPen(theme.color("acc"), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawArc(ring, -self._step * 360 * 16 // _STEPS, 110 * 16)
        elif tab.status:
            painter.setFont(theme.font("badge"))
            painter.setPen(theme.color(_state_token(tab.status)))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, tab.status)

    def _paint_close(self, painter: QPainter, index: int, tab: RequestTab) -> None:
        """Paint the cross where a hand may want it, else the dot of what is unsent."""
        theme = self._themes.theme
        box = self._close_box(index)
        hovered = index == self._under_mouse
        if not hovered and tab.changed:
            side = theme.px(_DOT)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("acc"))
            middle = QRectF(box).center()
            painter.drawEllipse(QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side))
        elif hovered or index == self.currentIndex():
            if hovered and box.contains(self.mapFromGlobal(self.cursor().pos())):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("bg3"))
                painter.drawRoundedRect(QRectF(box), theme.px(4), theme.px(4))
            side = theme.px(_CROSS)
            cross = QRect(0, 0, side, side)
            cross.moveCenter(box.center())
            painter.drawPixmap(cross, self._themes.pixmap("x", "t2", _CROSS, self.devicePixelRatioF()))

    def _close_box(self, index: int) -> QRect:
        px = self._themes.theme.px
        rect, side = self.tabRect(index), px(_CLOSE)
        return QRect(rect.right() - px(_RIGHT) - side, rect.center().y() - side // 2 + 1, side, side)

    def _state_box(self, rect: QRect, tab: RequestTab) -> QRect:
        px = self._themes.theme.px
        width = self._state_width(tab)
        return QRect(rect.right() - px(_RIGHT) - px(_CLOSE) - px(4) - width, rect.top() + 1, width, rect.height())

    def _state_width(self, tab: RequestTab) -> int:
        """Return the room of a status code, which is kept free before there is one: tabs must not jump."""
        metrics = QFontMetrics(self._themes.theme.font("badge"))
        return max(metrics.horizontalAdvance("000"), metrics.horizontalAdvance(tab.status))

    def _width(self, tab: RequestTab) -> int:
        """Return how wide a tab is; measured once, for all are asked for at each key that is typed into one."""
        key = _shape(tab)
        if key not in self._measured:
            self._measured[key] = self._measure(tab)
        return self._measured[key]

    def _measure(self, tab: RequestTab) -> int:
        theme = self._themes.theme
        px = theme.px
        title = QFontMetrics(theme.font("control")).horizontalAdvance(tab.title) + 1
        fixed = (
            px(_LEFT) + badge_width(short_method(tab.method), theme) + 2 * px(_GAP) + px(4) + px(_CLOSE) + px(_RIGHT)
        )
        return min(max(fixed + title + self._state_width(tab) + 2, px(_NARROWEST)), px(_WIDEST))

    def _widths(self, tabs: tuple[RequestTab, ...]) -> list[int]:
        return [self._width(tab) for tab in tabs]

    # --- under way ----------------------------------------------------------------------------------------------------
    def _show_sending(self) -> None:
        under_way = {tab.id for tab in self._tabs if tab.sending}
        self._since = {tab_id: since for tab_id, since in self._since.items() if tab_id in under_way}
        for tab_id in under_way - set(self._since):
            self._since[tab_id] = timer = QElapsedTimer()
            timer.start()
        if not under_way:
            self._ticker.stop()
        elif not self._ticker.isActive():
            self._ticker.start()

    def _spins(self, tab: RequestTab) -> bool:
        return tab.sending and tab.id in self._since and self._since[tab.id].elapsed() >= SPINS_AFTER_MS

    def _on_ticker_timeout(self) -> None:
        self._step = (self._step + 1) % _STEPS
        self.update()

    def _on_themes_changed(self) -> None:
        self._measured.clear()
        for i in range(self.count()):
            self.setTabText(i, self.tabText(i))
        self._show_tips()
        self.setIconSize(self.iconSize())
        self.updateGeometry()
        self.update()


def _shape(tab: RequestTab) -> tuple[str, str, str]:
    """Return what a tab's width depends on."""
    return tab.method, tab.title, tab.status


def _state_token(status: str) -> str:
    if status.isdigit():
        return status_token(status)
    return "err" if status == "failed" else "t3"
