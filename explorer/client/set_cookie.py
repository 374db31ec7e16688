"""One ``Set-Cookie`` header, read the way a browser reads it (RFC 6265, section 5.2)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

_DATE_DELIMITER = re.compile(r"[\x09\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+")
_CLOCK = re.compile(r"(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\D|$)")
_DAY = re.compile(r"(\d{1,2})(?:\D|$)")
_YEAR = re.compile(r"(\d{2,4})(?:\D|$)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WHOLE_NUMBER = re.compile(r"-?\d+")
_MOST_SECONDS = 10**10  # three hundred years; a larger Max-Age means "for ever" and must not overflow a date


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCookie:
    """What a ``Set-Cookie`` header says, before anybody decides whether to keep it.

    Attributes:
        name: empty when the header holds no name.
        value: as written; quotes stay.
        domain: lower case and without a leading dot; empty when it is not said.
        path: empty when it is not said, or does not begin with a slash.
        expires: seconds since the epoch; None when it is not said, or cannot be read.
        max_age: seconds from now; goes before `expires`. Not positive means: forget it.
        secure: whether it travels over https only.
        http_only: whether it is hidden from scripts.
        same_site: ``Strict``, ``Lax`` or ``None`` as written; empty when it is not said.
        partitioned: whether it is kept apart for every site that embeds this one.
        attributes: everything after the first semicolon as written, in order; the value of a bare word is empty.
    """

    name: str
    value: str
    domain: str = ""
    path: str = ""
    expires: float | None = None
    max_age: int | None = None
    secure: bool = False
    http_only: bool = False
    same_site: str = ""
    partitioned: bool = False
    attributes: tuple[tuple[str, str], ...] = ()


def parse_set_cookie(text: str) -> SetCookie:
    """Read the value of a ``Set-Cookie`` header. Whatever the text holds, this does not raise."""
    pair, *rest = text.split(";")
    name, equals, value = pair.partition("=")
    if not equals:  # browsers take a lonely word for the value of a cookie without a name
        name, value = "", pair
    attributes = tuple(_attribute(piece) for piece in rest if piece.strip())
    said = {key.lower(): worth for key, worth in attributes}  # the last of each counts
    path = said.get("path", "")
    return SetCookie(
        name=name.strip(),
        value=value.strip(),
        domain=said.get("domain", "").removeprefix(".").lower(),
        path=path if path.startswith("/") else "",
        expires=parse_date(said["expires"]) if "expires" in said else None,
        max_age=_seconds(said.get("max-age", "")),
        secure="secure" in said,
        http_only="httponly" in said,
        same_site=said.get("samesite", ""),
        partitioned="partitioned" in said,
        attributes=attributes,
    )


def parse_date(text: str) -> float | None:
    """Read a date in any of the shapes that servers write (RFC 6265, section 5.1.1); None for what is none."""
    clock: tuple[int, int, int] | None = None
    day = month = year = None
    for token in _DATE_DELIMITER.split(text):
        if clock is None and (match := _CLOCK.match(token)):
            clock = int(match[1]), int(match[2]), int(match[3])
        elif day is None and (match := _DAY.match(token)):
            day = int(match[1])
        elif month is None and token[:3].lower() in _MONTHS:
            month = _MONTHS.index(token[:3].lower()) + 1
        elif year is None and (match := _YEAR.match(token)):
            year = int(match[1])
    if clock is None or day is None or month is None or year is None:
        return None
    year += 1900 if 70 <= year <= 99 else 2000 if year <= 69 else 0
    hour, minute, second = clock
    if year < 1601 or hour > 23 or minute > 59 or second > 59:
        return None
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return float(calendar.timegm((year, month, day, hour, minute, second)))


def _attribute(piece: str) -> tuple[str, str]:
    name, _, value = piece.partition("=")
    return name.strip(), value.strip()


def _seconds(text: str) -> int | None:
    if not text.isascii() or _WHOLE_NUMBER.fullmatch(text) is None:
        return None
    if len(text) > 11:
        return 0 if text.startswith("-") else _MOST_SECONDS
    return min(int(text), _MOST_SECONDS)
