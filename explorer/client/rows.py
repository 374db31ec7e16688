"""The rows of the form for path, query, headers and cookies, and what a person does with them.

A row is found again by its place among the draft's values; a declared parameter that the draft does not mention has a
row all the same, and its first edit adds it. Rows stand in the order of the operation, those of one name together;
what the operation does not declare comes last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from explorer.client.bulk import with_values_text
from explorer.client.draft import RequestDraft, Value
from explorer.client.urls import template_names
from explorer.openapi.operations import Location, Operation, Parameter

_IN_URL = (Location.PATH, Location.QUERY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the form.

    Attributes:
        value: what it holds.
        index: where `value` stands in `RequestDraft.values`; None while the draft does not mention it.
        parameter: what the operation declares; None for a row that the person added.
        number: which of the rows with this parameter it is, or which of the added ones; 0-based.
        count: how many of these there are.
    """

    value: Value
    index: int | None = None
    parameter: Parameter | None = None
    number: int = 0
    count: int = 1

    @property
    def location(self) -> Location:
        """Where it travels."""
        return self.value.location

    @property
    def name(self) -> str:
        """As it travels."""
        return self.value.name

    @property
    def added(self) -> bool:
        """Whether the person added it, so that its name can be changed and it can be taken away."""
        return self.parameter is None and self.location is not Location.PATH

    @property
    def removable(self) -> bool:
        """Whether it can be taken away: what is declared keeps one row."""
        return self.location is not Location.PATH and (self.parameter is None or self.count > 1)


def rows_of(draft: RequestDraft, operation: Operation | None, free: int | None = None) -> tuple[Row, ...]:
    """Return the rows of all sections, in the order of the form.

    Args:
        draft: what the rows hold.
        operation: what is declared; None for a request that belongs to no operation.
        free: the index of a value that stays an added row whatever its name, because the person is typing the name.
    """
    found: dict[tuple[Location, str], list[int]] = {}
    for i, value in enumerate(draft.values):
        if i != free:
            found.setdefault(_key(value.location, value.name), []).append(i)
    rows: list[Row] = []
    claimed: set[int] = set()
    for location in Location:
        declared = [p for p in (operation.parameters if operation is not None else ()) if p.location is location]
        for parameter in declared:
            indexes = found.get(_key(location, parameter.name), [])
            claimed.update(indexes)
            rows += _declared(draft, parameter, indexes)
        if location is Location.PATH:
            rows += _undeclared_in_path(draft, {parameter.name for parameter in declared})
        else:
            added = [i for i, v in enumerate(draft.values) if v.location is location and i not in claimed]
            rows += [
                Row(value=draft.values[i], index=i, number=number, count=len(added)) for number, i in enumerate(added)
            ]
    return tuple(rows)


def set_text(draft: RequestDraft, row: Row, text: str | None) -> RequestDraft:
    """Return the draft with another value in a row; None is "not sent"."""
    return _put(draft, row, row.value.with_text(text))


def rename(draft: RequestDraft, row: Row, name: str) -> RequestDraft:
    """Return the draft with another name in a row."""
    return _put(draft, row, replace(row.value, name=name))


def enable(draft: RequestDraft, row: Row, on: bool) -> RequestDraft:
    """Return the draft with a row switched on or off; its text stays."""
    return _put(draft, row, replace(row.value, enabled=on))


def add(draft: RequestDraft, location: Location, name: str = "", text: str | None = None) -> RequestDraft:
    """Return the draft with one more row at the end of a section."""
    return _changed(draft, location, (*draft.values, Value(location=location, name=name, text=text)))


def add_after(draft: RequestDraft, row: Row, text: str | None = "") -> RequestDraft:
    """Return the draft with one more row of the same name behind `row`, as arrays need."""
    new = Value(location=row.location, name=row.name, text=text)
    if row.index is None:  # the draft mentions neither
        return _changed(draft, row.location, (*draft.values, row.value, new))
    at = row.index + 1
    return _changed(draft, row.location, (*draft.values[:at], new, *draft.values[at:]))


def remove(draft: RequestDraft, row: Row) -> RequestDraft:
    """Return the draft without a row."""
    if row.index is None:
        return draft
    return _changed(draft, row.location, draft.values[: row.index] + draft.values[row.index + 1 :])


def move(draft: RequestDraft, row: Row, rows: Iterable[Row], by: int) -> RequestDraft:
    """Return the draft with a row in the place of the row `by` further among those of its parameter, or added ones."""
    mates = [r for r in rows if r.location is row.location and r.parameter == row.parameter]
    place = row.number + by
    if row.index is None or not 0 <= place < len(mates) or (other := mates[place].index) is None:
        return draft
    values = list(draft.values)
    values.insert(other, values.pop(row.index))
    return _changed(draft, row.location, tuple(values))


def set_section_text(draft: RequestDraft, location: Location, text: str) -> RequestDraft:
    """Return the draft with other rows in a section, as its text says; see `explorer.client.bulk`."""
    return _changed(draft, location, with_values_text(draft, location, text).values)


def _declared(draft: RequestDraft, parameter: Parameter, indexes: list[int]) -> list[Row]:
    if not indexes:
        return [Row(value=Value(location=parameter.location, name=parameter.name), parameter=parameter)]
    return [
        Row(value=draft.values[i], index=i, parameter=parameter, number=number, count=len(indexes))
        for number, i in enumerate(indexes)
    ]


def _undeclared_in_path(draft: RequestDraft, declared: set[str]) -> list[Row]:
    """Return rows for the parameters that the template names and nobody declared."""
    names = [name for name in dict.fromkeys(template_names(draft.path)) if name not in declared]
    at = {value.name: i for i, value in enumerate(draft.values) if value.location is Location.PATH}
    return [
        Row(
            value=draft.values[at[name]] if name in at else Value(location=Location.PATH, name=name),
            index=at.get(name),
            number=number,
            count=len(names),
        )
        for number, name in enumerate(names)
    ]


def _key(location: Location, name: str) -> tuple[Location, str]:
    return location, name.lower() if location is Location.HEADER else name


def _put(draft: RequestDraft, row: Row, value: Value) -> RequestDraft:
    if row.index is None:
        return _changed(draft, row.location, (*draft.values, value))
    at = row.index
    return _changed(draft, row.location, (*draft.values[:at], value, *draft.values[at + 1 :]))


def _changed(draft: RequestDraft, location: Location, values: tuple[Value, ...]) -> RequestDraft:
    """Take over the values; a URL that was typed by hand gives way to a change of what it is made of."""
    return replace(draft, values=values, url_override=None if location in _IN_URL else draft.url_override)
