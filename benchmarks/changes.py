"""What it costs an app that the rows it changes are told: writing requests, reading ones, a large statement."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from benchmarks.figures import median
from benchmarks.processes import scratch
from benchmarks.report import Row

WHAT = "what it costs that changed rows are told"
_MOST_WRITING = 1.10
_MOST_READING = 1.02
_MOST_LARGE = 30.0


def measure(*, quick: bool) -> list[Row]:
    """Ask one app in turns, watched with changed rows and without."""
    rounds, requests = (3, 5) if quick else (20, 10)
    rows = 50_000 if quick else 1_000_000
    with scratch() as folder:
        writing, reading = asyncio.run(_requests(folder, rounds, requests))
        large = _large_update(folder, rows)
    return [
        _row("POST /items of the demo", writing, _MOST_WRITING),
        _row("GET /items of the demo", reading, _MOST_READING),
        Row(
            what=f"an UPDATE of {rows:,} rows",
            ours=f"{large[0]:.2f} s",
            peer=f"not watched: {large[1]:.2f} s",
            result=f"×{large[0] / large[1]:.1f}",
            budget=f"≤ ×{_MOST_LARGE:.0f}",
            kept=large[0] / large[1] <= _MOST_LARGE,
        ),
    ]


async def _requests(folder: Path, rounds: int, requests: int) -> tuple[list[tuple[float, float]], ...]:
    from httpx2 import ASGITransport, AsyncClient

    from demo_api.main import create_app
    from demo_api.settings import Settings
    from explorer.probe.install import attach

    app = create_app(Settings(database_url=f"sqlite:///{folder / 'shop.sqlite3'}"))
    item = {"name": "Desk lamp", "price": 39.9, "tags": ["home", "light"]}
    writing: list[tuple[float, float]] = []
    reading: list[tuple[float, float]] = []
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://127.0.0.1") as client,
    ):

        async def time_of(ask: Callable[[], Awaitable[object]], *, changed_rows: bool) -> float:
            probe = attach(app, lambda _event: None, changed_rows=changed_rows)
            app.state.engine.dispose()  # so that no trigger of the other round stands
            await ask()
            started = time.perf_counter()
            for _ in range(requests):
                await ask()
            taken = time.perf_counter() - started
            if probe is not None:
                probe.detach()
            return taken / requests

        for pairs, ask in (
            (writing, lambda: client.post("/items", json=item)),
            (reading, lambda: client.get("/items?limit=20")),
        ):
            for turn in range(rounds):
                first = turn % 2 == 0  # who goes first has the colder machine
                one = await time_of(ask, changed_rows=first)
                other = await time_of(ask, changed_rows=not first)
                pairs.append((one, other) if first else (other, one))
    return writing, reading


def _large_update(folder: Path, rows: int) -> tuple[float, float]:
    from explorer.probe import sqlite_spy
    from explorer.probe.middleware import HERE
    from explorer.probe.sqlite_driver import spied_class
    from explorer.trace.context import new_trace_id
    from explorer.trace.events import Source

    path = folder / "large.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE numbers (id INTEGER PRIMARY KEY, n INTEGER, name TEXT)")
        some = ((i, f"number {i}") for i in range(rows))
        connection.executemany("INSERT INTO numbers (n, name) VALUES (?, ?)", some)
    connection.close()
    taken = []
    recorder = sqlite_spy.Recorder(Source(lambda _event: None, side=1), rows=True)
    token = HERE.set((new_trace_id(), 1))
    for watched in (True, False):
        if watched:
            sqlite_spy.attach(recorder)
        made = spied_class(sqlite3.Connection) if watched else sqlite3.Connection
        connection = sqlite3.connect(path, factory=made)
        started = time.perf_counter()
        with connection:
            connection.execute("UPDATE numbers SET n = n + 1")
        taken.append(time.perf_counter() - started)
        connection.close()
        sqlite_spy.detach(recorder)
    HERE.reset(token)
    return taken[0], taken[1]


def _row(what: str, pairs: list[tuple[float, float]], most: float) -> Row:
    ratio = median([ours / plain for ours, plain in pairs])
    return Row(
        what=what,
        ours=f"{median([ours for ours, _ in pairs]) * 1000:.2f} ms",
        peer=f"without changed rows: {median([plain for _, plain in pairs]) * 1000:.2f} ms",
        result=f"×{ratio:.3f}",
        budget=f"≤ ×{most:.2f}",
        kept=ratio <= most,
    )
