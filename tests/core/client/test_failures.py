"""Whatever goes wrong on the way is told in one sentence that says what to do."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from collections.abc import Awaitable, Callable

import httpx
import pytest

from explorer.client.errors import explain
from explorer.client.exchange import Failure, Request
from explorer.client.transport import Client

from .conftest import Rogue

Make = Callable[[Rogue], Awaitable[str]]


async def fail(client: Client, url: str, **more: tuple[tuple[str, str], ...]) -> Failure:
    exchange = await client.send(Request(method="GET", url=url, headers=more.get("headers", ())), emit=lambda _: None)
    assert exchange.response is None
    assert exchange.failure is not None
    assert not exchange.failure.cancelled
    assert exchange.failure.sentence.endswith(".")
    assert exchange.trace_id
    return exchange.failure


def answering(data: bytes) -> Rogue:
    """Answer any request with these bytes and close."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(data)
        await writer.drain()

    return behave


async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    connection: socket.socket = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


async def test_that_a_refused_connection_says_to_start_the_server(client: Client) -> None:
    failure = await fail(client, "http://127.0.0.1:1/")
    assert failure.stage == "connect"
    assert failure.sentence == "Nothing listens on 127.0.0.1:1: start the server, or check the port."


async def test_that_an_unknown_name_is_told_apart(client: Client) -> None:
    failure = await fail(client, "http://no-such-machine.invalid/")
    assert failure.stage == "connect"
    assert "No machine is known by the name no-such-machine.invalid" in failure.sentence


async def test_that_https_to_a_plain_server_says_to_write_http(client: Client, base: str) -> None:
    failure = await fail(client, base.replace("http:", "https:"))
    assert failure.stage == "tls"
    assert "does not speak TLS: write http://" in failure.sentence


async def test_that_a_connection_closed_without_an_answer_points_to_the_log(client: Client, rogue: Make) -> None:
    failure = await fail(client, await rogue(answering(b"")))
    assert failure.stage == "wait"
    assert "without an answer: look for an error in its log" in failure.sentence


async def test_that_a_reset_connection_points_to_the_log(client: Client, rogue: Make) -> None:
    failure = await fail(client, await rogue(reset))
    assert failure.stage == "wait"
    assert "without an answer: look for an error in its log" in failure.sentence


@pytest.mark.parametrize(
    "head",
    [b"Content-Length: 100\r\n\r\nonly this", b"Transfer-Encoding: chunked\r\n\r\n5\r\nonl"],
    ids=["length", "chunked"],
)
async def test_that_a_body_that_breaks_off_is_no_response(client: Client, rogue: Make, head: bytes) -> None:
    failure = await fail(client, await rogue(answering(b"HTTP/1.1 200 OK\r\n" + head)))
    assert failure.stage == "receive"
    assert "in the middle of the response" in failure.sentence


async def test_that_an_answer_that_is_not_http_is_called_so(client: Client, rogue: Make) -> None:
    failure = await fail(client, await rogue(answering(b"220 mail.example.com ESMTP\r\n\r\n")))
    assert failure.stage == "wait"
    assert "is not HTTP" in failure.sentence
    assert "check which program listens" in failure.sentence


async def test_that_a_false_content_encoding_is_named(client: Client, base: str) -> None:
    failure = await fail(client, f"{base}/liar")
    assert failure.stage == "receive"
    assert "Content-Encoding" in failure.sentence


async def test_that_a_request_against_the_rules_of_http_is_not_blamed_on_the_server(client: Client, base: str) -> None:
    failure = await fail(client, f"{base}/", headers=(("X-Bad", "a\x00b"),))
    assert failure.stage == "send"
    assert "breaks a rule of HTTP" in failure.sentence


@pytest.mark.parametrize("url", ["http://[::1/", "ftp://127.0.0.1/", "items", "http://127.0.0.1:99999999/", "http:///"])
async def test_that_an_address_that_is_none_shows_what_one_looks_like(client: Client, url: str) -> None:
    failure = await fail(client, url)
    assert "must look like http://127.0.0.1:8000/items" in failure.sentence


async def test_that_the_client_works_on_after_every_failure(client: Client, base: str, rogue: Make) -> None:
    await fail(client, await rogue(reset))
    await fail(client, f"{base}/liar")
    exchange = await client.send(Request(method="GET", url=f"{base}/"), emit=lambda _: None)
    assert exchange.response is not None


def _caused_by(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "stage", "words"),
    [
        (httpx.ConnectTimeout(""), "connect", "No answer from example.com:81 in time"),
        (_caused_by(httpx.ConnectError("x"), OSError(101, "unreachable")), "connect", "no way from this machine to"),
        (httpx.ConnectError("odd"), "connect", r"No connection to example.com:81 \(odd\)"),
        (_caused_by(httpx.ConnectError("x"), ssl.SSLCertVerificationError()), "tls", "certificate of example.com:81"),
        (httpx.WriteError(""), "send", "without an answer"),
    ],
)
def test_that_what_loopback_cannot_show_has_its_sentence(error: Exception, stage: str, words: str) -> None:
    with pytest.raises(AssertionError, match=words):
        raise AssertionError(explain(error, stage=stage, url="http://example.com:81/items"))
