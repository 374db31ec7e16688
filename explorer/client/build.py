"""From a draft to a request that is ready to be sent."""

from __future__ import annotations

import re

import explorer
from explorer.client.draft import RequestDraft
from explorer.client.exchange import Headers, Request
from explorer.client.payload import Payload
from explorer.client.urls import full_url
from explorer.openapi.operations import Location

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_COOKIE_PLAIN = re.compile(r"[!#-+\--:<-\[\]-~]*")


class UnsendableRequestError(ValueError):
    """HTTP has no way to carry what the draft asks for; the message is a sentence for the person."""


def build_request(draft: RequestDraft, base_url: str) -> Request:
    """Turn a draft into a request to the server at `base_url` (no path).

    Only what the draft asks for is sent, with three headers added unless the draft has its own: ``Accept``,
    ``Accept-Encoding`` and ``User-Agent``; and ``Content-Type`` when there is a body. An empty body is no body.

    Raises:
        UnsendableRequestError: a header or cookie holds characters that a header cannot carry.
    """
    body = _body_of(draft)
    own = _declared_headers(draft)
    given = {name.lower() for name, _ in own}
    usual = [("Accept", "*/*"), ("Accept-Encoding", "gzip, deflate"), ("User-Agent", _user_agent())]
    if body:
        usual.append(("Content-Type", draft.media_type))
    headers = tuple(header for header in usual if header[0].lower() not in given) + own
    return Request(
        method=draft.method,
        url=full_url(base_url, draft),
        headers=headers,
        content=Payload.of(body),
        options=draft.options,
    )


def _user_agent() -> str:
    return f"fastapi-explorer/{explorer.__version__}"


def _body_of(draft: RequestDraft) -> bytes:
    try:
        return (draft.body or "").encode()
    except UnicodeEncodeError as error:
        raise UnsendableRequestError(
            f"Character {error.start + 1} of the body is half of a character and cannot be sent: delete it."
        ) from error


def _declared_headers(draft: RequestDraft) -> Headers:
    headers = [
        (_checked_name(value.name), _checked_value(value.name, value.sent))
        for value in draft.values
        if value.location is Location.HEADER and value.sent is not None
    ]
    cookies = [
        f"{_checked_name(value.name)}={_cookie_text(_checked_value(value.name, value.sent))}"
        for value in draft.values
        if value.location is Location.COOKIE and value.sent is not None
    ]
    if cookies:
        headers.append(("Cookie", "; ".join(cookies)))
    return tuple(headers)


def _checked_name(name: str) -> str:
    if _TOKEN.fullmatch(name) is None:
        raise UnsendableRequestError(
            f"“{name}” cannot be the name of a header or cookie: use letters, digits and hyphens."
        )
    return name


def _checked_value(name: str, text: str) -> str:
    """Return the text without the space around it, which no receiver would see."""
    text = text.strip(" \t")
    for character in text:
        if character in "\r\n":
            raise UnsendableRequestError(f"The value of {name} has a line break, and a header is one line: remove it.")
        if ord(character) > 255:
            raise UnsendableRequestError(
                f"The value of {name} has “{character}”, which a header cannot carry: send it in the query or the body."
            )
        if character != "\t" and (ord(character) < 32 or ord(character) == 127):
            raise UnsendableRequestError(
                f"The value of {name} has the control character {ord(character):#04x}, "
                "which a header cannot carry: remove it."
            )
    return text


def _cookie_text(text: str) -> str:
    """Quote a value that would otherwise end early, the way Python's ``http.cookies`` reads it back."""
    if _COOKIE_PLAIN.fullmatch(text):
        return text
    quoted = "".join(f"\\{ord(c):03o}" if c in '",;\\' or ord(c) > 126 else c for c in text)
    return f'"{quoted}"'
