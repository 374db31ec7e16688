"""Who is at the other end of a connection that is not ours, in a word or two."""

from __future__ import annotations

from explorer.client.sockets.server_view import SeenConnection

_KNOWN = (
    ("Firefox/", "Firefox"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
    ("Python/", "Python"),
    ("python-websockets", "Python"),
    ("websocat", "websocat"),
    ("PostmanRuntime", "Postman"),
    ("Mozilla/", "Browser"),
)


def caller_name(seen: SeenConnection) -> str:
    """Return such as ``Firefox 127.0.0.1:53211``; what calls itself nothing is named by where it comes from."""
    who = next((name for part, name in _KNOWN if part in seen.agent), "")
    return f"{who} {seen.peer}".strip() or "another program"
