"""Edits of JSON as text, one place at a time: every other character stays as it was typed.

A form that would read a body and write it again would lose what a person meant by ``1.50``, by the order of the fields
or by an empty line. So a form changes the text itself, at the place that a pointer names: a name for each object and an
index for each list on the way down. Of a name that occurs twice in an object the last one counts, as everywhere.
"""

from __future__ import annotations

import json
import re

from explorer.openapi.json_outline import Member, Outline, outline, value_span
from explorer.openapi.json_positions import Pointer
from explorer.openapi.json_syntax import explain_syntax

_INDENT = re.compile(r"\n([ \t]+)(?=\S)")
_USUAL_INDENT = "  "


class JsonEditError(ValueError):
    """The text is no JSON, or has no such place; the message is a sentence for a person."""


def set_value(text: str, pointer: Pointer, json_text: str) -> str:
    """Return the text with another value at a place.

    A name that its object lacks is added to it, and an item just behind the last one of a list. Further lines of
    `json_text` are indented as the place is. A text without anything in it becomes `json_text`.

    Raises:
        JsonEditError: one of the texts is no JSON, or what should hold the place is not there.
    """
    json_text = _checked_value(json_text)
    if not pointer and not text.strip():
        return json_text
    _check(text)
    span = _find(text, pointer)
    if span is not None:
        start, end = span
        return text[:start] + _indented(json_text, _indent_of(text, start)) + text[end:]
    around = _container(text, pointer[:-1])
    key = pointer[-1]
    if around.is_object and isinstance(key, str):
        return _added(text, around, len(around.members), json_text, key)
    if not around.is_object and key == len(around.members):
        return _added(text, around, len(around.members), json_text, None)
    raise _no_such_place(pointer)


def remove(text: str, pointer: Pointer) -> str:
    """Return the text without a member or item, and without its comma; the same text when it has no such place.

    Raises:
        JsonEditError: the text is no JSON.
    """
    _check(text)
    if not pointer:
        return ""
    while (around := _container_or_none(text, pointer[:-1])) is not None:
        index = _index(around, pointer[-1])
        if index is None:
            break
        text = _without(text, around, index)
        if not around.is_object:
            break  # what has moved into its place is another item
    return text


def insert(text: str, pointer: Pointer, index: int, json_text: str) -> str:
    """Return the text with a new item in the list at `pointer`, before the item that has this index now.

    Raises:
        JsonEditError: one of the texts is no JSON, or there is no list.
    """
    json_text = _checked_value(json_text)
    _check(text)
    around = _list(text, pointer)
    return _added(text, around, max(0, min(index, len(around.members))), json_text, None)


def move_item(text: str, pointer: Pointer, old: int, new: int) -> str:
    """Return the text with an item of the list at `pointer` moved, so that its index is `new` afterwards.

    Raises:
        JsonEditError: the text is no JSON, or there is no such item.
    """
    _check(text)
    members = _list(text, pointer).members
    if not (0 <= old < len(members) and 0 <= new < len(members)):
        raise _no_such_place((*pointer, old if not 0 <= old < len(members) else new))
    values = [text[member.value_start : member.end] for member in members]
    values.insert(new, values.pop(old))
    for member, value in reversed(list(zip(members, values, strict=True))):
        text = text[: member.value_start] + value + text[member.end :]
    return text


def rename_key(text: str, pointer: Pointer, name: str) -> str:
    """Return the text with another name for the member of an object at `pointer`, which keeps place and value.

    Raises:
        JsonEditError: the text is no JSON, there is no such member, or its object has one of that name already.
    """
    _check(text)
    around = _container(text, pointer[:-1]) if pointer else None
    if around is None or not around.is_object or _index(around, pointer[-1]) is None:
        raise _no_such_place(pointer)
    if name == pointer[-1]:
        return text
    if _index(around, name) is not None:
        raise JsonEditError(f"There is a field named {json.dumps(name, ensure_ascii=False)} already.")
    written = json.dumps(name, ensure_ascii=False)
    for member in reversed(around.members):
        if member.key == pointer[-1]:
            text = text[: member.start] + written + text[member.key_end :]
    return text


def _check(text: str) -> None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        sentence, position, _ = explain_syntax(error)
        raise JsonEditError(f"Line {text.count(chr(10), 0, position) + 1}: {sentence}") from None
    except RecursionError:
        raise JsonEditError("The JSON is nested too deep to be edited.") from None
    except ValueError:
        raise JsonEditError("A number in the JSON has too many digits to be read.") from None


def _checked_value(json_text: str) -> str:
    _check(json_text)
    return json_text.strip(" \t\r\n")


def _find(text: str, pointer: Pointer) -> tuple[int, int] | None:
    span = value_span(text)
    for step in pointer:
        around = outline(text, span[0])
        index = None if around is None else _index(around, step)
        if around is None or index is None:
            return None
        member = around.members[index]
        span = member.value_start, member.end
    return span


def _container(text: str, pointer: Pointer) -> Outline:
    found = _container_or_none(text, pointer)
    if found is None:
        raise _no_such_place(pointer)
    return found


def _container_or_none(text: str, pointer: Pointer) -> Outline | None:
    span = _find(text, pointer)
    return None if span is None else outline(text, span[0])


def _list(text: str, pointer: Pointer) -> Outline:
    found = _container(text, pointer)
    if found.is_object:
        raise JsonEditError(f"{_place(pointer)} is no list.")
    return found


def _index(around: Outline, key: str | int) -> int | None:
    if isinstance(key, int):
        return key if not around.is_object and 0 <= key < len(around.members) else None
    found = (index for index in reversed(range(len(around.members))) if around.members[index].key == key)
    return next(found, None) if around.is_object else None


def _without(text: str, around: Outline, index: int) -> str:
    members = around.members
    if len(members) == 1:
        start, end = around.start + 1, around.end - 1
    elif index + 1 < len(members):
        start, end = members[index].start, members[index + 1].start
    else:
        start, end = members[index - 1].end, members[index].end
    return text[:start] + text[end:]


def _added(text: str, around: Outline, index: int, json_text: str, key: str | None) -> str:
    members = around.members
    if not members:
        return _with_first(text, around, json_text, key)
    # A new one stands as its neighbours do: on a line of its own, or behind the last one.
    near = members[min(index, len(members) - 1)]
    lead = _lead(text, around, near)
    written = _indented(_named(text, near, key) + json_text, _indent_of(text, near.start))
    if index < len(members):
        return text[: near.start] + written + "," + (lead or _gap(text, around)) + text[near.start :]
    if len(members) == 1 and not lead.strip(" \t"):
        lead = _gap(text, around)
    return text[: near.end] + "," + lead + written + text[near.end :]


def _with_first(text: str, around: Outline, json_text: str, key: str | None) -> str:
    base = _indent_of(text, around.start)
    name = "" if key is None else json.dumps(key, ensure_ascii=False) + ": "
    is_spread = "\n" in text or "\n" in json_text or not text[: around.start].strip()
    if not is_spread:
        return text[: around.start + 1] + name + json_text + text[around.end - 1 :]
    new_line = "\r\n" if "\r\n" in text else "\n"
    inner = base + _unit(text)
    written = _indented(name + json_text, inner)
    return f"{text[: around.start + 1]}{new_line}{inner}{written}{new_line}{base}{text[around.end - 1 :]}"


def _lead(text: str, around: Outline, member: Member) -> str:
    """Return the white space in front of a member."""
    before = text[around.start + 1 : member.start]
    return before[len(before.rstrip(" \t\r\n")) :]


def _gap(text: str, around: Outline) -> str:
    """Return the white space that stands behind a comma of an object or list."""
    members = around.members
    lead = _lead(text, around, members[min(1, len(members) - 1)])
    if len(members) > 1 or "\n" in lead:
        return lead
    is_dense = around.is_object and members[0].value_start == members[0].key_end + 1
    return "" if is_dense else " "


def _named(text: str, near: Member, key: str | None) -> str:
    return "" if key is None else json.dumps(key, ensure_ascii=False) + text[near.key_end : near.value_start]


def _indent_of(text: str, position: int) -> str:
    """Return the white space at the beginning of the line on which a position lies."""
    line = text[text.rfind("\n", 0, position) + 1 : position]
    return line[: len(line) - len(line.lstrip(" \t"))]


def _indented(json_text: str, indent: str) -> str:
    """Indent all lines but the first. A line break in JSON never stands inside a text, so none is harmed."""
    return json_text.replace("\n", "\n" + indent) if indent else json_text


def _unit(text: str) -> str:
    """Return what one level is indented by: as the first indented line is."""
    found = _INDENT.search(text)
    return found[1] if found is not None else _USUAL_INDENT


def _no_such_place(pointer: Pointer) -> JsonEditError:
    return JsonEditError(f"{_place(pointer)} is not in the JSON.")


def _place(pointer: Pointer) -> str:
    return " → ".join(str(step) for step in pointer) or "The whole"
