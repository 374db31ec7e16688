"""Where a redirect leads, and what goes along: the rules of browsers."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote, urljoin, urlsplit

from explorer.client.exchange import Headers, Request
from explorer.client.payload import Payload
from explorer.client.secret_names import is_secret_name, is_secret_value

MOST_HOPS = 20
NOWHERE = "This redirect has no Location, so there is nowhere to go: name one where the response is made."
_CODES = frozenset({301, 302, 303, 307, 308})
_WIRE_SAFE = "%!#$&'()*+,;=:@/?[]~"
_PORTS = {"http": 80, "https": 443}
# These tell of a body, and go when it goes.
_OF_THE_BODY = frozenset(
    {
        "content-type", "content-length", "content-encoding", "content-language", "content-location",
        "content-disposition", "transfer-encoding", "expect",
    }
)  # fmt: skip


def is_redirect(status: int) -> bool:
    """Whether a response with a Location asks to go there."""
    return status in _CODES


def follow(request: Request, status: int, location: str) -> Request | str:
    """Return the request that follows a redirect; or the sentence that says why there is none.

    Args:
        request: the one that was redirected, as composed: without what was added while it was sent.
        status: of the redirect.
        location: the header, decoded as latin-1.
    """
    url = _resolve(request.url, location)
    if url is None:
        return (
            f"This redirect was not followed, since its Location ({_short(location)}) is no address of a web server: "
            "correct it where the response is made."
        )
    followed = replace(request, url=url)
    if _becomes_get(request.method, status):
        headers = tuple(header for header in request.headers if header[0].lower() not in _OF_THE_BODY)
        followed = replace(followed, method="GET", headers=headers, content=Payload())
    if _origin(url) != _origin(request.url):
        followed = replace(followed, headers=_without_secrets(followed))
    return followed


def too_many(urls: tuple[str, ...], next_url: str) -> str:
    """Return the sentence for a redirect that is one too many; `urls` are those that were asked, in order."""
    if next_url in urls:
        return (
            f"The redirects go round in a circle: {next_url} was asked before. "
            f"We stopped after {MOST_HOPS}; correct the Location where these responses are made."
        )
    return f"We stopped after {MOST_HOPS} redirects, as browsers do: look in the hops for the one that leads astray."


def _becomes_get(method: str, status: int) -> bool:
    return (status == 303 and method not in ("GET", "HEAD")) or (status in (301, 302) and method == "POST")


def _resolve(base: str, location: str) -> str | None:
    """Return the absolute address, ready for a request line; None when there is none."""
    text = _as_utf8(location).strip()
    if not text or text.endswith("://"):  # Python takes a lonely scheme for the address that is there already
        return None
    try:
        parts = urlsplit(urljoin(base, text))
        if parts.scheme not in _PORTS or not parts.hostname or parts.port == 0:  # `port` raises for what is none
            return None
    except ValueError:
        return None
    address = parts.netloc.rpartition("@")[2]  # what stands before it is a name and a password, and is not ours
    target = quote(parts.path, safe=_WIRE_SAFE) + (f"?{quote(parts.query, safe=_WIRE_SAFE)}" if parts.query else "")
    return f"{parts.scheme}://{address}{target}"


def _as_utf8(location: str) -> str:
    """Return what the server meant: many write UTF-8 into a header, and browsers read it so."""
    try:
        return location.encode("latin-1").decode()
    except UnicodeError:
        return location


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme.lower(), parts.hostname or "", parts.port or _PORTS.get(parts.scheme.lower())


def _without_secrets(request: Request) -> Headers:
    """Leave out what was meant for the first server alone; browsers do, and who is redirected is not asked."""
    return tuple(
        (name, value)
        for name, value in request.headers
        if name.lower() != "host"
        and not is_secret_name(name)
        and not is_secret_value(value)
        and value not in request.secrets
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
