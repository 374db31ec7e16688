"""From an address to the operation that would answer it, and to a draft for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from explorer.client.draft import BodyKind, RequestDraft
from explorer.client.starting import starting_auth, starting_draft
from explorer.client.urls import apply_target, readable_path, split_url, template_pattern
from explorer.openapi.operations import Catalogue, Operation

_HAS_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")
_SERVER_ONLY = re.compile(r"(?:localhost|\[[0-9a-fA-F:]+\]|[\w-]+(?:\.[\w-]+)+|[\w-]+:\d)[^/?#]*(?:[/?#]|\Z)")
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0"})  # noqa: S104 - read, never bound
_PORTS = {"http": 80, "https": 443}


def match_operation(method: str, url: str, base_url: str, catalogue: Catalogue) -> Operation | None:
    """Return the operation that answers a request, or None.

    A literal step of a template wins over a parameter; of templates that fit equally well the one that was declared
    first wins, as in FastAPI. A parameter takes a slash only when no other template fits: OpenAPI does not say which
    are declared as ``{name:path}``.

    Args:
        method: of the request.
        url: absolute, or a target such as ``/items/3?q=a``.
        base_url: the server's address.
        catalogue: what the server offers.
    """
    target = local_target(url, base_url)
    if target is None:
        return None
    try:
        path = readable_path(target.partition("?")[0])
    except UnicodeDecodeError:
        return None
    positions = _positions(catalogue)
    best: tuple[tuple[bool, tuple[int, ...], int], Operation] | None = None
    for operation in catalogue.operations:
        if operation.method != method.upper():
            continue
        found = template_pattern(operation.path).fullmatch(path)
        if found is None or "" in found.groups():
            continue
        steps = tuple(_weight(step) for step in operation.path.split("/"))
        slashes = any("/" in value for value in found.groups()) and ":path}" not in operation.path
        rank = (slashes, steps, positions.get(operation.path, len(positions)))
        if best is None or rank < best[0]:
            best = rank, operation
    return best[1] if best is not None else None


def draft_from_target(
    method: str, url: str, base_url: str, catalogue: Catalogue, document: Mapping[str, Any]
) -> RequestDraft:
    """Return a draft for an address that was pasted: for its operation if there is one, else for the address alone.

    Query parameters that the address does not have are "not sent"; of the rest of the operation the draft has what
    any draft starts with. An address of another server is kept whole.
    """
    url = absolute_url(url.strip()).partition("#")[0]  # what follows a # never leaves a browser
    target = local_target(url, base_url)
    if target is None:
        return RequestDraft(method=method, path="/", body_kind=BodyKind.NONE, url_override=url)
    operation = match_operation(method, target, base_url, catalogue)
    if operation is not None:
        draft = starting_draft(operation, document, auth=starting_auth(operation, catalogue))
    else:
        draft = RequestDraft(method=method, path=target.partition("?")[0], body_kind=BodyKind.NONE)
    return apply_target(draft, target)


def absolute_url(text: str) -> str:
    """Return an address as a browser's bar takes it: ``localhost:8000/items`` means http. A target stays one."""
    if not _HAS_SCHEME.match(text) and _SERVER_ONLY.match(text):
        return f"http://{text}"
    return text


def local_target(url: str, base_url: str) -> str | None:
    """Return the target of a URL at the server `base_url`; None when it leads to another one.

    All names of this machine are one: whoever copies an address with ``localhost`` means the server that we call
    ``127.0.0.1``.
    """
    if not _HAS_SCHEME.match(url):
        return url if url.startswith("/") else f"/{url}"
    origin, target = split_url(url)
    return target if _server(origin) == _server(base_url) else None


def _server(origin: str) -> tuple[str, str, int | None] | str:
    try:
        parts = urlsplit(origin)
        host = (parts.hostname or "").lower()
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return origin
    if parts.username is not None:
        return origin
    return parts.scheme, "this machine" if host in _THIS_MACHINE else host, port


def _weight(step: str) -> int:
    """Tell how open a step of a template is: a literal, one with a parameter inside, a parameter."""
    if "{" not in step:
        return 0
    return 2 if step.startswith("{") and step.endswith("}") and step.count("{") == 1 else 1


def _positions(catalogue: Catalogue) -> dict[str, int]:
    """Return the order in which paths are declared, which is not that of the tree."""
    paths = catalogue.document.get("paths")
    return {path: position for position, path in enumerate(paths)} if isinstance(paths, Mapping) else {}
