"""What stands in the pieces of a command: credentials, a form, a path, variables in the places of secrets."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import replace
from urllib.parse import unquote_plus

from explorer.client.draft import Auth, AuthKind, FormField, RequestDraft, Value
from explorer.client.secret_names import is_secret_name
from explorer.openapi.operations import Location

_COOKIE_ESCAPE = re.compile(r"\\(?:([0-3][0-7][0-7])|(.))")
_VARIABLE = re.compile(r"\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\})")
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


def without_variables(draft: RequestDraft) -> RequestDraft:
    """Return the draft in which a secret that is a variable of the shell, such as ``$TOKEN``, is asked for."""
    return replace(
        draft,
        values=tuple(
            replace(row, text=None, ask=True) if _is_variable(row, row.location is Location.COOKIE) else row
            for row in draft.values
        ),
        fields=tuple(replace(row, text=None, ask=True) if _is_variable(row) else row for row in draft.fields),
        auth=_without_variables(draft.auth),
    )


def _without_variables(auth: Auth) -> Auth:
    token, password = ("" if _VARIABLE.fullmatch(text) else text for text in (auth.token, auth.password))
    if (token, password) == (auth.token, auth.password):
        return auth
    return replace(auth, token=token, password=password, ask=True)


def _is_variable(row: Value | FormField, secret: bool = False) -> bool:
    return (secret or is_secret_name(row.name)) and row.text is not None and _VARIABLE.fullmatch(row.text) is not None


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
