"""The line above the response: status, time, size, and what can be done with all of it."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from explorer.client.exchange import Exchange, Response
from explorer.client.status import meaning
from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.icon_button import IconButton
from explorer.ui.widgets.properties import set_property
from explorer.ui.widgets.status_pill import StatusPill
from explorer.ui.wording import count_text, duration_text, local_time, size_text

_COPY, _SAVE = "Copy", "Save as…"
_LEAST, _HEIGHT = 300, 44
_HIDDEN, _SHORT, _WHOLE = range(3)
_MENU = (
    ("copy_headers", "Copy headers"),
    ("copy_curl", "Copy as curl"),
    ("copy_curl_secrets", "Copy as curl, with secrets"),
    ("", ""),
    ("save_headers", "Save headers…"),
    ("save_wire", "Save the bytes received…"),
)


class ResponseStrip(QWidget):
    """Facts at the left, actions at the right; where there is little room, some of it is left out.

    Signals:
        copy_requested: the body is wanted on the clipboard.
        save_requested: the body is wanted in a file.
        entry_chosen: an entry of the menu, such as ``copy_headers``.
        verdict_chosen: the person wants to see what the schema has to say.
        hops_chosen: the person wants to see the redirects.
    """

    copy_requested = Signal()
    save_requested = Signal()
    entry_chosen = Signal(str)
    verdict_chosen = Signal()
    hops_chosen = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._size, self._on_wire, self._verdict, self._hops = "", "", "", ""
        self._verdict_shown: tuple[str, bool, bool, str] | None = None
        self._has_body = self._has_exchange = False
        self.pill = StatusPill(themes)
        self.pill.setObjectName(names.RESPONSE_STATUS)
        self.elapsed = self._make_fact(names.RESPONSE_ELAPSED, "Time", "From the call to the last byte")
        self.size_label = self._make_fact(names.RESPONSE_SIZE, "Size", "Of the body, unpacked")
        self.clock = ElidedLabel(role="text")
        self.clock.setObjectName(names.RESPONSE_CLOCK)
        self.verdict = self._make_link(names.RESPONSE_VERDICT)
        self.verdict.clicked.connect(self.verdict_chosen)
        self.hops = self._make_link(names.RESPONSE_HOPS)
        self.hops.clicked.connect(self.hops_chosen)
        self.hops.setProperty("tone", "info")
        self.copy = self._make_button(names.RESPONSE_COPY, "copy", "Copy the response's body")
        self.copy.clicked.connect(self.copy_requested)
        self.save = self._make_button(names.RESPONSE_SAVE, "down", "Save the response's body in a file")
        self.save.clicked.connect(self.save_requested)
        self.more = IconButton(themes, "more", "More to copy and to save")
        self.more.setObjectName(names.RESPONSE_MORE)
        self.more.clicked.connect(self._on_more_clicked)
        self.menu = self._make_menu()
        self._row = QHBoxLayout(self)
        for widget in (self.pill, self.elapsed, self.size_label, self.clock, self.hops, self.verdict):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        for button in (self.copy, self.save, self.more):
            self._row.addWidget(button)
        themes.metrics.set(self._row, margins=(16, 0, 8, 0), spacing=10)
        themes.metrics.set(self, height=_HEIGHT)
        themes.changed.connect(self._fit)

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_exchange(self, exchange: Exchange) -> None:
        """Show what came of a request."""
        response = exchange.response
        self._has_exchange, self._has_body = True, response is not None and bool(response.body)
        self.clock.set_text(time.strftime("%H:%M:%S", local_time(exchange.sent_at)))
        self.elapsed.setText(duration_text(exchange.elapsed_ns))
        self._size = size_text(response.body.size) if response is not None else ""
        self._on_wire = _wire_text(response) if response is not None else ""
        self._hops = count_text(len(exchange.hops), "redirect") if exchange.hops else ""
        self._show_pill(exchange)
        self._put_verdict("", known=False)
        self._fit()

    def set_arriving(self, response: Response, arrived: int) -> None:
        """Show what is known of a response that is on its way."""
        self.pill.set_status(response.status, *meaning(response.status, response.reason))
        self._has_exchange = self._has_body = False
        self.elapsed.setText("")
        self.clock.set_text("")
        self._on_wire = self._hops = ""
        self._put_verdict("", known=False)
        self.set_arrived(arrived)

    def set_arrived(self, arrived: int) -> None:
        """Show how much of the body is here."""
        self._size = size_text(arrived)
        self._fit()

    def set_verdict(self, verdict: str, *, known: bool, good: bool = True, tool_tip: str = "") -> None:
        """Show what the schema says; `known` tells whether it says anything that is good or not."""
        if self._put_verdict(verdict, known=known, good=good, tool_tip=tool_tip):
            self._fit()

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self.hops, self.verdict, self.copy, self.save, self.more]

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the room for what cannot be left out; else a long verdict would make the whole pane wider."""
        px = self._themes.theme.px
        return QSize(px(_LEAST), px(_HEIGHT))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # --- building -----------------------------------------------------------------------------------------------------
    def _make_fact(self, name: str, what: str, tool_tip: str) -> QLabel:
        label = QLabel()
        label.setProperty("role", "code")
        label.setObjectName(name)
        label.setAccessibleDescription(what)
        label.setToolTip(tool_tip)
        return label

    def _make_link(self, name: str) -> QPushButton:
        link = QPushButton()
        link.setObjectName(name)
        link.setProperty("variant", "fact")
        return link

    def _make_button(self, name: str, icon: str, what: str) -> QPushButton:
        button = QPushButton()
        button.setObjectName(name)
        button.setAccessibleName(what)
        button.setToolTip(what)
        button.setProperty("variant", "ghost")
        self._themes.bind_icon(button, icon, "t2", 13)
        return button

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName(names.RESPONSE_MENU)
        for key, label in _MENU:
            if not key:
                menu.addSeparator()
                continue
            action = QAction(label, menu)
            action.setObjectName(names.RESPONSE_MENU_ENTRY.format(entry=key))
            action.triggered.connect(self._teller(key))
            menu.addAction(action)
        return menu

    def _teller(self, key: str) -> Callable[[], None]:
        return lambda: self.entry_chosen.emit(key)

    # --- showing ------------------------------------------------------------------------------------------------------
    def _put_verdict(self, verdict: str, *, known: bool, good: bool = True, tool_tip: str = "") -> bool:
        """Take a verdict over without making room for it; returns whether it is another one."""
        new = (verdict, known, good, tool_tip)
        if new == self._verdict_shown:
            return False
        self._verdict_shown, self._verdict = new, verdict
        if not verdict:  # it is about to hide: dressing it for nothing takes half a millisecond
            return True
        tone = ("ok" if good else "warn") if known else ""
        set_property(self.verdict, "tone", tone)
        icon = "info" if not known else "check" if good else "alert"
        self._themes.bind_icon(self.verdict, icon, tone or "t2", 12)
        self.verdict.setToolTip(as_written(tool_tip or verdict))
        self.verdict.setAccessibleName(verdict)
        return True

    def _show_pill(self, exchange: Exchange) -> None:
        response, failure = exchange.response, exchange.failure
        if response is not None:
            self.pill.set_status(response.status, *meaning(response.status, response.reason))
        elif failure is not None:
            text = "Cancelled" if failure.cancelled else "No response"
            self.pill.set_failure(text, cancelled=failure.cancelled)

    def _fit(self) -> None:
        """Show everything, and then less and less of what can be missed until it fits."""
        levels = {"clock": _WHOLE, "words": _WHOLE, "wire": _WHOLE, "verdict": _WHOLE, "hops": _WHOLE}
        self._apply(levels)
        steps = ("clock", "words", "wire", "verdict", "hops")
        for step in steps:
            if self._row.minimumSize().width() + self._pill_gap() <= self.width():
                break
            levels[step] = _SHORT if step in ("verdict", "hops") else _HIDDEN
            self._apply(levels)

    def _pill_gap(self) -> int:
        """Return how much wider the pill would like to be than it must be."""
        return self.pill.sizeHint().width() - self.pill.minimumSizeHint().width()

    def _apply(self, levels: dict[str, int]) -> None:
        words = levels["words"] == _WHOLE
        self.clock.setVisible(bool(self.clock.whole_text) and levels["clock"] == _WHOLE)
        self.clock.setMinimumWidth(self.clock.sizeHint().width())
        self.elapsed.setVisible(bool(self.elapsed.text()))
        wire = f" · {self._on_wire}" if self._on_wire and levels["wire"] == _WHOLE else ""
        self.size_label.setText(self._size + wire)
        self.size_label.setToolTip(f"{self._size} unpacked, {self._on_wire}" if self._on_wire else "Of the body")
        self.size_label.setVisible(bool(self._size))
        self.verdict.setVisible(bool(self._verdict))
        self.verdict.setText(self._verdict if levels["verdict"] == _WHOLE else "")
        self.hops.setVisible(bool(self._hops))
        self.hops.setText(self._hops if levels["hops"] == _WHOLE else self._hops.partition(" ")[0])
        self.hops.setToolTip(f"{self._hops} followed")
        self.hops.setAccessibleName(f"{self._hops} followed")
        self.copy.setText(_COPY if words else "")
        self.save.setText(_SAVE if words else "")
        for button in (self.verdict, self.copy, self.save):
            self._themes.fit_icon(button)
        self.copy.setVisible(self._has_body)
        self.save.setVisible(self._has_body)
        self.more.setVisible(self._has_exchange)
        self._row.invalidate()
        self._row.activate()

    def _on_more_clicked(self) -> None:
        self.menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))


def _wire_text(response: Response) -> str:
    """Return how many bytes of the body were on the wire, when these are others than are shown."""
    packed = (response.header("content-encoding") or "identity").strip().lower() not in ("", "identity")
    if not packed or response.wire_size == response.body.size:
        return ""
    return f"{size_text(response.wire_size)} on the wire"
