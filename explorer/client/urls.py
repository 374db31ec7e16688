"""The request target, both ways: from the form to the URL bar, and from the URL bar to the form.

A path parameter without a value stays as ``{name}``, so that the URL bar shows what is missing. OpenAPI does not say
which parameters are declared as ``{name:path}``; a slash therefore stays a slash in a parameter that ends the
template, and becomes ``%2F`` in one before. To uvicorn both are the same.

Rows that are switched off are no part of the target: they are not in the URL bar, and editing it leaves them alone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from urllib.parse import quote, unquote

from explorer.client.draft import RequestDraft, Value
from explorer.openapi.operations import Location

_PLACEHOLDER = re.compile(r"\{([^{}/:]+)(:[a-zA-Z_]\w*)?\}")  # a hidden route may name its convertor, too
_PATH_CONVERTOR = ":path"
_ORIGIN = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*)(.*)", re.DOTALL)
_CODES = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_MEANINGFUL = "%/?#{}"
_PATH_SAFE = "!$&'()*+,;=:@"
_QUERY_SAFE = "!$'()*,;:@/?"
_WIRE_SAFE = "%!$&'()*+,;=:@/?[]|^`\\\"<>"


def build_target(draft: RequestDraft) -> str:
    """Return path and query as the request line would carry them, such as ``/items/3?q=a%20b``."""
    if draft.url_override is not None:
        return draft.url_override
    query = "&".join(
        f"{_encode(value.name, _QUERY_SAFE)}={_encode(value.sent, _QUERY_SAFE)}"
        for value in draft.values
        if value.location is Location.QUERY and value.sent is not None
    )
    path = _fill(draft)
    return f"{path}?{query}" if query else path


def parse_target(text: str, path_template: str) -> tuple[Value, ...] | None:
    """Read a target as typed back into values: the path's in the template's order, then the query's.

    Returns:
        None when the text does not fit the template, or holds percent-codes that are not UTF-8.
    """
    path, _, query = text.partition("?")
    holes, pattern = _compile(path_template)
    try:
        match = pattern.fullmatch(readable_path(path))
        if match is None:
            return None
        found = [
            Value(location=Location.PATH, name=name, text=None if raw == hole else _decode(raw))
            for (name, hole), raw in zip(holes, match.groups(), strict=True)
        ]
        found += [Value(location=Location.QUERY, name=name, text=value) for name, value in parse_query(query)]
    except UnicodeDecodeError:
        return None
    return tuple(found)


def parse_query(query: str) -> tuple[tuple[str, str], ...]:
    """Return names and values as a server reads them; a name without ``=`` has an empty value.

    Raises:
        UnicodeDecodeError: it holds percent-codes that are not UTF-8.
    """
    found = []
    for piece in query.split("&"):
        if piece:
            name, _, value = piece.partition("=")
            found.append((_decode(name.replace("+", " ")), _decode(value.replace("+", " "))))
    return tuple(found)


def apply_target(draft: RequestDraft, text: str) -> RequestDraft:
    """Return the draft whose target is `text` as typed into the URL bar.

    Rows keep their places: a row that the text no longer names becomes "not sent", and a name without a row is added
    at the end. When the text does not fit the template it becomes the draft's `url_override`.
    """
    found = parse_target(text, draft.path)
    if found is None:
        return replace(draft, url_override=text)
    waiting: dict[tuple[Location, str], list[Value]] = {}
    for value in found:
        waiting.setdefault((value.location, value.name), []).append(value)
    rows: list[Value] = []
    for row in draft.values:
        if row.location not in (Location.PATH, Location.QUERY) or not row.enabled:
            rows.append(row)
            continue
        queue = waiting.get((row.location, row.name))
        new = queue.pop(0).text if queue else None
        rows.append(row if row.text == new else row.with_text(new))
    there = {(row.location, row.name) for row in rows}
    rows += [
        value
        for key, queue in waiting.items()
        for value in queue
        if value.text is not None or key not in there  # a placeholder that stands for a row switched off
    ]
    return replace(draft, values=tuple(rows), url_override=None)


def recorded_target(path: str, query: bytes) -> str:
    """Return the target of a request that a server took apart: its path with nothing encoded, its query as it came."""
    target = quote(path, safe=_PATH_SAFE + "/", errors="replace")
    return f"{target}?{quote(query, safe=_WIRE_SAFE)}" if query else target


def full_url(base: str, draft: RequestDraft) -> str:
    """Return the absolute URL, with every character that a request line cannot carry percent-encoded."""
    return encoded_url(join_url(base, build_target(draft)))


def encoded_url(url: str) -> str:
    """Return an absolute URL with every character that a request line cannot carry percent-encoded.

    Raises:
        ValueError: there is no scheme.
    """
    origin, target = split_url(url)
    return origin + _encode(target, _WIRE_SAFE)


def join_url(base: str, target: str) -> str:
    """Return `target` at the address `base`; a target that was typed with an address of its own keeps that."""
    if _ORIGIN.fullmatch(target):
        return target
    return f"{base.rstrip('/')}{'' if target.startswith('/') else '/'}{target}"


def target_of(url: str, base: str) -> str:
    """Return what is left of a typed URL without the address `base`; one that leads elsewhere stays whole.

    It need not be a whole URL yet: it is being typed.
    """
    match = _ORIGIN.fullmatch(url)
    return match[2] if match is not None and match[1] == base.rstrip("/") else url


def split_url(url: str) -> tuple[str, str]:
    """Return the origin and the target of an absolute URL; the target is never empty.

    Raises:
        ValueError: there is no scheme.
    """
    match = _ORIGIN.fullmatch(url)
    if match is None:
        raise ValueError(f"{url!r} is not an absolute URL")
    target = match[2]
    return match[1], target if target.startswith("/") else f"/{target}"


def template_pattern(template: str) -> re.Pattern[str]:
    """Return the pattern of paths, as `readable_path` gives them, that a template takes; a group for each parameter."""
    return _compile(template)[1]


def template_names(template: str) -> tuple[str, ...]:
    """Return the names of a template's parameters, in their order."""
    return tuple(name for name, _ in _compile(template)[0])


def readable_path(path: str) -> str:
    """Return a path in which only what would be read as something else is percent-encoded still.

    Raises:
        UnicodeDecodeError: it holds percent-codes that are not UTF-8.
    """

    def decoded(match: re.Match[str]) -> str:
        return "".join(_encode(c, "") if c in _MEANINGFUL else c for c in _decode(match[0]))

    return _CODES.sub(decoded, path)


def _fill(draft: RequestDraft) -> str:
    def value_of(match: re.Match[str]) -> str:
        text = draft.value(Location.PATH, match[1])
        if text is None:
            return match[0]
        last = match.end() == len(draft.path)
        return _encode(text, _PATH_SAFE + "/" * (last or match[2] == _PATH_CONVERTOR))

    return _PLACEHOLDER.sub(value_of, draft.path)


@lru_cache(maxsize=4096)
def _compile(template: str) -> tuple[tuple[tuple[str, str], ...], re.Pattern[str]]:
    """Return each parameter's name and placeholder, and a pattern with one group for each."""
    holes: list[tuple[str, str]] = []
    pattern = ""
    end = 0
    for match in _PLACEHOLDER.finditer(template):
        pattern += re.escape(template[end : match.start()])
        end = match.end()
        pattern += "(.*)" if end == len(template) or match[2] == _PATH_CONVERTOR else "([^/]*)"
        holes.append((match[1], match[0]))
    return tuple(holes), re.compile(pattern + re.escape(template[end:]), re.DOTALL)


def _encode(text: str, safe: str) -> str:
    return quote(text, safe=safe, errors="replace")


def _decode(text: str) -> str:
    return unquote(text, errors="strict")
