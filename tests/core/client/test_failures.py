"""Whatever goes wrong on the way is told in one sentence that says what to do."""

from __future__ import annotations

import asyncio
import socket
import struct

import httpx
import pytest

from explorer.client.errors import explain
from explorer.client.exchange import Failure, Request
from explorer.client.transport import Client

from .conftest import Make, answering, get


async def fail(client: Client, url: str, **more: tuple[tuple[str, str], ...]) -> Failure:
    exchange = await client.send(Request(method="GET", url=url, headers=more.get("headers", ())), emit=lambda _: None)
    assert exchange.response is None
    assert exchange.failure is not None
    assert not exchange.failure.cancelled
    assert exchange.failure.sentence.endswith(".")
    assert exchange.trace_id
    return exchange.failure


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
    assert failure.stage == "dns"
    assert "No machine is known by the name no-such-machine.invalid" in failure.sentence


async def test_that_a_connection_closed_without_an_answer_points_to_the_log(client: Client, rogue: Make) -> None:
    failure = await fail(client, await rogue(answering(b"")))
    assert failure.stage == "wait"
    assert "without an answer: look for an error in its log" in failure.sentence


async def test_that_a_reset_connection_points_to_the_log(client: Client, rogue: Make) -> None:
    failure = await fail(client, await rogue(reset))
    assert failure.stage == "wait"
    assert "without an answer: look for an error in its log" in failure.sentence


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
    await get(client, f"{base}/liar")
    exchange = await client.send(Request(method="GET", url=f"{base}/"), emit=lambda _: None)
    assert exchange.response is not None


def _caused_by(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "stage", "words"),
    [
        (httpx.ConnectTimeout(""), "connect", "No answer from example.com:81 within 5 s"),
        (_caused_by(httpx.ConnectError("x"), OSError(101, "unreachable")), "connect", "no way from this machine to"),
        (httpx.ConnectError("odd"), "connect", r"No connection to example.com:81 \(odd\)"),
        (httpx.ConnectTimeout(""), "dns", "The name example.com was not found within 5 s"),
        (httpx.PoolTimeout(""), "request", "Too many requests are under way at once"),
        (_caused_by(httpx.ReadError("x"), OSError(5, "Input/output error")), "wait", "without an answer"),
        (httpx.WriteError(""), "send", "without an answer"),
    ],
)
def test_that_what_loopback_cannot_show_has_its_sentence(error: Exception, stage: str, words: str) -> None:
    with pytest.raises(AssertionError, match=words):
        raise AssertionError(explain(error, stage=stage, url="http://example.com:81/items"))
