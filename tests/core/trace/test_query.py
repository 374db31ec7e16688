"""The language in which requests are filtered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.trace.query import QueryError, narrowed, parse
from explorer.trace.summary import Summary

POST = Summary(
    trace_id="a" * 32,
    method="POST",
    path="/users/42/items?dry=1",
    status=201,
    started_ns=0,
    ns=5_900_000,
    caller="curl",
    statements=12,
    repeated=11,
)
CRASH = Summary("b" * 32, "GET", "/boom", 500, 0, 6_700_000, "browser", failed=True)
OPEN = Summary("c" * 32, "WS", "/ws/lobby", None, 0, None, "here")


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("", [POST, CRASH, OPEN]),
        ("   ", [POST, CRASH, OPEN]),
        ("items", [POST]),
        ("get /BOOM", [CRASH]),
        ("status:5xx", [CRASH]),
        ("status:201", [POST]),
        ("status>=300", [CRASH]),
        ("status:none", [OPEN]),
        ("sql>10 path:/items", [POST]),
        ("sql>10 path:/boom", []),
        ("path:/users/*/items*", [POST]),
        ("ms<6", [POST]),
        ("ms>=6", [CRASH]),
        ("client:curl", [POST]),
        ("-client:curl", [CRASH, OPEN]),
        ("-items -boom", [OPEN]),
        ("method:post", [POST]),
        ("is:failed", [CRASH]),
        ("is:running", [OPEN]),
        ("is:n+1", [POST]),
        ("is:ws", [OPEN]),
        ("status=201", [POST]),
        ("status!=201", [CRASH, OPEN]),
        ("status!=5xx Method=post", [POST]),
        ("dry=1", [POST]),  # of the URL: there is no such field
        ("dry!=1", []),
        ('"OR"', []),
        ("or", []),
        ('"post /users"', [POST]),
        ('path:"/users', [POST]),
    ],
)
def test_that_all_terms_must_hold(text: str, passes: list[Summary]) -> None:
    query = parse(text)
    assert [summary for summary in (POST, CRASH, OPEN) if query.matches(summary)] == passes


@pytest.mark.parametrize(
    ("text", "term", "word"),
    [
        ("path:/items sqll>10", "sqll>10", "There is no field “sqll”"),
        ("sql>many", "sql>many", "is no number"),
        ("status:good x", "status:good", "is no status"),
        ("ms:", "ms:", "such as ms>100"),
        ("path>3", "path>3", "write path:3"),
        ("is:nice", "is:nice", "is:failed"),
        ("status:200 OR status:404", "OR", "all terms have to hold"),
        ("NOT status:200", "NOT", "A - before a term turns it round"),
        ("status!=", "status!=", "such as status:5xx"),
    ],
)
def test_that_a_term_without_sense_is_named_with_its_place(text: str, term: str, word: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    error = caught.value
    assert text[error.start : error.start + error.length] == term
    assert word in error.sentence


@given(st.text(max_size=60))
def test_that_any_text_is_understood_or_refused_with_a_sentence(text: str) -> None:
    try:
        understood = parse(text).matches(POST) in (True, False)
    except QueryError as error:
        understood = error.sentence.endswith(".") and text[error.start :].strip() != ""
    assert understood


@pytest.mark.parametrize(
    ("before", "name", "value", "after"),
    [
        ("", "status", "404", "status:404"),
        ("status:5xx  sql>10", "status", "404", "sql>10 status:404"),
        ("-client:curl items", "client", "httpx", "items client:httpx"),
        ('path:"/a b" ms>3', "path", "/c d", 'ms>3 path:"/c d"'),
    ],
)
def test_that_a_filter_by_a_value_takes_the_place_of_that_by_another(
    before: str, name: str, value: str, after: str
) -> None:
    assert narrowed(before, name, value) == after
