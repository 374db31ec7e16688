from __future__ import annotations

import asyncio
from dataclasses import replace

from explorer.client.cookies import CookieJar
from explorer.client.draft import SendOptions
from explorer.client.sockets.frames import BINARY
from explorer.client.sockets.record import ClosedBy, Direction, FrameKind, SocketState
from tests.core.client.sockets.conftest import Client, Server, draft, raw_server, until_gone


async def test_that_text_and_bytes_go_out_and_come_back_with_the_frames_as_they_crossed_the_socket(url: str) -> None:
    client = Client()
    status = await client.connection.connect(draft(), url)
    assert status.state is SocketState.OPEN
    assert client.connection.send_text("grüß Gott") == ""
    assert client.connection.send_binary(b"\x00\xff") == ""
    handshake, *messages = await client.until_entries(5)
    assert handshake.kind is FrameKind.HANDSHAKE
    assert handshake.code == 101
    assert client.log.payload(0).startswith(b"GET /echo HTTP/1.1\r\nHost: 127.0.0.1:")
    sent, received = messages[0], messages[2]
    assert (sent.direction, sent.kind, sent.start, sent.index) == (
        Direction.SENT,
        FrameKind.TEXT,
        "grüß Gott".encode(),
        0,
    )
    assert sent.head is not None
    assert received.head is not None
    mask = sent.head.mask_key
    assert mask is not None
    assert bytes(byte ^ mask[i % 4] for i, byte in enumerate(sent.head.start)) == sent.start
    assert (received.head.mask_key, received.head.start) == (None, sent.start)
    assert (messages[3].kind, messages[3].start, messages[3].index) == (FrameKind.BINARY, b"\x00\xff", 1)
    await _leave(client)


async def test_that_the_handshake_is_kept_and_its_accept_checked(url: str) -> None:
    client = Client()
    await client.connection.connect(draft(), url)
    handshake = client.connection.handshake
    assert handshake is not None
    assert (handshake.status, handshake.accept_valid) == (101, True)
    assert ("traceparent", client.connection.status.trace_id) in [
        (name, text[3:35]) for name, text in handshake.request_headers
    ]
    await _leave(client)


async def test_that_cookies_of_the_jar_go_along_and_those_that_are_set_are_kept(url: str) -> None:
    jar = CookieJar()
    first = Client(jar=jar)
    await first.connection.connect(draft(), url)
    await _leave(first)
    second = Client(jar=jar)
    await second.connection.connect(draft("/headers"), url)
    entries = await second.until_entries(2)
    assert b"('cookie', 'seen=yes')" in second.log.payload(entries[1].number)
    await _leave(second)


async def test_that_a_ping_is_answered_and_timed(url: str) -> None:
    client = Client()
    await client.connection.connect(draft(), url)
    assert client.connection.ping(b"still there?") == ""
    entries = await client.until_entries(3)
    assert [(entry.kind, entry.start) for entry in entries[1:]] == [
        (FrameKind.PING, b"still there?"),
        (FrameKind.PONG, b"still there?"),
    ]
    assert entries[2].automatic
    assert client.connection.round_trip_ns is not None
    await _leave(client)


async def test_that_a_close_of_ours_carries_code_and_reason(url: str) -> None:
    client = Client()
    await client.connection.connect(draft(), url)
    assert client.connection.close(3000, "Bye.") == ""
    status = await client.connection.wait_closed()
    assert (status.state, status.code, status.closed_by) == (SocketState.CLOSED, 3000, ClosedBy.CLIENT)
    close = next(entry for entry in client.log.entries(0, 9) if entry.kind is FrameKind.CLOSE)
    assert (close.code, close.reason, close.automatic) == (3000, "Bye.", False)


async def test_that_a_close_of_the_server_says_who_and_why(url: str) -> None:
    client = Client()
    await client.connection.connect(draft("/close"), url)
    status = await client.connection.wait_closed()
    assert (status.state, status.code, status.reason, status.closed_by) == (
        SocketState.CLOSED,
        4321,
        "Enough.",
        ClosedBy.SERVER,
    )
    assert "4321" in status.sentence


async def test_that_a_refusal_is_told_with_its_status(url: str) -> None:
    client = Client()
    status = await client.connection.connect(draft("/refused"), url)
    assert status.state is SocketState.REFUSED
    assert "403" in status.sentence
    assert client.log.entry(0).code == 403


async def test_that_a_redirect_is_not_followed_but_told_with_its_body(url: str) -> None:
    client = Client()
    status = await client.connection.connect(draft("/moved"), url)
    assert status.state is SocketState.REFUSED
    assert "/echo" in status.sentence
    assert client.connection.handshake is not None
    assert client.connection.handshake.body == b"over there"


async def test_that_a_port_on_which_nothing_listens_is_told() -> None:
    status = await Client().connection.connect(draft(), "http://127.0.0.1:1")
    assert status.state is SocketState.FAILED
    assert "Nothing listens on 127.0.0.1:1" in status.sentence


async def test_that_a_server_without_tls_is_told_when_wss_is_asked_for(url: str) -> None:
    status = await Client().connection.connect(draft(url_override=url.replace("http", "wss") + "/echo"), url)
    assert status.state is SocketState.FAILED
    assert "TLS" in status.sentence
    assert "ws://" in status.sentence


async def test_that_connecting_can_be_stopped() -> None:
    async with raw_server(lambda reader, _: until_gone(reader), accept=False) as url:  # type: ignore[arg-type,return-value]
        client = Client()
        task = asyncio.ensure_future(client.connection.connect(draft(), url))
        await client.until(lambda: client.connection.status.state is SocketState.CONNECTING)
        task.cancel()
        status = await task
        assert (status.state, status.closed_by) == (SocketState.FAILED, ClosedBy.CLIENT)
        assert "stopped" in status.sentence


async def test_that_a_server_that_never_answers_the_handshake_is_given_up_in_time() -> None:
    async with raw_server(lambda reader, _: until_gone(reader), accept=False) as url:  # type: ignore[arg-type,return-value]
        status = await Client().connection.connect(draft(options=SendOptions(timeout=0.1)), url)
        assert "0.1 s" in status.sentence


async def test_that_the_best_subprotocol_the_server_takes_is_known(url: str) -> None:
    client = Client()
    offered = draft()
    await client.connection.connect(
        type(offered)(id="a", name="A", request=offered.request, subprotocols=("x", "y")), url
    )
    assert client.connection.handshake is not None
    assert client.connection.handshake.subprotocol == "y"
    await _leave(client)


async def test_that_compressed_messages_are_read_and_shown_as_they_travelled(url: str) -> None:
    client = Client()
    await client.connection.connect(replace(draft(), compression=True), url)
    assert client.connection.handshake is not None
    assert client.connection.handshake.extensions
    client.connection.send_text("a" * 5000)
    entries = await client.until_entries(3)
    head = entries[2].head
    assert entries[2].size == 5000
    assert head is not None
    assert (head.rsv, head.length < 100) == (4, True)
    await _leave(client)


async def test_that_a_server_that_is_stopped_says_so() -> None:
    server = Server()
    client = Client()
    await client.connection.connect(draft(), server.start())
    server.ask_to_stop()
    status = await client.connection.wait_closed()
    assert (status.state, status.code, status.closed_by) == (SocketState.CLOSED, 1012, ClosedBy.SERVER)
    assert "starting anew" in status.sentence
    await asyncio.to_thread(server.stop)


async def test_that_nothing_is_sent_without_a_connection() -> None:
    assert "connect first" in Client().connection.send_raw(BINARY, b"")


async def _leave(client: Client) -> None:
    client.connection.close()
    await client.connection.wait_closed()
