"""Tabs with a number beside the word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.theme.theme import Theme
from explorer.ui.widgets.chip import chip_font

_HEIGHT = 34
_BETWEEN = 26
_BETWEEN_AT_LEAST = 12
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
        tone: the colour of the count when it says how things are; empty for a plain one.
    """

    key: str
    label: str
    count: str = ""
    error: bool = False
    tone: str = ""

    @property
    def count_token(self) -> str:
        """The colour of the count; empty for a plain one."""
        return "err" if self.error else self.tone


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
        self._gives_way = False
        self._measured: tuple[Theme, tuple[Tab, ...], int] | None = None
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

    def set_gives_way(self, gives_way: bool) -> None:
        """Let the tabs move together where there is little room; the bar must then have all the room there is."""
        self._gives_way = gives_way
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
        return QSize(self._content_width(index) + self._between(), theme.px(_HEIGHT))

    @override
    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    @override
    def sizeHint(self) -> QSize:
        if not self._gives_way:
            return super().sizeHint()
        px = self._themes.theme.px
        return QSize(self._whole_width() + len(self._tabs) * px(_BETWEEN), px(_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._themes.theme.px(120), self.sizeHint().height()) if self._gives_way else self.sizeHint()

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
            if self._shows_count(tab):
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
        painter.setBrush(theme.tint(tab.count_token) if tab.count_token else theme.color("bg3"))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(theme.color(tab.count_token or "t2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tab.count)

    def _count_width(self, tab: Tab) -> int:
        theme = self._themes.theme
        text = QFontMetrics(chip_font(theme, code=False)).horizontalAdvance(tab.count)
        return max(theme.px(_COUNT_HEIGHT), text + 2 * theme.px(_COUNT_PADDING))

    def _between(self) -> int:
        px = self._themes.theme.px
        if not self._gives_way or not self._tabs:
            return px(_BETWEEN)
        content = sum(self._content_width(i) for i in range(len(self._tabs)))
        return max(px(_BETWEEN_AT_LEAST), min(px(_BETWEEN), (self.width() - content) // len(self._tabs)))

    def _shows_count(self, tab: Tab) -> bool:
        """Tell whether there is room for a count; one that says something is shown in any case."""
        if not tab.count or tab.count_token or not self._gives_way:
            return bool(tab.count)
        least = len(self._tabs) * self._themes.theme.px(_BETWEEN_AT_LEAST)
        return self._whole_width() + least <= self.width()

    def _whole_width(self) -> int:
        """Return how wide all tabs with all their counts are, without what lies between them."""
        theme = self._themes.theme
        if self._measured is None or self._measured[:2] != (theme, self._tabs):
            widths = [self._label_width(tab) + self._beside_width(tab) for tab in self._tabs]
            self._measured = (theme, self._tabs, sum(widths))
        return self._measured[2]

    def _content_width(self, index: int) -> int:
        tab = self._tabs[index] if index < len(self._tabs) else Tab("", "")
        return self._label_width(tab) + (self._beside_width(tab) if self._shows_count(tab) else 0)

    def _label_width(self, tab: Tab) -> int:
        return QFontMetrics(self._themes.theme.font("control")).horizontalAdvance(tab.label)

    def _beside_width(self, tab: Tab) -> int:
        return self._themes.theme.px(_COUNT_GAP) + self._count_width(tab) if tab.count else 0

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
