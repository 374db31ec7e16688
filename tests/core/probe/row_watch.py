"""A connection of SQLite's driver under the probe's eyes, as a request of an app has it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from explorer.probe.middleware import HERE
from explorer.probe.sqlite_driver import SpiedConnection, spied_class
from explorer.probe.sqlite_spy import Recorder, attach, detach
from explorer.trace.events import CHANGED_ROWS, NOTED, Event, RawEvent, Source


@dataclass
class Watch:
    """Connections to one file, and what they tell."""

    path: Path
    events: list[RawEvent] = field(default_factory=list)
    connections: list[sqlite3.Connection] = field(default_factory=list)
    recorder: Recorder = field(init=False)

    def __post_init__(self) -> None:
        self.recorder = Recorder(Source(self.events.append, side=1), rows=True)
        attach(self.recorder)

    def connect(self, **options: Any) -> SpiedConnection:
        made = spied_class(sqlite3.Connection)
        connection = sqlite3.connect(self.path, factory=made, **options)
        self.connections.append(connection)
        return connection

    def plain(self) -> sqlite3.Connection:
        """Connect as another program does."""
        connection = sqlite3.connect(self.path)
        self.connections.append(connection)
        return connection

    def prepare(self, script: str) -> None:
        with self.plain() as connection:
            connection.executescript(script)

    def notes(self) -> list[dict[str, Any]]:
        told = [Event(*raw) for raw in self.events]
        return [e.data for e in told if e.phase == NOTED and e.name == CHANGED_ROWS]

    def changes(self) -> list[tuple[Any, ...]]:
        """Return (table, kind, key, before, after) of all changes told since the last call."""
        found = [change[:5] for note in self.notes() for change in note["changes"]]
        self.events.clear()
        return found

    def close(self) -> None:
        detach(self.recorder)
        for connection in self.connections:
            connection.close()


def enter_request() -> None:
    """From here on the test's own code runs as a request's."""
    HERE.set(("0" * 31 + "1", 1))
