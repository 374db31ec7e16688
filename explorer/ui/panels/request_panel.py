"""The upper middle of Compose: the request in the making."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from explorer.client.auth import has_own_authorization
from explorer.client.draft import BodyKind, RequestDraft
from explorer.client.editors import editor_of
from explorer.client.rows import rows_of
from explorer.client.urls import join_url
from explorer.openapi.hints import Hint
from explorer.openapi.operations import Catalogue, Location, Operation
from explorer.ui import names
from explorer.ui.focus import chain_focus, show_focus
from explorer.ui.models.request_parts import AUTH, BODY, OPTIONS, request_tabs
from explorer.ui.override import override
from explorer.ui.panel_keys import PanelStop
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.auth_page import AuthPage
from explorer.ui.widgets.body_section import BodySection
from explorer.ui.widgets.chip import Chip
from explorer.ui.widgets.counted_tabs import TABS_LEAD, CountedTabs
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.hairline import Hairline
from explorer.ui.widgets.options_page import OptionsPage
from explorer.ui.widgets.parameter_row import ParameterRow
from explorer.ui.widgets.parameter_section import Editors
from explorer.ui.widgets.parameter_table import Edit, ParameterKey, ParameterTable
from explorer.ui.widgets.request_notice import RequestNotice
from explorer.ui.widgets.send_button import SendButton
from explorer.ui.widgets.url_bar import UrlBar

_ROOMY = 560  # design pixels; in less, Send does without its keys
_TALL = 250  # design pixels; in less, the title gives its room to the form
_TITLED = 280  # design pixels; in less, the titles of the columns do so, too
_BODILESS = ("GET", "HEAD")


class RequestPanel(QFrame):
    """Shows a draft and says what the person changes in it.

    Signals:
        draft_edited: the person changed something; the whole new `RequestDraft`.
        url_edited: the text of the URL bar, address included.
        pasted: a curl command or a whole URL was pasted into the URL bar; its text.
        send_requested, cancel_requested: the person pressed Send, or Cancel.
        example_requested: an example is wanted in the body.
        format_requested: the body is to be laid out.
        copy_url_requested: the URL is wanted on the clipboard.
        start_requested: the stopped server is to be started.
        form_requested: the URL typed by hand is to give way to the form's.
        token_requested: a token is to be asked for now.
        token_forgotten: the token that is held is to be thrown away.
        jar_requested: the person wants to see the cookie jar.
        url_shown: the draft has another URL; the whole of it, empty while there is no server.
    """

    draft_edited = Signal(object)
    url_edited = Signal(str)
    pasted = Signal(str)
    send_requested = Signal()
    cancel_requested = Signal()
    example_requested = Signal()
    format_requested = Signal()
    copy_url_requested = Signal()
    start_requested = Signal()
    form_requested = Signal()
    token_requested = Signal()
    token_forgotten = Signal()
    jar_requested = Signal()
    url_shown = Signal(str)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._operation: Operation | None = None
        self._draft = RequestDraft(method="GET", path="/")
        self._shown: RequestDraft | None = None  # the draft of this operation that is on show
        self._editors: Editors = {}
        self._parameter_hints: Mapping[ParameterKey, tuple[Hint, ...]] = {}
        self._jar_cookies: tuple[tuple[str, str], ...] = ()
        self._url = ""
        self._trouble = ""
        self._can_start = False
        self.setObjectName(names.REQUEST_PANEL)
        self.setProperty("panel", "bg1")
        self.url_bar = UrlBar(themes, self)
        self.send_button = SendButton(themes, self)
        self.tabs = CountedTabs(themes, self)
        self.tabs.setObjectName(names.REQUEST_TABS)
        self.tabs.setAccessibleName("Parts of the request")
        self.tabs.set_gives_way(True)
        self._notice = RequestNotice(themes, self)
        self._pages = QStackedWidget(self)
        themes.metrics.set(self._pages, min_height=36)  # one row: all pages scroll
        self._scroll = self._build_scroll()
        self.auth = AuthPage(themes, self._pages)
        self.options = OptionsPage(themes, self._pages)
        for page in (self._scroll, self.auth, self.options):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.addWidget(self._build_title())
        layout.addLayout(self._build_bar())
        layout.addWidget(self._notice)
        layout.addLayout(self._build_tabs())
        layout.addWidget(Hairline(themes))
        layout.addWidget(self._pages, 1)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)
        self._connect()
        self._show_rows()

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_operation(self, operation: Operation | None, catalogue: Catalogue | None = None) -> None:
        """Show the form of an operation, with no value in it yet; of a blank request for None.

        Args:
            operation: what the request belongs to.
            catalogue: where the operation is from, for the references in its schemas and for its security schemes.
        """
        same = operation is not None and self._operation is not None and operation.key == self._operation.key
        self._operation = operation
        self.url_bar.begin()
        document = catalogue.document if catalogue is not None else {}
        parameters = operation.parameters if operation is not None else ()
        self._editors = {(p.location, p.name): editor_of(p, document) for p in parameters}
        self._shown = None
        self._draft = RequestDraft(method="GET", path="/")
        if operation is not None:
            self._draft = RequestDraft(method=operation.method, path=operation.path)
        self._parameter_hints = {}
        self._title.set_text(operation.summary or operation.key if operation is not None else "New request")
        self._tag.set_text(operation.tags[0] if operation is not None and operation.tags else "")
        self._function.set_text(operation.function if operation is not None else "")
        self.table.set_hints({})
        self._show_rows()
        self.body.set_operation(operation, document)
        self.auth.set_operation(operation, catalogue)
        self._show_tabs()
        self._order_focus()
        if not same:  # else the app was read anew, and the person goes on where they were
            self._pages.setCurrentWidget(self._scroll)
            self.tabs.choose("")  # the first
            self._scroll.verticalScrollBar().setValue(0)

    def set_draft(self, draft: RequestDraft, url: str, base_url: str) -> None:
        """Show a draft. The cursor stays where a person types.

        Args:
            draft: what is to be sent.
            url: its path and query.
            base_url: the server's address; empty while there is none.
        """
        self.url_bar.set_request(draft.method, draft.path, base_url, url)
        if draft is not self._shown:  # else it was just edited here, and all but its address is on show
            self._show(draft)
        whole = join_url(base_url, url) if base_url else ""
        if whole != self._url:
            self._url = whole
            self.url_shown.emit(whole)

    def set_parameter_hints(self, hints: Mapping[ParameterKey, tuple[Hint, ...]]) -> None:
        """Show what the schema says of the values; values that are not named are fine."""
        self._parameter_hints = hints
        self.table.set_hints(hints)
        wrong = [name for (location, name), those in hints.items() if location is Location.PATH and _errors(those)]
        self.url_bar.set_wrong_parameters(wrong)
        self._show_tabs()

    def set_body_hints(self, hints: tuple[Hint, ...], notes: Mapping[int, str]) -> None:
        """Show what the schema says of the body, and what it wants, by 0-based line."""
        self.body.set_hints(hints, notes)
        self._show_tabs()

    def set_token_state(self, sentence: str, tone: str = "") -> None:
        """Say how things are with the OAuth2 token; `tone` is ``ok``, ``warn``, ``err`` or empty."""
        self.auth.set_token_state(sentence, tone)

    def set_jar_cookies(self, cookies: tuple[tuple[str, str], ...]) -> None:
        """Say which cookies of the jar fit this request: name and value."""
        self._jar_cookies = cookies
        self.options.set_jar_cookies(cookies)
        self._show_pages()

    def set_sending(self, sending: bool, so_far_ms: int = 0) -> None:
        """Say whether a request is under way, and for how long it has been already."""
        self.send_button.set_running(sending, so_far_ms)

    def set_server_running(self, running: bool, sentence: str = "", *, can_start: bool = False) -> None:
        """Say whether requests can be sent at all, and if not, why, and whether the person may start the server."""
        self.send_button.setEnabled(running)
        self._trouble = "" if running else sentence
        self._can_start = can_start
        self._show_notice()

    # --- leading the person -------------------------------------------------------------------------------------------
    def why_not_send(self) -> str:
        """Return why the request cannot be sent now; empty when it can."""
        return "" if self.send_button.isEnabled() else self._trouble

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        bar = self.url_bar
        first = [bar.method, bar.line, bar.copy_button, self.send_button, self._notice.button, self.tabs]
        pages = [*self.auth.focus_chain(), *self.options.focus_chain()]
        return [*first, *self.table.focus_chain(), *self.body.focus_chain(), *pages]

    def panel_stops(self, strip: QWidget) -> list[PanelStop]:
        """Return where F6 stops: at the URL, in the form and in the body; `strip` lies above."""
        around = (strip, self.send_button, self._notice, self.tabs)
        pages = [PanelStop(page) for page in (self.table, self.auth, self.options)]
        return [PanelStop(self.url_bar, self.url_bar.line, around), *pages, PanelStop(self.body)]

    def focus_parameter(self, location: Location, name: str, number: int = 0) -> bool:
        """Lead the person to a row of the form; False when there is none of that name."""
        row = self.table.row(location, name, number)
        if row is None:
            return False
        self._show_form()
        self.table.sections[location].set_bulk(False)
        self._reveal(row)
        row.take_focus()
        return True

    def focus_loc(self, loc: tuple[str | int, ...]) -> bool:
        """Lead the person to what a 422 names, such as ``("query", "limit")``; False when there is nothing there."""
        where, *rest = loc or ("",)
        if where == BODY:
            self._show_form()
            return self.body.focus_loc(loc)
        if where not in tuple(Location) or not rest:
            return False
        number = rest[1] if len(rest) > 1 and isinstance(rest[1], int) else 0
        found = self.focus_parameter(Location(where), str(rest[0]), number)
        row = self.table.row(Location(where), str(rest[0]), number)
        if row is not None:
            row.flash()
        return found

    def focus_url(self) -> None:
        """Lead the person to the URL."""
        self.url_bar.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.url_bar.line.selectAll()

    def _reveal(self, row: ParameterRow) -> None:
        self.table.arrange()  # a row that was just added has no place yet
        self._form.activate()
        self._scroll.ensureWidgetVisible(row.editor)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = self._themes.theme.px
        self.send_button.set_compact(self.width() < px(_ROOMY))
        tall = self.height() >= px(_TALL)
        self._header.setVisible(tall)  # the tree names the operation too; the form comes first
        self.table.set_titled(self.height() >= px(_TITLED))
        self._themes.metrics.set(self._bar, margins=(16, 0 if tall else 8, 16, 8))

    # --- edits --------------------------------------------------------------------------------------------------------
    def _edit(self, edit: Edit) -> None:
        """Change the draft as the person wants it, and tell."""
        draft = edit(self._draft)
        if draft == self._draft:
            return
        self._show(draft)
        self.draft_edited.emit(draft)

    def _show(self, draft: RequestDraft) -> None:
        self._draft = self._shown = draft
        self._show_notice()
        self._show_rows()
        self.body.set_draft(draft)
        self._show_pages()
        self._show_tabs()

    def _show_rows(self) -> None:
        self.table.set_rows(rows_of(self._draft, self._operation, self.table.typed_name), self._editors)

    def _show_pages(self) -> None:
        draft = self._draft
        self.auth.set_auth(draft.auth, own_header=has_own_authorization(draft))
        self.options.set_options(draft.options)
        self.table.jar.set_jar(self._jar_cookies, draft.options.use_jar)

    def _show_notice(self) -> None:
        """Say the most urgent of several things."""
        draft = self._draft
        if self._trouble:
            self._notice.set_notice(self._trouble, "Start the server" if self._can_start else "")
        elif draft.url_override is not None and self._operation is not None:
            path = self._operation.path
            self._notice.set_notice(f"Sent as typed: this address does not fit {path}.", "Back to the form")
        elif draft.method in _BODILESS and _has_body(draft):
            self._notice.set_notice(
                f"{draft.method} with a body: it is sent, but servers and proxies may ignore it or refuse it."
            )
        else:
            self._notice.set_notice("")

    def _on_notice_action_requested(self) -> None:
        (self.start_requested if self._trouble else self.form_requested).emit()

    # --- building -----------------------------------------------------------------------------------------------------
    def _build_title(self) -> QWidget:
        self._header = header = QWidget(self)
        self._title = ElidedLabel("Choose an operation", role="title")
        self._title.setObjectName(names.REQUEST_TITLE)
        self._tag = Chip(self._themes, code=False)
        self._function = Chip(self._themes)
        self._tag.hide()
        self._function.hide()
        layout = QHBoxLayout(header)
        layout.addWidget(self._title)
        layout.addWidget(self._tag)
        layout.addWidget(self._function)
        layout.addStretch(1)
        self._themes.metrics.set(layout, margins=(16, 0, 16, 0), spacing=8)
        self._themes.metrics.set(header, height=44)
        return header

    def _build_bar(self) -> QHBoxLayout:
        self._bar = bar = QHBoxLayout()
        bar.addWidget(self.url_bar, 1)
        bar.addWidget(self.send_button)
        self._themes.metrics.set(bar, margins=(16, 0, 16, 8), spacing=8)
        return bar

    def _build_tabs(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.tabs, 1)
        self._themes.metrics.set(row, margins=(16 - TABS_LEAD, 0, 0, 0), spacing=0)
        return row

    def _build_scroll(self) -> QScrollArea:
        scroll = QScrollArea(self._pages)
        scroll.setObjectName(names.REQUEST_FORM)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget(scroll.viewport())
        self.table = ParameterTable(self._themes, content)
        self.body = BodySection(self._themes, content)
        self._form = layout = QVBoxLayout(content)
        layout.addWidget(self.table)
        layout.addWidget(self.body, 1)
        layout.addStretch(0)
        self._themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)
        scroll.setWidget(content)
        return scroll

    def _connect(self) -> None:
        self._notice.action_requested.connect(self._on_notice_action_requested)
        self.url_bar.url_edited.connect(self.url_edited)
        self.url_bar.pasted.connect(self.pasted)
        self.url_bar.method_chosen.connect(lambda method: self._edit(lambda draft: replace(draft, method=method)))
        self.url_bar.copy_requested.connect(self.copy_url_requested)
        self.url_bar.return_pressed.connect(self._on_url_bar_return_pressed)
        self.url_bar.parameter_clicked.connect(lambda name: self.focus_parameter(Location.PATH, name))
        self.send_button.requested.connect(self.send_requested)
        self.send_button.cancel_requested.connect(self.cancel_requested)
        self.tabs.tab_chosen.connect(self._on_tabs_tab_chosen)
        self.table.edited.connect(self._edit)
        self.table.rows_changed.connect(self._order_focus)
        self.table.name_settled.connect(self._show_rows)
        self.table.jar.use_changed.connect(self._on_jar_use_changed)
        self.auth.auth_edited.connect(lambda auth: self._edit(lambda draft: replace(draft, auth=auth)))
        self.auth.arranged_anew.connect(self._order_focus)
        self.auth.token_requested.connect(self.token_requested)
        self.auth.token_forgotten.connect(self.token_forgotten)
        self.options.options_edited.connect(lambda options: self._edit(lambda draft: replace(draft, options=options)))
        for part in (self.options, self.table.jar):
            part.jar_requested.connect(self.jar_requested)
        self.body.draft_edited.connect(lambda draft: self._edit(lambda _: draft))
        self.body.example_requested.connect(self.example_requested)
        self.body.format_requested.connect(self.format_requested)
        self._scroll.verticalScrollBar().valueChanged.connect(self._on_scroll_value_changed)
        self._showing_focus = QTimer(self)  # at once is too early: what was just added has no place yet
        self._showing_focus.setSingleShot(True)
        self._showing_focus.timeout.connect(lambda: show_focus(QApplication.focusWidget()))
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_application_focus_changed)

    def _on_application_focus_changed(self, _old: object, new: object) -> None:
        """Bring a row into sight that got the keyboard, unless a mouse is on it, under which nothing may move."""
        inside = isinstance(new, QWidget) and self._scroll.isAncestorOf(new)
        if inside and not QApplication.mouseButtons():
            self._showing_focus.start()

    def _order_focus(self) -> None:
        chain_focus(self.focus_chain())

    # --- tabs and sections --------------------------------------------------------------------------------------------
    def _show_tabs(self) -> None:
        rows = tuple(row.row for section in self.table.sections.values() for row in section.rows)
        parts = request_tabs(self._draft, self._operation, rows, self._parameter_hints, self.body.summary())
        self.tabs.set_tabs(parts)

    def _show_form(self) -> None:
        """Turn to the page with the rows and the body."""
        if self._pages.currentWidget() is not self._scroll:
            self._pages.setCurrentWidget(self._scroll)
            self._on_scroll_value_changed(self._scroll.verticalScrollBar().value())

    def _section_top(self, key: str) -> int:
        return self.body.y() if key == BODY else self.table.y() + self.table.section_top(Location(key))

    def _on_tabs_tab_chosen(self, key: str) -> None:
        if key in (AUTH, OPTIONS):
            self._pages.setCurrentWidget(self.auth if key == AUTH else self.options)
            return
        self._pages.setCurrentWidget(self._scroll)
        self._scroll.verticalScrollBar().setValue(self._section_top(key))
        self.tabs.choose(key)  # scrolling may end before the section is at the top

    def _on_scroll_value_changed(self, value: int) -> None:
        if self._pages.currentWidget() is not self._scroll:
            return
        keys = [key for key in self.tabs.keys if key not in (AUTH, OPTIONS)]
        ends = value == self._scroll.verticalScrollBar().maximum() > 0  # the last may be too short to reach the top
        passed = [key for key in keys if ends or self._section_top(key) <= value + self._themes.theme.px(8)]
        if keys:
            self.tabs.choose(max(passed, key=self._section_top) if passed else keys[0])

    def _on_jar_use_changed(self, used: bool) -> None:
        self._edit(lambda draft: replace(draft, options=replace(draft.options, use_jar=used)))

    def _on_url_bar_return_pressed(self) -> None:
        if self.send_button.isEnabled() and not self.send_button.cancels:
            self.send_button.trigger()


def _errors(hints: tuple[Hint, ...]) -> int:
    return sum(hint.error for hint in hints)


def _has_body(draft: RequestDraft) -> bool:
    if draft.body_kind is BodyKind.TEXT:
        return bool(draft.body)
    if draft.body_kind is BodyKind.FILE:
        return draft.file is not None
    return draft.body_kind is not BodyKind.NONE and bool(draft.fields)
