"""What the cards of a diagram say, and how large they are: worked out from a schema."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from explorer.database.diagram.values import Card, Link
from explorer.database.schema import Column, ForeignKey, Schema, Table, TableKind

HEADER = 30.0
ROW = 20.0
BOTTOM = 6.0
SIDE = 12.0
MARK = 18.0  # before the name of a column
_BETWEEN = 18.0  # a column's name and its type, at least
_NARROWEST, _WIDEST = 150.0, 300.0
MOST_ROWS = 24  # columns of a card; of more, the first are shown and the others counted


@dataclass(frozen=True, slots=True)
class CardRow:
    """One column: its name and type, and whether it is part of the primary key, or points to another table."""

    name: str
    type: str
    key: bool = False
    points: bool = False


@dataclass(frozen=True, slots=True)
class CardWords:
    """One table: its rows, and how many columns are left out."""

    name: str
    rows: tuple[CardRow, ...]
    left_out: int
    card: Card
    spoken: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A foreign key as it is drawn.

    Attributes:
        link: from where to where.
        optional: whether the row need not point anywhere.
        one: whether at most one row points to the same.
        words: what it says, such as ``items.owner_id → users.id``.
    """

    link: Link
    optional: bool
    one: bool
    words: str


def cards_of(schema: Schema, measure: Callable[[str, bool], float]) -> tuple[CardWords, ...]:
    """Return a card for each table; `measure` tells how wide a text is, bold or not. Views have no place here."""
    return tuple(_card(table, measure) for table in schema.tables if table.kind is TableKind.TABLE)


def relations_of(schema: Schema, cards: Sequence[CardWords]) -> tuple[Relation, ...]:
    """Return the foreign keys between the tables that have a card."""
    by_name = {card.name.lower(): card for card in cards}
    found = []
    for table in schema.tables:
        start = by_name.get(table.name.lower())
        for key in table.foreign_keys if start is not None else ():
            end = by_name.get(key.table.lower())
            target = schema.find(key.table)
            if start is None or end is None or target is None or not key.columns:
                continue
            to = key.to[0] if key.to else next(iter(target.key_columns), "")
            link = Link(start.name, end.name, column_y(start, key.columns[0]), column_y(end, to))
            found.append(Relation(link, _optional(table, key), _one(table, key), _words(table, key, target.name, to)))
    return tuple(found)


def column_y(card: CardWords, column: str) -> float:
    """Return the middle of a column's row, from the card's upper edge; of one that is left out, the last row's."""
    rows = [row.name.lower() for row in card.rows]
    row = rows.index(column.lower()) if column.lower() in rows else len(rows) if card.left_out else -1
    return HEADER + (row + 0.5) * ROW if row >= 0 else HEADER / 2


def _card(table: Table, measure: Callable[[str, bool], float]) -> CardWords:
    pointing = {name.lower() for key in table.foreign_keys for name in key.columns}
    shown = table.columns if len(table.columns) <= MOST_ROWS else table.columns[: MOST_ROWS - 1]
    rows = tuple(_row(column, pointing) for column in shown)
    left_out = len(table.columns) - len(rows)
    widest = max((measure(row.name, False) + _BETWEEN + measure(row.type, False) for row in rows), default=0.0)
    wanted = max(measure(table.name, True) + 2 * SIDE, widest + MARK + 2 * SIDE)
    height = HEADER + (len(rows) + bool(left_out)) * ROW + BOTTOM
    targets = list(dict.fromkeys(key.table for key in table.foreign_keys))
    spoken = f"{table.name}, {len(table.columns)} columns" + (f", points to {', '.join(targets)}" if targets else "")
    return CardWords(
        table.name, rows, left_out, Card(table.name, min(_WIDEST, max(_NARROWEST, wanted)), height), spoken
    )


def _row(column: Column, pointing: set[str]) -> CardRow:
    return CardRow(column.name, column.type.lower(), bool(column.key), column.name.lower() in pointing)


def _optional(table: Table, key: ForeignKey) -> bool:
    columns = {column.name.lower(): column for column in table.columns}
    found = [columns[name.lower()] for name in key.columns if name.lower() in columns]
    return any(not column.not_null and not column.key for column in found)


def _one(table: Table, key: ForeignKey) -> bool:
    own = {name.lower() for name in key.columns}
    unique = [{name.lower() for name in index.columns} for index in table.indexes if index.unique and not index.partial]
    return own in unique or own == {name.lower() for name in table.key_columns}


def _words(table: Table, key: ForeignKey, target: str, to: str) -> str:
    many = "one row" if _one(table, key) else "many rows"
    columns = ", ".join(f"{table.name}.{name}" for name in key.columns)
    targets = ", ".join(f"{target}.{name}" for name in key.to) or f"{target}.{to}"
    rule = f", on delete {key.on_delete.lower()}" if key.on_delete != "NO ACTION" else ""
    return f"{columns} → {targets} ({many} may point to one{rule})"
