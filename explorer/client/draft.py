"""A request as a person composes it, before it becomes bytes."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field, replace

from explorer.openapi.operations import Location


class BodyKind(enum.StrEnum):
    """Which of a draft's bodies is sent. The others keep what was entered in them."""

    NONE = "none"
    TEXT = "text"  # `RequestDraft.body`, as `RequestDraft.media_type`
    URLENCODED = "urlencoded"  # the texts of `RequestDraft.fields`
    MULTIPART = "multipart"  # `RequestDraft.fields`, texts and files
    FILE = "file"  # `RequestDraft.file`, byte for byte


class AuthKind(enum.StrEnum):
    """How a person proves who they are."""

    NONE = "none"
    BEARER = "bearer"
    BASIC = "basic"
    API_KEY = "api_key"
    OAUTH2_PASSWORD = "oauth2_password"  # noqa: S105 - the name of a flow


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What a person entered for one parameter.

    Attributes:
        location: where it travels.
        name: as it travels.
        text: as typed; None means "not sent", which differs from the empty string.
        enabled: whether the row counts; a row that is switched off keeps its text.
        ask: it held a secret that was not saved; the person enters it again.
    """

    location: Location
    name: str
    text: str | None = None
    enabled: bool = True
    ask: bool = False

    @property
    def sent(self) -> str | None:
        """The text that travels; None when nothing does."""
        return self.text if self.enabled else None

    def with_text(self, text: str | None) -> Value:
        """Return the row in which the person entered `text`."""
        return replace(self, text=text, ask=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One row of a form; a name may occur again.

    Attributes:
        name: as it travels.
        text: as typed; None means "not sent". Not used by a row for a file.
        is_file: whether the row is for a file.
        file: the absolute path of the file; None when none is chosen yet, and then nothing is sent.
        content_type: of this part; empty for the usual one.
        enabled: whether the row counts.
        ask: it held a secret that was not saved; the person enters it again.
    """

    name: str
    text: str | None = None
    is_file: bool = False
    file: str | None = None
    content_type: str = ""
    enabled: bool = True
    ask: bool = False

    def with_text(self, text: str | None) -> FormField:
        """Return the row in which the person entered `text`."""
        return replace(self, text=text, ask=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Auth:
    """How a request proves who sends it. Only what `kind` names is used; the rest is kept.

    Attributes:
        kind: the way.
        token: bearer: the token.
        username: basic and OAuth2.
        password: basic and OAuth2.
        key_name: API key: the name of the header, query parameter or cookie.
        key_value: API key: the key.
        key_location: API key: where it travels.
        token_url: OAuth2: where a token is asked for; relative to the server's address, or absolute.
        scopes: OAuth2: what is asked for, separated by spaces.
        client_id: OAuth2: optional.
        client_secret: OAuth2: optional.
        ask: it held secrets that were not saved; the person enters them again.
    """

    kind: AuthKind = AuthKind.NONE
    token: str = ""
    username: str = ""
    password: str = ""
    key_name: str = "X-API-Key"
    key_value: str = ""
    key_location: Location = Location.HEADER
    token_url: str = ""
    scopes: str = ""
    client_id: str = ""
    client_secret: str = ""
    ask: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SendOptions:
    """How a request is sent.

    Attributes:
        use_jar: whether cookies of the jar go with it; what it sets is kept either way.
        follow_redirects: whether a redirect is followed; every hop is shown.
        timeout: seconds that each step may take without a sign of life; None for as long as it takes.
        connect_timeout: seconds that the connection may take.
        verify: whether the certificate of an https server must be trusted.
        traceparent: whether our header that joins both sides of the X-ray goes with it.
    """

    use_jar: bool = True
    follow_redirects: bool = True
    timeout: float | None = None
    connect_timeout: float = 5.0
    verify: bool = True
    traceparent: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDraft:
    """A request in the making: immutable, and plain enough to be saved as JSON.

    Attributes:
        method: upper case.
        path: the template, such as ``/items/{item_id}``.
        values: one for each row of the form, in its order; a name may occur again.
        body_kind: which body is sent.
        body: the text of the body; None or empty means that none is sent.
        media_type: of the text or the file, such as ``application/json``; empty for a file's usual one, and for a text
            that goes without one.
        fields: the rows of a form, urlencoded or multipart.
        file: the absolute path of a file that is sent as the body; None when none is chosen.
        auth: how the request proves who sends it.
        options: how it is sent.
        url_override: the target as typed (path and query, or a whole URL that leads to another server) when it does not
            fit the template; None normally.
    """

    method: str
    path: str
    values: tuple[Value, ...] = ()
    body_kind: BodyKind = BodyKind.TEXT
    body: str | None = None
    media_type: str = "application/json"
    fields: tuple[FormField, ...] = ()
    file: str | None = None
    auth: Auth = field(default_factory=Auth)
    options: SendOptions = field(default_factory=SendOptions)
    url_override: str | None = None

    @property
    def key(self) -> str:
        """The operation it belongs to, as `Operation.key`."""
        return f"{self.method} {self.path}"

    def value(self, location: Location, name: str) -> str | None:
        """Return the text that is sent for a parameter, the first if there are several; None when none is."""
        texts = (v.sent for v in self.values if v.location == location and v.name == name)
        return next((text for text in texts if text is not None), None)

    def with_value(self, location: Location, name: str, text: str | None) -> RequestDraft:
        """Return a draft in which the first such parameter has `text`; it is added when it was not there."""
        values = list(self.values)
        for i, value in enumerate(values):
            if (value.location, value.name) == (location, name):
                values[i] = value.with_text(text)
                break
        else:
            values.append(Value(location=location, name=name, text=text))
        return replace(self, values=tuple(values))
