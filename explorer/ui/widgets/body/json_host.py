"""What the rows of a JSON form ask of the form: edits of the text, remarks, and what is unfolded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from explorer.openapi.fields import FieldSpec
from explorer.openapi.hints import Hint
from explorer.openapi.json_positions import Pointer
from explorer.openapi.schema import in_json
from explorer.ui.models.json_entries import MISSING, short_text
from explorer.ui.models.json_parts import Part, Place
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.body.builder import Builder
from explorer.ui.widgets.body.field_frame import FieldLabel


class JsonHost(Protocol):
    """The form, as its rows see it. Every edit leaves the rest of the text as it was typed."""

    themes: Themes
    builder: Builder
    document: Mapping[str, Any]

    def set_json(self, pointer: Pointer, json_text: str) -> None:
        """Put a value at a place."""

    def remove(self, pointer: Pointer) -> None:
        """Take a value out."""

    def insert(self, pointer: Pointer, index: int, json_text: str) -> None:
        """Put a new item into a list."""

    def move_item(self, pointer: Pointer, old: int, new: int) -> None:
        """Move an item of a list."""

    def rename(self, pointer: Pointer, name: str) -> None:
        """Give a member another name."""

    def enter(self, pointer: Pointer) -> None:
        """Lead the person to a row that was just added."""

    def hints_at(self, pointer: Pointer) -> tuple[Hint, ...]:
        """Return the remarks about a place."""

    def hints_below(self, pointer: Pointer) -> Iterable[tuple[Pointer, tuple[Hint, ...]]]:
        """Return the remarks about all that lies inside a place."""

    def unfolded(self, pointer: Pointer) -> bool | None:
        """Tell whether the person unfolded a place; None when they did not touch it."""

    def fold(self, pointer: Pointer, unfolded: bool) -> None:
        """Remember what the person did."""

    def arranged(self) -> None:
        """Take note that rows came or went."""


def path_text(pointer: Pointer) -> str:
    """Return a place as it stands in the names of controls."""
    return ".".join(str(step) for step in pointer) or "body"


def label_of(part: Part, pointer: Pointer, model: str) -> FieldLabel:
    """Return what a row says; `model` is the one around it."""
    spec = part.spec
    name = f"[{part.key}]" if part.place is Place.ITEM else "body" if not pointer else str(part.key or "")
    foreign = part.place is Place.EXTRA
    return FieldLabel(
        name=name,
        type_label=(f"not in {model}" if model else "not in the schema") if foreign else in_json(spec.type_label),
        description=spec.description or spec.title,
        required=part.place is Place.MEMBER and spec.required,
        deprecated=spec.deprecated,
        foreign=foreign,
        note=_note(spec),
    )


def noun_of(spec: FieldSpec) -> str:
    """Return what a button calls a new value."""
    return spec.model or spec.title or {"array": "a list", "union": "a value"}.get(spec.kind, "an object")


def state_of(part: Part) -> str:
    """Say the state of a part in a word or two."""
    return "not sent" if part.value is MISSING else "null" if part.value is None else "a value"


def _note(spec: FieldSpec) -> str:
    lines = []
    if spec.has_default and spec.default is not None:
        lines.append(f"Default: {short_text(spec.default)}")
    if spec.has_example:
        lines.append(f"Example: {short_text(spec.example)}")
    if spec.pattern:
        lines.append(f"Must fit {spec.pattern}")
    if spec.write_only:
        lines.append("The server never shows it again.")
    if spec.read_only:
        lines.append("Only the server sets it.")
    if spec.format == "binary" or spec.schema.get("contentEncoding"):
        lines.append("Bytes travel in JSON as a text, such as base64.")
    return "\n".join(lines)
