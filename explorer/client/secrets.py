"""What of a draft may be written to a disk: everything but the values that let somebody in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from urllib.parse import unquote

from explorer.client.draft import Auth, BodyKind, FormField, RequestDraft, Value
from explorer.client.secret_names import is_secret_header, is_secret_name, is_secret_value
from explorer.client.secret_texts import replace_in_pairs, replace_in_text
from explorer.openapi.operations import Location

_MAYBE_SECRET = re.compile(r"(?=.*\d|.{16}).{4,}", re.DOTALL)
_MATRIX_NAME = re.compile(r"([^/;=]+)=")  # as in ``/map;token=5Kd9``
_PASSWORD_IN_ADDRESS = re.compile(r"(://[^/?#@:]*):[^/?#]*@")


def without_secrets(draft: RequestDraft) -> RequestDraft:
    """Return the draft without its secrets, to be saved.

    A row that held one is "not sent" and says `ask`, and so does `Auth`; in the text of a body an empty string
    stands in its place. A URL that was typed by hand loses the values of secret names, or is left out when what it
    holds cannot be told apart safely.
    """
    url = draft.url_override
    return replace(
        draft,
        values=tuple(_safe_value(value) for value in draft.values),
        body=replace_in_text(draft.body, _media_type(draft), _nothing) if draft.body is not None else None,
        fields=tuple(_safe_field(field) for field in draft.fields),
        auth=_safe_auth(draft.auth),
        url_override=safe_url(url, _nothing) if url is not None else None,
    )


def held_secrets(draft: RequestDraft, token: str | None = None) -> tuple[str, ...]:
    """Return the texts that go along and that `without_secrets` takes out of the rows and credentials of a draft.

    Args:
        draft: the draft.
        token: OAuth2: the token that the server gave out for the draft's `auth`.
    """
    rows: tuple[Value | FormField, ...] = (*draft.values, *draft.fields)
    kept: tuple[Value | FormField, ...] = (*map(_safe_value, draft.values), *map(_safe_field, draft.fields))
    texts = [row.text for row, left in zip(rows, kept, strict=True) if row.enabled and left.ask and row.text]
    auth = draft.auth
    texts += [auth.token, auth.password, auth.key_value, auth.client_secret, token or ""]
    return tuple(dict.fromkeys(filter(None, texts)))


def safe_url(url: str, instead: Callable[[str], str]) -> str | None:
    """Return a URL or target, whole or half typed, without its secrets; None when they cannot be told apart.

    Args:
        url: as typed.
        instead: from the name of a query parameter to what stands in the place of its value.
    """
    front = url.partition("?")[0].partition("#")[0]
    if _path_may_tell(front) or is_secret_value(unquote(front)):
        return None
    return _safe_query(url, instead)


def _safe_query(url: str, instead: Callable[[str], str]) -> str:
    url = _PASSWORD_IN_ADDRESS.sub(r"\1@", url)
    url, hash_sign, fragment = url.partition("#")
    front, question_mark, query = url.partition("?")
    return f"{front}{question_mark}{replace_in_pairs(query, instead)}{hash_sign}{replace_in_pairs(fragment, instead)}"


def _path_may_tell(path: str) -> bool:
    """Tell whether a step after one with a secret's name may be that secret, as in ``/reset-token/5Kd9``."""
    steps = unquote(path).split("/")
    follows = any(is_secret_name(name) and _MAYBE_SECRET.fullmatch(step) for name, step in pairwise(steps))
    return follows or any(is_secret_name(name) for name in _MATRIX_NAME.findall(path))


def _media_type(draft: RequestDraft) -> str:
    return draft.media_type if draft.body_kind in (BodyKind.TEXT, BodyKind.FILE) else ""


def _safe_value(value: Value) -> Value:
    name_tells = is_secret_header if value.location is Location.HEADER else is_secret_name
    secret = value.location is Location.COOKIE or name_tells(value.name)
    if not value.text or not (secret or is_secret_value(value.text)):
        return value
    return replace(value, text=None, ask=True)


def _safe_field(field: FormField) -> FormField:
    if not field.text:
        return field
    if is_secret_name(field.name) or is_secret_value(field.text):
        return replace(field, text=None, ask=True)
    return replace(field, text=replace_in_text(field.text, "", _nothing))


def _safe_auth(auth: Auth) -> Auth:
    held = bool(auth.token or auth.password or auth.key_value or auth.client_secret)
    return replace(
        auth,
        token="",
        password="",
        key_value="",
        client_secret="",
        token_url=_safe_query(auth.token_url, _nothing),
        ask=auth.ask or held,
    )


def _nothing(_name: str) -> str:
    return ""
