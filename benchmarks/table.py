"""A table of ten million rows in the Database room's reader, beside DB Browser for SQLite and SQLite alone."""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.db_browser import DbBrowser, missing_tools
from benchmarks.figures import median
from benchmarks.processes import scratch
from benchmarks.report import Row, skipped, table
from explorer.database.grid import GridQuery, Order, Page
from explorer.database.inspector import Inspector
from explorer.database.progress import Phase

WHAT = "a table of 1,000,000 rows (10,000,000 with `python -m benchmarks.table --rows 10000000`)"
_PAGE = 200
_JUMPS = 200
_MOST_SORTED, _MOST_OVER_SQLITE = 1_000.0, 1.3
_QUICK_ROWS, _ROWS = 60_000, 1_000_000
_FILL = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
INSERT INTO items
SELECT i, printf('item %012x', i * 2654435761 % 281474976710656), i % 1000 / 4.0, i * 7919 % 100000 FROM n
"""


@dataclass(slots=True)
class _Order:
    """What was measured of one order; milliseconds."""

    first: float
    jumps: list[float]
    end: float
    ready: float


def measure(*, quick: bool) -> list[Row]:
    """Make the table once a machine, and read it."""
    return measure_rows(_QUICK_ROWS if quick else _ROWS, jumps=20 if quick else _JUMPS)


def measure_rows(rows: int, jumps: int = _JUMPS) -> list[Row]:
    """Measure a table of so many rows."""
    path = made(rows)
    before = _resident()
    key, most = _ours(path, rows, None, jumps)
    added = most - before
    unindexed, _ = _ours(path, rows, Order("name"), jumps)
    indexed, _ = _ours(path, rows, Order("owner_id"), jumps)
    peer = _Peer(path, rows)
    what = f"{rows:,} rows, order of the key"
    sorted_what = f"{rows:,} rows, by an unindexed column"
    return [
        _row(f"{what}: opened, first rows", key.first, 100, peer.first("")),
        _row(f"{what}: any jump, p95", _p95(key.jumps), 30, peer.jumps(""), detail=_detail(key)),
        _row(f"{what}: to the end", key.end, 30, peer.end("")),
        Row(
            what=f"{what}: memory added",
            ours=f"{added:.0f} MB",
            peer="",
            result=f"{added:.0f} MB",
            budget="≤ 40 MB",
            kept=added <= 40,
        ),
        _first_sorted(f"{sorted_what}: first page", unindexed.first, peer.page("ORDER BY name")),
        _row(
            f"{sorted_what}: jumps once it is sorted ({unindexed.ready / 1000:.1f} s in the background), p95",
            _p95(unindexed.jumps),
            30,
            peer.end("ORDER BY name"),
            detail=_detail(unindexed),
        ),
        _row(f"{rows:,} rows, by an indexed column: first page", indexed.first, 100, peer.first("ORDER BY owner_id")),
        _row(
            f"{rows:,} rows, by an indexed column: any jump, p95",
            _p95(indexed.jumps),
            30,
            peer.end("ORDER BY owner_id"),
            detail=_detail(indexed),
        ),
        *_beside_db_browser(path, f"{rows:,} rows", (key.first, key.end, added)),
    ]


def _beside_db_browser(path: Path, rows: str, ours: tuple[float, ...]) -> list[Row]:
    """Compare what its window paints with what our reader answers; painting adds some milliseconds to ours."""
    missing, budget = missing_tools(), "less"
    if missing:
        return [skipped(f"{rows}, beside DB Browser for SQLite", budget, f"{' and '.join(missing)} not installed")]
    with scratch() as folder, DbBrowser(path, "items", folder) as browser:
        theirs = (
            browser.first_rows(),
            browser.jump_to_the_end(),
            browser.memory(),
        )
    whats = ("first rows, its start included", "to the end", "memory")
    return [
        Row(
            what=f"{rows}, beside DB Browser for SQLite: {what}",
            ours=f"{mine:.1f} {unit}{' added' if unit == 'MB' else ''}",
            peer=f"{its:.0f} {unit}{'' if unit == 'MB' else ' until painted'}",
            result=f"×{mine / its:.3f}",
            budget=budget,
            kept=mine < its,
        )
        for what, mine, its, unit in zip(whats, ours, theirs, ("ms", "ms", "MB"), strict=True)
    ]


def measure_size(gigabytes: int) -> list[Row]:
    """Measure a file of so many gigabytes, which is made for it and removed."""
    with tempfile.TemporaryDirectory(prefix="fastapi-explorer-table-") as folder:
        path = Path(folder) / "large.sqlite3"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=OFF")
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute("CREATE TABLE files (id INTEGER PRIMARY KEY, name TEXT, content BLOB)")
            for number in range(gigabytes * 2):
                insert = "INSERT INTO files (name, content) VALUES (?, zeroblob(500000000))"
                connection.execute(insert, (f"file {number}",))
        size = path.stat().st_size / 1e9
        before = _resident()
        inspector = Inspector(path)
        first = _timed(lambda: inspector.page(GridQuery(table="files"), 0, _PAGE).result(120))
        added = _resident() - before
        inspector.close()
    return [
        Row(
            what=f"a file of {size:.1f} GB, opened, first rows",
            ours=f"{first:.1f} ms, {added:.0f} MB added",
            peer="",
            result=f"{first:.1f} ms",
            budget="≤ 100 ms",
            kept=first <= 100,
        )
    ]


def made(rows: int) -> Path:
    """Return a database with a table of so many rows; it is made once, and kept in the folder for temporary files."""
    path = Path(tempfile.gettempdir()) / f"fastapi-explorer-table-{rows}.sqlite3"
    if path.exists():
        return path
    unfinished = path.with_suffix(".making")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(unfinished, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT, price REAL, owner_id INTEGER)")
        connection.execute(_FILL, (rows,))
        connection.execute("CREATE INDEX ix_owner ON items (owner_id)")
    unfinished.rename(path)
    return path


def _ours(path: Path, rows: int, order: Order | None, jumps: int) -> tuple[_Order, float]:
    inspector = Inspector(path)
    query = GridQuery(table="items", order=order)

    def page(first: int) -> Page:
        return inspector.page(query, first, _PAGE).result(120)

    began = time.perf_counter()
    first = _timed(lambda: page(0))
    early = [] if order is not None else _jumps(page, rows, jumps)  # while it is counted
    while (progress := inspector.progress(query)) is not None and progress.phase is not Phase.READY:
        time.sleep(0.005)
    ready = (time.perf_counter() - began) * 1000
    later = _jumps(page, rows, jumps)
    end = _timed(lambda: page(rows - _PAGE))
    assert page(rows - _PAGE).total == rows  # noqa: S101 - a benchmark of a wrong answer says nothing
    most = _resident()
    inspector.close()
    return _Order(first, early + later, end, ready), most


def _jumps(page: Callable[[int], object], rows: int, jumps: int) -> list[float]:
    random_ = random.Random(1)
    places = [random_.randrange(max(1, rows - _PAGE)) for _ in range(jumps)]
    return [_timed(lambda place=place: page(place)) for place in places]  # type: ignore[misc]


def _first_sorted(what: str, ours: float, floor: float) -> Row:
    most = max(_MOST_SORTED, _MOST_OVER_SQLITE * floor)
    return Row(
        what=what,
        ours=f"{ours:.0f} ms",
        peer=f"SQLite alone: {floor:.0f} ms",
        result=f"×{ours / floor:.2f}",
        budget=f"≤ {_MOST_SORTED:g} ms, or ×{_MOST_OVER_SQLITE:g}",
        kept=ours <= most,
    )


class _Peer:
    """What DB Browser for SQLite executes for its grid: it counts once, then asks with LIMIT and OFFSET."""

    def __init__(self, path: Path, rows: int) -> None:
        self._path = path
        self._rows = rows

    def first(self, order: str) -> float:
        """Return the milliseconds until count and first rows are there."""
        with closing(sqlite3.connect(self._path)) as connection:
            return _timed(lambda: (self._count(connection), self._page(connection, order, 0)))

    def page(self, order: str) -> float:
        """Return the milliseconds until the first rows are there, without a count: the floor."""
        with closing(sqlite3.connect(self._path)) as connection:
            return median([_timed(lambda: self._page(connection, order, 0)) for _ in range(3)])

    def jumps(self, order: str) -> float:
        """Return the milliseconds of a jump to the middle, the median of a few."""
        with closing(sqlite3.connect(self._path)) as connection:
            return median([_timed(lambda: self._page(connection, order, self._rows // 2)) for _ in range(3)])

    def end(self, order: str) -> float:
        """Return the milliseconds of a jump to the end."""
        with closing(sqlite3.connect(self._path)) as connection:
            return _timed(lambda: self._page(connection, order, self._rows - _PAGE))

    def _count(self, connection: sqlite3.Connection) -> object:
        return connection.execute("SELECT COUNT(*) FROM (SELECT * FROM items)").fetchone()

    def _page(self, connection: sqlite3.Connection, order: str, first: int) -> object:
        sql = f"SELECT _rowid_, * FROM items {order} LIMIT ? OFFSET ?"  # noqa: S608 - our own words
        return connection.execute(sql, (_PAGE, first)).fetchall()


def _row(what: str, ours: float, most: float, peer: float, detail: str = "") -> Row:
    return Row(
        what=what,
        ours=f"{ours:.1f} ms{detail}",
        peer=f"LIMIT and OFFSET: {peer:.0f} ms",
        result=f"{ours:.1f} ms, ×{ours / peer:.3f}" if peer else f"{ours:.1f} ms",
        budget=f"≤ {most:g} ms",
        kept=ours <= most,
    )


def _detail(order: _Order) -> str:
    return f" (p50 {median(order.jumps):.1f}, longest {max(order.jumps):.1f})"


def _p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * 95 // 100)]


def _timed(job: Callable[[], object]) -> float:
    began = time.perf_counter_ns()
    job()
    return (time.perf_counter_ns() - began) / 1e6


def _resident() -> float:
    return float(psutil.Process(os.getpid()).memory_info().rss) / 1e6


def main() -> int:
    """Measure a table of a size of one's own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.table", description=WHAT)
    parser.add_argument("--rows", type=int, default=_ROWS, help=f"of the table (default: {_ROWS:,})")
    parser.add_argument("--gigabytes", type=int, default=0, help="measure a file of that size, of large blobs, instead")
    given = parser.parse_args()
    print(table(measure_size(given.gigabytes) if given.gigabytes else measure_rows(given.rows)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
