"""How a request proves who sends it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from explorer.client.draft import Auth, AuthKind
from explorer.client.starting import auth_for
from explorer.openapi.operations import Catalogue, Location, Operation, SchemeKind, SecurityScheme
from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written
from explorer.ui.widgets.auth_scopes import AuthScopes
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.secret_edit import SecretEdit
from explorer.ui.widgets.settings_page import SettingsPage, caption
from explorer.ui.widgets.token_line import TokenLine

_KINDS = {
    AuthKind.NONE: "None",
    AuthKind.BEARER: "Bearer token",
    AuthKind.BASIC: "Basic: user name and password",
    AuthKind.API_KEY: "API key",
    AuthKind.OAUTH2_PASSWORD: "OAuth2: token for a password",
}
_PLACES = {Location.HEADER: "a header", Location.QUERY: "the query", Location.COOKIE: "a cookie"}
_TEXTS = {  # field of `Auth`: label, accessible name, whether it is a secret, the kinds that use it
    "token": ("Token", "Token", True, (AuthKind.BEARER,)),
    "username": ("User name", "User name", False, (AuthKind.BASIC, AuthKind.OAUTH2_PASSWORD)),
    "password": ("Password", "Password", True, (AuthKind.BASIC, AuthKind.OAUTH2_PASSWORD)),
    "key_name": ("Name", "Name of the key", False, (AuthKind.API_KEY,)),
    "key_value": ("Key", "API key", True, (AuthKind.API_KEY,)),
    "token_url": ("Token URL", "Token URL", False, (AuthKind.OAUTH2_PASSWORD,)),
    "client_id": ("Client id", "Client id", False, (AuthKind.OAUTH2_PASSWORD,)),
    "client_secret": ("Client secret", "Client secret", True, (AuthKind.OAUTH2_PASSWORD,)),
}
_OPTIONAL = ("client_id", "client_secret")
_SECRETS = ("token", "password", "key_value", "client_secret")
_NEVER_SAVED = "Passwords, tokens and keys stay in memory while this program runs. They are never saved."
_OWN_HEADER = "The section Headers has an Authorization of its own, and that one is sent."


class AuthPage(SettingsPage):
    """Edits an `Auth`.

    Signals:
        auth_edited: the person changed something; the whole new `Auth`.
        token_requested: a token is to be asked for now.
        token_forgotten: the token that is held is to be thrown away.
        arranged_anew: there are other controls now.
    """

    auth_edited = Signal(object)
    arranged_anew = Signal()
    token_requested = Signal()
    token_forgotten = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._auth = Auth()
        self._given: tuple[Auth, bool] | None = None  # what `set_auth` was called with
        self._schemes: tuple[SecurityScheme, ...] = ()
        self._all_schemes: tuple[SecurityScheme, ...] = ()
        self.setObjectName(names.AUTH_PAGE)
        self._wanted = ElidedLabel(role="text")
        self._wanted.setObjectName(names.AUTH_WANTED)
        self._use = QPushButton("Use it")
        self._use.setObjectName(names.AUTH_USE)
        self._use.clicked.connect(self._on_use_clicked)
        self.kind = _Box(_KINDS)
        self.kind.setObjectName(names.AUTH_KIND)
        self.kind.setAccessibleName("Way of proving who sends the request")
        self.kind.activated.connect(self._on_kind_activated)
        self.add_line("Type", self.kind)
        self.add_below(self._build_wanted(themes))
        self._fields: dict[str, QLineEdit] = {}
        self._lines: list[tuple[tuple[QWidget, ...], tuple[AuthKind, ...]]] = []
        for name in ("token", "username", "password", "key_name", "key_value"):
            self._add_text(themes, name)
        self._place = _Box(_PLACES)
        self._place.setObjectName(names.AUTH_FIELD.format(name="key_location"))
        self._place.setAccessibleName("Where the key travels")
        self._place.activated.connect(lambda: self._edit(key_location=Location(self._place.currentData())))
        themes.metrics.set(self._place, height=28)
        self._lines.append((self.add_line("Sent in", self._place), (AuthKind.API_KEY,)))
        self.token_line = TokenLine(themes)
        self.token_line.token_requested.connect(self.token_requested)
        self.token_line.token_forgotten.connect(self.token_forgotten)
        self._lines.append(((self.add_below(self.token_line),), (AuthKind.OAUTH2_PASSWORD,)))
        self._scopes = AuthScopes(themes)
        self._scopes.arranged_anew.connect(self.arranged_anew)
        self._scopes.edited.connect(lambda scopes: self._edit(scopes=scopes))
        self._lines.append((self.add_line("Scopes", self._scopes), (AuthKind.OAUTH2_PASSWORD,)))
        for name in ("token_url", "client_id", "client_secret"):
            self._add_text(themes, name)
        self._own = self.add_below(caption(_OWN_HEADER, "warning"))
        self._saved = self.add_below(caption(_NEVER_SAVED))
        self._own.hide()
        self._show()

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_operation(self, operation: Operation | None, catalogue: Catalogue | None) -> None:
        """Say what an operation wants; None for a request that belongs to none."""
        self._all_schemes = catalogue.schemes if catalogue is not None else ()
        wanted = operation.security if operation is not None else ()
        self._schemes = tuple(scheme for scheme in self._all_schemes if scheme.name in wanted)
        named = " or ".join(wanted)
        sentence = f"This operation wants {named}." if wanted else ""
        if operation is not None and not wanted:
            sentence = "This operation does not say that it wants any."
        self._wanted.set_text(sentence)
        self._wanted.setToolTip(
            as_written("\n".join(scheme.description for scheme in self._schemes if scheme.description))
        )
        self._show()

    def set_auth(self, auth: Auth, *, own_header: bool) -> None:
        """Show what a draft has.

        Args:
            auth: what is entered here.
            own_header: whether the draft has an Authorization header of its own, which is sent instead.
        """
        if (auth, own_header) == self._given:
            return  # this is asked at each key press, wherever in the request
        self._given = (auth, own_header)
        self._auth = auth
        self._own.setVisible(own_header and auth.kind not in (AuthKind.NONE, AuthKind.API_KEY))
        self._show()

    def set_token_state(self, sentence: str, tone: str) -> None:
        """Say how things are with the token; `tone` is ``ok``, ``warn``, ``err`` or empty."""
        self.token_line.set_state(sentence, tone)

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        chain: list[QWidget] = [self.kind, self._use]
        for name in ("token", "username", "password", "key_name", "key_value"):
            chain += self._controls(name)
        chain += [self._place, *self.token_line.focus_chain(), *self._scopes.focus_chain()]
        for name in ("token_url", "client_id", "client_secret"):
            chain += self._controls(name)
        return chain

    def _show(self) -> None:
        auth = self._auth
        self.kind.setCurrentIndex(self.kind.findData(auth.kind))
        for name, field in self._fields.items():
            text = getattr(auth, name)
            if field.text() != text:
                field.setText(text)
            if isinstance(field, SecretEdit):
                field.set_ask(auth.ask and not text)
        self._place.setCurrentIndex(self._place.findData(auth.key_location))
        self._scopes.set_scopes(auth.scopes, self._known_scopes())
        for widgets, kinds in self._lines:
            for widget in widgets:
                widget.setVisible(auth.kind in kinds)
        self._saved.setVisible(auth.kind is not AuthKind.NONE)
        offer = self._offer()
        self._use.setVisible(offer is not None)
        if offer is not None:
            self._use.setAccessibleName(f"Use {offer.name}")
        self._wanted.setVisible(bool(self._wanted.whole_text))

    def _offer(self) -> SecurityScheme | None:
        """Return the scheme that the operation wants and that is not chosen yet."""
        usable = [scheme for scheme in self._schemes if scheme.kind is not SchemeKind.OTHER]
        if any(auth_for(scheme).kind is self._auth.kind for scheme in usable):
            return None
        return next(iter(usable), None)

    def _known_scopes(self) -> tuple[tuple[str, str], ...]:
        schemes = [s for s in (*self._schemes, *self._all_schemes) if s.kind is SchemeKind.OAUTH2_PASSWORD]
        return next((scheme.scopes for scheme in schemes if scheme.token_url == self._auth.token_url), ())

    # --- edits --------------------------------------------------------------------------------------------------------
    def _edit(self, **changes: object) -> None:
        entered = any(changes.get(name) for name in _SECRETS)
        auth = replace(self._auth, **changes, ask=self._auth.ask and not entered)  # type: ignore[arg-type]
        if auth != self._auth:
            self._auth = auth
            self._show()
            self.auth_edited.emit(auth)

    def _on_kind_activated(self) -> None:
        kind = AuthKind(self.kind.currentData())  # Qt keeps its text only
        schemes = (*self._schemes, *self._all_schemes)
        fresh = next((auth_for(scheme) for scheme in schemes if auth_for(scheme).kind is kind), None)
        self._take(kind, fresh)

    def _on_use_clicked(self) -> None:
        offer = self._offer()
        if offer is not None:
            fresh = auth_for(offer)
            self._take(fresh.kind, fresh)
            self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, kind: AuthKind, fresh: Auth | None) -> None:
        """Choose a kind, and take the app's addresses and names where nothing was entered yet."""
        changes: dict[str, object] = {"kind": kind}
        if fresh is not None and kind is AuthKind.API_KEY and self._auth.key_name in ("", Auth().key_name):
            changes |= {"key_name": fresh.key_name, "key_location": fresh.key_location}
        if fresh is not None and kind is AuthKind.OAUTH2_PASSWORD and not self._auth.token_url:
            changes |= {"token_url": fresh.token_url, "scopes": self._auth.scopes or fresh.scopes}
        self._edit(**changes)

    # --- building -----------------------------------------------------------------------------------------------------
    def _build_wanted(self, themes: Themes) -> QWidget:
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.addWidget(self._wanted)
        layout.addWidget(self._use)
        layout.addStretch(1)
        themes.metrics.set(self._use, height=26)
        themes.metrics.set(self.kind, height=28)
        themes.metrics.set(layout, margins=(0, 0, 0, 4), spacing=8)
        return line

    def _add_text(self, themes: Themes, name: str) -> None:
        label, words, secret, kinds = _TEXTS[name]
        empty = "optional" if name in _OPTIONAL else ""
        field: QLineEdit = SecretEdit(themes, empty) if secret else QLineEdit()
        field.setProperty("variant", "code")
        field.setObjectName(names.AUTH_FIELD.format(name=name))
        field.setAccessibleName(words)
        field.setPlaceholderText(empty)
        field.textEdited.connect(lambda text: self._edit(**{name: text}))
        if isinstance(field, SecretEdit):
            field.eye.setObjectName(names.AUTH_REVEAL.format(name=name))
        themes.metrics.set(field, height=28)
        self._fields[name] = field
        self._lines.append((self.add_line(label, field), kinds))

    def _controls(self, name: str) -> list[QWidget]:
        field = self._fields[name]
        return [field, field.eye] if isinstance(field, SecretEdit) else [field]


class _Box(QComboBox):
    """A drop-down of a few values with their words."""

    def __init__(self, choices: dict[AuthKind, str] | dict[Location, str]) -> None:
        super().__init__()
        for value, words in choices.items():
            self.addItem(words, value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the wheel scrolls the page; it must not change a value on the way
