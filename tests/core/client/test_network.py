"""Names, addresses, limits of time, and the very bytes on the wire."""

from __future__ import annotations

import asyncio
import socket

import pytest

from explorer.client.draft import SendOptions
from explorer.client.exchange import Request
from explorer.client.payload import Payload
from explorer.client.transport import Client

from .conftest import Echo, Make, answer, answering, failure, get, send

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


async def test_that_the_wire_shows_the_very_bytes_both_ways(client: Client, rogue: Make) -> None:
    arrived: list[bytes] = []

    async def keep(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        arrived.append(await reader.readuntil(b"\r\n\r\n") + await reader.readexactly(4))
        writer.write(b"HTTP/1.1 200 Fine\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")
        await writer.drain()

    request = Request(method="PUT", url=f"{await rogue(keep)}/a/../b?c", content=Payload.of(b"body"))
    exchange = await send(client, request)
    assert exchange.wire.sent == arrived[0]
    assert exchange.wire.sent.startswith(b"PUT /a/../b?c HTTP/1.1\r\nHost: ")
    assert exchange.wire.received.endswith(b"\r\n\r\n2\r\nok\r\n0\r\n\r\n")
    assert exchange.wire.sent_size == len(arrived[0])
    assert exchange.wire.received_size == len(exchange.wire.received)
    assert answer(exchange).wire_size == 2


async def test_that_requests_on_one_connection_have_their_own_bytes(client: Client, base: str) -> None:
    first, second = await get(client, f"{base}/one"), await get(client, f"{base}/two")
    assert b"/one" in first.wire.sent
    assert b"/one" not in second.wire.sent
    assert second.wire.received.count(b"HTTP/1.1 200") == 1


async def test_that_requests_at_the_same_time_have_their_own_bytes(client: Client, base: str) -> None:
    exchanges = await asyncio.gather(*(get(client, f"{base}/number/{number}") for number in range(20)))
    for number, exchange in enumerate(exchanges):
        assert exchange.wire.sent.startswith(b"GET /number/%d HTTP/1.1\r\n" % number)
        assert b'/number/%d"' % number in exchange.wire.received


async def test_that_every_address_of_a_name_is_tried(
    client: Client, rogue: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a machine where a name has an IPv6 address, and the server listens on IPv4 only."""
    base = await rogue(answering(OK))
    port = int(base.rpartition(":")[2])
    look_up = socket.getaddrinfo

    def both(host: bytes, *more: int, **named: int) -> list[tuple[object, ...]]:
        if host != b"server.test":
            return list(look_up(host, *more, **named))
        tcp = (socket.SOCK_STREAM, socket.IPPROTO_TCP, "")
        return [(socket.AF_INET6, *tcp, ("::1", port, 0, 0)), (socket.AF_INET, *tcp, ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    exchange = await get(client, f"http://server.test:{port}/")
    assert answer(exchange).body.read() == b"ok"
    assert exchange.address == f"127.0.0.1:{port}"
    assert [phase.name for phase in exchange.phases] == ["dns", "connect", "send", "wait", "receive"]


@pytest.mark.parametrize("host", ["a" * 70 + ".test", "exa mple.test", "..", "-"])
async def test_that_a_name_that_cannot_be_one_is_told_like_any_unknown_one(client: Client, host: str) -> None:
    exchange = await get(client, f"http://{host}/")
    assert exchange.response is None
    sentence = failure(exchange).sentence
    assert "No machine is known by the name" in sentence or "must look like http://127.0.0.1:8000/items" in sentence


async def test_that_ipv6_addresses_are_written_with_brackets(client: Client) -> None:
    if not socket.has_ipv6:
        pytest.skip("no IPv6 here")

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await answering(OK)(reader, writer)
        writer.close()

    try:
        server = await asyncio.start_server(behave, "::1", 0)
    except OSError:
        pytest.skip("no IPv6 here")
    port = server.sockets[0].getsockname()[1]
    exchange = await get(client, f"http://[::1]:{port}/")
    server.close()
    assert answer(exchange).body.read() == b"ok"
    assert exchange.address == f"[::1]:{port}"
    assert dict(exchange.request.headers)["Host"] == f"[::1]:{port}"


async def test_that_a_server_that_never_answers_runs_into_the_limit(client: Client, base: str, app: Echo) -> None:
    request = Request(method="GET", url=f"{base}/slow", options=SendOptions(timeout=0.05))
    exchange = await send(client, request)
    assert failure(exchange).stage == "wait"
    address = base.removeprefix("http://")
    assert failure(exchange).sentence == (
        f"{address} did not answer within 0.05 s: see in the X-ray what it waits for, or allow more time in Options."
    )
    assert await asyncio.to_thread(app.disconnected.wait, 20)


async def test_that_a_response_that_stands_still_runs_into_the_limit_and_keeps_what_came(
    client: Client, base: str, app: Echo
) -> None:
    request = Request(method="GET", url=f"{base}/endless", options=SendOptions(timeout=0.05))
    exchange = await send(client, request)
    assert failure(exchange).stage == "receive"
    assert failure(exchange).sentence.startswith("The response stood still, nothing more came within 0.05 s")
    assert exchange.response is not None
    assert exchange.response.body.read() == b"first"


async def test_that_a_server_that_does_not_read_runs_into_the_limit(client: Client, rogue: Make) -> None:
    over = asyncio.Event()

    async def deaf(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.transport.pause_reading()  # type: ignore[attr-defined] # asyncio's type is that of a half
        await over.wait()

    payload = Payload.of(b"x" * 40_000_000)
    request = Request(method="POST", url=await rogue(deaf), content=payload, options=SendOptions(timeout=0.2))
    exchange = await send(client, request)
    over.set()
    assert failure(exchange).stage == "send"
    assert "took nothing of the request within 0.2 s" in failure(exchange).sentence


async def test_that_a_connection_that_takes_too_long_names_the_limit(client: Client) -> None:
    """A listener whose queue is full lets the next one wait for ever."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port = listener.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        options = SendOptions(connect_timeout=0.1)
        exchange = await send(client, Request(method="GET", url=f"http://127.0.0.1:{port}/", options=options))
        for one in waiting:
            one.close()
    assert failure(exchange).stage == "connect"
    assert failure(exchange).sentence.startswith(f"No answer from 127.0.0.1:{port} within 0.1 s")


async def test_that_a_connection_has_no_delay(client: Client, base: str) -> None:
    """Without TCP_NODELAY every request on a reused connection would wait for 40 ms."""
    await get(client, f"{base}/")
    exchanges = [await get(client, f"{base}/") for _ in range(5)]
    assert min(exchange.elapsed_ns for exchange in exchanges) < 30_000_000


async def test_that_what_a_header_cannot_carry_is_named(client: Client, base: str) -> None:
    exchange = await send(client, Request(method="GET", url=f"{base}/", headers=(("X-Emoji", "🙂"),)))
    assert failure(exchange).sentence.startswith(
        "The request breaks a rule of HTTP (the header X-Emoji holds a character that no header can carry)"
    )
