"""A history of 100,000 requests: opened and searched, beside reading its file from end to end."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.figures import median
from benchmarks.processes import scratch
from benchmarks.report import Row
from explorer.storage.history_file import HistoryEntry, HistoryFile, HistoryRecord

WHAT = "a history of 100,000 requests: opening and searching"
_PAGE = 200
_MOST_OPEN = 300.0
_MOST_SEARCH = 100.0
_SEARCHES = ("", "99999", "lamp 777", "nothing has this word")


def measure(*, quick: bool) -> list[Row]:
    """Fill a file, then open it and search it again and again."""
    count, rounds = (5_000, 3) if quick else (100_000, 15)
    with scratch() as folder:
        path = folder / "history.sqlite3"
        _fill(path, count)
        floor = median([_timed(path.read_bytes) for _ in range(rounds)])
        opening = median([_timed(lambda: _open_and_list(path)) for _ in range(rounds)])
        file = HistoryFile(path)
        slowest = max(median([_timed(partial(_search, file, text)) for _ in range(rounds)]) for text in _SEARCHES)
        file.close()
    peer = f"reading the file: {floor:.0f} ms"
    return [
        Row(
            what=f"{count:,} entries, opened and the newest listed",
            ours=f"{opening:.0f} ms",
            peer=peer,
            result=f"×{opening / floor:.1f}",
            budget=f"≤ {_MOST_OPEN:g} ms",
            kept=opening <= _MOST_OPEN,
        ),
        Row(
            what=f"{count:,} entries, the slowest of {len(_SEARCHES)} searches, with its count",
            ours=f"{slowest:.0f} ms",
            peer=peer,
            result=f"×{slowest / floor:.1f}",
            budget=f"≤ {_MOST_SEARCH:g} ms",
            kept=slowest <= _MOST_SEARCH,
        ),
    ]


def _timed(job: Callable[[], object]) -> float:
    began = time.perf_counter_ns()
    job()
    return (time.perf_counter_ns() - began) / 1e6


def _open_and_list(path: Path) -> None:
    file = HistoryFile(path)
    file.find("", limit=_PAGE)
    file.count("")
    file.close()


def _search(file: HistoryFile, text: str) -> None:
    file.find(text, limit=_PAGE)
    file.count(text)


def _fill(path: Path, count: int) -> None:
    """Store requests of about the size that a person's have."""
    file = HistoryFile(path)
    draft = b'{"method":"POST","path":"/items","body":"' + b"x" * 600 + b'"}'
    for first in range(0, count, 1_000):
        file.add([_record(number, draft) for number in range(first, min(first + 1_000, count))])
    file.close()


def _record(number: int, draft: bytes) -> HistoryRecord:
    entry = HistoryEntry(
        at=float(number),
        method=("GET", "POST", "PUT", "DELETE")[number % 4],
        url=f"http://127.0.0.1:8000/items/{number}?limit={number % 100}&q=desk",
        operation="GET /items/{item_id}",
        status=(200, 201, 404, 422)[number % 4],
        cancelled=False,
        elapsed_ns=5_000_000,
        size=1_300,
    )
    search = f'{{"name": "Desk lamp {number % 1_000}", "price": 39.9, "tags": ["home", "light"]}}'
    return HistoryRecord(entry=entry, draft=draft, exchange=draft, body=b'{"id": 1}' * 140, search=search)
