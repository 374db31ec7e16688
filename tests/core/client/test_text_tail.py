"""The end of a text that is still arriving."""

import pytest

from explorer.client.body import Body
from explorer.client.exchange import Response
from explorer.client.text_tail import LONGEST, charset_of, tail_for


def response(*headers: tuple[str, str]) -> Response:
    return Response(status=200, reason="OK", http_version="HTTP/1.1", headers=headers, body=Body(), wire_size=0)


def test_that_only_the_end_of_a_long_text_is_kept() -> None:
    tail = tail_for(response(("Content-Type", "text/plain")))
    assert tail is not None
    for number in range(10_000):
        tail.feed(f"{number}\n".encode())
    assert len(tail.text) == LONGEST
    assert tail.text.endswith("9998\n9999\n")


def test_that_a_text_of_known_length_and_what_is_no_text_are_not_followed() -> None:
    assert tail_for(response(("Content-Type", "text/plain"), ("Content-Length", "5"))) is None
    assert tail_for(response(("Content-Type", "application/json"))) is None
    assert tail_for(response()) is None


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [
        ("text/plain; charset=ISO-8859-1", "iso-8859-1"),
        ('text/plain; charset="utf-16"; x=1', "utf-16"),
        ("text/plain; charset=klingon", "utf-8"),
        ("text/plain; charset=hex", "utf-8"),
        ("text/plain", "utf-8"),
    ],
)
def test_that_the_charset_is_the_named_one_if_there_is_such_a_one(content_type: str, charset: str) -> None:
    assert charset_of(response(("Content-Type", content_type))) == charset
