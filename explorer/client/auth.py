"""From how a person proves who they are to what travels."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

from explorer.client.draft import Auth, AuthKind, RequestDraft
from explorer.client.exchange import Headers
from explorer.client.header_rules import checked_name, checked_value
from explorer.client.unsendable import UnsendableRequestError
from explorer.openapi.operations import Location

_SCHEME = re.compile(r"\s*bearer\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What proves who sends a request; at most one of these is filled.

    Attributes:
        headers: name and value.
        query: name and text of query parameters, not encoded yet.
        cookies: name and text, not encoded yet.
    """

    headers: Headers = ()
    query: tuple[tuple[str, str], ...] = ()
    cookies: tuple[tuple[str, str], ...] = ()


def credentials_of(auth: Auth, token: str | None) -> Credentials:
    """Return what `auth` adds to a request; nothing while it is not filled in.

    Args:
        auth: how the person proves who they are.
        token: OAuth2: the token that the server gave out.

    Raises:
        UnsendableRequestError: it holds characters that cannot be carried.
    """
    if auth.kind is AuthKind.BEARER:
        return _bearer(auth.token)
    if auth.kind is AuthKind.OAUTH2_PASSWORD:
        return _bearer(token or "")
    if auth.kind is AuthKind.BASIC:
        return _basic(auth.username, auth.password)
    if auth.kind is AuthKind.API_KEY:
        return _api_key(auth)
    return Credentials()


def has_own_authorization(draft: RequestDraft) -> bool:
    """Tell whether a header that was written by hand takes the place of what `Auth` says."""
    return any(
        value.location is Location.HEADER and value.name.lower() == "authorization" and value.sent is not None
        for value in draft.values
    )


def _bearer(token: str) -> Credentials:
    token = _SCHEME.sub("", token, count=1).strip()  # the scheme is often copied along with it
    if not token:
        return Credentials()
    return Credentials(headers=(("Authorization", f"Bearer {checked_value('the token', token)}"),))


def _basic(username: str, password: str) -> Credentials:
    if not username and not password:
        return Credentials()
    if ":" in username:
        raise UnsendableRequestError(
            f"The user name {username} has a colon, which ends a user name in basic authentication: remove it."
        )
    try:
        encoded = base64.b64encode(f"{username}:{password}".encode()).decode("ascii")
    except UnicodeEncodeError as error:
        raise UnsendableRequestError(
            "The user name or password has half of a character, which cannot be sent: enter it again."
        ) from error
    return Credentials(headers=(("Authorization", f"Basic {encoded}"),))


def _api_key(auth: Auth) -> Credentials:
    if not auth.key_value:
        return Credentials()
    if not auth.key_name:
        raise UnsendableRequestError("The API key has no name: enter the name of the header, parameter or cookie.")
    pair = (auth.key_name, auth.key_value)
    if auth.key_location is Location.QUERY:
        return Credentials(query=(pair,))
    if auth.key_location is Location.COOKIE:
        return Credentials(cookies=(pair,))
    return Credentials(headers=((checked_name(auth.key_name), checked_value(auth.key_name, auth.key_value)),))
