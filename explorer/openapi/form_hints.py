"""What the schema has to say about the rows of a form, urlencoded or multipart, read as FastAPI reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from explorer.client.draft import FormField
from explorer.openapi.fields import FieldKind, FieldSpec, child, children, field_spec, takes_file
from explorer.openapi.hints import Hint, ignored_sentence
from explorer.openapi.operations import Body
from explorer.openapi.walk import ignored_beside

NO_ROW = -1  # where hints stand that belong to no row
_EXPECTED_FILE = "A file is expected here, and a text is sent."


class _File:
    """Stands for a file: nothing that a text, a number or a list could be made of."""


def check_form(body: Body, rows: Sequence[FormField], document: Mapping[str, Any]) -> Mapping[int, tuple[Hint, ...]]:
    """Say what the server will hold against the rows of a form, by their index; `NO_ROW` for what belongs to none.

    FastAPI takes an empty text for none, and the last one of several where it wants a single one.
    """
    form = field_spec(body.schema, document)
    if form.kind is not FieldKind.OBJECT:
        return {}
    return _FormCheck(body, form, rows, document).hints()


class _FormCheck:
    def __init__(self, body: Body, form: FieldSpec, rows: Sequence[FormField], document: Mapping[str, Any]) -> None:
        self._body = body
        self._form = form
        self._rows = rows
        self._document = document
        self._found: defaultdict[int, list[Hint]] = defaultdict(list)
        self._takes_files = "multipart" in body.media_type
        self._fields = {spec.name: spec for spec in children(form, document)}
        self._sent: defaultdict[str, list[int]] = defaultdict(list)  # indices of rows by name
        for index, row in enumerate(rows):
            if _is_sent(row) and (self._takes_files or not row.is_file):
                self._sent[row.name].append(index)

    def hints(self) -> Mapping[int, tuple[Hint, ...]]:
        if not self._sent and not self._body.required:
            return {}
        self._check_values()
        self._check_files()
        self._check_names()
        return {index: tuple(hints) for index, hints in self._found.items()}

    def _check_values(self) -> None:
        from explorer.openapi.validation import find_problems

        for found in find_problems(self._body.schema, self._document, self._value()):
            name, rest = found.loc[0] if found.loc else "", found.loc[1:]
            self._add(self._row_of(str(name), rest), Hint(message=found.message, loc=("body", *found.loc)))

    def _value(self) -> dict[str, Any]:
        """Return what FastAPI makes of the rows before it validates them."""
        value: dict[str, Any] = {}
        for name, indices in self._sent.items():
            spec = self._fields.get(name)
            values = [_File() if self._rows[index].is_file else self._rows[index].text for index in indices]
            if spec is not None and spec.kind is FieldKind.ARRAY:
                value[name] = values
            elif values[-1] != "":
                value[name] = values[-1]
        return value

    def _check_files(self) -> None:
        """Name texts where a file is expected: no schema says so, but FastAPI does."""
        for name, indices in self._sent.items():
            spec = child(self._form, name, self._document)
            if spec is None or not takes_file(spec, self._document):
                continue
            is_list = spec.kind is FieldKind.ARRAY
            for position, index in enumerate(indices if is_list else indices[-1:]):
                row = self._rows[index]
                if not row.is_file and (is_list or row.text):
                    loc = ("body", name, position) if is_list else ("body", name)
                    self._add(index, Hint(message=_EXPECTED_FILE, loc=loc))

    def _check_names(self) -> None:
        known = ignored_beside(self._body.schema, self._document)
        for index, row in enumerate(self._rows):
            loc = ("body", row.name)
            if row.enabled and row.is_file and not self._takes_files:
                self._add(index, Hint(message="An urlencoded form carries no files.", loc=loc, error=False))
            if known is not None and row.name and row.name not in known[0] and _is_sent(row):
                self._add(index, Hint(message=ignored_sentence(row.name, known), loc=loc, error=False))
            indices = self._sent.get(row.name, [])
            spec = self._fields.get(row.name)
            if len(indices) > 1 and index in indices[:-1] and spec is not None and spec.kind is not FieldKind.ARRAY:
                self._add(index, Hint(message="Of several values only the last one counts.", loc=loc, error=False))

    def _row_of(self, name: str, rest: tuple[str | int, ...]) -> int:
        """Return the row that a complaint about a field belongs to: also the one that should be sent and is not."""
        indices = self._sent.get(name) or [index for index, row in enumerate(self._rows) if row.name == name]
        if not indices:
            return NO_ROW
        spec = self._fields.get(name)
        position = rest[0] if rest and isinstance(rest[0], int) else None
        if spec is not None and spec.kind is FieldKind.ARRAY:
            return indices[position] if position is not None and position < len(indices) else indices[0]
        return indices[-1]

    def _add(self, index: int, hint: Hint) -> None:
        self._found[index].append(hint)


def _is_sent(row: FormField) -> bool:
    return row.enabled and bool(row.name) and (row.file is not None if row.is_file else row.text is not None)
