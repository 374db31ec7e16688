"""Who sent a request, in one word: from what it says of itself, which anybody may fake."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

OURS = "here"  # this window
BROWSER = "browser"
PHONE = "phone"
UNKNOWN = "unknown"

_PRODUCTS = {
    "curl": "curl",
    "wget": "wget",
    "httpie": "httpie",
    "python-httpx": "httpx",
    "python-requests": "requests",
    "python-urllib": "urllib",
    "websockets": "websockets",
    "aiohttp": "aiohttp",
    "postmanruntime": "postman",
    "insomnia": "insomnia",
    "bruno-runtime": "bruno",
    "axios": "axios",
    "node": "node",
    "undici": "node",
    "go-http-client": "go",
    "okhttp": "okhttp",
    "testclient": "testclient",
}
_OF_PHONES = ("iphone", "ipad", "android", "mobile")
_LOOPBACK = ("127.", "::1", "testclient")


def caller_of(headers: Iterable[tuple[bytes, bytes]], client: Sequence[object] = ()) -> str:
    """Return the word for who sent a request: a program's name, `BROWSER`, `PHONE`, or an address of another machine.

    Args:
        headers: as ASGI gives them, names in lower case.
        client: host and port, as ASGI gives them.

    """
    agent = next((value.decode("latin-1").lower() for name, value in headers if name == b"user-agent"), "")
    words = agent.split(maxsplit=2)
    if len(words) > 1 and words[0].startswith("python/"):  # then comes the library, as in ``Python/3.12 aiohttp/3.9``
        del words[0]
    product = words[0].partition("/")[0] if words else ""
    if product in _PRODUCTS:
        return _PRODUCTS[product]
    if product == "mozilla":
        return PHONE if any(word in agent for word in _OF_PHONES) else BROWSER
    if product:
        return product[:20]
    host = str(client[0]) if client else ""
    return host if host and not host.startswith(_LOOPBACK) else UNKNOWN
