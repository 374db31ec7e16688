from __future__ import annotations

from pathlib import Path
from typing import Any

from explorer.database.change_log import ChangeLog
from explorer.database.changes import ChangeKind
from explorer.trace.events import CHANGED_ROWS, CONNECTION, NOTED, SQL, STARTED, RawEvent

DATABASE = Path("/somewhere/shop.sqlite3")


def request(trace_id: str, method: str, path: str) -> RawEvent:
    return (trace_id, 1, 1, CONNECTION, STARTED, 1, 0, "http", {"method": method, "path": path})


def commit(trace_id: str, *changes: tuple[Any, ...], total: int | None = None, database: Path = DATABASE) -> RawEvent:
    data = {
        "database": str(database),
        "columns": {"items": ("id", "name")},
        "keys": {"items": ()},
        "changes": changes,
        "total": len(changes) if total is None else total,
        "counts": {"items": (total or len(changes), 0, 0)},
    }
    return (trace_id, 2, 2, SQL, NOTED, 5, 1, CHANGED_ROWS, data)


def inserted(key: int, name: str) -> tuple[Any, ...]:
    return ("items", "insert", (key,), None, (key, name), 4)


def test_that_a_change_is_named_after_its_request() -> None:
    log = ChangeLog(DATABASE, clock=lambda: 7.0)
    (change,) = log.add([request("a", "POST", "/items"), commit("a", inserted(1, "Tea"))])
    assert (change.trace_id, change.label, change.at) == ("a", "POST /items", 7.0)
    assert change.changes[0].after == (1, "Tea")
    assert change.total == (1, 0, 0)
    assert log.find("a") is change


def test_that_several_commits_of_a_request_are_told_as_one_change() -> None:
    log = ChangeLog(DATABASE)
    log.add([request("a", "PUT", "/items"), commit("a", inserted(1, "Tea"), inserted(2, "Pot"))])
    (change,) = log.add(
        [
            commit(
                "a",
                ("items", "update", (1,), (1, "Tea"), (1, "Green tea"), 6),
                ("items", "delete", (2,), (2, "Pot"), None, 7),
                ("items", "update", (3,), (3, "Cup"), (3, "Mug"), 8),
            )
        ]
    )
    assert [(one.key, one.kind, one.before, one.after) for one in change.changes] == [
        ((1,), ChangeKind.INSERT, None, (1, "Green tea")),
        ((3,), ChangeKind.UPDATE, (3, "Cup"), (3, "Mug")),
    ]
    assert change.counts == {"items": (1, 1, 0)}


def test_that_too_many_rows_are_counted_and_not_listed() -> None:
    log = ChangeLog(DATABASE)
    (change,) = log.add([request("a", "POST", "/many"), commit("a", total=20_000)])
    assert not change.complete
    assert change.notice == "Too many rows to show: 20,000 changed."
    (again,) = log.add([commit("a", inserted(1, "Tea"))])
    assert (again.complete, again.total) == (False, (20_001, 0, 0))


def test_that_changes_of_another_database_are_left_out() -> None:
    log = ChangeLog(DATABASE)
    assert log.add([commit("a", inserted(1, "Tea"), database=Path("/elsewhere.sqlite3"))]) == ()
