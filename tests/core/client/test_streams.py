"""Streams, however the network cuts them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.client import streams
from explorer.client.streams import EventParser, JsonLinesParser, Message, MessageKind, StreamFormat, stream_format


def events(*chunks: bytes) -> list[Message]:
    parser = EventParser()
    return [message for chunk in chunks for message in parser.feed(chunk)] + parser.finish()


def lines(*chunks: bytes) -> list[Message]:
    parser = JsonLinesParser()
    return [message for chunk in chunks for message in parser.feed(chunk)] + parser.finish()


def test_that_an_event_has_its_name_id_and_data() -> None:
    assert events(b"event: sold\nid: 7\ndata: a lamp\n\n") == [Message("a lamp", "sold", "7")]


def test_that_an_event_without_a_name_is_a_message_and_keeps_the_last_id() -> None:
    assert events(b"id: 7\ndata: a\n\ndata: b\n\n") == [Message("a", "message", "7"), Message("b", "message", "7")]


def test_that_several_lines_of_data_are_one_text() -> None:
    (event,) = events(b"data: one\ndata:two\ndata\ndata:  four\n\n")
    assert event.data == "one\ntwo\n\n four"


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_that_every_kind_of_line_end_ends_a_line(end: bytes) -> None:
    assert [event.data for event in events(end.join((b"data: a", b"", b"data: b", b"", b"")))] == ["a", "b"]


def test_that_a_byte_order_mark_is_passed_over_once() -> None:
    assert [event.data for event in events(b"\xef\xbb\xbfdata: a\n\n\xef\xbb\xbfdata: b\n\n")] == ["a"]


def test_that_a_comment_is_seen_but_is_no_event() -> None:
    (comment,) = events(b": still here\n\n")
    assert (comment.kind, comment.data) == (MessageKind.COMMENT, "still here")


def test_that_fields_without_data_make_no_event_but_count() -> None:
    first, second = events(b"id: 9\nretry: 3000\n\ndata: x\n\n")
    assert (first.kind, first.retry) == (MessageKind.SILENT, 3000)
    assert second.id == "9"


@pytest.mark.parametrize("line", [b"retry: soon", b"retry: -1", b"id: a\0b", b"colour: red", b"Data: x"])
def test_that_a_field_the_standard_does_not_know_is_ignored(line: bytes) -> None:
    assert events(line + b"\n\ndata: x\n\n") == [Message("x", "message")]


def test_that_the_event_in_which_a_stream_breaks_off_is_marked() -> None:
    (event,) = events(b"data: half")
    assert event.kind is MessageKind.SILENT
    assert event.data == "half"
    assert "ended in the middle" in event.problem


def test_that_bytes_that_are_no_utf_8_are_replaced() -> None:
    assert events(b"data: a\xffb\n\n")[0].data == "a\ufffdb"


TEXT = '\ufeffevent: größer\r\nid: 1\r\ndata: 🚲 a\rdata: b\n\n: ping\n\nretry: 5\n\ndata: {"n": 1}\n\n'.encode()


@given(st.lists(st.integers(0, len(TEXT)), max_size=8))
def test_that_the_pieces_in_which_a_stream_comes_make_no_difference(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(TEXT)]
    chunks = [TEXT[start:end] for start, end in pairwise(places)]
    assert events(*chunks) == events(TEXT)


def test_that_each_json_line_is_a_message() -> None:
    assert lines(b'{"a": 1}\n', b'\r\n{"b"', b": 2}\n[3]") == [Message('{"a": 1}'), Message('{"b": 2}'), Message("[3]")]


def test_that_a_broken_json_line_is_marked_and_the_others_are_not() -> None:
    good, bad, after = lines(b'{"a": 1}\n{"a": }\n{"a": 2}\n')
    assert good.problem == after.problem == ""
    assert "no JSON" in bad.problem
    assert "character 7" in bad.problem


def test_that_record_separators_of_json_sequences_are_passed_over() -> None:
    assert lines(b'\x1e{"a": 1}\n\x1e{"a": 2}\n') == [Message('{"a": 1}'), Message('{"a": 2}')]


def test_that_a_line_separator_inside_a_text_is_no_line_end() -> None:
    assert lines('"a\u2028b\u0085c"\n'.encode()) == [Message('"a\u2028b\u0085c"')]


def test_that_a_line_without_an_end_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "LONGEST_LINE", 100)
    first, second = lines(b"x" * 90, b"y" * 90, b"\n[1]\n")
    assert len(first.data) == 100
    assert "left out" in first.problem
    assert second == Message("[1]")


def test_that_nesting_too_deep_to_read_is_said() -> None:
    (message,) = lines(b"[" * 200_000 + b"\n")
    assert message.problem


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("text/event-stream; charset=utf-8", StreamFormat.EVENTS),
        ("application/jsonl", StreamFormat.JSON_LINES),
        ("Application/X-NDJSON", StreamFormat.JSON_LINES),
        ("application/json", None),
        (None, None),
    ],
)
def test_that_the_content_type_names_the_format(content_type: str | None, expected: StreamFormat | None) -> None:
    assert stream_format(content_type) is expected
