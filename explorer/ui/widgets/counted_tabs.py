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

TABS_LEAD = 6
"""What lies before the first word, for the frame around it, in design pixels; whoever places tabs takes it off."""

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


@dataclass(frozen=True, slots=True)
class _Measures:
    """How wide everything is, in pixels: Qt asks for it so often that it is reckoned once.

    Attributes:
        whole: of all tabs with all their counts, without what lies between them.
        between: what lies between two tabs.
        widths: of the tabs, as they are shown.
        counted: whose counts are shown.
    """

    whole: int
    between: int
    widths: tuple[int, ...]
    counted: tuple[bool, ...]


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
        self._building = False
        self._gives_way = False
        self._measured_for: tuple[Theme, tuple[Tab, ...], int] | None = None
        self._measures = _Measures(0, 0, (), ())
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
        self._filling = self._building = True
        self._tabs = tabs
        while self.count() > len(tabs):
            self.removeTab(self.count() - 1)
        for i, tab in enumerate(tabs):
            if i < self.count():
                self.setTabText(i, tab.label)
            else:
                self.addTab(tab.label)
            self.setAccessibleTabName(i, f"{tab.label}, {tab.count}" if tab.count else tab.label)
        self._filling = self._building = False
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
        height = self._themes.theme.px(_HEIGHT)
        if self._building or index >= len(self._tabs):
            return QSize(0, height)  # all are laid out again for each that is added, and once more at the end
        measures = self._measure()
        return QSize(measures.widths[index] + measures.between, height)

    @override
    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    @override
    def sizeHint(self) -> QSize:
        if not self._gives_way:
            return super().sizeHint()
        px = self._themes.theme.px
        return QSize(self._measure().whole + len(self._tabs) * px(_BETWEEN), px(_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._themes.theme.px(120), self.sizeHint().height()) if self._gives_way else self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        measures = self._measure()
        for i, tab in enumerate(self._tabs[: self.count()]):
            rect = self.tabRect(i)
            rect = QRect(rect.left() + theme.px(TABS_LEAD), rect.top(), measures.widths[i], rect.height())
            chosen = i == self.currentIndex()
            painter.setFont(theme.font("control"))
            painter.setPen(theme.color("t1" if chosen else "t2"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, tab.label)
            if measures.counted[i]:
                self._paint_count(painter, rect, tab)
            if chosen:
                painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), theme.color("acc"))
                if self.hasFocus():
                    painter.setPen(theme.color("acc"))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    lead = theme.px(TABS_LEAD) - 0.5
                    painter.drawRoundedRect(QRectF(rect).adjusted(-lead, 3.5, lead, -4.5), 3, 3)

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

    def _measure(self) -> _Measures:
        theme, room = self._themes.theme, self.width() if self._gives_way else -1
        if self._measured_for != (theme, self._tabs, room):
            self._measured_for = (theme, self._tabs, room)
            self._measures = self._reckon(theme, room)
        return self._measures

    def _reckon(self, theme: Theme, room: int) -> _Measures:
        """Measure the tabs; `room` is how wide they may be, -1 for as wide as they like."""
        tabs, usual, least = self._tabs, theme.px(_BETWEEN), theme.px(_BETWEEN_AT_LEAST)
        labels, counts = [self._label_width(tab) for tab in tabs], [self._beside_width(tab) for tab in tabs]
        whole = sum(labels) + sum(counts)
        # A count that says something is shown in any case, others where there is room for all.
        fits = room < 0 or whole + len(tabs) * least <= room
        counted = tuple(bool(tab.count) and (fits or bool(tab.count_token)) for tab in tabs)
        widths = tuple(label + count * shown for label, count, shown in zip(labels, counts, counted, strict=True))
        between = usual
        if room >= 0 and tabs:
            between = max(least, min(usual, (room - sum(widths)) // len(tabs)))
        return _Measures(whole, between, widths, counted)

    def _label_width(self, tab: Tab) -> int:
        return QFontMetrics(self._themes.theme.font("control")).horizontalAdvance(tab.label)

    def _beside_width(self, tab: Tab) -> int:
        return self._themes.theme.px(_COUNT_GAP) + self._count_width(tab) if tab.count else 0

    def _on_current_changed(self, index: int) -> None:
        if not self._filling and 0 <= index < len(self._tabs):
            self.tab_chosen.emit(self._tabs[index].key)

    def _on_themes_changed(self) -> None:
        if self.count():  # Qt keeps the sizes of all tabs until something about one of them changes
            self.setTabText(0, self.tabText(0))
        self.setIconSize(self.iconSize())
        self.updateGeometry()
        self.update()
