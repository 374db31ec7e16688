"""What stands in the pieces of a command or a log: credentials, a form, a path."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote_plus

from explorer.client.draft import Auth, AuthKind, FormField

_COOKIE_ESCAPE = re.compile(r"\\(?:([0-3][0-7][0-7])|(.))")
_PLAIN_AUTH = re.compile(r"(bearer|basic)\s+(\S+)\s*\Z", re.IGNORECASE)


def auth_of(header: str) -> Auth | None:
    """Return what the value of an Authorization header says; None when a row must carry it as it is."""
    match = _PLAIN_AUTH.match(header)
    if match is None:
        return None
    if match[1].lower() == "bearer":
        return Auth(kind=AuthKind.BEARER, token=match[2])
    try:
        text = base64.b64decode(match[2], validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
    username, colon, password = text.partition(":")
    return Auth(kind=AuthKind.BASIC, username=username, password=password) if colon else None


def form_fields(text: str) -> tuple[FormField, ...] | None:
    """Read the rows of a form from its text; None for a text that is none."""
    if text.lstrip()[:1] in ("{", "[", "<"):
        return None  # sent as a form by mistake, since nothing else was said
    fields = []
    for piece in text.split("&"):
        name, equals, value = piece.partition("=")
        if not equals:
            return None
        try:
            fields.append(FormField(name=_decoded(name), text=_decoded(value)))
        except UnicodeDecodeError:
            return None
    return tuple(fields)


def cookie_text(raw: str) -> str:
    """Return the value of a cookie as Python's ``http.cookies`` reads it: quoted values lose their quotes."""
    if len(raw) < 2 or raw[0] != '"' or raw[-1] != '"':
        return raw
    return _COOKIE_ESCAPE.sub(lambda match: chr(int(match[1], 8)) if match[1] else match[2], raw[1:-1])


def without_dot_segments(path: str) -> str:
    """Return a path as curl sends it unless it is told ``--path-as-is``."""
    steps: list[str] = []
    for step in path.split("/"):
        if step == "..":
            del steps[max(1, len(steps) - 1) :]
        elif step != ".":
            steps.append(step)
    if path.rpartition("/")[2] in (".", ".."):
        steps.append("")
    return "/".join(steps)


def _decoded(text: str) -> str:
    return unquote_plus(text, errors="strict")
