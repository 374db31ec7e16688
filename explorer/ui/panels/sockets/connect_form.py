"""How a client connects: name, path parameters, query, headers, cookies, subprotocols and proof of identity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from explorer.client.auth import has_own_authorization
from explorer.client.draft import Auth
from explorer.client.editors import editor_of
from explorer.client.rows import rows_of
from explorer.client.sockets.record import SocketDraft
from explorer.openapi.hints import Hint
from explorer.openapi.operations import Catalogue, Operation
from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.auth_page import AuthPage
from explorer.ui.widgets.parameter_section import Editors
from explorer.ui.widgets.parameter_table import Edit, ParameterKey, ParameterTable

_LABEL = 96


class ConnectForm(QFrame):
    """Edits a `SocketDraft`; each change is told at once.

    Signals:
        draft_edited: the person changed something; the whole new `SocketDraft`.
        token_requested: an OAuth2 token is to be asked for now.
        token_forgotten: the token that is held is to be thrown away.
        jar_requested: the person wants to see the cookie jar.
    """

    draft_edited = Signal(object)
    token_requested = Signal()
    token_forgotten = Signal()
    jar_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._draft: SocketDraft | None = None
        self._operation: Operation | None = None
        self._editors: Editors = {}
        self._number = 0
        self.setProperty("panel", "bg1")
        self.setAutoFillBackground(True)
        self.name = QLineEdit()
        self.name.setAccessibleName("Name of the client")
        self.name.textEdited.connect(self._on_name_edited)
        self.table = ParameterTable(themes)
        self.table.set_titled(False)
        self.table.edited.connect(self._on_table_edited)
        self.table.name_settled.connect(self._show_rows)
        self.table.jar.use_changed.connect(self._on_use_jar_changed)
        self.table.jar.jar_requested.connect(self.jar_requested)
        self.subprotocols = QLineEdit()
        self.subprotocols.setProperty("variant", "code")
        self.subprotocols.setPlaceholderText("none; several with commas, the best first")
        self.subprotocols.setAccessibleName("Subprotocols")
        self.subprotocols.textEdited.connect(self._on_subprotocols_edited)
        self.compression = QCheckBox("Offer compression")
        self.compression.setToolTip("Offer permessage-deflate: smaller, but its frames cannot be read byte by byte")
        self.compression.toggled.connect(self._on_compression_toggled)
        self.auth = AuthPage(themes)
        self.auth.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.auth.kind.setMinimumContentsLength(8)
        self.auth.auth_edited.connect(self._on_auth_edited)
        self.auth.arranged_anew.connect(self._fit_auth)
        self.auth.token_requested.connect(self.token_requested)
        self.auth.token_forgotten.connect(self.token_forgotten)
        self._build()

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_number(self, number: int) -> None:
        """Take the object names of the column with this number."""
        self._number = number
        for widget, name in (
            (self, names.SOCKET_FORM),
            (self.name, names.SOCKET_FORM_NAME),
            (self.subprotocols, names.SOCKET_FORM_SUBPROTOCOLS),
            (self.compression, names.SOCKET_FORM_COMPRESSION),
        ):
            widget.setObjectName(name.format(number=number))
        self._name_parts()

    def set_operation(self, operation: Operation | None, catalogue: Catalogue | None) -> None:
        """Say which endpoint the client belongs to, and where that is from; None when it is not known."""
        if operation is self._operation and operation is not None:
            return
        self._operation = operation
        document = catalogue.document if catalogue is not None else {}
        parameters = operation.parameters if operation is not None else ()
        self._editors = {(p.location, p.name): editor_of(p, document) for p in parameters}
        self.auth.set_operation(operation, catalogue)
        self._show_rows()

    def set_draft(self, draft: SocketDraft) -> None:
        """Show a draft. The cursor stays where a person types."""
        if draft is self._draft:
            return
        self._draft = draft
        if not self.name.hasFocus():
            self.name.setText(draft.name)
        if not self.subprotocols.hasFocus():
            self.subprotocols.setText(", ".join(draft.subprotocols))
        self.compression.setChecked(draft.compression)
        self.auth.set_auth(draft.request.auth, own_header=has_own_authorization(draft.request))
        self._fit_auth()
        self._show_rows()

    def set_hints(self, hints: Mapping[ParameterKey, tuple[Hint, ...]]) -> None:
        """Show what the schema says of the values; values that are not named are fine."""
        self.table.set_hints(hints)

    def set_jar_cookies(self, cookies: tuple[tuple[str, str], ...]) -> None:
        """Say which cookies of the jar go with the handshake: name and value."""
        used = self._draft is None or self._draft.request.options.use_jar
        self.table.jar.set_jar(cookies, used)

    def set_token_state(self, sentence: str, tone: str = "") -> None:
        """Say how things are with the OAuth2 token."""
        self.auth.set_token_state(sentence, tone)

    def take_focus(self) -> None:
        """Put the keyboard where a person begins: on the first value, else on the name."""
        row = next(iter(self.table.rows.values()), None)
        if row is not None:
            row.take_focus()
        else:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        first: list[QWidget] = [self.name, *self.table.focus_chain(), self.subprotocols, self.compression]
        return [*first, *self.auth.focus_chain()]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_auth()

    def _fit_auth(self) -> None:
        """Let the page of the proof of identity be as high as what is in it: the form scrolls as a whole."""
        content = self.auth.widget()
        layout = content.layout() if content is not None else None
        if layout is None:
            return
        layout.activate()
        width = max(1, self.auth.viewport().width())
        height = layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        self.auth.setFixedHeight(max(1, height))

    def _show_rows(self) -> None:
        if self._draft is None:
            return
        self.table.set_rows(rows_of(self._draft.request, self._operation, self.table.typed_name), self._editors)
        self._name_parts()

    def _name_parts(self) -> None:
        """Give the shared parts the object names of this column: the request of the Compose room has the same parts."""
        own = f"sockets.{self._number}."
        for part in self.findChildren(QWidget):
            name = part.objectName()
            if name.startswith(("request.", "auth.")):
                part.setObjectName(own + name)

    # --- what the person does -----------------------------------------------------------------------------------------
    def _edit(self, draft: SocketDraft) -> None:
        if draft != self._draft:
            self.set_draft(draft)
            self.draft_edited.emit(draft)

    def _on_table_edited(self, edit: Edit) -> None:
        if self._draft is not None:
            self._edit(replace(self._draft, request=edit(self._draft.request)))

    def _on_auth_edited(self, auth: Auth) -> None:
        if self._draft is not None:
            self._edit(replace(self._draft, request=replace(self._draft.request, auth=auth)))

    def _on_use_jar_changed(self, use: bool) -> None:
        if self._draft is not None:
            options = replace(self._draft.request.options, use_jar=use)
            self._edit(replace(self._draft, request=replace(self._draft.request, options=options)))

    def _on_name_edited(self, text: str) -> None:
        name = " ".join(text.split())
        if self._draft is not None and name:
            self._edit(replace(self._draft, name=name))

    def _on_subprotocols_edited(self, text: str) -> None:
        offered = tuple(filter(None, (part.strip() for part in text.split(","))))
        if self._draft is not None:
            self._edit(replace(self._draft, subprotocols=offered))

    def _on_compression_toggled(self, on: bool) -> None:
        if self._draft is not None:
            self._edit(replace(self._draft, compression=on))

    # --- building -----------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.addLayout(self._line("Name", self.name))
        inside.addWidget(self.table)
        inside.addLayout(self._line("Subprotocols", self.subprotocols))
        inside.addLayout(self._line("", self.compression))
        inside.addWidget(self._heading("Auth"))
        inside.addWidget(self.auth)
        inside.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.auth.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.addWidget(scroll)
        metrics = self._themes.metrics
        metrics.set(inside, margins=(0, 10, 0, 8), spacing=6)
        metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)

    def _line(self, label: str, field: QWidget) -> QHBoxLayout:
        words = QLabel(label)
        words.setProperty("role", "control")
        words.setBuddy(field)
        line = QHBoxLayout()
        line.addWidget(words)
        line.addWidget(field, 1)
        self._themes.metrics.set(words, width=_LABEL)
        self._themes.metrics.set(field, height=28)
        self._themes.metrics.set(line, margins=(16, 0, 16, 0), spacing=8)
        return line

    def _heading(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setProperty("role", "section")
        self._themes.metrics.set(label, margins=(16, 6, 16, 0))
        return label
