"""The jar keeps what a browser would keep, and sends it where a browser would send it."""

from __future__ import annotations

import pytest

from explorer.client.cookie_rules import LARGEST_COOKIE
from explorer.client.cookies import MOST_COOKIES, Cookie, CookieJar, join_cookies
from explorer.client.draft import SendOptions
from explorer.client.exchange import Request
from explorer.client.transport import Client

from .conftest import get, seen, send

HERE = "http://127.0.0.1:8000/items/3"


def stored(*headers: str, url: str = HERE, now: float = 1_000.0) -> CookieJar:
    jar = CookieJar(lambda: now)
    jar.store(url, [("Set-Cookie", header) for header in headers])
    return jar


def test_that_a_cookie_is_kept_with_all_that_was_said_of_it() -> None:
    jar = stored("a=1; Max-Age=60; Path=/; HttpOnly; SameSite=Strict")
    assert jar.cookies() == (
        Cookie(name="a", value="1", domain="127.0.0.1", path="/", expires=1_060.0, http_only=True, same_site="Strict"),
    )


def test_that_without_a_path_it_is_for_the_folder_of_the_request() -> None:
    jar = stored("a=1")
    assert jar.cookies()[0].path == "/items"
    assert jar.for_url("http://127.0.0.1:8000/items") == (("a", "1"),)
    assert jar.for_url("http://127.0.0.1:8000/items/4/x") == (("a", "1"),)
    assert jar.for_url("http://127.0.0.1:8000/itemsets") == ()
    assert jar.for_url("http://127.0.0.1:8000/") == ()


def test_that_another_port_is_the_same_host_and_another_name_is_not() -> None:
    jar = stored("a=1; Path=/")
    assert jar.for_url("http://127.0.0.1:9000/") == (("a", "1"),)
    assert jar.for_url("http://localhost:8000/") == ()


@pytest.mark.parametrize(
    ("domain", "url", "goes"),
    [
        ("example.com", "https://api.example.com/", True),
        (".example.com", "https://example.com/", True),
        ("example.com", "https://badexample.com/", False),
        ("", "https://api.example.com/", False),
        ("", "https://EXAMPLE.com/", True),
    ],
)
def test_that_a_domain_reaches_the_hosts_below_it(domain: str, url: str, *, goes: bool) -> None:
    jar = stored(f"a=1; Domain={domain}; Path=/", url="https://example.com/")
    assert bool(jar.for_url(url)) is goes


@pytest.mark.parametrize(
    "header",
    [
        "a=1; Domain=other.com",
        "a=1; Domain=com",
        "a=1; Domain=b.example.com",
        "a=1; Secure",
        "__Secure-a=1",
        "__Host-a=1; Path=/; Domain=example.com",
        "a=" + "x" * LARGEST_COOKIE,
        "=",
    ],
)
def test_that_what_a_browser_refuses_is_not_kept(header: str) -> None:
    assert stored(header, url="http://example.com/").cookies() == ()


def test_that_a_secure_cookie_goes_over_https_or_to_this_machine_only() -> None:
    assert stored("a=1; Secure", url="https://example.com/").for_url("http://example.com/") == ()
    for url in ("http://localhost:8000/", "http://127.0.0.1/", "http://[::1]:8000/"):
        assert stored("__Host-a=1; Secure; Path=/", url=url).for_url(url) == (("__Host-a", "1"),)


@pytest.mark.parametrize("end", ["Max-Age=0", "Max-Age=-5", "Expires=Thu, 01 Jan 1970 00:00:00 GMT"])
def test_that_a_cookie_that_is_over_removes_the_one_that_is_there(end: str) -> None:
    jar = stored("a=1; Path=/", "b=2; Path=/")
    jar.store(HERE, [("set-cookie", f"a=; Path=/; {end}")])
    assert [cookie.name for cookie in jar.cookies()] == ["b"]


def test_that_time_ends_a_cookie() -> None:
    now = [1_000.0]
    jar = CookieJar(lambda: now[0])
    jar.store(HERE, [("set-cookie", "a=1; Max-Age=10")])
    now[0] += 9
    assert jar.for_url(HERE) == (("a", "1"),)
    now[0] += 2
    assert jar.for_url(HERE) == ()
    assert jar.cookies() == ()


def test_that_longer_paths_go_first_and_then_older_cookies() -> None:
    jar = stored("a=1; Path=/", "b=2; Path=/items", "c=3; Path=/", "a=4; Path=/")
    assert jar.for_url(HERE) == (("b", "2"), ("a", "4"), ("c", "3"))


def test_that_cookies_can_be_set_changed_and_removed_by_hand() -> None:
    jar = CookieJar()
    cookie = Cookie(name="a", value="1", domain="127.0.0.1")
    jar.set(cookie)
    jar.set(Cookie(name="a", value="2", domain="127.0.0.1"))
    assert jar.for_url(HERE) == (("a", "2"),)
    jar.remove(cookie)
    assert jar.cookies() == ()


def test_that_whoever_looks_is_told_of_every_change_until_they_look_away() -> None:
    jar = CookieJar()
    told: list[int] = []
    look_away = jar.subscribe(lambda: told.append(len(jar.cookies())))
    jar.store(HERE, [("set-cookie", "a=1"), ("Set-Cookie", "b=2"), ("Content-Type", "text/plain")])
    jar.store(HERE, [("content-type", "text/plain")])
    jar.clear()
    jar.clear()
    look_away()
    look_away()
    jar.store(HERE, [("set-cookie", "a=1")])
    assert told == [2, 0]


def test_that_the_jar_is_bounded() -> None:
    jar = stored(*(f"c{i}=1" for i in range(MOST_COOKIES + 5)))
    assert len(jar.cookies()) == MOST_COOKIES
    assert jar.cookies()[0].name == "c5"


@pytest.mark.parametrize("url", ["", "nonsense", "http://[::1/", "http://"])
def test_that_an_address_that_is_none_neither_gets_nor_sets_a_cookie(url: str) -> None:
    jar = stored("a=1; Path=/")
    assert jar.for_url(url) == ()
    assert stored("a=1", url=url).cookies() == ()


def test_that_the_requests_own_cookies_win() -> None:
    kept = (("a", "1"), ("b", "2"))
    assert join_cookies("a=own; c=3", kept) == "a=own; c=3; b=2"
    assert join_cookies(None, kept) == "a=1; b=2"
    assert join_cookies("", kept) == "a=1; b=2"


async def test_that_cookies_of_one_answer_are_sent_with_the_next_request(client: Client, base: str) -> None:
    await get(client, f"{base}/")
    exchange = await get(client, f"{base}/")
    assert dict(seen(exchange)["headers"])["cookie"] == "a=1; b=2"
    assert ("Cookie", "a=1; b=2") in exchange.request.headers


async def test_that_the_jar_joins_the_header_that_the_request_has(client: Client, base: str) -> None:
    await get(client, f"{base}/")
    exchange = await send(client, Request(method="GET", url=f"{base}/", headers=(("cookie", "b=own"),)))
    assert dict(seen(exchange)["headers"])["cookie"] == "b=own; a=1"


async def test_that_a_request_can_leave_the_jar_alone_and_what_it_sets_is_kept_all_the_same(
    client: Client, base: str
) -> None:
    options = SendOptions(use_jar=False)
    for _ in range(2):
        exchange = await send(client, Request(method="GET", url=f"{base}/", options=options))
        assert "cookie" not in dict(seen(exchange)["headers"])
    assert [cookie.name for cookie in client.jar.cookies()] == ["a", "b"]
