"""The lower middle of Compose: what came back."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from explorer.client.exchange import Exchange, Response
from explorer.client.presentation import LONGEST_LINE, BodyKind, BodyView
from explorer.client.status import meaning
from explorer.ui import names
from explorer.ui.models.headers_model import HeadersModel
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.code_view import CodeView
from explorer.ui.widgets.counted_tabs import CountedTabs, Tab
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.empty_state import EmptyState
from explorer.ui.widgets.failure_card import FailureCard
from explorer.ui.widgets.hairline import Hairline
from explorer.ui.widgets.json_syntax import json_runs
from explorer.ui.widgets.status_pill import StatusPill
from explorer.ui.wording import duration_text, size_text

_PRETTY, _RAW, _HEADERS = "pretty", "raw", "headers"
_NOTHING_SENT = "Send the request to see the response."
_COPY, _SAVE = " Copy", " Save as…"  # the space keeps the icon at a distance
_ROOM_FOR_CLOCK, _ROOM_FOR_WORDS = 600, 540  # design pixels
_SENDING = "Waiting for the response…"


class ResponsePanel(QFrame):
    """Shows a response, or why there is none.

    Signals:
        copy_requested: the body is wanted on the clipboard.
        save_requested: the body is wanted in a file.
        send_requested: the person pressed Send where nothing was sent yet.
    """

    copy_requested = Signal()
    save_requested = Signal()
    send_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._view: BodyView | None = None
        self._saves = False
        self._unfilled: set[str] = set()
        self.setObjectName(names.RESPONSE_PANEL)
        self.setProperty("panel", "bg1")
        self.pill = StatusPill(themes)
        self.pill.setObjectName(names.RESPONSE_STATUS)
        self.elapsed = QLabel()
        self.elapsed.setProperty("role", "code")
        self.elapsed.setObjectName(names.RESPONSE_ELAPSED)
        self.size_label = QLabel()
        self.size_label.setProperty("role", "code")
        self.size_label.setObjectName(names.RESPONSE_SIZE)
        self._clock = ElidedLabel(role="text")
        self.tabs = CountedTabs(themes)
        self.tabs.setObjectName(names.RESPONSE_TABS)
        self.tabs.setAccessibleName("Views of the response")
        self.tabs.tab_chosen.connect(self._on_tabs_tab_chosen)
        self.pretty = self._build_code(names.RESPONSE_PRETTY, "Response, laid out")
        self.raw = self._build_code(names.RESPONSE_RAW, "Response, as it came")
        self._headers_model = HeadersModel(self)
        self.headers = self._build_headers()
        self.message = EmptyState(themes)
        self.message.label.setObjectName(names.RESPONSE_MESSAGE)
        self.message.button.setObjectName(names.RESPONSE_ACTION)
        self.message.action_requested.connect(self._on_message_action_requested)
        self.failure = FailureCard(themes)
        self.failure.setObjectName(names.RESPONSE_FAILURE)
        self.pages = QStackedWidget()
        self._headers_page = QWidget()
        headers_layout = QVBoxLayout(self._headers_page)
        headers_layout.addWidget(self.headers)
        themes.metrics.set(headers_layout, margins=(8, 0, 0, 0), spacing=0)
        for page in (self.message, self.pretty, self.raw, self._headers_page, self.failure):
            self.pages.addWidget(page)
        self._build_layout()
        self.set_nothing()

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_nothing(self) -> None:
        """Say that nothing was sent yet."""
        self._view = None
        self._show_strip(pill=False, body=False)
        self._say(_NOTHING_SENT, "Send")

    def set_sending(self) -> None:
        """Say that a request is under way; the response before it stays in sight until the new one is here."""
        if self._view is None:
            self._show_strip(pill=False, body=False)
            self._say(_SENDING)

    def set_exchange(self, exchange: Exchange, view: BodyView | None) -> None:
        """Show what came of a request.

        Args:
            exchange: the request with its response or its failure.
            view: the response's body, made ready; None when there is no response.
        """
        self._clock.set_text(time.strftime("%H:%M:%S", time.localtime(exchange.sent_at)))
        self._view = view
        if exchange.response is not None and view is not None:
            self._show_response(exchange.response, view, exchange.elapsed_ns)
        elif exchange.failure is not None:
            self.elapsed.setText(duration_text(exchange.elapsed_ns))
            self.size_label.setText("")
            cancelled = exchange.failure.cancelled
            self.pill.set_failure("Cancelled" if cancelled else "No response", cancelled=cancelled)
            self._show_strip(pill=True, body=False)
            self.failure.set_failure(exchange.failure)
            self.pages.setCurrentWidget(self.failure)

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [
            self._copy,
            self._save,
            self.tabs,
            self._save_all,
            self.message.button,
            self.pretty,
            self.raw,
            self.headers,
        ]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_strip()

    # --- building -----------------------------------------------------------------------------------------------------
    def _build_layout(self) -> None:
        themes = self._themes
        tabs_row = QHBoxLayout()
        tabs_row.addWidget(self.tabs)
        tabs_row.addStretch(1)
        self._tabs_line = Hairline(themes)
        layout = QVBoxLayout(self)
        layout.addWidget(self._build_strip())
        layout.addLayout(tabs_row)
        layout.addWidget(self._tabs_line)
        layout.addWidget(self._build_cut_bar())
        layout.addWidget(self.pages, 1)
        themes.metrics.set(tabs_row, margins=(16, 0, 16, 0), spacing=0)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)

    def _build_strip(self) -> QWidget:
        self._strip = QWidget()
        self._copy = QPushButton(_COPY)
        self._copy.setObjectName(names.RESPONSE_COPY)
        self._copy.setAccessibleName("Copy the response's body")
        self._copy.setToolTip("Copy the body")
        self._copy.setProperty("variant", "ghost")
        self._copy.clicked.connect(self.copy_requested)
        self._themes.bind_icon(self._copy, "copy", "t2", 13)
        self._save = QPushButton(_SAVE)
        self._save.setObjectName(names.RESPONSE_SAVE)
        self._save.setAccessibleName("Save the response's body in a file")
        self._save.setToolTip("Save the body in a file")
        self._save.setProperty("variant", "ghost")
        self._save.clicked.connect(self.save_requested)
        self._themes.bind_icon(self._save, "down", "t2", 13)
        layout = QHBoxLayout(self._strip)
        layout.addWidget(self.pill)
        layout.addWidget(self.elapsed)
        layout.addWidget(self.size_label)
        layout.addWidget(self._clock)
        layout.addStretch(1)
        layout.addWidget(self._copy)
        layout.addWidget(self._save)
        self._themes.metrics.set(layout, margins=(16, 0, 8, 0), spacing=12)
        self._themes.metrics.set(self._strip, height=44)
        return self._strip

    def _build_cut_bar(self) -> QWidget:
        self._cut_bar = QFrame()
        self._cut_bar.setProperty("panel", "warn")
        self._cut_bar.setProperty("edge", "bottom")
        self._cut = ElidedLabel(role="warning")
        self._cut.setObjectName(names.RESPONSE_CUT)
        self._save_all = QPushButton("Save all")
        self._save_all.setObjectName(names.RESPONSE_SAVE_ALL)
        self._save_all.setAccessibleName("Save the whole body in a file")
        self._save_all.setProperty("variant", "ghost")
        self._save_all.clicked.connect(self.save_requested)
        layout = QHBoxLayout(self._cut_bar)
        layout.addWidget(self._cut)
        layout.addStretch(1)
        layout.addWidget(self._save_all)
        self._themes.metrics.set(layout, margins=(16, 2, 8, 2), spacing=8)
        self._cut_bar.hide()
        return self._cut_bar

    def _build_code(self, name: str, accessible_name: str) -> CodeView:
        view = CodeView(self._themes)
        view.setObjectName(name)
        view.setAccessibleName(accessible_name)
        return view

    def _build_headers(self) -> QTableView:
        table = QTableView()
        table.setObjectName(names.RESPONSE_HEADERS)
        table.setAccessibleName("Headers of the response")
        table.setModel(self._headers_model)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.verticalHeader().hide()
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), table)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self._on_headers_copy_activated)
        return table

    # --- showing ------------------------------------------------------------------------------------------------------
    def _show_response(self, response: Response, view: BodyView, elapsed_ns: int) -> None:
        phrase, sentence = meaning(response.status)
        self.pill.set_status(response.status, phrase or response.reason, sentence)
        self.elapsed.setText(duration_text(elapsed_ns))
        self.size_label.setText(size_text(view.size))
        self._unfilled = {_PRETTY, _RAW}
        self._headers_model.set_headers(response.headers)
        self.tabs.set_tabs(
            (Tab(_PRETTY, "Pretty"), Tab(_RAW, "Raw"), Tab(_HEADERS, "Headers", str(len(response.headers))))
        )
        self._show_strip(pill=True, body=True)
        self._show_page()

    def _show_strip(self, *, pill: bool, body: bool) -> None:
        """Show or hide the facts, and what only makes sense with a response."""
        for widget in (self.pill, self.elapsed, self.size_label):
            widget.setVisible(pill)
        has_bytes = body and self._view is not None and self._view.kind is not BodyKind.EMPTY
        self._strip.setVisible(pill)
        self._copy.setVisible(has_bytes)
        self._save.setVisible(has_bytes)
        self.tabs.setVisible(body)
        self._tabs_line.setVisible(body)
        self._cut_bar.hide()
        self._fit_strip()

    def _fit_strip(self) -> None:
        """Where there is little room, do without the clock, then without the words on the buttons."""
        px = self._themes.theme.px
        self._clock.setVisible(not self.pill.isHidden() and self.width() >= px(_ROOM_FOR_CLOCK))
        self._copy.setText(_COPY if self.width() >= px(_ROOM_FOR_WORDS) else "")
        self._save.setText(_SAVE if self.width() >= px(_ROOM_FOR_WORDS) else "")

    def _show_page(self) -> None:
        view, tab = self._view, self.tabs.chosen
        if view is None:
            return
        self._cut_bar.setVisible(bool(self._cut_sentence(view)) and tab != _HEADERS)
        self._cut.set_text(self._cut_sentence(view))
        self._save_all.setVisible(view.truncated)
        if tab == _HEADERS:
            self.pages.setCurrentWidget(self._headers_page)
        elif view.kind is BodyKind.EMPTY:
            self._say("The response has no body.")
        elif view.kind is BodyKind.BINARY:
            kind = f" of {view.media_type}" if view.media_type else ""
            self._say(f"Binary, {view.size:,} bytes{kind}.", "Save as…")
        else:
            self.pages.setCurrentWidget(self._filled_code(view, tab))

    def _filled_code(self, view: BodyView, tab: str) -> CodeView:
        """Return the page of a tab; its text is put in when the person first looks at it."""
        code, text = (self.pretty, view.pretty) if tab == _PRETTY else (self.raw, view.raw)
        if tab in self._unfilled:
            self._unfilled.remove(tab)
            code.set_coloring(json_runs if view.kind is BodyKind.JSON else None)
            code.set_text(text)
        return code

    def _cut_sentence(self, view: BodyView) -> str:
        if view.kind in (BodyKind.EMPTY, BodyKind.BINARY):
            return ""
        if view.truncated:
            return f"Showing the first {size_text(view.shown)} of {size_text(view.size)}."
        if view.lines_broken and self.tabs.chosen == _RAW:
            return f"Lines longer than {LONGEST_LINE:,} characters are broken here, and only here."
        return ""

    def _say(self, sentence: str, action: str = "") -> None:
        self._saves = action not in ("", "Send")
        self.message.set_message(sentence, action)
        self.pages.setCurrentWidget(self.message)

    # --- reactions ----------------------------------------------------------------------------------------------------
    def _on_tabs_tab_chosen(self, _key: str) -> None:
        self._show_page()

    def _on_message_action_requested(self) -> None:
        (self.save_requested if self._saves else self.send_requested).emit()

    def _on_headers_copy_activated(self) -> None:
        rows = sorted({index.row() for index in self.headers.selectedIndexes()})
        model = self._headers_model
        lines = [f"{model.index(row, 0).data()}: {model.index(row, 1).data()}" for row in rows]
        QApplication.clipboard().setText("\n".join(lines))
