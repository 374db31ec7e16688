"""A signal in Python alone does what people expect of one of Qt's."""

from __future__ import annotations

import sys

import pytest

from explorer.ui.plain_signal import PlainSignal


def test_that_slots_are_called_in_their_order() -> None:
    signal = PlainSignal[int]()
    heard: list[tuple[str, int]] = []
    signal.connect(lambda value: heard.append(("first", value)))
    signal.connect(lambda value: heard.append(("second", value)))
    signal.emit(1)
    signal.emit(2)
    assert heard == [("first", 1), ("second", 1), ("first", 2), ("second", 2)]


def test_that_a_slot_that_fails_is_reported_and_harms_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    reported: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _traceback: reported.append(error))

    def fail(_value: int) -> None:
        raise ZeroDivisionError

    signal = PlainSignal[int]()
    heard: list[int] = []
    signal.connect(fail)
    signal.connect(heard.append)
    signal.emit(7)
    assert heard == [7]
    assert [type(error) for error in reported] == [ZeroDivisionError]
