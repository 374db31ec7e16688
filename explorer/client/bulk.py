r"""Rows as text, for editing many at once, and back.

One row a line::

    limit: 10
    # offset: 20
    # q

A line that begins with ``#`` or ``//`` is a row that is switched off; without a colon it is one that is "not sent".
``##`` is both. A file of a form is ``name: @/path``, and ``;type=`` at the end names a content type. A backslash has
its own meaning only where a line could not be read otherwise: ``\n`` is a line break inside a value, ``\s`` a space at
its start or end, ``\u0009`` any other character that a text field would lose, and ``\\`` a backslash before one of
these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from explorer.client.draft import FormField, RequestDraft, Value
from explorer.openapi.operations import Location

# What a line, or a text field on its way to a line, would not keep: control characters, other line breaks, and the
# space that does not break, which Qt turns into a plain one.
_LOST = re.compile("[\x00-\x08\x0a-\x1f\x7f-\xa0\u2028\u2029\ufdd0-\ufdef\ufeff\ufffc\ufffe\uffff\ud800-\udfff]")
_AFTER_BACKSLASH = re.compile(r"[nrs\\;@]|u[0-9a-fA-F]{4}")
_ESCAPE = re.compile(r"\\(?:([nrs\\;@])|u([0-9a-fA-F]{4}))")
_NAME_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_TYPE = re.compile(r";(?=type=)", re.IGNORECASE)
_TYPE_AT_END = re.compile(r"(?<!\\)((?:\\\\)*);type=((?:[^;\\]|\\.)*)\Z", re.IGNORECASE)
_WINDOWS_PATH = re.compile(r"[A-Za-z]:\\|\\\\")
_SEMICOLON = "\\;"
_MEANINGS = {"n": "\n", "r": "\r", "s": " "}


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: a name, a value that is still escaped (None for "not sent"), and whether it counts."""

    name: str
    value: str | None
    enabled: bool


def values_to_text(values: Iterable[Value], location: Location) -> str:
    """Return the rows of one location as text, a line each; a row without name and text is left out."""
    rows = (value for value in values if value.location is location)
    return "\n".join(
        _write(_Line(row.name, None if row.text is None else _escape(row.text), row.enabled))
        for row in rows
        if row.name or row.text is not None
    )


def values_from_text(text: str, location: Location, before: Iterable[Value] = ()) -> tuple[Value, ...]:
    """Read rows of one location back; every text can be read.

    Args:
        text: one row a line.
        location: where they travel.
        before: the rows as they were; one that was asked for again still is, unless it was entered now.
    """
    asked = {(row.location, row.name) for row in before if row.ask}
    rows = []
    for line in _read(text):
        value = None if line.value is None else _unescape(line.value)
        ask = value is None and (location, line.name) in asked
        rows.append(Value(location=location, name=line.name, text=value, enabled=line.enabled, ask=ask))
    return tuple(rows)


def with_values_text(draft: RequestDraft, location: Location, text: str) -> RequestDraft:
    """Return the draft whose rows of one location are those of `text`; the other rows keep their order."""
    new = values_from_text(text, location, draft.values)
    first = next((i for i, row in enumerate(draft.values) if row.location is location), len(draft.values))
    before = tuple(row for row in draft.values[:first] if row.location is not location)
    after = tuple(row for row in draft.values[first:] if row.location is not location)
    return replace(draft, values=before + new + after)


def fields_to_text(fields: Iterable[FormField]) -> str:
    """Return the rows of a form as text, a line each; a row without name and content is left out."""
    return "\n".join(
        _write(_Line(field.name, _field_value(field), field.enabled))
        for field in fields
        if field.name or field.text is not None or field.is_file
    )


def fields_from_text(text: str, before: Iterable[FormField] = ()) -> tuple[FormField, ...]:
    """Read the rows of a form back; every text can be read.

    Args:
        text: one row a line.
        before: the rows as they were; one that is "not sent" still has its content type, and is asked for again if
            it was.
    """
    not_sent = {field.name: field for field in before if field.text is None and not field.is_file}
    return tuple(_field(line, not_sent) for line in _read(text))


def _write(line: _Line) -> str:
    mark = ("" if line.enabled else "#") + ("#" if line.value is None else "")
    name = _escape_name(line.name)
    row = name if line.value is None else f"{name}: {line.value}".rstrip(" ")
    return f"{mark} {row}" if mark else row


def _read(text: str) -> Iterable[_Line]:
    for raw in text.split("\n"):
        line = raw.strip(" \t\r")
        marks = 0
        while marks < 2 and line.startswith(("#", "//")):
            line = line.removeprefix("//") if line.startswith("//") else line[1:]
            marks += 1
        line = line.strip(" \t")
        name, colon, value = _split(line)
        if not line:
            continue
        if marks and not colon:
            yield _Line(_unescape_name(name), None, marks == 1)
        else:
            yield _Line(_unescape_name(name), value.strip(" \t"), not marks)


def _split(line: str) -> tuple[str, str, str]:
    """Split at the first colon that is not escaped."""
    end = 0
    while end < len(line) and line[end] != ":":
        end += 2 if line[end] == "\\" else 1
    return line[:end].rstrip(" \t"), line[end : end + 1], line[end + 1 :]


def _field_value(field: FormField) -> str | None:
    kind = f";type={_escape(field.content_type, ';').replace(';', _SEMICOLON)}" if field.content_type else ""
    if field.is_file:
        path = field.file or ""
        written = path if _WINDOWS_PATH.match(path) else _no_windows_path(_escape(path, kind), path)
        return f"@{_TYPE.sub(_semicolon, written)}{kind}"
    if field.text is None:
        return None
    written = _escape(field.text, kind)
    if written.startswith("@"):
        written = f"\\{written}"
    return f"{_TYPE.sub(_semicolon, written)}{kind}"


def _field(line: _Line, not_sent: Mapping[str, FormField]) -> FormField:
    if line.value is None:
        old = not_sent.get(line.name, FormField(name=line.name))
        return replace(old, enabled=line.enabled)
    value, content_type = line.value, ""
    if (kind := _TYPE_AT_END.search(value)) is not None:
        value, content_type = value[: kind.end(1)], _unescape(kind[2])
    if value.startswith("@"):
        path = value[1:].replace("\\;type=", ";type=") if _WINDOWS_PATH.match(value, 1) else _unescape(value[1:])
        return FormField(
            name=line.name, is_file=True, file=path or None, content_type=content_type, enabled=line.enabled
        )
    return FormField(name=line.name, text=_unescape(value), content_type=content_type, enabled=line.enabled)


def _no_windows_path(written: str, path: str) -> str:
    """Write the first character another way where escapes make a path look like one of Windows, which has none."""
    if not _WINDOWS_PATH.match(written):
        return written
    return _escaped(path[0]) + written[2 if path[0] == "\\" else 1 :]


def _semicolon(_: re.Match[str]) -> str:
    return _SEMICOLON


def _escape(text: str, following: str = "") -> str:
    """Write a value so that a line keeps it; `following` is what comes directly after it."""
    last = len(text) - 1
    pieces = []
    for position in range(last, -1, -1):  # backwards, since a backslash depends on what follows it
        character = text[position]
        if character == "\\":
            piece = "\\\\" if _AFTER_BACKSLASH.match(following) else "\\"
        elif _LOST.match(character) or (character in " \t" and position in (0, last)):
            piece = _escaped(character)
        else:
            piece = character
        pieces.append(piece)
        following = (piece + following)[:5]
    return "".join(reversed(pieces))


def _escape_name(name: str) -> str:
    pieces = [
        _escaped(character)
        if _LOST.match(character) or (character in " \t" and position in (0, len(name) - 1))
        else f"\\{character}"
        if character in "\\:" or (character in "#/" and position == 0)
        else character
        for position, character in enumerate(name)
    ]
    return "".join(pieces)


def _escaped(character: str) -> str:
    return {"\n": "\\n", "\r": "\\r", " ": "\\s"}.get(character, f"\\u{ord(character):04x}")


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[2], 16)) if match[2] else _MEANINGS.get(match[1], match[1]), text)


def _unescape_name(name: str) -> str:
    return _NAME_ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else _MEANINGS.get(m[2], m[2]), name)
