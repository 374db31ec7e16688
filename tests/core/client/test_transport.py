"""A request goes through a real socket and comes back whole."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest

from explorer.client.build import build_request
from explorer.client.draft import RequestDraft, Value
from explorer.client.exchange import Exchange, Request
from explorer.client.payload import Payload
from explorer.client.transport import Client
from explorer.openapi.operations import Location
from explorer.trace import context
from explorer.trace.events import RawEvent

from .conftest import Echo, Make, answer, seen, send


async def test_that_a_request_arrives_as_it_was_built(client: Client, base: str) -> None:
    draft = RequestDraft(
        method="POST",
        path="/items/{item_id}",
        values=(
            Value(location=Location.PATH, name="item_id", text="é"),
            Value(location=Location.QUERY, name="q", text="a b&c"),
            Value(location=Location.HEADER, name="X-Name", text="Zoë"),
        ),
        body='{"a": 1}',
    )
    exchange = await send(client, build_request(draft, base))
    assert seen(exchange)["method"] == "POST"
    assert seen(exchange)["target"] == "/items/%C3%A9?q=a%20b%26c"
    assert seen(exchange)["body"] == '{"a": 1}'
    assert ["x-name", "Zoë"] in seen(exchange)["headers"]


async def test_that_the_exchange_shows_every_header_that_was_sent(client: Client, base: str) -> None:
    exchange = await send(client, build_request(RequestDraft(method="POST", path="/items", body="{}"), base))
    sent = [[name.lower(), value] for name, value in exchange.request.headers]
    assert sent == seen(exchange)["headers"]
    assert {"host", "content-length", "traceparent"} <= {name for name, _ in sent}


async def test_that_the_traceparent_names_trace_and_span(client: Client, base: str) -> None:
    events: list[RawEvent] = []
    exchange = await client.send(Request(method="GET", url=f"{base}/"), emit=events.append)
    value = dict(exchange.request.headers)[context.HEADER]
    assert context.parse_traceparent(value) == (exchange.trace_id, events[0][5])


async def test_that_a_response_comes_back_whole(client: Client, base: str) -> None:
    response = answer(await send(client, Request(method="GET", url=f"{base}/")))
    assert (response.status, response.reason, response.http_version) == (200, "OK", "HTTP/1.1")
    assert response.header("Content-Length") == str(response.wire_size) == str(len(response.body))
    assert [value for name, value in response.headers if name == "set-cookie"] == ["a=1", "b=2"]


async def test_that_both_sizes_of_a_compressed_body_are_known(client: Client, base: str) -> None:
    response = answer(await send(client, Request(method="GET", url=f"{base}/gzip")))
    assert response.body.read() == b"a" * 10_000
    assert 0 < response.wire_size < 1_000


async def test_that_the_target_is_not_tidied(client: Client, base: str) -> None:
    exchange = await send(client, Request(method="GET", url=f"{base}/files/../../etc//passwd?a[]=%41"))
    assert seen(exchange)["target"] == "/files/../../etc//passwd?a[]=%41"


async def test_that_a_body_may_go_with_get_and_none_with_post(client: Client, base: str) -> None:
    assert seen(await send(client, Request(method="GET", url=f"{base}/", content=Payload.of(b"x"))))["body"] == "x"
    posted = seen(await send(client, Request(method="POST", url=f"{base}/")))
    assert ["content-length", "0"] in posted["headers"]


async def test_that_a_head_request_ends_without_a_body(client: Client, base: str) -> None:
    response = answer(await send(client, Request(method="HEAD", url=f"{base}/")))
    assert (response.status, response.body.read()) == (200, b"")


async def test_that_a_proxy_of_the_environment_is_not_asked(
    client: Client, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert answer(await send(client, Request(method="GET", url=f"{base}/"))).status == 200


async def test_that_a_closed_client_can_be_used_again(client: Client, base: str) -> None:
    await send(client, Request(method="GET", url=f"{base}/"))
    await client.aclose()
    assert answer(await send(client, Request(method="GET", url=f"{base}/"))).status == 200


async def test_that_stopping_closes_the_socket_while_the_answer_is_awaited(
    client: Client, base: str, app: Echo
) -> None:
    exchange = await _stop_in_the_middle(client, f"{base}/slow", app)
    assert exchange.failure is not None
    assert exchange.failure.cancelled
    assert exchange.failure.stage == "wait"
    assert exchange.failure.sentence.startswith("You stopped this request")


async def test_that_stopping_closes_the_socket_in_the_middle_of_a_body(client: Client, base: str, app: Echo) -> None:
    exchange = await _stop_in_the_middle(client, f"{base}/endless", app)
    assert exchange.failure is not None
    assert exchange.failure.cancelled
    assert exchange.failure.stage == "receive"


async def test_that_stopping_before_the_request_went_out_says_so(client: Client, rogue: Make) -> None:
    greeted, gone = asyncio.Event(), asyncio.Event()

    async def wait_for_the_end(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.read(1)  # of the client's TLS
        greeted.set()
        await reader.read()
        gone.set()

    url = (await rogue(wait_for_the_end)).replace("http://", "https://")
    task = asyncio.create_task(send(client, Request(method="POST", url=url)))
    await asyncio.wait_for(greeted.wait(), 20)
    task.cancel()
    failure = (await task).failure
    assert failure is not None
    assert failure.sentence == "You stopped this request before anything of it was sent."
    await asyncio.wait_for(gone.wait(), 20)


async def _stop_in_the_middle(client: Client, url: str, app: Echo) -> Exchange:
    receiving = asyncio.Event()

    def emit(event: RawEvent) -> None:
        if event[7] == ("wait" if url.endswith("slow") else "receive"):
            receiving.set()

    task = asyncio.create_task(client.send(Request(method="GET", url=url), emit=emit))
    async with asyncio.timeout(20):
        await receiving.wait()
        assert await asyncio.to_thread(app.entered.wait, 20)
        task.cancel()
        exchange = await task
        assert await asyncio.to_thread(app.disconnected.wait, 20)
    return exchange


async def test_that_one_stop_leaves_other_requests_alone(client: Client, base: str, app: Echo) -> None:
    slow = asyncio.create_task(send(client, Request(method="GET", url=f"{base}/slow")))
    assert await asyncio.to_thread(app.entered.wait, 20)
    quick = await send(client, Request(method="GET", url=f"{base}/"))
    slow.cancel()
    assert (await slow).failure is not None
    assert answer(quick).status == 200
    assert answer(await send(client, Request(method="GET", url=f"{base}/"))).status == 200


def test_that_httpx_is_imported_late_and_without_its_command_line() -> None:
    program = (
        "import sys; from explorer.client import build, transport, urls; c = transport.Client();"
        "assert 'httpx' not in sys.modules; c.warm_up(); assert 'httpx' in sys.modules;"
        "assert not {'rich', 'click', 'pygments'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
