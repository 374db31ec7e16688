"""What can be asked of an app: the values that the rest of the program reads instead of raw OpenAPI."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class Location(enum.StrEnum):
    """Where OpenAPI says a parameter travels."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One declared parameter.

    Attributes:
        name: as it travels, that is the alias.
        location: where it travels.
        required: whether the server refuses a request without it.
        schema: its JSON Schema, references unresolved.
        type_label: the schema in a programmer's words, such as ``int ≥ 1`` or ``str | None``.
        description: what its author wrote; may be empty.
        default: the default as a person would type it; None when there is none.
        choices: the allowed values of an enum or a boolean, as a person would type them; empty when open.
        example: a value that fits, as a person would type it; None when nothing sensible is known.
        deprecated: whether its author discourages it.
    """

    name: str
    location: Location
    required: bool
    schema: Mapping[str, Any]
    type_label: str
    description: str = ""
    default: str | None = None
    choices: tuple[str, ...] = ()
    example: str | None = None
    deprecated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A declared request body.

    Attributes:
        media_type: such as ``application/json``.
        required: whether the server refuses a request without it.
        schema: its JSON Schema, references unresolved.
        model: the name of its model, such as ``ItemCreate``; empty for an unnamed schema.
        description: what its author wrote; may be empty.
        examples: the author's examples beside the schema, each with its name, which may be empty.
        encoding: what is said of single fields of a form, such as their ``contentType``, by their names.
    """

    media_type: str
    required: bool
    schema: Mapping[str, Any]
    model: str = ""
    description: str = ""
    examples: tuple[tuple[str, Any], ...] = ()
    encoding: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredResponse:
    """One answer that an operation says it gives.

    Attributes:
        status: such as ``200``, ``4XX`` or ``default``.
        description: what its author wrote; may be empty.
        media_type: such as ``application/json``; empty for an answer without a body.
        schema: the body's JSON Schema, references unresolved; empty when nothing is said.
        model: the name of its model; empty for an unnamed schema.
    """

    status: str
    description: str = ""
    media_type: str = ""
    schema: Mapping[str, Any] = field(default_factory=dict)
    model: str = ""


class SchemeKind(enum.StrEnum):
    """What a security scheme of OpenAPI asks for."""

    BEARER = "bearer"
    BASIC = "basic"
    API_KEY = "api_key"
    OAUTH2_PASSWORD = "oauth2_password"  # noqa: S105 - the name of a flow
    OTHER = "other"  # nothing that we can fill in by ourselves


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityScheme:
    """One way of proving who one is, as the app declares it.

    Attributes:
        name: its name in the document.
        kind: what it asks for.
        description: what its author wrote; may be empty.
        key_name: API key: the header, query parameter or cookie.
        key_location: API key: where it travels.
        token_url: OAuth2 password flow: where a token is asked for; may be relative.
        scopes: OAuth2: name and description.
    """

    name: str
    kind: SchemeKind
    description: str = ""
    key_name: str = ""
    key_location: Location = Location.HEADER
    token_url: str = ""
    scopes: tuple[tuple[str, str], ...] = ()


class Presence(enum.StrEnum):
    """Where an operation is known from."""

    DOCUMENTED = "documented"  # from the OpenAPI document
    HIDDEN = "hidden"  # a route with ``include_in_schema=False``, from the live app
    MOUNT = "mount"  # another application under a path, or a part of one, from the live app
    WEBSOCKET = "websocket"  # a WebSocket route, of which OpenAPI knows nothing, from the live app


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One path operation.

    Attributes:
        method: upper case; ``WS`` for a WebSocket.
        path: the template, such as ``/items/{item_id}``.
        operation_id: unique in the document; may be empty.
        function: the name of the Python function as far as OpenAPI tells (from the operation id); may be empty.
        summary: one line.
        description: Markdown; may be empty.
        tags: in the author's order; empty means untagged.
        parameters: in the author's order.
        body: the request body in the media type that is offered first, or None.
        other_bodies: the same body in the other media types that the operation takes.
        responses: what it says it answers, in the author's order; one entry for each media type.
        security: names of the schemes of which one is enough; empty when the operation is open to everybody.
        presence: where it is known from.
        deprecated: whether its author discourages it.
    """

    method: str
    path: str
    operation_id: str = ""
    function: str = ""
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    other_bodies: tuple[Body, ...] = ()
    responses: tuple[DeclaredResponse, ...] = ()
    security: tuple[str, ...] = ()
    presence: Presence = Presence.DOCUMENTED
    deprecated: bool = False

    @property
    def key(self) -> str:
        """What identifies it in drafts and lists, such as ``GET /items``."""
        return f"{self.method} {self.path}"

    @property
    def bodies(self) -> tuple[Body, ...]:
        """The body in all media types that it takes, the one offered first at the front; none for no body."""
        return () if self.body is None else (self.body, *self.other_bodies)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Operations under one tag, as the tree shows them."""

    name: str
    description: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything an app offers.

    Attributes:
        title: the app's title.
        version: the app's version.
        groups: by first tag, in the document's order; untagged operations last, under "Other", and after them those
            that the document does not hold.
        sockets: the WebSocket routes in the app's order, those of mounts last; they are in no group.
        document: the whole OpenAPI document, for resolving references.
        schemes: how callers may prove who they are.
        problems: what could not be read, in sentences.
    """

    title: str
    version: str
    groups: tuple[Group, ...] = ()
    sockets: tuple[Operation, ...] = ()
    document: Mapping[str, Any] = field(default_factory=dict)
    schemes: tuple[SecurityScheme, ...] = ()
    problems: tuple[str, ...] = ()
    _by_key: Mapping[str, Operation] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        operations = (*self.operations, *self.sockets)
        object.__setattr__(self, "_by_key", {operation.key: operation for operation in operations})

    @property
    def operations(self) -> tuple[Operation, ...]:
        """All operations over HTTP, in the order of the tree."""
        return tuple(operation for group in self.groups for operation in group.operations)

    def find(self, key: str) -> Operation | None:
        """Return the operation or the WebSocket route with this `Operation.key`, or None."""
        return self._by_key.get(key)
