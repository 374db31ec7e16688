"""Which names stand for something that lets somebody in."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORDS = (
    "authorization", "cookie", "password", "passwd", "passphrase", "secret", "token", "api-key", "api_key", "apikey",
    "api key", "credential", "private_key", "private-key", "privatekey", "jwt",
)  # fmt: skip
_WORD = re.compile("|".join(_WORDS), re.IGNORECASE)
# Counts of a language model's tokens, what a token is like, headers about cookies and secrets that hold none.
_HARMLESS = re.compile(
    r"(max|min|total|prompt|completion|input|output|num|n)[-_]?(new[-_]?)?tokens"
    r"|token[-_]?(type|ur[li]|count|limit|endpoint)|tokens[-_]?(used|count|limit)"
    r"|[\w-]*(tokeni[sz]|secretar)[\w-]*|access-control-.*",
    re.IGNORECASE,
)
_HARMLESS_KEYS = ("idempotency-key", "sec-websocket-key", "surrogate-key")  # headers
_SCHEME = re.compile(r"\s*(bearer|basic)\s+\S", re.IGNORECASE)
WEB_TOKEN = re.compile(r"\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*")


def is_secret_name(name: str) -> bool:
    """Tell whether a value by this name is to be kept secret."""
    return _WORD.search(name) is not None and _HARMLESS.fullmatch(name) is None


def is_secret_header(name: str) -> bool:
    """Tell whether a header by this name is to be kept secret: APIs name their keys as they like, ``X-Shop-Key``."""
    low = name.lower()
    return is_secret_name(low) or (low.endswith("-key") and low not in _HARMLESS_KEYS)


def may_name_secrets(text: str) -> bool:
    """Tell, quickly, whether a secret's name or a web token can occur anywhere in a text."""
    lowered = text.lower()
    return "eyJ" in text or any(word in lowered for word in _WORDS)


def secret_words(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each word that stands for a secret begins and ends, in order."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters have no small one of the same length
        yield from (match.span() for match in _WORD.finditer(text))
        return
    found: list[tuple[int, int]] = []
    for word in _WORDS:  # many times as quick as one pattern for all
        start = lowered.find(word)
        while start >= 0:
            found.append((start, start + len(word)))
            start = lowered.find(word, start + 1)
    yield from sorted(found)


def is_secret_value(text: str) -> bool:
    """Tell whether a value is one by its looks: credentials of a header, or a JSON Web Token."""
    return _SCHEME.match(text) is not None or WEB_TOKEN.search(text) is not None
