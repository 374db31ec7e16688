"""What differs between two requests that follow each other."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.client.exchange import Headers, Request


@dataclass(frozen=True, slots=True)
class HopChange:
    """One difference.

    Attributes:
        what: a header's name, or ``method`` or ``body``.
        before: how it was; None when it was not there.
        after: how it is; None when it is gone.
    """

    what: str
    before: str | None
    after: str | None


def changes(before: Request, after: Request) -> tuple[HopChange, ...]:
    """Return what differs: the method first, then headers in their order, then the body."""
    found: list[HopChange] = []
    if before.method != after.method:
        found.append(HopChange("method", before.method, after.method))
    old, new = _joined(before.headers), _joined(after.headers)
    for key in {**old, **new}:
        name = (new.get(key) or old[key])[0]
        was, now = (entry[1] if (entry := side.get(key)) else None for side in (old, new))
        if was != now and key != "traceparent":  # that one is another with every request
            found.append(HopChange(name, was, now))
    if bool(before.content) != bool(after.content):
        was, now = ("sent" if request.content else None for request in (before, after))
        found.append(HopChange("body", was, now))
    return tuple(found)


def _joined(headers: Headers) -> dict[str, tuple[str, str]]:
    """Return name and values of each header by its name in lower case."""
    joined: dict[str, tuple[str, str]] = {}
    for name, value in headers:
        key = name.lower()
        joined[key] = (name, f"{joined[key][1]}, {value}") if key in joined else (name, value)
    return joined
