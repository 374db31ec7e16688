"""One connection of SQLite's driver in the hands of two threads, as a cancelled request of an app leaves it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from contextvars import copy_context
from pathlib import Path

import pytest

from explorer.trace.events import FINISHED, NOTED, STARTED, Event
from tests.core.probe.row_watch import Watch, enter_request


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    made = Watch(tmp_path / "shop.sqlite3")
    made.prepare("CREATE TABLE items (id INTEGER PRIMARY KEY)")
    yield made
    made.close()


def test_that_who_ends_a_transaction_waits_for_the_statement_of_another_thread_and_holds_up_nobody(
    watch: Watch,
) -> None:
    shared = watch.connect(check_same_thread=False, timeout=30)
    shared.execute("SELECT * FROM items").close()  # the next one need not read the schema first
    context = copy_context()
    context.run(enter_request)
    reads, ends = threading.Event(), threading.Event()

    def read() -> None:
        shared.execute("SELECT * FROM items").close()

    def end() -> None:
        ends.set()
        shared.rollback()

    reader = threading.Thread(target=context.copy().run, args=(read,))
    ender = threading.Thread(target=context.copy().run, args=(end,))
    context.copy().run(shared.execute, "BEGIN")
    shared.set_trace_callback(lambda _: reads.set())
    with closing(sqlite3.connect(watch.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        reader.start()
        assert reads.wait(30)
        ender.start()
        assert ends.wait(30)
        other.execute("COMMIT")  # for which this thread must be able to run
    reader.join()
    ender.join()
    shared.set_trace_callback(None)
    told = [Event(*raw) for raw in watch.events]
    assert [(event.phase, event.name) for event in told if event.phase != NOTED] == [
        (STARTED, "BEGIN"),
        (FINISHED, "BEGIN"),
        (STARTED, "SELECT"),
        (FINISHED, "SELECT"),
        (STARTED, "ROLLBACK"),
        (FINISHED, "ROLLBACK"),
    ]
