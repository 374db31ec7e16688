"""Between JSON values and what a person types into a field: both ways without loss."""

from __future__ import annotations

import enum
import json
import re
from dataclasses import dataclass
from typing import Any, Final

from explorer.openapi.fields import FieldKind, FieldSpec
from explorer.openapi.json_syntax import explain_syntax

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?\Z")
_WORDS = {"true", "false", "null", "NaN", "Infinity", "-Infinity"}


class _Missing(enum.Enum):
    MISSING = enum.auto()


MISSING: Final = _Missing.MISSING
"""No value at all, which differs from null."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written, such as ``1.50``."""

    text: str


class Entry(enum.Enum):
    """What a field makes of the characters typed into it."""

    TEXT = enum.auto()  # always a text
    JSON = enum.auto()  # a number, true, false and null are what they say; all else is a text


class JsonTextError(ValueError):
    """The text is no JSON.

    Attributes:
        sentence: what is wrong, and what to do.
        line: 0-based; None when it belongs to no line.
    """

    def __init__(self, sentence: str, line: int | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.line = line


def read_json(text: str) -> Any:
    """Read JSON with each number as it is written; `MISSING` for a text of nothing but white space.

    Raises:
        JsonTextError: the text is no JSON.
    """
    if not text.strip():
        return MISSING
    try:
        return json.loads(text, parse_int=Number, parse_float=Number, parse_constant=Number)
    except json.JSONDecodeError as error:
        sentence, position, _ = explain_syntax(error)
        raise JsonTextError(sentence, text.count("\n", 0, position)) from error
    except RecursionError as error:
        raise JsonTextError("The JSON is nested too deep to be read.") from error


def plain(value: Any) -> Any:
    """Return a value with ordinary numbers in it."""
    if isinstance(value, Number):
        try:
            return int(value.text)
        except ValueError:
            return float(value.text)
    if isinstance(value, dict):
        return {key: plain(child) for key, child in value.items()}
    if isinstance(value, list):
        return [plain(child) for child in value]
    return value


def is_container(value: Any) -> bool:
    """Tell objects and lists from all else."""
    return isinstance(value, dict | list)


def entry_for(spec: FieldSpec, value: Any, members: tuple[FieldSpec, ...] = ()) -> Entry:
    """Return how a field is to be typed into; `members` are those of a union."""
    fits_text = value is MISSING or value is None or isinstance(value, str)
    return Entry.TEXT if fits_text and _is_text(spec, members) else Entry.JSON


def entry_text(value: Any, entry: Entry) -> str:
    """Return how a value is shown in a field, so that `json_of` makes the same value of it again."""
    if isinstance(value, Number):
        return value.text
    if not isinstance(value, str):
        return "" if value is MISSING else json.dumps(plain(value), ensure_ascii=False)
    text = json.dumps(value, ensure_ascii=False)
    return value if json_of(value, entry) == text else text


def json_of(text: str, entry: Entry) -> str:
    """Return the JSON of what was typed."""
    if entry is Entry.JSON and (text in _WORDS or _NUMBER.match(text) or _is_quoted(text)):
        return text
    return json.dumps(text, ensure_ascii=False)


def short_text(value: Any, limit: int = 40) -> str:
    """Return a value as JSON for a menu, cut short."""
    text = json.dumps(plain(value), ensure_ascii=False)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _is_quoted(text: str) -> bool:
    if not text.startswith('"'):
        return False
    try:
        return isinstance(json.loads(text), str) and text.endswith('"')
    except ValueError:
        return False


def _is_text(spec: FieldSpec, members: tuple[FieldSpec, ...]) -> bool:
    if spec.kind is FieldKind.UNION:
        return bool(members) and all(_is_text(member, ()) for member in members)
    if spec.kind in (FieldKind.CHOICE, FieldKind.CONST):
        return all(isinstance(choice, str) for choice in spec.choices)
    return spec.kind in (
        FieldKind.TEXT,
        FieldKind.LONG_TEXT,
        FieldKind.DATE,
        FieldKind.DATETIME,
        FieldKind.TIME,
        FieldKind.FILE,
    )
