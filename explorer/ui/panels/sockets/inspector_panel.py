"""The Inspector of the Sockets room: the handshake, the chosen frame, the close codes; and the X-ray of the client."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from explorer.client.sockets.record import Entry, Handshake, SocketStatus
from explorer.trace.journey import Journey
from explorer.ui import names
from explorer.ui.focus import chain_focus
from explorer.ui.panels.sockets.inspector_close import CloseBar, CodesSection
from explorer.ui.panels.sockets.inspector_frame import EntryTimes, FrameSection
from explorer.ui.panels.sockets.inspector_handshake import HandshakeSection
from explorer.ui.panels.xray_panel import XRayNames, XRayPanel
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.counted_tabs import TABS_LEAD, CountedTabs, Tab
from explorer.ui.widgets.hairline import Hairline

INSPECTOR = "inspector"
XRAY = "xray"

_OF_SOCKET = XRayNames(
    panel=names.SOCKET_XRAY,
    trace=names.SOCKET_XRAY_TRACE,
    mode=names.SOCKET_XRAY_MODE,
    axis=names.SOCKET_XRAY_AXIS,
    view=names.SOCKET_XRAY_VIEW,
    empty="Connect a client to see what its handshake does inside the server, and how the connection ends.",
)


class InspectorPanel(QFrame):
    """Shows what is known of one client of a WebSocket, and of one line of its log.

    Signals:
        close_requested: the client is to be closed; code and reason.
        tab_chosen: `INSPECTOR` or `XRAY`.
    """

    close_requested = Signal(int, str)
    tab_chosen = Signal(str)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setObjectName(names.SOCKET_INSPECTOR)
        self.setProperty("panel", "bg0")
        self.tabs = CountedTabs(themes)
        self.tabs.setObjectName(names.SOCKET_INSPECTOR_TABS)
        self.tabs.setAccessibleName("Inspector or X-ray")
        self.tabs.set_tabs((Tab(INSPECTOR, "Inspector"), Tab(XRAY, "X-ray")))
        self.tabs.tab_chosen.connect(self._on_tab_chosen)
        self.handshake = HandshakeSection(themes)
        self.frame = FrameSection(themes)
        self.codes = CodesSection(themes)
        self.closing = CloseBar(themes)
        self.codes.code_chosen.connect(self.closing.set_code)
        self.closing.close_requested.connect(self.close_requested)
        self.xray = XRayPanel(themes, called=_OF_SOCKET)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._build_inspector())
        self.pages.addWidget(self.xray)
        layout = QVBoxLayout(self)
        layout.addWidget(self._build_head())
        layout.addWidget(self.pages, 1)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)
        chain_focus(
            [
                self.tabs,
                *self.handshake.focus_chain(),
                *self.frame.focus_chain(),
                self.codes.table,
                *self.closing.focus_chain(),
            ]
        )
        self.set_client("", None)

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_client(self, name: str, status: SocketStatus | None, *, foreign: bool = False) -> None:
        """Say whose things are shown, and how it stands; None for no client. A foreign one cannot be closed here."""
        self.handshake.set_client(name, foreign=foreign)
        self.closing.set_client(name, None if foreign else status)
        self.codes.set_code(status.code if status is not None else None)

    def set_handshake(self, handshake: Handshake | None) -> None:
        """Show the client's handshake as far as it has come; None for none."""
        self.handshake.set_handshake(handshake)

    def set_entry(self, entry: Entry | None, payload: bytes = b"", times: EntryTimes | None = None) -> None:
        """Show the chosen line of the log with its whole payload; None for none."""
        self.frame.set_entry(entry, payload, times or EntryTimes())

    def set_journey(self, journey: Journey | None) -> None:
        """Show the X-ray of the client's connection as far as it is known; None for none."""
        self.xray.set_journey(journey)

    def show_tab(self, key: str) -> None:
        """Show `INSPECTOR` or `XRAY`."""
        self.tabs.choose(key)
        self._show_chosen()

    # --- what the person does -----------------------------------------------------------------------------------------
    def _on_tab_chosen(self, key: str) -> None:
        self._show_chosen()
        self.tab_chosen.emit(key)

    def _show_chosen(self) -> None:
        self.pages.setCurrentIndex(self.tabs.keys.index(self.tabs.chosen))

    # --- how it is built ----------------------------------------------------------------------------------------------
    def _build_head(self) -> QWidget:
        head = QFrame()
        head.setProperty("edge", "bottom")
        layout = QHBoxLayout(head)
        layout.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addStretch(1)
        self._themes.metrics.set(layout, margins=(12 - TABS_LEAD, 0, 12, 0), spacing=0)
        self._themes.metrics.set(head, height=44)
        return head

    def _build_inspector(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        for section in (self.handshake, Hairline(self._themes), self.frame, Hairline(self._themes), self.codes):
            column.addWidget(section)
        column.addStretch(1)
        self._themes.metrics.set(column, margins=(0, 0, 0, 0), spacing=0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.addWidget(scroll, 1)
        layout.addWidget(self.closing)
        self._themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)
        return page
