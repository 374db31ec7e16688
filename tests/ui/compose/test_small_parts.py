"""The plain functions below the Compose room."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.ui.widgets.json_syntax import json_runs
from explorer.ui.widgets.url_spans import url_spans
from explorer.ui.wording import count_text, duration_text, size_text


def colored(line: str) -> list[tuple[str, str]]:
    return [(line[run.start : run.start + run.length], run.color) for run in json_runs(line)]


def test_that_a_line_of_json_is_coloured_by_kind() -> None:
    assert colored('  "price": -39.9e3, "ok": true, "s": "a: \\"b\\""') == [
        ('"price"', "c_key"),
        (":", "c_pun"),
        ("-39.9e3", "c_num"),
        (",", "c_pun"),
        ('"ok"', "c_key"),
        (":", "c_pun"),
        ("true", "c_kw"),
        (",", "c_pun"),
        ('"s"', "c_key"),
        (":", "c_pun"),
        ('"a: \\"b\\""', "c_str"),
    ]


def test_that_half_a_string_is_a_string_while_it_is_typed() -> None:
    assert colored('"name": "Desk') == [('"name"', "c_key"), (":", "c_pun"), ('"Desk', "c_str")]


@given(st.text())
def test_that_colours_never_overlap_or_leave_the_line(line: str) -> None:
    end = 0
    for run in json_runs(line):
        assert run.start >= end
        assert run.length > 0
        end = run.start + run.length
    assert end <= len(line)


@given(st.text())
def test_that_a_json_string_has_one_colour(text: str) -> None:
    line = json.dumps(text)
    assert colored(line) == [(line, "c_str")]


@pytest.mark.parametrize(
    ("target", "template", "expected"),
    [
        ("/users/42/items?notify=true", "/users/{user_id}/items", [("user_id", "42")]),
        ("/users//items", "/users/{user_id}/items", [("user_id", "")]),
        ("/files/a/b.txt", "/files/{file_path}", [("file_path", "a/b.txt")]),
        ("/a/1/2", "/a/{x}/{y}", [("x", "1"), ("y", "2")]),
        ("/somewhere/else", "/users/{user_id}/items", []),
        ("/items", "/items", []),
        ("/v1.0/x", "/v1.0/{name}", [("name", "x")]),
    ],
)
def test_that_path_parameters_are_found_in_a_url(target: str, template: str, expected: list[tuple[str, str]]) -> None:
    url = "http://h:1" + target
    spans = [span for span in url_spans("http://h:1", target, template) if span.parameter]
    assert [(span.parameter, url[span.start : span.end]) for span in spans] == expected


def test_that_a_wrong_path_parameter_has_the_colour_of_mistakes() -> None:
    spans = url_spans("http://h", "/users/0", "/users/{user_id}", {"user_id"})
    assert [span.color for span in spans if span.parameter] == ["err"]


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1 KB"),
        (1_234, "1.2 KB"),
        (99_400, "99 KB"),
        (12_345_678, "12 MB"),
        (999_999, "1 MB"),
        (10**9, "1 GB"),
        (2 * 10**12, "2000 GB"),
    ],
)
def test_that_sizes_read_well(size: int, text: str) -> None:
    assert size_text(size) == text


@pytest.mark.parametrize(
    ("nanoseconds", "text"), [(5_940_000, "5.9 ms"), (250_400_000, "250 ms"), (1_240_000_000, "1.2 s")]
)
def test_that_times_read_well(nanoseconds: int, text: str) -> None:
    assert duration_text(nanoseconds) == text


def test_that_nouns_follow_their_number() -> None:
    assert (count_text(1, "problem"), count_text(2, "problem")) == ("1 problem", "2 problems")
