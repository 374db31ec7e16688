"""Requests and responses without their secrets, for the history and for what is copied to others."""

from __future__ import annotations

import json
import re
from typing import Any

from explorer.client.exchange import Headers
from explorer.client.secret_names import is_secret_header, is_secret_name, is_secret_value
from explorer.client.secret_texts import replace_in_text
from explorer.client.secrets import safe_url

MASK = "***"
_NO_TEXT = ("image/", "audio/", "video/", "font/")
_PLAIN_IN_ANSWER = frozenset({"token_type", "scope", "expires_in", "error", "error_description", "detail", "message"})
_COOKIE = re.compile(r"([^=;\s]+)=((?:\"[^\"]*\")|[^;]*)")


def redacted_headers(headers: Headers) -> Headers:
    """Return headers in which secrets are masked: the scheme, the names of cookies and their attributes stay."""
    return tuple((name, _redacted_header(name.lower(), text)) for name, text in headers)


def redacted_url(url: str) -> str:
    """Return a URL in which secrets are masked; of a path that may hold one only the server is left."""
    found = safe_url(url, _mask)
    if found is not None:
        return found
    address = re.match(r"[^/?#]*//[^/?#]*", url)
    server = re.sub(r"//.*@", "//", address[0]) if address is not None else ""
    return f"{server}/{MASK}"


def redact_body(media_type: str, content: bytes, url_is_token_url: bool) -> bytes:
    """Return a body in which secrets are masked.

    Args:
        media_type: its Content-Type.
        content: the body, or its beginning; what is no text in it stays as it is.
        url_is_token_url: whether a token URL was asked, whose answer may hold a token under any name.
    """
    if media_type.lower().startswith(_NO_TEXT):
        return content
    # Bytes that are no UTF-8, such as a character cut in two at the end, come back as they were.
    text = content.decode(errors="surrogateescape")
    redacted = _redacted_answer(text, media_type) if url_is_token_url else _redacted(text, media_type)
    return redacted.encode(errors="surrogateescape")


def _redacted(text: str, media_type: str) -> str:
    return replace_in_text(text, media_type, _mask)


def _redacted_answer(text: str, media_type: str) -> str:
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return _redacted(text, media_type)
    if isinstance(answer, str):
        return json.dumps(MASK)
    if not isinstance(answer, dict):
        return _redacted(text, media_type)
    secret = {name: text for name, text in answer.items() if name not in _PLAIN_IN_ANSWER and isinstance(text, str)}
    if all(is_secret_name(name) for name in secret):
        return _redacted(text, media_type)  # which keeps the layout
    plain: dict[str, Any] = {**answer, **dict.fromkeys(secret, MASK)}
    return _redacted(json.dumps(plain), media_type)


def _redacted_header(name: str, text: str) -> str:
    if name in ("authorization", "proxy-authorization"):
        scheme, space, _ = text.partition(" ")
        return f"{scheme} {MASK}" if space else MASK
    if name == "cookie":
        return _COOKIE.sub(rf"\1={MASK}", text)
    if name == "set-cookie":
        return _COOKIE.sub(rf"\1={MASK}", text, count=1)
    if is_secret_header(name) or is_secret_value(text):
        return MASK
    return redacted_url(text) if name in ("location", "referer", "content-location") else text


def _mask(_name: str) -> str:
    return MASK
