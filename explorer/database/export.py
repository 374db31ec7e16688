"""Rows written to a file: CSV as RFC 4180 has it, or JSON, however many there are.

Values are written as they are, blobs as hexadecimal digits. A spreadsheet may take a text such as ``=1+1`` for a
formula: nothing is put before it, because a program that reads the file wants the value.
"""

from __future__ import annotations

import enum
import json
import math
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from explorer.database.changes import Value
from explorer.database.conditions import select
from explorer.database.console import Values, bound_values
from explorer.database.console_access import reading_only
from explorer.database.failing import Holder, explained
from explorer.database.grid import GridQuery
from explorer.database.opening import open_read_only
from explorer.database.schema import Table
from explorer.database.trouble import DatabaseError, Trouble
from explorer.storage.atomic_stream import WritingStoppedError, stream_atomically

_ROWS_AT_ONCE = 500
_CHUNK = 256_000  # bytes that are written at once


class RowsFormat(enum.StrEnum):
    """How rows are written; the value is the ending of the file's name."""

    CSV = "csv"
    JSON = "json"  # an array of objects
    JSON_LINES = "jsonl"  # an object a line


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """What the file looks like.

    Attributes:
        format: how rows are written.
        null: how CSV writes NULL; JSON has its own null.
        header: whether CSV begins with the names of the columns.
    """

    format: RowsFormat = RowsFormat.CSV
    null: str = ""
    header: bool = True


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: rows, and bytes of the file."""

    rows: int
    size: int


Progress = Callable[[int, int], bool]  # takes rows and bytes so far; False stops


def export_statement(
    database: Path,
    sql: str,
    values: Values | None,
    target: Path,
    options: ExportOptions,
    go_on: Progress | None = None,
    *,
    busy_seconds: float = 2.0,
    holder: Holder | None = None,
) -> Exported:
    """Run one statement again and write all its rows; blocks, on a connection of its own.

    While the rows are read, whoever wants to write the database waits, unless it keeps a write-ahead log.

    Raises:
        DatabaseError: the database cannot be read, the statement is refused, the file cannot be written, or it was
            stopped; what was at `target` is untouched then.
    """
    bound = bound_values(sql, values or {})
    return _export(database, (sql, bound), target, options, go_on, busy_seconds, holder)


def export_query(
    database: Path,
    query: GridQuery,
    table: Table,
    target: Path,
    options: ExportOptions,
    go_on: Progress | None = None,
    *,
    busy_seconds: float = 2.0,
    holder: Holder | None = None,
) -> Exported:
    """Write all rows of a grid's query; as `export_statement` otherwise. `table` is the query's, as it is now."""
    return _export(database, select(query, table), target, options, go_on, busy_seconds, holder)


def _export(
    database: Path,
    statement: tuple[str, Mapping[str, Value] | Sequence[Value]],
    target: Path,
    options: ExportOptions,
    go_on: Progress | None,
    busy_seconds: float,
    holder: Holder | None,
) -> Exported:
    progress = _Progress(go_on)
    sql, values = statement
    try:
        with closing(open_read_only(database, busy_seconds)) as connection:
            connection.set_progress_handler(progress.is_stopped, 500_000)
            with reading_only(connection) as refusal, closing(connection.execute(sql, values)) as cursor:
                if cursor.description is None:
                    raise DatabaseError(Trouble.REFUSED, "The statement gives no rows: there is nothing to save.")
                chunks = _chunks(cursor, options, progress)
                stream_atomically(target, _gathered(chunks), progress.go_on)
    except sqlite3.Error as error:
        if refusal.sentence:
            raise DatabaseError(Trouble.REFUSED, refusal.sentence) from error
        if progress.is_stopped():
            raise DatabaseError(Trouble.CANCELLED, f"{target.name} was not saved.") from error
        raise explained(error, database, holder) from error
    except WritingStoppedError as error:
        raise DatabaseError(Trouble.CANCELLED, f"{target.name} was not saved.") from error
    except OSError as error:
        why = error.strerror or str(error)
        trouble = Trouble.NO_SPACE if error.errno == 28 else Trouble.DENIED
        raise DatabaseError(trouble, f"{target} could not be written: {why}. Choose another place.") from error
    return Exported(progress.rows, progress.size)


class _Progress:
    """Counts, and remembers that somebody stopped it."""

    def __init__(self, go_on: Progress | None) -> None:
        self.rows = 0
        self.size = 0
        self._go_on = go_on

    def go_on(self, size: int) -> bool:
        self.size = size
        return not self.is_stopped()

    def is_stopped(self) -> bool:
        return self._go_on is not None and not self._go_on(self.rows, self.size)


def _gathered(pieces: Iterator[bytes]) -> Iterator[bytes]:
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _CHUNK:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


def _chunks(cursor: sqlite3.Cursor, options: ExportOptions, progress: _Progress) -> Iterator[bytes]:
    names = [str(column[0]) for column in cursor.description]
    rows = _counted(cursor, progress)
    if options.format is RowsFormat.CSV:
        if options.header:
            yield _csv_line([_csv_text(name) for name in names])
        for row in rows:
            yield _csv_line([_csv(value, options.null) for value in row])
    elif options.format is RowsFormat.JSON_LINES:
        keys = _unique(names)
        for row in rows:
            yield _json(keys, row) + b"\n"
    else:
        keys = _unique(names)
        before = b"[\n  "
        for row in rows:
            yield before + _json(keys, row)
            before = b",\n  "
        yield b"[]\n" if before == b"[\n  " else b"\n]\n"


def _counted(cursor: sqlite3.Cursor, progress: _Progress) -> Iterator[tuple[Value, ...]]:
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        for row in rows:
            progress.rows += 1
            yield row


def _csv_line(cells: Sequence[str]) -> bytes:
    return (",".join(cells) + "\r\n").encode("utf-8", "replace")


def _csv(value: Value, null: str) -> str:
    if value is None:
        return null
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, str):
        # An empty text in quotes is told from NULL, which is nothing at all.
        return _csv_text(value) if value != null else f'"{value}"'
    return repr(value)


def _csv_text(text: str) -> str:
    if any(sign in text for sign in ',"\r\n') or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text


def _json(keys: Sequence[str], row: Sequence[Value]) -> bytes:
    plain = {key: _plain(value) for key, value in zip(keys, row, strict=True)}
    return json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace")


def _plain(value: Value) -> int | float | str | None:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)  # JSON has no infinity
    return value


def _unique(names: Sequence[str]) -> list[str]:
    """Return names that differ: JSON has each once, and a statement may give two columns the same."""
    found: list[str] = []
    for name in names:
        number, candidate = 1, name
        while candidate in found:
            number += 1
            candidate = f"{name}_{number}"
        found.append(candidate)
    return found
