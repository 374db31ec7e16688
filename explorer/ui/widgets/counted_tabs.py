"""Tabs with a number beside the word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.chip import chip_font

_HEIGHT = 34
_BETWEEN = 26
_COUNT_GAP = 8
_COUNT_PADDING = 6
_COUNT_HEIGHT = 17


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab.

    Attributes:
        key: what the program calls it.
        label: what a person reads.
        count: what stands beside it; empty for nothing.
        error: whether the count counts mistakes.
    """

    key: str
    label: str
    count: str = ""
    error: bool = False


class CountedTabs(QTabBar):
    """A tab bar in the design's look.

    Signals:
        tab_chosen: the person chose a tab; its key.
    """

    tab_chosen = Signal(str)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._tabs: tuple[Tab, ...] = ()
        self._filling = False
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.currentChanged.connect(self._on_current_changed)
        themes.changed.connect(self._on_themes_changed)

    def set_tabs(self, tabs: Sequence[Tab]) -> None:
        """Show these tabs; the chosen one stays chosen if it is still there. Emits nothing."""
        tabs = tuple(tabs)
        if tabs == self._tabs:
            return
        chosen = self.chosen
        self._filling = True
        self._tabs = tabs
        while self.count() > len(tabs):
            self.removeTab(self.count() - 1)
        for i, tab in enumerate(tabs):
            if i < self.count():
                self.setTabText(i, tab.label)
            else:
                self.addTab(tab.label)
            self.setAccessibleTabName(i, f"{tab.label}, {tab.count}" if tab.count else tab.label)
        self._filling = False
        self.choose(chosen)
        self._on_themes_changed()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the tabs, from left to right."""
        return tuple(tab.key for tab in self._tabs)

    @property
    def chosen(self) -> str:
        """The key of the chosen tab; empty when there are none."""
        return self._tabs[self.currentIndex()].key if 0 <= self.currentIndex() < len(self._tabs) else ""

    def choose(self, key: str) -> None:
        """Choose a tab without a signal; an unknown key chooses the first."""
        self._filling = True
        self.setCurrentIndex(next((i for i, tab in enumerate(self._tabs) if tab.key == key), 0))
        self._filling = False

    @override
    def tabSizeHint(self, index: int) -> QSize:
        theme = self._themes.theme
        return QSize(self._content_width(index) + theme.px(_BETWEEN), theme.px(_HEIGHT))

    @override
    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for i, tab in enumerate(self._tabs[: self.count()]):
            rect = self.tabRect(i)
            rect.setWidth(self._content_width(i))
            chosen = i == self.currentIndex()
            painter.setFont(theme.font("control"))
            painter.setPen(theme.color("t1" if chosen else "t2"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, tab.label)
            if tab.count:
                self._paint_count(painter, rect, tab)
            if chosen:
                painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), theme.color("acc"))
                if self.hasFocus():
                    painter.setPen(theme.color("acc"))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 3.5, -0.5, -4.5), 3, 3)

    def _paint_count(self, painter: QPainter, rect: QRect, tab: Tab) -> None:
        theme = self._themes.theme
        font = chip_font(theme, code=False)
        width = self._count_width(tab)
        height = theme.px(_COUNT_HEIGHT)
        box = QRectF(rect.right() + 1 - width, rect.center().y() - height / 2 + 0.5, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tint("err") if tab.error else theme.color("bg3"))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(theme.color("err" if tab.error else "t2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tab.count)

    def _count_width(self, tab: Tab) -> int:
        theme = self._themes.theme
        text = QFontMetrics(chip_font(theme, code=False)).horizontalAdvance(tab.count)
        return max(theme.px(_COUNT_HEIGHT), text + 2 * theme.px(_COUNT_PADDING))

    def _content_width(self, index: int) -> int:
        tab = self._tabs[index] if index < len(self._tabs) else Tab("", "")
        theme = self._themes.theme
        width = QFontMetrics(theme.font("control")).horizontalAdvance(tab.label)
        return width + (theme.px(_COUNT_GAP) + self._count_width(tab) if tab.count else 0)

    def _on_current_changed(self, index: int) -> None:
        if not self._filling and 0 <= index < len(self._tabs):
            self.tab_chosen.emit(self._tabs[index].key)

    def _on_themes_changed(self) -> None:
        # Qt keeps the tabs' sizes until something about a tab changes.
        for i in range(self.count()):
            self.setTabText(i, self.tabText(i))
        self.setIconSize(self.iconSize())
        self.updateGeometry()
        self.update()
