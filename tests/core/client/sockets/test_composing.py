"""What is to be said of a message before it is sent."""

from __future__ import annotations

import pytest

from explorer.client.sockets.composing import judge, read_hex
from explorer.client.sockets.record import Composed, MessageKind


@pytest.mark.parametrize("text", ["89504e47", "89 50 4E 47", "0x89, 0x50, 0x4e, 0x47", "89:50:4e:47", "89\n50-4e_47"])
def test_that_bytes_may_be_typed_in_the_usual_ways(text: str) -> None:
    assert read_hex(text) == b"\x89PNG"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("89 5", "A byte has two digits: one is missing."),
        ("xyz", "“x” is no hexadecimal digit: type 0 to 9 and a to f."),
    ],
)
def test_that_what_is_no_hex_is_named_and_not_sent(text: str, sentence: str) -> None:
    verdict = judge(Composed(kind=MessageKind.HEX, text=text))

    assert (verdict.sentence, verdict.wrong, verdict.sendable) == (sentence, True, False)


def test_that_broken_json_is_named_but_can_be_sent() -> None:
    verdict = judge(Composed(kind=MessageKind.JSON, text='{"type": }'))

    assert verdict.sentence == "No JSON yet: Expecting value at column 10."
    assert verdict.sendable


def test_that_the_size_counts_bytes() -> None:
    assert judge(Composed(kind=MessageKind.TEXT, text="Chloé")).size == 6


def test_that_deep_json_is_no_trouble() -> None:
    assert judge(Composed(kind=MessageKind.JSON, text="[" * 50_000)).sendable
