"""The palette: one line in which a person types what is wanted, and a list of what fits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from explorer.ui import names
from explorer.ui.delegates.palette_delegate import ROW_HEIGHT, PaletteDelegate
from explorer.ui.models.palette_model import PaletteEntry, PaletteModel
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.hairline import Hairline
from explorer.ui.widgets.icon_label import IconLabel
from explorer.ui.widgets.row_frame import RowList

_WIDTH = 560
_ROWS = 12  # in sight at once
_TOP = 4  # so that nothing of the button below it is seen
_HELP = "↑ ↓ choose · Enter runs · Esc closes"
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Palette(QFrame):
    """Opens over a window at its top. When it closes, the keyboard is again where it was."""

    def __init__(self, themes: Themes, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self._themes = themes
        self._before: QWidget | None = None
        self._rows = _ROWS
        self.setObjectName(names.PALETTE)
        self.setAccessibleName("Search or run a command")
        self.setProperty("panel", "popup")
        self.model = PaletteModel(self)
        self.line = QLineEdit()
        self.line.setObjectName(names.PALETTE_LINE)
        self.line.setAccessibleName("What you look for")
        self.line.setPlaceholderText("A command, an operation such as GET /items, a table, what you sent …")
        self.line.setProperty("variant", "plain")
        self.line.textChanged.connect(self._on_line_text_changed)
        self.line.installEventFilter(self)
        self.list = self._build_list()
        self.message = QLabel()
        self.message.setObjectName(names.PALETTE_MESSAGE)
        self.message.setProperty("role", "caption")
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self._build_layout()
        self._show_state()

    def offer(self, entries: Sequence[PaletteEntry]) -> None:
        """Offer more than what is offered already. What a person has gone to stays chosen; else the best is."""
        index = self.list.currentIndex()
        chosen = self.model.entry(index) if index.row() > 0 else None
        self.model.add_entries(entries)
        shown = self.model.shown
        self._choose(shown.index(chosen) if chosen is not None and chosen in shown else 0)

    def open_over(self, window: QWidget, entries: Sequence[PaletteEntry]) -> None:
        """Open at the top of a window, in its middle, with nothing typed and these entries."""
        self.line.clear()
        self.model.clear()
        self.offer(entries)
        self._before = QApplication.focusWidget()
        px = self._themes.theme.px
        self.setFixedWidth(min(px(_WIDTH), window.width() - 2 * px(_TOP)))
        self._rows = max(1, min(_ROWS, window.height() // 2 // px(ROW_HEIGHT)))
        self._show_state()
        self.move(window.mapToGlobal(QPoint((window.width() - self.width()) // 2, px(_TOP))))
        self.show()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the keys that lead through a list do so while the line has the keyboard."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self.line:
            if event.key() in _LIST_KEYS:
                QApplication.sendEvent(self.list, event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run()
                return True
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run()
        else:
            super().keyPressEvent(event)

    def _run(self) -> None:
        entry = self.model.entry(self.list.currentIndex())
        if entry is not None and not entry.why_not:
            self.close()  # first, so that the command meets the keyboard where it was
            entry.run()

    def _choose(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row, 0))
        self._show_state()

    def _on_line_text_changed(self, text: str) -> None:
        self.model.set_wanted(text)
        self._choose(0)

    def _show_state(self) -> None:
        text, count = self.line.text().strip(), self.model.rowCount()
        self.list.setVisible(count > 0)
        self.list.setFixedHeight(self._themes.theme.px(ROW_HEIGHT) * min(count, self._rows))
        self.adjustSize()
        nothing = text and not count
        self.message.setText(f"Nothing here is called “{text}”." if nothing else _HELP)

    def _build_list(self) -> RowList:
        view = RowList(self._themes)
        view.setObjectName(names.PALETTE_LIST)
        view.setAccessibleName("What fits, the best first")
        view.setModel(self.model)
        view.setItemDelegate(PaletteDelegate(self._themes, view))
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.clicked.connect(lambda _index: self._run())
        return view

    def _build_layout(self) -> None:
        head = QHBoxLayout()
        head.addWidget(IconLabel(self._themes, "search", "t3", 15))
        head.addWidget(self.line, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.message)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(Hairline(self._themes))
        layout.addWidget(self.list)
        layout.addWidget(Hairline(self._themes))
        layout.addLayout(foot)
        set_sizes = self._themes.metrics.set
        set_sizes(self.line, height=30)
        set_sizes(head, margins=(16, 8, 14, 8), spacing=10)
        set_sizes(foot, margins=(16, 6, 14, 7), spacing=0)
        set_sizes(layout, margins=(1, 1, 1, 1), spacing=0)
