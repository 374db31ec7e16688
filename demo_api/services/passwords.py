"""Passwords: what is stored in their place, and how one is checked against it."""

import hashlib
import hmac
import secrets
from functools import cache

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError

LONGEST = 128
"""No user has a longer password, so nobody can make the server work through megabytes of one."""


def hash_password(password: str) -> str:
    """Return what to store: from it nobody can work out the password, and two equal passwords look different.

    Argon2 is slow and takes 19 MiB on purpose. Whoever steals the table must pay that for every guess.
    """
    return hasher().hash(password)


def check_password(password: str, stored: str) -> tuple[bool, str | None]:
    """Return whether `password` fits what is stored, and the hash to store from now on, if that is another one.

    Hashes age: computers get faster, and better ways are found. Only here, while the password is known for a moment,
    can an old one be replaced.
    """
    if len(password) > LONGEST:
        return False, None
    try:
        return hasher().verify_and_update(password, stored)
    except UnknownHashError:
        return False, None  # nobody can sign in with what is no hash at all


@cache
def hasher() -> PasswordHash:
    """Return the ways of hashing that the shop knows: the first makes new hashes, all of them can check."""
    from pwdlib.hashers.argon2 import Argon2Hasher

    # The least that OWASP's "Password Storage Cheat Sheet" advises: some 20 ms, and 40 people may sign in at once.
    return PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19 * 1024, parallelism=1), ScryptHasher()))


@cache
def nobodys_hash() -> str:
    """Return the hash of a password that nobody has.

    It is checked when there is no such user. Answering at once would tell who is a customer and who is not.
    """
    return hash_password(secrets.token_urlsafe())


class ScryptHasher:
    """What the shop used before Argon2: `scrypt$salt$digest`. Whoever joined then can still sign in."""

    @classmethod
    def identify(cls, hash: str | bytes) -> bool:  # noqa: A002 - pwdlib's name
        """Return whether a stored hash is of this kind."""
        return str(hash).startswith("scrypt$")

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        """Return what is stored for a password."""
        salt = salt or secrets.token_bytes(8)
        secret = password if isinstance(password, bytes) else password.encode()
        digest = hashlib.scrypt(secret, salt=salt, n=2**14, r=8, p=1, dklen=32)
        return f"scrypt${salt.hex()}${digest.hex()}"

    def verify(self, password: str | bytes, hash: str | bytes) -> bool:  # noqa: A002 - pwdlib's name
        """Return whether the password fits."""
        salt = bytes.fromhex(str(hash).split("$")[1])
        # `==` stops at the first letter that differs, and its time would tell how far a guess came
        return hmac.compare_digest(self.hash(password, salt=salt), str(hash))

    def check_needs_rehash(self, hash: str | bytes) -> bool:  # noqa: A002, ARG002 - pwdlib's names
        """Return whether a hash is out of date: each of this kind is."""
        return True
