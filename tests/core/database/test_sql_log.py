"""The SQL log keeps the last statements, counts all, and says what a request asked too often."""

from __future__ import annotations

import itertools
from typing import Any

from explorer.database.sql_log import SqlLog
from explorer.database.sql_text import headline, parameters_text, shortened
from explorer.database.statements import Finding
from explorer.trace.events import CONNECTION, FAILED, FETCHED, FINISHED, NOTED, SQL, STARTED, RawEvent

_seq = itertools.count(1)
_span = itertools.count(1)


def request(trace: str, method: str, path: str) -> RawEvent:
    return (trace, next(_seq), 0, CONNECTION, STARTED, next(_span), 0, "http", {"method": method, "path": path})


def statement(trace: str, sql: str, *parameters: Any, rows: int | None = None, ns: int = 1000) -> list[RawEvent]:
    span, word = next(_span), sql.split(maxsplit=1)[0]
    data = {"statement": sql, "parameters": parameters, "many": 1, "file": "/app/items.py", "line": 7}
    begun: RawEvent = (trace, next(_seq), 5_000, SQL, STARTED, span, 0, word, data)
    ended: RawEvent = (trace, next(_seq), 5_000 + ns, SQL, FINISHED, span, 0, word, {"rows": None})
    fetched: RawEvent = (trace, next(_seq), 9_000, SQL, NOTED, span, 0, FETCHED, {"rows": rows, "ns": 500})
    return [begun, ended] if rows is None else [begun, ended, fetched]


def test_that_a_statement_is_linked_to_its_request() -> None:
    log = SqlLog(clock=lambda: 1000.0)
    log.add([request("a", "GET", "/items"), *statement("a", "SELECT * FROM items WHERE id = ?", 7, rows=3)])
    (number,) = log.numbers()
    told = log.statement(number)
    assert told is not None
    assert (told.request, told.trace_id, told.rows, told.ns) == ("GET /items", "a", 3, 1_500)
    assert (told.parameters, told.caller, told.findings) == ("7", "/app/items.py:7", ())


def test_that_a_clock_that_is_set_moves_what_comes_and_not_what_came() -> None:
    times = iter([100_000.0, 100_000.0 - 86_400, 100_000.0 + 86_400])
    log = SqlLog(clock=lambda: next(times))
    for _ in range(3):
        log.add(statement("a", "SELECT 1", ns=1_000))
    told = [log.statement(number) for number in log.numbers()]
    days = [round((one.at - told[0].at) / 86_400) for one in told if one is not None and told[0] is not None]
    assert days == [0, -1, 1]
    assert [one.ns for one in told if one is not None] == [1_000] * 3


def test_that_duplicates_and_n_plus_one_are_named() -> None:
    log = SqlLog()
    for _ in range(2):
        log.add(statement("a", "SELECT * FROM users LIMIT 1"))
    for number in range(4):
        log.add(statement("a", "SELECT * FROM tags WHERE item = ?", number))
    log.add(statement("b", "SELECT * FROM tags WHERE item = ?", 1))
    log.add([*statement("a", "COMMIT"), *statement("a", "COMMIT")])
    told = [log.statement(number) for number in log.numbers()]
    notes = [(one.findings, one.note) for one in told if one is not None]
    assert notes[0] == ((Finding.REPEATED,), "twice with the same values in this request")
    assert notes[2] == ((Finding.N_PLUS_ONE,), "4 times in this request, each with other values: N+1")
    assert notes[6:] == [((), "")] * 3


def test_that_a_failed_statement_says_why() -> None:
    log = SqlLog()
    begun, _ = statement("a", "SELECT nothing")
    log.add([begun, (*begun[:4], FAILED, *begun[5:8], {"error": "OperationalError", "message": "no such column"})])
    told = log.statement(0)
    assert told is not None
    assert told.error == "OperationalError: no such column"


def test_that_the_request_with_an_open_transaction_is_named() -> None:
    log = SqlLog()
    log.add([request("a", "GET", "/items"), *statement("a", "SELECT 1")])
    assert log.holder() is None
    log.add([request("b", "POST", "/items"), *statement("b", "INSERT INTO items VALUES (1)")])
    assert log.holder() == "POST /items"
    log.add(statement("b", "COMMIT"))
    assert log.holder() is None
    begun, _ = statement("b", "UPDATE items SET id = 2")
    log.add([begun])
    assert log.holder() == "POST /items"
    log.add([(*begun[:4], FAILED, *begun[5:8], {"error": "OperationalError", "message": "database is locked"})])
    assert log.holder() is None


def test_that_a_statement_that_needs_no_transaction_holds_nothing_once_it_is_over() -> None:
    log = SqlLog()
    begun, ended = statement("a", "UPDATE items SET id = 2 WHERE id = 99")
    log.add([request("a", "PUT", "/items"), begun])
    assert log.holder() == "PUT /items"
    log.add([(*ended[:8], {"rows": 0, "in_transaction": True})])
    assert log.holder() == "PUT /items"
    begun, ended = statement("a", "DELETE FROM items WHERE id = 99")
    log.add([begun, (*ended[:8], {"rows": 0, "in_transaction": False})])
    assert log.holder() is None


def test_that_slow_ones_and_a_text_can_be_looked_for() -> None:
    log = SqlLog()
    log.add([request("a", "GET", "/items"), *statement("a", "SELECT 1", ns=50_000_000)])
    log.add([request("b", "PUT", "/users"), *statement("b", "UPDATE items SET name = ?", "Ink")])
    assert log.numbers(slower_than_ns=10_000_000) == [0]
    assert [log.numbers(text=text) for text in ("get /i", "'INK'", "update", "nowhere")] == [[0], [1], [1], []]


def test_that_a_hundred_thousand_statements_are_counted_and_the_last_are_kept() -> None:
    log = SqlLog(most=5_000)
    for i in range(1_000):
        log.add([event for _ in range(100) for event in statement(f"{i:032}", "SELECT * FROM items WHERE id = ?", i)])
    assert log.count == 100_000
    assert log.numbers() == list(range(95_000, 100_000))
    assert log.statement(94_999) is None
    assert log.statement(99_999) is not None
    bring_back = log.clear()
    log.add(statement("x", "SELECT 1"))
    assert (log.count, log.numbers()) == (1, [100_000])
    bring_back()
    assert log.count == 100_001
    assert log.numbers() == list(range(95_001, 100_001))
    assert log.statement(95_001) is not None


def test_that_statements_are_shortened_for_the_eye() -> None:
    long = "SELECT items.id, items.name, items.price, items.owner_id\nFROM items\nWHERE id = ?"
    assert shortened(long) == "SELECT … FROM items WHERE id = ?"
    insert = "INSERT INTO items (name, price, owner_id, category_id, stock) VALUES (?, ?, ?, ?, ?)"
    assert shortened(insert) == "INSERT INTO items (…) VALUES (?, ?, ?, ?, ?)"
    statements = (long, insert, 'UPDATE "my items" SET a = 1', "COMMIT", "PRAGMA foreign_keys=ON")
    assert [headline(sql) for sql in statements] == [
        "SELECT items", "INSERT INTO items", "UPDATE my items", "COMMIT", "PRAGMA foreign_keys=ON",
    ]  # fmt: skip
    assert parameters_text((1, None, "it's", b"\x00\xff", 2.5)) == "1, NULL, 'it''s', x'00ff', 2.5"
    assert parameters_text({"id": 3}) == "id = 3"
    assert parameters_text(((1, "a"), (2, "b"))) == "1, 'a'; and 1 more"
