"""The rows of a urlencoded or multipart body: which there are, and what each edit makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from explorer.client.draft import FormField
from explorer.openapi.fields import FieldKind, FieldSpec, children, field_spec, item, takes_file

Fields = tuple[FormField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRowView:
    """One row on the screen.

    Attributes:
        index: of its field in the draft; None for a declared name that the draft has no field for.
        field: what is entered.
        spec: what the schema says of the name; None for a name it does not know.
        item: what it says of this one value: of an array, its item.
        repeats: whether the name may occur again.
        first: whether this is the first row of its name.
        last: whether this is the last row of its name.
    """

    index: int | None
    field: FormField
    spec: FieldSpec | None
    item: FieldSpec
    repeats: bool
    first: bool
    last: bool

    @property
    def removable(self) -> bool:
        """Whether the row can be taken away: a declared name keeps one."""
        return self.index is not None and (self.spec is None or not (self.first and self.last))


def form_specs(schema: object, document: Mapping[str, Any]) -> Mapping[str, FieldSpec]:
    """Return what a form's schema says of each name."""
    return {spec.name: spec for spec in children(field_spec(schema, document), document)}


def row_views(fields: Fields, specs: Mapping[str, FieldSpec], document: Mapping[str, Any]) -> list[FormRowView]:
    """Return a row for each field in its order, then one for each declared name without a field."""
    last = {field.name: n for n, field in enumerate(fields)}
    first = {field.name: n for n, field in reversed(list(enumerate(fields)))}
    views = [
        _view(n, field, specs.get(field.name), first[field.name] == n, last[field.name] == n, document)
        for n, field in enumerate(fields)
    ]
    for name, spec in specs.items():
        if name not in last:
            empty = FormField(name=name, is_file=takes_file(spec, document))
            views.append(_view(None, empty, spec, True, True, document))
    return views


def with_field(fields: Fields, index: int | None, field: FormField) -> Fields:
    """Return the fields with another one at an index; at the end for None."""
    if index is None:
        return (*fields, field)
    return (*fields[:index], field, *fields[index + 1 :])


def without_field(fields: Fields, index: int) -> Fields:
    """Return the fields without one."""
    return (*fields[:index], *fields[index + 1 :])


def with_another(fields: Fields, index: int) -> Fields:
    """Return the fields with one more of the same name behind this one, still empty."""
    old = fields[index]
    new = FormField(name=old.name, text=None if old.is_file else "", is_file=old.is_file)
    return (*fields[: index + 1], new, *fields[index + 1 :])


def moved(fields: Fields, index: int, step: int) -> Fields:
    """Return the fields with one moved up or down by one place."""
    other = index + step
    if not 0 <= other < len(fields):
        return fields
    rows = list(fields)
    rows[index], rows[other] = rows[other], rows[index]
    return tuple(rows)


def with_files(fields: Fields, index: int, paths: Sequence[str]) -> Fields:
    """Return the fields with these files, one a row: the first in this row, the others in rows of the same name."""
    if not paths:
        return fields
    name = fields[index].name
    rows = list(fields)
    rows[index] = replace(rows[index], is_file=True, file=paths[0], enabled=True)
    at = index
    for path in paths[1:]:
        at += 1
        free = at < len(rows) and rows[at].name == name and rows[at].is_file and rows[at].file is None
        if free:
            rows[at] = replace(rows[at], file=path, enabled=True)
        else:
            rows.insert(at, FormField(name=name, is_file=True, file=path))
    return tuple(rows)


def with_dropped(fields: Fields, paths: Sequence[str]) -> Fields:
    """Return the fields with files dropped beside the rows: in the first free row for a file, or in a new one."""
    free = next((n for n, field in enumerate(fields) if field.is_file and field.file is None), None)
    if free is None:
        fields, free = (*fields, FormField(name="file", is_file=True)), len(fields)
    return with_files(fields, free, paths)


def _view(
    index: int | None,
    field: FormField,
    spec: FieldSpec | None,
    first: bool,
    last: bool,
    document: Mapping[str, Any],
) -> FormRowView:
    repeats = spec is None or spec.kind is FieldKind.ARRAY
    one = spec if spec is not None else FieldSpec(name=field.name, kind=FieldKind.TEXT, type_label="str")
    if one.kind is FieldKind.ARRAY:
        one = item(one, document)
    return FormRowView(index=index, field=field, spec=spec, item=one, repeats=repeats, first=first, last=last)
