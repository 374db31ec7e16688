"""Secrets in texts that others look at, as in front of a class: each has dots in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from explorer.client.known_secrets import ways_to_write
from explorer.client.secret_names import WEB_TOKEN, is_secret_header, is_secret_name

MASK = "••••••"
_MOST_KNOWN = 200
_MOST_KEPT = 5_000  # masked texts
_LONGEST_KEPT = 2_000  # characters of one
_SHORTEST = 4  # characters; a shorter secret would take half of a text away

# Credentials in a header. In "Basic authentication" no word looks like one.
_SCHEME = re.compile(r"\b(?:bearer|basic)\s+(?=\S*[\d=.+/]|\S{16})([\w.~+/=-]{4,})", re.IGNORECASE)
_HASH = re.compile(r"(\$(?:argon2\w*|2[abxy]|scrypt|pbkdf2[\w-]*)\$(?:[^\s'\",)]|,(?=\w+=))+)")
_WEB_TOKEN = re.compile(f"({WEB_TOKEN.pattern})")
_HEADER = re.compile(r"(?:^|['\"])(?P<name>[\w-]{1,100}):[ \t]+(?P<text>[^'\"\r\n]+)", re.MULTILINE)
# As JSON and Python write it; the quotes are escaped in JSON inside JSON.
_KEY = re.compile(r"""(?P<quote>\\*["'])(?P<name>[^"'\\\n:]{1,100})(?P=quote)\s*[:=]\s*""")
_VALUE = re.compile(
    r"""(?P<quote>\\*["'])(?P<text>(?:(?!(?P=quote))(?:\\.|[^\\\n]))*)|(?P<plain>[^\s"',{}\[\]\\][^,}\]\n]*)"""
)
_PAIR = re.compile(
    r"""(?<![\w-])(?P<name>[\w.-]{1,100})=(?:(?P<quote>["'])(?P<text>.*?)(?P=quote)|(?P<plain>[^&\s"';,)]+))"""
)
_HARMLESS = ("null", "none", "true", "false", "undefined")
Span = tuple[int, int]


class Masking:
    """Masks what looks like a secret, what is called like one, and what was used as one."""

    def __init__(self) -> None:
        self._known: dict[str, None] = {}  # the last one was learned last
        self._pattern: re.Pattern[str] | None = None
        self._kept: dict[str, str] = {}

    def learn(self, secrets: Iterable[str]) -> None:
        """Mask these from now on, wherever they are: passwords, tokens and keys that go along with requests."""
        new = [text for text in secrets if len(text) >= _SHORTEST]
        if all(text in self._known for text in new):
            return
        for text in new:
            self._known.pop(text, None)
            self._known[text] = None
        for text in list(self._known)[:-_MOST_KNOWN]:
            del self._known[text]
        self._pattern = re.compile("(" + "|".join(map(re.escape, ways_to_write(self._known))) + ")")
        self._kept.clear()

    def text(self, text: str) -> str:
        """Return a text with dots in place of the secrets in it."""
        kept = self._kept.get(text)
        if kept is not None:
            return kept
        masked = self._masked(text)
        if len(text) <= _LONGEST_KEPT:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[text] = masked
        return masked

    def value(self, name: str, text: str) -> str:
        """Return the value of a header, cookie or parameter: dots alone when its name says that it is a secret."""
        return MASK if text and is_secret_header(name) else self.text(text)

    def spans(self, text: str) -> list[Span]:
        """Return where the secrets in a text begin and end, in order."""
        whole: list[Span] = []
        for start, end in sorted(self._found(text)):
            if whole and start <= whole[-1][1]:
                whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
            elif end > start:
                whole.append((start, end))
        return whole

    def _masked(self, text: str) -> str:
        pieces, at = [], 0
        for start, end in self.spans(text):
            pieces += [text[at:start], MASK]
            at = end
        return "".join((*pieces, text[at:]))

    def _found(self, text: str) -> Iterator[Span]:
        for pattern in (_SCHEME, _HASH, _WEB_TOKEN, self._pattern):
            if pattern is not None:
                yield from (match.span(1) for match in pattern.finditer(text))
        for match in _HEADER.finditer(text):
            if is_secret_header(match["name"]):
                yield match.span("text")
        for key in _KEY.finditer(text):  # only the key: its value may be JSON with secrets of its own
            if is_secret_name(key["name"]) and (value := _VALUE.match(text, key.end())) is not None:
                yield from _secret(value)
        for pair in _PAIR.finditer(text):
            if is_secret_name(pair["name"]):
                yield from _secret(pair)


def _secret(value: re.Match[str]) -> Iterator[Span]:
    part = "text" if value["text"] is not None else "plain"
    if value[part].strip().lower() not in _HARMLESS:
        yield value.span(part)
