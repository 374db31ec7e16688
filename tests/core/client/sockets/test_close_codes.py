"""Which close codes may be sent, and what they mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.exceptions import ProtocolError
from websockets.frames import Close

from explorer.client.sockets.close_codes import CLOSE_CODES, close_code, close_problem, may_send


@given(st.integers(0, 70_000))
def test_that_what_may_be_sent_is_what_the_websockets_library_sends(code: int) -> None:
    try:
        Close(code, "").check()
        allowed = code < 5000
    except ProtocolError:
        allowed = False
    assert may_send(code) is allowed
    assert (close_problem(code, "") == "") is allowed


@pytest.mark.parametrize("code", [1000, 1003, 1007, 1014, 3000, 4999])
def test_that_the_edges_of_the_allowed_ranges_may_be_sent(code: int) -> None:
    assert may_send(code)


@pytest.mark.parametrize("code", [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65536, -1])
def test_that_beyond_them_a_sentence_says_what_may(code: int) -> None:
    assert close_problem(code, "").endswith("choose 1000–1003, 1007–1014 or 3000–4999.")


def test_that_the_reason_is_measured_in_bytes() -> None:
    assert close_problem(1000, "é" * 61) == ""
    assert close_problem(1000, "é" * 62) == "The reason may have 123 bytes at most, and this one has 124: shorten it."
    assert close_problem(None, "").startswith("A close code is a number")


def test_that_every_code_has_a_name_and_a_sentence() -> None:
    for known in CLOSE_CODES:
        assert known.name
        assert known.meaning.endswith(".")
        assert close_code(known.code) is known
    assert close_code(4100).name == "The app's own"
    assert close_code(3100).name == "Registered by a library"
    assert close_code(2000).name == "Reserved"
