"""Servers that break the rules: what arrived is shown, a sentence says what is wrong, and nothing raises."""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import sys
from random import Random

import pytest

from explorer.client.exchange import Hop, Request, Response
from explorer.client.transport import Client
from explorer.trace.events import STARTED, RawEvent

from .conftest import Make, Rogue, answer, answering, failure, get, send

OK = b"HTTP/1.1 200 OK\r\n"


async def test_that_a_body_shorter_than_its_length_is_shown_as_far_as_it_came(client: Client, rogue: Make) -> None:
    exchange = await get(client, await rogue(answering(OK + b"Content-Length: 100\r\n\r\nonly this")))
    assert exchange.response is not None
    assert exchange.response.body.read() == b"only this"
    assert exchange.response.problem == "The body is not whole: 9 of 100 bytes arrived, and are shown."
    assert failure(exchange).stage == "receive"
    assert "The connection ended in the middle of the response" in failure(exchange).sentence


async def test_that_a_chunked_body_that_breaks_off_is_shown_as_far_as_it_came(client: Client, rogue: Make) -> None:
    data = OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n5\r\nsec"
    exchange = await get(client, await rogue(answering(data)))
    assert exchange.response is not None
    assert exchange.response.body.read() == b"firstsec"
    assert exchange.response.problem == "The body is not whole: it broke off after 8 bytes, which are shown."
    assert "in the middle of the response" in failure(exchange).sentence


@pytest.mark.parametrize("chunk", [b"xyz\r\nabc\r\n", b"3\r\nabcdef\r\n", b"-1\r\n"], ids=["size", "end", "negative"])
async def test_that_a_bad_chunk_ends_the_body_and_is_named(client: Client, rogue: Make, chunk: bytes) -> None:
    data = OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n" + chunk
    exchange = await get(client, await rogue(answering(data)))
    assert exchange.response is not None
    assert exchange.response.body.read().startswith(b"first")
    assert "The body is not whole" in exchange.response.problem
    assert "breaks off at a chunk that is against the rules of HTTP" in failure(exchange).sentence


async def test_that_a_server_that_dies_in_the_middle_leaves_what_arrived(client: Client, rogue: Make) -> None:
    seen_by_client = asyncio.Event()

    async def die(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK + b"Content-Length: 100\r\n\r\nbegun")
        await seen_by_client.wait()
        connection: socket.socket = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # close with a reset

    class Watching:
        def on_hop(self, hop: Hop) -> None: ...

        def on_response(self, response: Response) -> None: ...

        def on_data(self, chunk: bytes) -> None:  # noqa: ARG002
            seen_by_client.set()

    request = Request(method="GET", url=await rogue(die))
    exchange = await client.send(request, emit=lambda _: None, arrival=Watching())
    assert exchange.response is not None
    assert exchange.response.body.read() == b"begun"
    assert exchange.response.problem == "The body is not whole: 5 of 100 bytes arrived, and are shown."
    assert failure(exchange).stage == "receive"


async def test_that_more_bytes_than_the_length_says_are_left_out_and_told(client: Client, rogue: Make) -> None:
    base = await rogue(answering(OK + b"Content-Length: 5\r\n\r\nabcdefgh"))
    exchange = await get(client, base)
    response = answer(exchange)
    assert response.body.read() == b"abcde"
    assert response.problem == (
        "The server sent 3 bytes more than its Content-Length says (5): they are left out, see them in Wire."
    )
    assert exchange.wire.received.endswith(b"abcdefgh")


async def test_that_a_body_that_is_left_unread_frees_its_connection(client: Client, rogue: Make) -> None:
    closed = asyncio.Event()

    async def lead_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if b"GET /on " in await reader.readuntil(b"\r\n\r\n"):
            writer.write(OK + b"Content-Length: 0\r\n\r\n")
            return
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: /on\r\nContent-Length: 9000000\r\n\r\n" + b"x" * 2_000_000)
        try:
            await reader.read()
        finally:
            closed.set()

    base = await rogue(lead_on)
    hooks = sys.get_asyncgen_hooks()
    sys.set_asyncgen_hooks(None, None)  # as the window's loop has none
    try:
        exchange = await get(client, base)
    finally:
        sys.set_asyncgen_hooks(*hooks)
    assert answer(exchange).status == 200
    await asyncio.wait_for(closed.wait(), 10)


async def test_that_what_was_left_over_is_not_taken_for_the_next_response(client: Client, rogue: Make) -> None:
    async def talkative(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(OK + b"Content-Length: 2\r\n\r\nokHTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()

    base = await rogue(talkative)
    for _ in range(3):
        assert answer(await get(client, base)).status == 200


async def test_that_bytes_after_the_last_chunk_are_told(client: Client, rogue: Make) -> None:
    data = OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nmore"
    response = answer(await get(client, await rogue(answering(data))))
    assert response.body.read() == b"ok"
    assert response.problem.startswith("The server sent more bytes after the last chunk of the body")


async def test_that_a_204_with_a_body_shows_none_and_says_so(client: Client, rogue: Make) -> None:
    response = answer(await get(client, await rogue(answering(b"HTTP/1.1 204 No Content\r\n\r\nhello"))))
    assert (response.status, response.body.read()) == (204, b"")
    assert response.problem == (
        "The server sent 5 bytes of body, which a response that has status 204 cannot have: see them in Wire."
    )


async def test_that_a_body_with_head_is_told(client: Client, rogue: Make) -> None:
    base = await rogue(answering(OK + b"Content-Length: 5\r\n\r\nhello"))
    response = answer(await send(client, Request(method="HEAD", url=base)))
    assert response.body.read() == b""
    assert "5 bytes of body, which a response that answers HEAD cannot have" in response.problem


async def test_that_head_without_a_body_is_no_problem(client: Client, rogue: Make) -> None:
    base = await rogue(answering(OK + b"Content-Length: 5\r\nContent-Encoding: gzip\r\n\r\n"))
    response = answer(await send(client, Request(method="HEAD", url=base)))
    assert (response.status, response.problem) == (200, "")


@pytest.mark.parametrize(
    "pieces",
    [
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r", b"\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n",),
        (b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nok",),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok",),
        (b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok",),
        (b"HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok",),
        (b"HTTP/1.0 200 OK\r\n\r\nok",),
        (b"HTTP/1.1 200 OK\r\n\r\no", b"k"),
    ],
    ids=["slow end", "trailer", "103", "100", "same length twice", "no reason", "empty reason", "1.0", "until close"],
)
async def test_that_what_is_odd_but_allowed_is_shown_without_a_word(
    client: Client, rogue: Make, pieces: tuple[bytes, ...]
) -> None:
    exchange = await get(client, await rogue(answering(*pieces)))
    response = answer(exchange)
    assert (response.status, response.body.read(), response.problem) == (200, b"ok", "")
    assert exchange.wire.received == b"".join(pieces)


async def test_that_bare_line_feeds_are_read_and_told(client: Client, rogue: Make) -> None:
    base = await rogue(answering(b"HTTP/1.1 200 OK\nContent-Length: 2\nX-A: b\n\nok"))
    response = answer(await get(client, base))
    assert (response.header("x-a"), response.body.read()) == ("b", b"ok")
    assert response.problem.startswith("Lines of the response's head end in LF alone")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"220 mail.example.com ESMTP\r\n\r\n", "is not HTTP (220 mail.example.com ESMTP"),
        (b"<html>old</html>", "is not HTTP (<html>old</html>)"),
        (bytes(range(256)), r"is not HTTP (\x00\x01\x02"),
        (b"HTTP/1.1 2OO OK\r\n\r\n", "is not HTTP (illegal status line"),
        (b"\x15\x03\x01\x00\x02\x02\x46", "speaks TLS: write https:// in place of http://."),
        (b"HTTP/1.1 200 OK\r\nContent-Len", "in the middle of the response's headers"),
        (b"HTT", "in the middle of the response's headers"),
        (OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nok", "two different lengths (Content-Length)"),
        (OK + b"Content-Length: -2\r\n\r\nok", "Content-Length is no number of bytes"),
        (OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n", "Transfer-Encoding is not “chunked”"),
        (OK + b"X-A: b\rSet-Cookie: evil=1\r\n\r\n", r"control character (X-A: b\rSet-Cookie: evil=1)"),
        (OK + b"X-A: b\x00c\r\n\r\n", r"control character (X-A: b\x00c)"),
        (OK + b"Transfer-Encoding chunked\r\n\r\n", "is no header (Transfer-Encoding chunked)"),
        (OK + b"X-closed connection\r\n\r\n", "is no header (X-closed connection)"),
        (OK + b"no header at all\r\n\r\n", "is no header (no header at all)"),
        (OK + b" folded: first\r\n\r\n", "is no header"),
        (OK + b"X-A : b\r\n\r\n", "is no header (X-A : b)"),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", "101 Switching Protocols although the request"),
    ],
)
async def test_that_what_cannot_be_read_is_told_in_a_sentence(
    client: Client, rogue: Make, data: bytes, words: str
) -> None:
    exchange = await get(client, await rogue(answering(data)))
    assert exchange.response is None
    assert words in failure(exchange).sentence
    assert failure(exchange).stage == "wait"
    assert exchange.wire.received == data


async def test_that_a_head_in_which_a_header_was_smuggled_shows_both(client: Client, rogue: Make) -> None:
    base = await rogue(answering(OK + b"X-Name: a\r\nSet-Cookie: evil=1\r\nContent-Length: 0\r\n\r\n"))
    response = answer(await get(client, base))
    assert response.headers[:2] == (("X-Name", "a"), ("Set-Cookie", "evil=1"))


async def test_that_headers_that_are_no_utf8_are_shown_byte_for_byte(client: Client, rogue: Make) -> None:
    base = await rogue(
        answering(b"HTTP/1.1 200 \xc3\xa9t\xe9\r\nX-\x41: \xff\xfe Zo\xc3\xab\r\nContent-Length: 0\r\n\r\n")
    )
    response = answer(await get(client, base))
    assert response.reason.encode("latin-1") == b"\xc3\xa9t\xe9"
    assert response.header("X-A") == "ÿþ ZoÃ«"


async def test_that_ten_thousand_headers_are_shown(client: Client, rogue: Make) -> None:
    head = b"".join(b"X-Header-%05d: some value that is of use\r\n" % number for number in range(10_000))
    exchange = await get(client, await rogue(answering(OK + head + b"Content-Length: 2\r\n\r\nok")))
    response = answer(exchange)
    assert len(response.headers) == 10_001
    assert response.header("x-header-09999") == "some value that is of use"
    assert (response.body.read(), response.problem) == (b"ok", "")


async def test_that_headers_beyond_the_bound_are_refused_with_a_sentence(client: Client, rogue: Make) -> None:
    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK)
        while not writer.is_closing():
            writer.write(b"X-Header: " + b"x" * 65_000 + b"\r\n")
            await writer.drain()

    exchange = await get(client, await rogue(endless))
    assert exchange.response is None
    assert failure(exchange).sentence.startswith("The response's headers are larger than 8 MB")


async def test_that_an_upgrade_that_was_asked_for_is_an_answer(client: Client, rogue: Make) -> None:
    base = await rogue(answering(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nbytes"))
    headers = (("Upgrade", "x"), ("Connection", "Upgrade"))
    response = answer(await send(client, Request(method="GET", url=base, headers=headers)))
    assert (response.status, response.body.read(), response.problem) == (101, b"", "")


def early(data: bytes) -> Rogue:
    """Answer before the request has arrived, and close."""

    async def behave(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()

    return behave


async def test_that_an_answer_before_the_request_was_read_is_shown(client: Client, rogue: Make) -> None:
    base = await rogue(early(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
    assert answer(await get(client, base)).status == 503


_WHOLE = (
    OK + b"Content-Length: 5\r\nSet-Cookie: a=1; Path=/\r\n\r\nhello",
    OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\nabc\r\n0\r\nT: 1\r\n\r\n",
    b"HTTP/1.1 103 Early\r\nLink: a\r\n\r\n" + OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"hello" * 50),
    b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n",
)
_SPLINTERS = (b"\r", b"\n", b"\r\n", b"\0", b":", b" ", b"0", b"-1", b"9" * 23, b"\xff", b"chunked", b"101", b",", b"")


def mutilated(random: Random) -> bytes:
    data = bytearray(random.choice(_WHOLE))
    for _ in range(random.randint(1, 4)):
        place = random.randrange(len(data) + 1)
        data[place : place + random.randint(0, 4)] = random.choice(_SPLINTERS)
    return bytes(data[: random.randrange(len(data) + 1)] if random.random() < 0.2 else data)


async def test_that_no_mutilated_response_raises_or_leaves_a_step_open(client: Client, rogue: Make) -> None:
    random = Random(1)  # noqa: S311 - to be the same every time
    current = b""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await answering(current)(reader, writer)

    base = await rogue(behave)
    for _ in range(300):
        current = mutilated(random)
        events: list[RawEvent] = []
        request = Request(method=random.choice(("GET", "HEAD", "POST")), url=base)
        exchange = await client.send(request, emit=events.append)
        assert (exchange.response, exchange.failure) != (None, None), current
        started = [event[5] for event in events if event[4] == STARTED]
        assert sorted(event[5] for event in events if event[4] != STARTED) == sorted(started), current
