"""Passwords: what is stored in their place."""

import hashlib
import secrets


def hash_password(password: str) -> str:
    """Return what to store: from it nobody can work out the password, and two equal passwords look different.

    scrypt is slow and takes 16 MB on purpose. Whoever steals the table must pay that for every guess.
    """
    salt = secrets.token_bytes(8)
    digest = hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)
    return f"scrypt${salt.hex()}${digest.hex()}"
