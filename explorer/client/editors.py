"""How the value of a parameter is best entered: as text, a number to step through, a choice, a date or a time."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from explorer.openapi.operations import Parameter
from explorer.openapi.walk import only_member


class EditorKind(enum.StrEnum):
    """What helps while a value is typed. Any text can be typed into each of them."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """What an editor for a parameter knows.

    Attributes:
        kind: what helps.
        many: whether the parameter may come several times.
        choices: the allowed values; empty when open.
        least: the smallest number that the schema allows, if it says so.
        most: the largest number that the schema allows, if it says so.
    """

    kind: EditorKind = EditorKind.TEXT
    many: bool = False
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None


PLAIN = Editor()

_FORMATS = {"date": EditorKind.DATE, "date-time": EditorKind.DATETIME, "time": EditorKind.TIME}


def editor_of(parameter: Parameter, document: Mapping[str, Any]) -> Editor:
    """Return the editor for a parameter; references are looked up in `document`."""
    schema, _ = only_member(parameter.schema, document)
    many = schema.get("type") == "array"
    if many:
        schema, _ = only_member(schema.get("items"), document)
    if parameter.choices:
        return Editor(kind=EditorKind.CHOICE, many=many, choices=parameter.choices)
    if schema.get("type") in ("integer", "number"):
        return Editor(kind=EditorKind.NUMBER, many=many, least=_least(schema), most=_most(schema))
    return Editor(kind=_FORMATS.get(str(schema.get("format", "")), EditorKind.TEXT), many=many)


def _least(schema: Mapping[str, Any]) -> float | None:
    if (least := _number(schema.get("minimum"))) is not None:
        return least
    above = _number(schema.get("exclusiveMinimum"))
    return above + 1 if above is not None and schema.get("type") == "integer" else above


def _most(schema: Mapping[str, Any]) -> float | None:
    if (most := _number(schema.get("maximum"))) is not None:
        return most
    below = _number(schema.get("exclusiveMaximum"))
    return below - 1 if below is not None and schema.get("type") == "integer" else below


def _number(value: object) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
