"""A Set-Cookie header is read the way a browser reads it, whatever it holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.client.set_cookie import SetCookie, parse_date, parse_set_cookie


def test_that_every_attribute_is_read() -> None:
    text = (
        'id="a=b"; Domain=.Example.COM; Path=/items; Expires=Wed, 21 Oct 2015 07:28:00 GMT; '
        "Max-Age=60; Secure; HttpOnly; SameSite=Lax; Partitioned; Priority=High"
    )
    read = parse_set_cookie(text)
    assert (read.name, read.value) == ("id", '"a=b"')
    assert (read.domain, read.path) == ("example.com", "/items")
    assert (read.expires, read.max_age) == (1445412480.0, 60)
    assert (read.secure, read.http_only, read.same_site, read.partitioned) == (True, True, "Lax", True)
    assert read.attributes[0] == ("Domain", ".Example.COM")
    assert read.attributes[-1] == ("Priority", "High")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a=1", SetCookie(name="a", value="1")),
        ("  a  =  1  ;", SetCookie(name="a", value="1")),
        ("lonely", SetCookie(name="", value="lonely")),
        ("=x", SetCookie(name="", value="x")),
        ("", SetCookie(name="", value="")),
        ("a=", SetCookie(name="a", value="")),
    ],
)
def test_that_odd_pairs_are_read_like_a_browser_does(text: str, expected: SetCookie) -> None:
    assert parse_set_cookie(text) == expected


def test_that_the_last_of_a_repeated_attribute_counts_and_a_relative_path_does_not() -> None:
    read = parse_set_cookie("a=1; Path=/a; path=/b; Max-Age=x; Domain=")
    assert (read.path, read.max_age, read.domain) == ("/b", None, "")
    assert parse_set_cookie("a=1; Path=items").path == ""


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("10", 10), ("-1", -1), ("99999999999999999999999999", 10**10), ("-99999999999999999", 0), ("1.5", None)],
)
def test_that_a_max_age_is_a_whole_number_of_seconds(text: str, seconds: int | None) -> None:
    assert parse_set_cookie(f"a=1; Max-Age={text}").max_age == seconds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784111777.0),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 784111777.0),
        ("Sun Nov  6 08:49:37 1994", 784111777.0),
        ("Thu, 01-Jan-1970 00:00:00 GMT", 0.0),
        ("31 Feb 2020 00:00:00", None),
        ("6 Nov 1994 24:00:00", None),
        ("6 Nov 1600 08:49:37", None),
        ("tomorrow", None),
        ("0", None),
        ("", None),
    ],
)
def test_that_dates_are_read_in_every_shape_that_servers_write(text: str, expected: float | None) -> None:
    assert parse_date(text) == expected


@given(st.text(max_size=200))
def test_that_no_text_makes_it_raise(text: str) -> None:
    parse_set_cookie(text)
    parse_set_cookie(f"a=b; Expires={text}; Max-Age={text}; Domain={text}")
