"""Redirects are followed the way browsers do, every hop is shown, and secrets stay with the server they are for."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.client.draft import SendOptions
from explorer.client.exchange import Exchange, Hop, Request, Response
from explorer.client.payload import Payload
from explorer.client.redirects import MOST_HOPS, follow
from explorer.client.transport import Client
from explorer.trace import context
from explorer.trace.events import Event, RawEvent
from explorer.trace.fold import fold

from .conftest import Make, answer, answering, failure, get, seen, send

HERE = "http://a.example/x/y?q=1"


def to(location: str, url: str = HERE) -> Request | str:
    return follow(Request(method="GET", url=url), 302, location)


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/new", "http://a.example/new"),
        ("new", "http://a.example/x/new"),
        ("?q=2", "http://a.example/x/y?q=2"),
        ("../up", "http://a.example/up"),
        ("//b.example/z", "http://b.example/z"),
        ("https://b.example:8443/z?a=b#part", "https://b.example:8443/z?a=b"),
        ("#part", HERE),
        ("  /spaced out  ", "http://a.example/spaced%20out"),
        ("/caf\xc3\xa9", "http://a.example/caf%C3%A9"),
        ("/caf\xe9", "http://a.example/caf%C3%A9"),
        ("/a%20b?c=%41", "http://a.example/a%20b?c=%41"),
        ("http://user:secret@b.example/", "http://b.example/"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
    ],
)
def test_that_a_location_is_read_like_a_browser_does(location: str, url: str) -> None:
    onward = to(location)
    assert isinstance(onward, Request)
    assert onward.url == url


@pytest.mark.parametrize(
    "location",
    [
        "",
        "   ",
        "javascript:alert(1)",
        "mailto:a@b",
        "ftp://a/",
        "http://",
        "http://a:99999/",
        "http://[::1/",
        "file:///x",
    ],
)
def test_that_a_location_that_leads_nowhere_is_named(location: str) -> None:
    sentence = to(location)
    assert isinstance(sentence, str)
    assert sentence.startswith(f"This redirect was not followed, since its Location ({location}) is no address")


@pytest.mark.parametrize(
    ("status", "method", "becomes"),
    [
        (301, "POST", "GET"),
        (302, "POST", "GET"),
        (303, "POST", "GET"),
        (303, "DELETE", "GET"),
        (303, "HEAD", "HEAD"),
        (301, "PUT", "PUT"),
        (302, "DELETE", "DELETE"),
        (307, "POST", "POST"),
        (308, "PUT", "PUT"),
    ],
)
def test_that_the_method_changes_as_in_browsers_and_takes_the_body_along(
    status: int, method: str, becomes: str
) -> None:
    headers = (("Content-Type", "text/plain"), ("Content-Length", "3"), ("X-Own", "1"))
    request = Request(method=method, url=HERE, headers=headers, content=Payload.of(b"abc"))
    onward = follow(request, status, "/new")
    assert isinstance(onward, Request)
    assert onward.method == becomes
    if becomes == method:
        assert (onward.headers, onward.content) == (headers, request.content)
    else:
        assert (onward.headers, onward.content) == ((("X-Own", "1"),), Payload())


@pytest.mark.parametrize(
    ("location", "kept"),
    [
        ("/new", True),
        ("http://a.example:80/", True),
        ("HTTP://A.EXAMPLE/", True),
        ("http://a.example:81/", False),
        ("https://a.example/", False),
        ("http://b.example/", False),
    ],
)
def test_that_secrets_stay_with_the_server_that_they_are_for(location: str, *, kept: bool) -> None:
    secrets = (
        ("Authorization", "Bearer x"),
        ("cookie", "a=1"),
        ("X-API-Key", "k"),
        ("X-Auth", "Basic dTpw"),
        ("X-Shop", "of the shop"),
        ("Host", "other"),
    )
    headers = (*secrets, ("Accept", "*/*"))
    onward = follow(Request(method="GET", url=HERE, headers=headers, secrets=("of the shop",)), 307, location)
    assert isinstance(onward, Request)
    assert onward.headers == ((*secrets, ("Accept", "*/*")) if kept else (("Accept", "*/*"),))


def test_that_nothing_secret_goes_from_https_to_http() -> None:
    request = Request(method="GET", url="https://a.example/", headers=(("Authorization", "Bearer x"),))
    onward = follow(request, 302, "http://a.example/")
    assert isinstance(onward, Request)
    assert onward.headers == ()


async def test_that_a_redirect_is_followed_and_its_hop_is_shown(client: Client, base: str) -> None:
    exchange = await get(client, f"{base}/moved/302?to=/items")
    assert seen(exchange)["target"] == "/items"
    [hop] = exchange.hops
    assert (hop.response.status, hop.response.header("location")) == (302, "/items")
    assert hop.response.body.read() == b"gone"
    assert hop.request.url == f"{base}/moved/302?to=/items"
    assert exchange.request.url == f"{base}/items"
    assert 0 < hop.elapsed_ns < exchange.elapsed_ns


async def test_that_every_hop_has_a_trace_of_its_own(client: Client, base: str) -> None:
    events: list[RawEvent] = []
    request = Request(method="GET", url=f"{base}/moved/302?to=/moved/307?to=/items")
    exchange = await client.send(request, emit=events.append)
    ids = [*(hop.trace_id for hop in exchange.hops), exchange.trace_id]
    assert len(set(ids)) == 3
    assert list(dict.fromkeys(Event(*event).trace_id for event in events)) == ids
    for trace_id, hop in zip(ids, exchange.hops, strict=False):
        [whole] = fold(trace_id, events).roots
        assert (whole.outcome, whole.data["status"]) == ("finished", hop.response.status)
        sent = context.parse_traceparent(dict(hop.request.headers)[context.HEADER])
        assert sent is not None
        assert sent[0] == trace_id


async def test_that_the_body_goes_again_with_307_and_not_with_303(client: Client, base: str, tmp_path: Path) -> None:
    file = tmp_path / "body.txt"
    file.write_text("from a file")
    for status, method, body in ((307, "POST", "from a file"), (303, "GET", "")):
        request = Request(method="POST", url=f"{base}/moved/{status}?to=/items", content=Payload((file,)))
        arrived = seen(await send(client, request))
        assert (arrived["method"], arrived["body"]) == (method, body)


async def test_that_a_cookie_of_a_hop_goes_with_the_next(client: Client, base: str) -> None:
    exchange = await get(client, f"{base}/moved/302?to=/items")
    assert "cookie" not in dict(exchange.hops[0].request.headers)
    assert dict(seen(exchange)["headers"])["cookie"] == "hop=1"


async def test_that_another_server_gets_neither_token_nor_cookie(client: Client, base: str) -> None:
    elsewhere = base.replace("127.0.0.1", "localhost")
    headers = (("Authorization", "Bearer x"), ("Cookie", "own=1"))
    request = Request(method="GET", url=f"{base}/moved/302?to={elsewhere}/items", headers=headers)
    arrived = dict(seen(await send(client, request))["headers"])
    assert {"authorization", "cookie"}.isdisjoint(arrived)
    assert arrived["host"] == elsewhere.removeprefix("http://")


async def test_that_a_redirect_is_the_answer_when_it_is_not_to_be_followed(client: Client, base: str) -> None:
    request = Request(method="GET", url=f"{base}/moved/307?to=/elsewhere", options=SendOptions(follow_redirects=False))
    exchange = await send(client, request)
    assert (answer(exchange).status, answer(exchange).header("location")) == (307, "/elsewhere")
    assert (exchange.hops, answer(exchange).problem) == ((), "")


async def test_that_a_circle_ends_with_a_sentence(client: Client, rogue: Make) -> None:
    moved = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /again\r\n\r\n"
    exchange = await get(client, await rogue(answering(moved)))
    assert len(exchange.hops) == MOST_HOPS
    assert answer(exchange).status == 302
    assert answer(exchange).problem.startswith("The redirects go round in a circle: ")


async def test_that_too_many_redirects_end_with_a_sentence(client: Client, base: str) -> None:
    way = "/moved/302?to=" * (MOST_HOPS + 3) + "/items"
    exchange = await get(client, f"{base}{way}")
    assert len(exchange.hops) == MOST_HOPS
    assert answer(exchange).problem.startswith("We stopped after 20 redirects, as browsers do")


async def test_that_a_redirect_that_leads_nowhere_is_shown_with_a_sentence(client: Client, base: str) -> None:
    exchange = await get(client, f"{base}/moved/301?to=javascript:alert(1)")
    assert answer(exchange).status == 301
    assert answer(exchange).body.read() == b"gone"
    assert "(javascript:alert(1)) is no address of a web server" in answer(exchange).problem


async def test_that_a_hop_that_fails_keeps_those_before_it(client: Client, base: str) -> None:
    exchange = await get(client, f"{base}/moved/302?to=http://127.0.0.1:1/")
    assert exchange.response is None
    assert failure(exchange).sentence == (
        "A redirect led to http://127.0.0.1:1/. Nothing listens on 127.0.0.1:1: start the server, or check the port."
    )
    assert [hop.response.status for hop in exchange.hops] == [302]


async def test_that_whoever_watches_sees_hops_and_only_the_last_response(client: Client, base: str) -> None:
    seen_by_watcher: list[str] = []

    class Watching:
        def on_hop(self, hop: Hop) -> None:
            seen_by_watcher.append(f"hop {hop.response.status}")

        def on_response(self, response: Response) -> None:
            seen_by_watcher.append(f"response {response.status}")

        def on_data(self, chunk: bytes) -> None:
            assert chunk.startswith(b"{")
            seen_by_watcher.append("data")

    request = Request(method="GET", url=f"{base}/moved/302?to=/items")
    await client.send(request, emit=lambda _: None, arrival=Watching())
    assert seen_by_watcher == ["hop 302", "response 200", "data"]


async def test_that_the_endless_body_of_a_redirect_is_not_waited_for(client: Client, base: str, rogue: Make) -> None:
    head = f"HTTP/1.1 302 Found\r\nLocation: {base}/items\r\n\r\n".encode()
    exchange: Exchange = await get(client, await rogue(answering(head, *[b"x" * 100_000] * 50)))
    assert seen(exchange)["target"] == "/items"
    assert exchange.hops[0].response.body.size < 2_000_000


async def test_that_a_redirect_without_a_location_is_told(client: Client, rogue: Make) -> None:
    exchange = await get(client, await rogue(answering(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n")))
    assert "This redirect has no Location" in answer(exchange).problem
