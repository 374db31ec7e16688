"""OAuth2's password flow: asking the app's token URL for a token, reading its answer, and keeping tokens in memory."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import math
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urljoin

from explorer.client.build import usual_headers
from explorer.client.content import urlencoded
from explorer.client.draft import Auth, SendOptions
from explorer.client.exchange import Request, Response
from explorer.client.payload import Payload
from explorer.client.unsendable import UnsendableRequestError
from explorer.client.urls import encoded_url
from explorer.openapi.media_types import JSON, URLENCODED

_CLOCKS_DIFFER = 1.0  # seconds; less is no sign that somebody set one
EXPIRES_EARLY = 5.0  # seconds; a token that ends sooner may end on its way to the server
_READ_AT_MOST = 1_000_000


class TokenRefusedError(Exception):
    """The server gave no token; the message is a sentence for the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What the server gave out.

    Attributes:
        value: the token itself.
        kind: such as ``bearer``.
        scope: what it is good for, as the server says; empty when it says nothing.
        expires_at: seconds since the epoch; None when nobody knows.
    """

    value: str = field(repr=False)
    kind: str = "bearer"
    scope: str = ""
    expires_at: float | None = None


class Tokens:
    """The tokens of this session, for each address, person, scopes and client. Nothing of it reaches the disk.

    How long a token is good is a duration, which no setting of the clock makes longer: it ends by the clock, or by one
    that nobody sets, whichever comes first. The latter stands still while some computers sleep.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        """`monotonic` tells seconds on a clock that nobody sets."""
        self._monotonic = monotonic
        self._tokens: dict[tuple[str, ...], tuple[Token, float]] = {}  # and when it ends by that clock
        self._pepper = secrets.token_bytes(16)

    def get(self, auth: Auth, base_url: str, now: float) -> Token | None:
        """Return the token that fits; None when there is none, or it has expired or is just about to.

        Args:
            auth: whom it was given out for.
            base_url: the server's address.
            now: seconds since the epoch, by which `expires_at` of the token that is returned is to be understood.
        """
        key = self._key(auth, base_url)
        token, end = self._tokens.get(key, (None, math.inf))
        if token is None or token.expires_at is None:
            return token
        left = min(token.expires_at - now, end - self._monotonic())
        if left <= EXPIRES_EARLY:
            del self._tokens[key]
            return None
        was_set_back = token.expires_at - now - left > _CLOCKS_DIFFER
        return replace(token, expires_at=now + left) if was_set_back else token

    def put(self, auth: Auth, base_url: str, token: Token, now: float) -> None:
        """Keep a token that was given out for `auth`; `now` is in seconds since the epoch."""
        end = math.inf if token.expires_at is None else self._monotonic() + token.expires_at - now
        self._tokens[self._key(auth, base_url)] = token, end

    def forget(self, auth: Auth, base_url: str) -> None:
        """Drop the token that was given out for `auth`, if there is one."""
        self._tokens.pop(self._key(auth, base_url), None)

    def forget_server(self, base_url: str) -> None:
        """Drop what a server gave out: it was started anew, and may have another key now."""
        self._tokens = {key: kept for key, kept in self._tokens.items() if not key[0].startswith(f"{base_url}/")}

    def _key(self, auth: Auth, base_url: str) -> tuple[str, ...]:
        password = hashlib.blake2b(auth.password.encode(errors="surrogatepass"), key=self._pepper).hexdigest()
        scopes = " ".join(sorted(set(auth.scopes.split())))
        return absolute_token_url(auth, base_url), auth.username, password, scopes, auth.client_id


def absolute_token_url(auth: Auth, base_url: str) -> str:
    """Return where a token is asked for; what was typed, when no address can be made of it."""
    try:
        return encoded_url(urljoin(f"{base_url.rstrip('/')}/", auth.token_url.strip()))
    except ValueError:
        return auth.token_url


def token_request(auth: Auth, base_url: str, *, options: SendOptions | None = None) -> Request:
    """Return the request that asks for a token, as FastAPI's ``OAuth2PasswordRequestForm`` reads it.

    Args:
        auth: whom to ask for, and where.
        base_url: the server's address.
        options: how to send it. No redirect is followed, since a password must not travel on to another place.

    Raises:
        UnsendableRequestError: no token URL is entered, or none that is an address, or no password that was not kept.
    """
    url = absolute_token_url(auth, base_url)
    if not auth.token_url.strip():
        raise UnsendableRequestError("Nobody knows where to ask for a token: enter the token URL, such as /token.")
    if not url.lower().startswith(("http://", "https://")):
        raise UnsendableRequestError(f"{auth.token_url} is no address: enter the token URL, such as /token.")
    if auth.ask and not auth.password:
        raise UnsendableRequestError("The password was not kept: enter it again under Auth.")
    fields = [("grant_type", "password"), ("username", auth.username), ("password", auth.password)]
    optional = (("scope", auth.scopes), ("client_id", auth.client_id), ("client_secret", auth.client_secret))
    fields += [(name, text) for name, text in optional if text]
    usual = [header for header in usual_headers() if header[0] != "Accept"]
    return Request(
        method="POST",
        url=url,
        headers=(("Accept", JSON), *usual, ("Content-Type", URLENCODED)),
        content=Payload.of(urlencoded(fields).encode("ascii")),
        options=replace(options or SendOptions(), follow_redirects=False),
    )


def read_token(response: Response, now: float) -> Token:
    """Read the answer to a `token_request`.

    Args:
        response: the answer.
        now: seconds since the epoch.

    Raises:
        TokenRefusedError: it holds no token.
    """
    answer = _json_object(response.body.read(0, _READ_AT_MOST))
    if not 200 <= response.status < 300:
        raise TokenRefusedError(_refusal(response, answer))
    if answer is None:
        raise TokenRefusedError(
            f"The token URL answered {response.status} without JSON, so there is no token in it: check the token URL."
        )
    value = answer.get("access_token")
    if not isinstance(value, str) or not value:
        raise TokenRefusedError(
            f"The token URL answered {response.status}, but without an “access_token”: return one from the function."
        )
    kind, scope = answer.get("token_type"), answer.get("scope")
    return Token(
        value=value,
        kind=kind if isinstance(kind, str) and kind else "bearer",
        scope=scope if isinstance(scope, str) else "",
        expires_at=_expiry(answer.get("expires_in"), value, now),
    )


def _refusal(response: Response, answer: Mapping[str, Any] | None) -> str:
    status = response.status
    if 300 <= status < 400:
        location = response.header("Location") or "another address"
        return f"The token URL leads on to {location} ({status}), and a password is not sent on: enter that address."
    if status in (404, 405):
        return f"No token can be asked for at this address ({status}): check the token URL."
    if status >= 500:
        return f"The server failed while it made a token ({status}): look for an error in its log."
    said = _said(answer or {})
    return f"The server gave no token ({status}): {said or 'check the user name and the password.'}"


def _said(answer: Mapping[str, Any]) -> str:
    """Return the server's own words, as a sentence's end; empty when it has none."""
    for key in ("error_description", "detail", "message", "error"):
        found = answer.get(key)
        if isinstance(found, list) and found and isinstance(found[0], Mapping):  # FastAPI's list of what is wrong
            loc = found[0].get("loc")
            where = f"{loc[-1]}: " if isinstance(loc, list) and loc else ""
            found = f"{where}{found[0].get('msg', '')}"
        if isinstance(found, str) and found.strip():
            text = " ".join(found.split())[:300]
            return text if text.endswith((".", "!", "?")) else f"{text}."
    return ""


def _expiry(expires_in: object, value: str, now: float) -> float | None:
    if isinstance(expires_in, str) and expires_in.strip().isascii() and expires_in.strip().isdecimal():
        expires_in = float(expires_in)
    if isinstance(expires_in, int | float) and not isinstance(expires_in, bool):
        return now + _bounded(expires_in)
    return _expiry_of_jwt(value)


def _expiry_of_jwt(value: str) -> float | None:
    """Return the ``exp`` of a JSON Web Token, which anybody can read; whether it is genuine the server decides."""
    parts = value.split(".")
    if len(parts) != 3:
        return None
    try:
        raw = base64.b64decode(parts[1] + "=" * (-len(parts[1]) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    expires_at = (_json_object(raw) or {}).get("exp")
    if not isinstance(expires_at, int | float) or isinstance(expires_at, bool):
        return None
    return _bounded(expires_at)


def _bounded(seconds: float) -> float:
    """Return a number of seconds that a clock can show, whatever the server says; NaN is now."""
    return min(max(float(min(seconds, 10**15)), 0.0), 1e11) if seconds == seconds else 0.0  # noqa: PLR0124 - NaN


def _json_object(raw: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
