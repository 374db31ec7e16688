"""Every status code has a phrase and a sentence."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from explorer.client.status import meaning

RENAMED = {305, 413, 414, 416, 418, 422, 510}  # named otherwise by some versions of Python, or a joke


@pytest.mark.parametrize("status", [status for status in HTTPStatus if status not in RENAMED])
def test_that_phrases_are_the_registered_ones(status: HTTPStatus) -> None:
    assert meaning(status.value)[0].replace("-", " ").casefold() == status.phrase.replace("-", " ").casefold()


def test_that_422_has_one_name_on_every_python() -> None:
    assert meaning(422)[0] == "Unprocessable Content"


def test_that_every_code_has_a_phrase_and_a_sentence() -> None:
    for status in range(100, 600):
        phrase, sentence = meaning(status)
        assert phrase
        assert sentence.endswith(".")


def test_that_a_code_outside_http_is_unknown() -> None:
    assert meaning(799)[0] == "Unknown"
    assert meaning(499)[0] == "Client error"


def test_that_the_servers_own_phrase_is_told_where_we_know_none() -> None:
    assert meaning(499, "Client Closed Request")[0] == "Client Closed Request"
    assert meaning(200, "Fine")[0] == "OK"
