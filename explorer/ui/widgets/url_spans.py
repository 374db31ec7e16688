"""Which part of a URL is what."""

from __future__ import annotations

from collections.abc import Collection

from explorer.client.urls import template_names, template_pattern
from explorer.ui.widgets.url_line import UrlSpan


def url_spans(base_url: str, target: str, template: str, wrong: Collection[str] = ()) -> tuple[UrlSpan, ...]:
    """Return the parts of `base_url` + `target` that have a colour of their own.

    Args:
        base_url: the server's address.
        target: path and query, as sent.
        template: the operation's path, such as ``/items/{item_id}``.
        wrong: names of path parameters whose values the server would refuse.
    """
    start = len(base_url)
    path, mark, query = target.partition("?")
    spans = [UrlSpan(0, start, "t3")] if start else []
    spans += [
        UrlSpan(start + left, start + right, "err" if name in wrong else "s_val", name)
        for name, left, right in _parameters(path, template)
    ]
    if mark:
        spans.append(UrlSpan(start + len(path), start + len(path) + 1, "t3"))
        at = start + len(path) + 1
        for pair in query.split("&"):
            name = pair.partition("=")[0]
            spans.append(UrlSpan(at, at + len(name) + 1, "t2"))
            at += len(pair) + 1
    return tuple(spans)


def _parameters(path: str, template: str) -> list[tuple[str, int, int]]:
    """Return (name, start, end) of each path parameter's value in `path`; none when it does not fit the template."""
    match = template_pattern(template).fullmatch(path)
    if match is None:
        return []
    return [(name, *match.span(i + 1)) for i, name in enumerate(template_names(template))]
