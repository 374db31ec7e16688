"""What the schema has to say about what a person typed. Hints inform; they never stop a request."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain, islice
from typing import Any

from explorer.openapi.json_positions import Pointer, Positions, Span, find_positions
from explorer.openapi.json_syntax import explain_syntax
from explorer.openapi.media_types import is_json
from explorer.openapi.operations import Body, Location, Parameter
from explorer.openapi.schema import field_note, is_null, resolve, variants
from explorer.openapi.walk import child_schema, existing_part, ignored_beside

MAX_CHECKED = 200_000  # characters; a longer body is read for its syntax only
MAX_HINTS = 100  # nobody reads more
MAX_READ = 5_000_000  # characters; a longer body is left to the server


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """One remark.

    Attributes:
        message: one sentence, in the words pydantic would use where it has some.
        loc: where, as FastAPI's 422 names it, such as ``("body", "price")``.
        line: 0-based line in the body's text; None when it does not belong to a line.
        column: 0-based column where the value begins; None with `line`.
        length: how many characters the value takes on that line; 0 when unknown.
        error: True when the server would refuse it; False for advice (such as an ignored extra field).
    """

    message: str
    loc: tuple[str | int, ...]
    line: int | None = None
    column: int | None = None
    length: int = 0
    error: bool = True


def check_values(parameter: Parameter, texts: tuple[str, ...], document: Mapping[str, Any]) -> tuple[Hint, ...]:
    """Say what the server will hold against all values of a parameter that are sent, in their order.

    The `loc` of a hint that belongs to one of several values of a list ends with its index.
    """
    loc = (parameter.location.value, parameter.name)
    if not texts:
        return (Hint(message="Field required", loc=loc),) if parameter.required else ()
    is_list = _is_list(parameter.schema, document)
    # Cookies come as one text, of which FastAPI makes no list.
    value = list(texts) if is_list and parameter.location is not Location.COOKIE else _counting(parameter, texts)
    from explorer.openapi.validation import find_problems

    hints = [
        Hint(message=found.message, loc=(*loc, *_index_of(found.loc)) if len(texts) > 1 else loc)
        for found in find_problems(parameter.schema, document, value)
    ]
    if len(texts) > 1 and not is_list:
        which = "first" if parameter.location is Location.HEADER else "last"
        hints.append(Hint(message=f"Of several values only the {which} one counts.", loc=loc, error=False))
    return tuple(hints)


def _counting(parameter: Parameter, texts: tuple[str, ...]) -> str:
    return texts[0] if parameter.location is Location.HEADER else texts[-1]


def _index_of(loc: Pointer) -> Pointer:
    return tuple(step for step in loc[:1] if isinstance(step, int))


def check_body(body: Body, text: str, document: Mapping[str, Any]) -> tuple[Hint, ...]:
    """Say what the server will hold against a JSON body as typed, and what it will ignore.

    Errors come first, then advice, at most `MAX_HINTS` of them. Bodies of other media types, and very long ones, get
    no remark.
    """
    if not is_json(body.media_type) or len(text) > MAX_READ:
        return ()
    if not text.strip():
        return (Hint(message="Field required", loc=("body",)),) if body.required else ()
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        return (_syntax_hint(error),)
    except RecursionError:
        return (Hint(message="The JSON is nested too deep to be read.", loc=("body",)),)
    except ValueError:
        return (Hint(message="A number in the JSON has too many digits to be read.", loc=("body",)),)
    if len(text) > MAX_CHECKED:
        return ()
    positions = find_positions(text)
    remarks = chain(_refusals(body, value, positions, document), _ignored_fields(body, positions, document))
    return tuple(islice(remarks, MAX_HINTS))


def field_notes(body: Body, text: str, document: Mapping[str, Any]) -> Mapping[int, str]:
    """Return, for each 0-based line with exactly one field, what is expected of it, such as ``float > 0``."""
    if not is_json(body.media_type) or len(text) > MAX_CHECKED:
        return {}
    schemas: dict[Pointer, object] = {(): body.schema}
    notes: dict[int, str] = {}
    crowded: set[int] = set()
    for pointer, span in find_positions(text).keys.items():
        if span.line in notes:
            crowded.add(span.line)
        notes[span.line] = field_note(_schema_at(pointer, schemas, document), document)
    return {line: note for line, note in notes.items() if note and line not in crowded}


def _syntax_hint(error: json.JSONDecodeError) -> Hint:
    sentence, position, length = explain_syntax(error)
    before = error.doc[:position]
    span = Span(before.count("\n"), position - before.rfind("\n") - 1, length)
    return _hint(sentence, ("body", error.pos), span)


def _refusals(body: Body, value: object, positions: Positions, document: Mapping[str, Any]) -> Iterator[Hint]:
    from explorer.openapi.validation import find_problems

    for found in find_problems(body.schema, document, value):
        pointer = existing_part(found.loc, value)
        span = positions.values.get(pointer)
        if found.kind == "extra_forbidden":
            span = positions.keys.get(pointer)
        elif found.kind == "missing" and span is not None:
            span = Span(span.line, span.column, 1)  # the bracket of the object that lacks the field
        yield _hint(found.message, ("body", *found.loc), span)


def _ignored_fields(body: Body, positions: Positions, document: Mapping[str, Any]) -> Iterator[Hint]:
    schemas: dict[Pointer, object] = {(): body.schema}
    for pointer, span in positions.keys.items():
        *_, name = pointer
        known = ignored_beside(_schema_at(pointer[:-1], schemas, document), document)
        if known is None or name in known[0]:
            continue
        yield _hint(ignored_sentence(str(name), known), ("body", *pointer), span, error=False)


def ignored_sentence(name: str, known: tuple[tuple[str, ...], str]) -> str:
    """Say that a field is ignored beside those of a model, as `ignored_beside` returns them."""
    near = get_close_matches(name, known[0], n=1)
    question = f" Did you mean {near[0]}?" if near else ""
    return f"Not in {known[1]}, so it is ignored.{question}"


def _hint(message: str, loc: Pointer, span: Span | None, *, error: bool = True) -> Hint:
    if span is None:
        return Hint(message=message, loc=loc, error=error)
    return Hint(message=message, loc=loc, line=span.line, column=span.column, length=span.length, error=error)


def _schema_at(pointer: Pointer, schemas: dict[Pointer, object], document: Mapping[str, Any]) -> object:
    """Return the schema of a place, and keep those of all places above it in `schemas`."""
    if pointer not in schemas:
        above = _schema_at(pointer[:-1], schemas, document)
        schemas[pointer] = child_schema(above, pointer[-1], document)
    return schemas[pointer]


def _is_list(schema: object, document: Mapping[str, Any]) -> bool:
    members = [resolve(member, document) for member in variants(schema) if not is_null(member)]
    return any(member.get("type") == "array" for member in members)
