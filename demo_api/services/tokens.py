"""Tokens and keys: how they are made, and how they are checked. Knows nothing of HTTP."""

import hashlib
import hmac
import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from demo_api.models.token import TokenContent
from demo_api.models.types import now

SCOPES: Final = {
    "me": "See who you are.",
    "items": "See what you sell, and make a key for programs.",
    "staff": "See all customers. Only for Ada, who runs the shop.",
}

# One, and named: a token that may choose how it is checked can choose not to be checked.
ALGORITHM: Final = "HS256"


class InvalidTokenError(Exception):
    """The token or key is not one of ours, was changed, or is too old."""


def make_token(secret: str, user_id: int, scopes: Iterable[str], *, minutes: int) -> str:
    """Return a JSON Web Token: three parts with dots between them, of which the last signs the first two.

    Args:
        secret: what it is signed with.
        user_id: whom it stands for.
        scopes: what it is good for.
        minutes: how long it is good.
    """
    import jwt

    issued = now()
    content = {
        "sub": str(user_id),
        "scope": " ".join(scopes),
        "iat": issued,
        "exp": issued + timedelta(minutes=minutes),
    }
    return jwt.encode(content, secret, ALGORITHM)


def read_token(secret: str, token: str) -> TokenContent:
    """Return what a token says.

    Raises:
        InvalidTokenError: its signature is wrong, or its time is over.
    """
    import jwt

    try:
        content = jwt.decode(token, secret, [ALGORITHM], options={"require": ["sub", "scope", "iat", "exp"]})
    except jwt.ExpiredSignatureError as error:
        raise InvalidTokenError("The token is too old. Sign in again with POST /token.") from error
    except jwt.InvalidTokenError as error:
        raise InvalidTokenError("This is no token of this shop. Sign in with POST /token.") from error
    return TokenContent(
        user_id=content["sub"],
        scopes=content["scope"].split(),
        issued_at=content["iat"],
        expires_at=content["exp"],
    )


def make_api_key(secret: str, user_id: int) -> str:
    """Return the key of a user: the number, and a signature that only this shop can make.

    It is the same each time and never ends. A shop that wants to take a key back has to store them (their hashes).
    """
    signature = hmac.new(secret.encode(), f"api-key:{user_id}".encode(), hashlib.sha256)
    return f"{user_id}.{signature.hexdigest()}"


def read_api_key(secret: str, api_key: str) -> int:
    """Return the number of the user whose key it is.

    Raises:
        InvalidTokenError: this shop did not make it.
    """
    parts = re.fullmatch(r"([0-9]{1,19})\.[0-9a-f]{64}", api_key)
    # `==` stops at the first letter that differs, and its time would tell how far a guess came
    if parts is None or not hmac.compare_digest(make_api_key(secret, int(parts[1])), api_key):
        raise InvalidTokenError("This is no key of this shop. Make one with POST /account/key.")
    return int(parts[1])
