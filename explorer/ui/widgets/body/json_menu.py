"""The menu of one row of a JSON form: not sent, null or a value, and what can be put in its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from explorer.openapi.examples import pretty_json
from explorer.openapi.fields import FieldKind, FieldSpec, members, starting_member, starting_value
from explorer.openapi.json_positions import Pointer
from explorer.openapi.schema import in_json
from explorer.ui.models.json_entries import MISSING, short_text
from explorer.ui.models.json_parts import Part, Place, is_choice_of_forms
from explorer.ui.widgets.body.json_host import JsonHost, noun_of


def fill_menu(menu: QMenu, host: JsonHost, pointer: Pointer, part: Part) -> None:
    """Offer what can be done with a part."""
    _add_states(menu, host, pointer, part)
    _add_values(menu, host, pointer, part.spec)
    if part.place is Place.ITEM:
        _add_item_actions(menu, host, pointer)


def add_members(menu: QMenu, host: JsonHost, pointer: Pointer, spec: FieldSpec) -> None:
    """Offer the members of a union as new values."""
    for index, member in enumerate(members(spec, host.document)):
        _add(menu, in_json(member.type_label), partial(put_member, host, pointer, spec, index))


def put_new(host: JsonHost, pointer: Pointer, spec: FieldSpec) -> None:
    """Put a new value at a place."""
    host.set_json(pointer, new_json(host, spec))


def put_member(host: JsonHost, pointer: Pointer, spec: FieldSpec, index: int) -> None:
    """Put a new value of one member of a union at a place."""
    host.set_json(pointer, pretty_json(starting_member(spec, index, host.document)))


def new_json(host: JsonHost, spec: FieldSpec) -> str:
    """Return the JSON of a new value."""
    return pretty_json(starting_value(spec, host.document))


def _add_states(menu: QMenu, host: JsonHost, pointer: Pointer, part: Part) -> None:
    group = QActionGroup(menu)
    spec = part.spec
    has_value = part.value is not MISSING and part.value is not None

    def state(label: str, now: bool, act: Callable[[], object]) -> None:
        action = _add(menu, label, act)
        action.setCheckable(True)
        action.setChecked(now)
        group.addAction(action)

    if has_value or not is_choice_of_forms(spec, host.document):
        state("A value", has_value, lambda: None if has_value else put_new(host, pointer, _as_text(spec)))
    else:
        add_members(menu, host, pointer, spec)
    if spec.nullable or spec.kind is FieldKind.ANY or part.value is None:
        state("null", part.value is None, lambda: host.set_json(pointer, "null"))
    if part.place is not Place.ITEM and pointer:
        words = "Not sent (the server refuses that)" if part.place is Place.MEMBER and spec.required else "Not sent"
        state(words, part.value is MISSING, lambda: host.remove(pointer))


def _add_values(menu: QMenu, host: JsonHost, pointer: Pointer, spec: FieldSpec) -> None:
    offers: list[tuple[str, str]] = []
    if spec.has_default and spec.default is not None:
        offers.append((f"Use the default: {short_text(spec.default)}", pretty_json(spec.default)))
    if spec.has_example:
        offers.append((f"Use the example: {short_text(spec.example)}", pretty_json(spec.example)))
    now = datetime.now(UTC).replace(microsecond=0)
    if spec.kind is FieldKind.DATE:
        offers.append(("Use today", f'"{now:%Y-%m-%d}"'))
    elif spec.kind is FieldKind.DATETIME:
        offers.append(("Use this moment", f'"{now:%Y-%m-%dT%H:%M:%SZ}"'))
    elif spec.kind is FieldKind.TIME:
        offers.append(("Use this time", f'"{now:%H:%M:%S}"'))
    elif spec.kind is FieldKind.ANY:
        offers += [("Make it an object", "{}"), ("Make it a list", "[]"), ("Make it a text", '""')]
    elif spec.kind in (FieldKind.OBJECT, FieldKind.ARRAY, FieldKind.MAP):
        offers.append((f"Start {noun_of(spec)} anew", new_json(host, spec)))
    if offers:
        menu.addSeparator()
    for label, json_text in offers:
        _add(menu, label, partial(host.set_json, pointer, json_text))


def _add_item_actions(menu: QMenu, host: JsonHost, pointer: Pointer) -> None:
    around, index = pointer[:-1], int(pointer[-1])
    menu.addSeparator()
    if index:
        _add(menu, "Move up\tAlt+Up", lambda: host.move_item(around, index, index - 1))
    _add(menu, "Move down\tAlt+Down", lambda: host.move_item(around, index, index + 1))
    _add(menu, "Remove", lambda: host.remove(pointer))


def _as_text(spec: FieldSpec) -> FieldSpec:
    """Return a field of which something can be typed: one that may be anything starts as a text."""
    return FieldSpec(kind=FieldKind.TEXT) if spec.kind is FieldKind.ANY else spec


def _add(menu: QMenu, label: str, act: Callable[[], object]) -> QAction:
    action = menu.addAction(label.replace("&", "&&"))
    action.triggered.connect(lambda _checked=False: act())
    return action
