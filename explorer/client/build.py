"""From a draft to a request that is ready to be sent."""

from __future__ import annotations

from urllib.parse import quote

import explorer
from explorer.client.auth import Credentials, credentials_of
from explorer.client.content import content_of
from explorer.client.draft import BodyKind, RequestDraft
from explorer.client.exchange import Headers, Request
from explorer.client.header_rules import checked_method, checked_name, checked_value, cookie_pair
from explorer.client.secrets import held_secrets
from explorer.client.unsendable import UnsendableRequestError
from explorer.client.urls import build_target, full_url, parse_query, split_url
from explorer.openapi.operations import Location

__all__ = ["UnsendableRequestError", "build_request", "usual_headers"]


def build_request(draft: RequestDraft, base_url: str, *, token: str | None = None) -> Request:
    """Turn a draft into a request to the server at `base_url` (no path).

    Only what the draft asks for is sent, with three headers added unless the draft has its own: ``Accept``,
    ``Accept-Encoding`` and ``User-Agent``; and ``Content-Type`` when there is a body. An empty body is no body. What
    the person wrote into a row by hand wins over what the draft's `auth` would send under the same name.

    Args:
        draft: the draft.
        base_url: the server's address.
        token: OAuth2: the token that the server gave out for the draft's `auth`.

    Raises:
        UnsendableRequestError: a header or cookie holds characters that it cannot carry, a file cannot be read, or
            there is no server.
    """
    own = _rows(draft, Location.HEADER)
    given = {name.lower(): text for name, text in own}
    content, content_type = content_of(draft, given.get("content-type"))
    credentials = credentials_of(draft.auth, token)
    headers = [header for header in usual_headers() if header[0].lower() not in given]
    if content_type and "content-type" not in given:
        headers.append(("Content-Type", content_type))
    headers += [header for header in credentials.headers if header[0].lower() not in given]
    for name, text in own:
        if name.lower() == "content-type" and draft.body_kind is BodyKind.MULTIPART and content_type:
            headers.append((name, content_type))
        elif name.lower() != "cookie":
            headers.append((name, text))
    cookies = _cookies(draft, own, credentials)
    if cookies:
        headers.append(("Cookie", cookies))
    return Request(
        method=checked_method(draft.method),
        url=_url(base_url, draft, credentials),
        headers=tuple(headers),
        content=content,
        options=draft.options,
        secrets=held_secrets(draft, token),
    )


def usual_headers() -> Headers:
    """Return the headers that go with every request that has none of its own by the same name."""
    agent = f"fastapi-explorer/{explorer.__version__}"
    return (("Accept", "*/*"), ("Accept-Encoding", "gzip, deflate"), ("User-Agent", agent))


def _rows(draft: RequestDraft, location: Location) -> Headers:
    return tuple(
        (checked_name(value.name), checked_value(value.name, value.sent))
        for value in draft.values
        if value.location is location and value.sent is not None
    )


def _cookies(draft: RequestDraft, own: Headers, credentials: Credentials) -> str:
    """Return the one Cookie header that a request may have, made of the rows and what was written by hand."""
    by_hand = [text for name, text in own if name.lower() == "cookie" and text]
    rows = _rows(draft, Location.COOKIE)
    given = {name for name, _ in rows}
    pairs = rows + tuple(pair for pair in credentials.cookies if pair[0] not in given)
    return "; ".join(by_hand + [cookie_pair(name, text) for name, text in pairs])


def _url(base_url: str, draft: RequestDraft, credentials: Credentials) -> str:
    try:
        url = full_url(base_url, draft)
    except ValueError as error:
        raise UnsendableRequestError(
            "There is no server to send this to: start one, or type a whole address such as http://127.0.0.1:8000/."
        ) from error
    origin = split_url(url)[0]
    if " " in origin or not origin.isprintable():
        raise UnsendableRequestError(f"{origin!r} is no address: remove the space or line break in it.")
    _, _, query = build_target(draft).partition("?")
    given = _names(query)
    for name, text in credentials.query:
        if name not in given:
            separator = "&" if "?" in url else "?"
            url += f"{separator}{quote(name, safe='', errors='replace')}={quote(text, safe='', errors='replace')}"
    return url


def _names(query: str) -> set[str]:
    try:
        return {name for name, _ in parse_query(query)}
    except UnicodeDecodeError:  # typed by hand, and sent as typed
        return set()
