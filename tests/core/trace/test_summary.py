"""What one line says of a request."""

from __future__ import annotations

import pytest

from explorer.trace.callers import BROWSER, PHONE, UNKNOWN, caller_of
from explorer.trace.events import CLIENT, CONNECTION, FAILED, FINISHED, NOTED, SEND, SQL, STARTED, RawEvent
from explorer.trace.summary import Summary, summarize

TRACE = "a" * 32
MS = 1_000_000


def request(*, status: int = 200, agent: bytes = b"curl/8.5", statements: tuple[str, ...] = ()) -> list[RawEvent]:
    """Return the events of a request that took 5 ms."""
    data = {"method": "GET", "path": "/items", "query": b"limit=2", "headers": ((b"user-agent", agent),)}
    start = {"type": "http.response.start", "status": status, "headers": ()}
    sql: list[RawEvent] = [
        (TRACE, 10 + n, 2 * MS, SQL, STARTED, 2 + n, 1, "SELECT", {"statement": text})
        for n, text in enumerate(statements)
    ]
    return [
        (TRACE, 1, 1 * MS, CONNECTION, STARTED, 1, 0, "http", data),
        *sql,
        (TRACE, 3, 5 * MS, CONNECTION, NOTED, 1, 0, SEND, start),
        (TRACE, 4, 6 * MS, CONNECTION, FINISHED, 1, 0, "http", {}),
    ]


def told(events: list[RawEvent]) -> Summary:
    found = summarize(TRACE, events)
    assert found is not None
    return found


def test_that_a_line_says_who_asked_for_what_and_how_it_ended() -> None:
    line = told(request(statements=("SELECT 1", "SELECT 2")))
    assert (line.method, line.path, line.status, line.ns, line.caller) == ("GET", "/items?limit=2", 200, 5 * MS, "curl")
    assert (line.statements, line.looks_like_n_plus_one) == (2, False)


def test_that_a_request_under_way_has_neither_status_nor_time() -> None:
    line = told(request()[:1])
    assert (line.status, line.ns) == (None, None)


def test_that_one_statement_again_and_again_is_named() -> None:
    line = told(request(statements=("SELECT * FROM items", *["SELECT * FROM user WHERE id = ?"] * 5)))
    assert (line.statements, line.repeated, line.looks_like_n_plus_one) == (6, 5, True)


def test_that_what_an_app_never_answered_is_a_500() -> None:
    events = request()[:1]
    events.append((TRACE, 4, 6 * MS, CONNECTION, FAILED, 1, 0, "http", {"error": "ValueError"}))
    line = told(events)
    assert (line.status, line.failed) == (500, True)


def test_that_a_request_of_this_window_is_known_by_the_clients_own_events() -> None:
    ours: RawEvent = (TRACE, 0, 0, CLIENT, STARTED, -1, 0, "request", {})
    assert told([ours, *request()]).caller == "here"


def test_that_nothing_is_told_before_the_server_knows_of_it() -> None:
    assert summarize(TRACE, [(TRACE, 0, 0, CLIENT, STARTED, -1, 0, "request", {})]) is None


@pytest.mark.parametrize(
    ("agent", "word"),
    [
        (b"curl/8.5.0", "curl"),
        (b"python-httpx/0.28.1", "httpx"),
        (b"PostmanRuntime/7.39", "postman"),
        (b"Python/3.12 websockets/15.0", "websockets"),
        (b"Python/3.12", "python"),
        (b"Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", BROWSER),
        (b"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148 Safari/604.1", PHONE),
        (b"my-robot/3", "my-robot"),
    ],
)
def test_that_who_sent_it_is_one_word(agent: bytes, word: str) -> None:
    assert caller_of([(b"user-agent", agent)], ("127.0.0.1", 5)) == word


def test_that_a_silent_client_is_told_by_its_machine() -> None:
    assert caller_of([], ("192.168.1.7", 5)) == "192.168.1.7"
    assert caller_of([], ("127.0.0.1", 5)) == UNKNOWN
