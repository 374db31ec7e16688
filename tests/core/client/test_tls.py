"""Encrypted connections, and what keeps them from coming about.

The certificates beside this file were made for these tests and are worth nothing: their keys are known to everybody.
"""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import pytest

from explorer.client.draft import SendOptions
from explorer.client.exchange import Exchange, Request
from explorer.client.transport import Client
from explorer.trace.events import Event, RawEvent

from .conftest import Make, answer, answering, failure, get, send

CERTIFICATES = Path(__file__).parent / "certificates"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def certificate(name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / f"{name}.pem")
    return context


@pytest.fixture
def our_authority(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this machine trust the authority of these tests, the way a company does with its own."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "authority.pem"))


async def unchecked(client: Client, url: str) -> Exchange:
    return await send(client, Request(method="GET", url=url, options=SendOptions(verify=False)))


@pytest.mark.usefixtures("our_authority")
async def test_that_a_trusted_server_answers_and_tls_is_a_step_of_its_own(client: Client, rogue: Make) -> None:
    events: list[RawEvent] = []
    request = Request(method="GET", url=await rogue(answering(OK), tls=certificate("valid")))
    exchange = await client.send(request, emit=events.append)
    assert answer(exchange).body.read() == b"ok"
    assert [phase.name for phase in exchange.phases] == ["connect", "tls", "send", "wait", "receive"]
    [spoken] = [Event(*event).data for event in events if event[7] == "tls" and event[4] == "finished"]
    assert spoken["version"] == "TLSv1.3"
    assert exchange.wire.received == OK


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("self_signed", "is not trusted, since this machine does not know who signed it"),
        ("valid", "is not trusted, since this machine does not know who signed it"),
    ],
)
async def test_that_an_unknown_signer_is_named(client: Client, rogue: Make, name: str, words: str) -> None:
    exchange = await get(client, await rogue(answering(OK), tls=certificate(name)))
    assert failure(exchange).stage == "tls"
    assert words in failure(exchange).sentence
    assert "switch off the check of certificates in Options" in failure(exchange).sentence


@pytest.mark.usefixtures("our_authority")
@pytest.mark.parametrize(
    ("name", "words"), [("expired", "has expired: renew it"), ("elsewhere", "is not for 127.0.0.1: use the name")]
)
async def test_that_what_is_wrong_with_a_certificate_is_named(
    client: Client, rogue: Make, name: str, words: str
) -> None:
    exchange = await get(client, await rogue(answering(OK), tls=certificate(name)))
    assert failure(exchange).stage == "tls"
    assert words in failure(exchange).sentence
    assert exchange.response is None


@pytest.mark.parametrize("name", ["self_signed", "expired", "elsewhere"])
async def test_that_the_check_can_be_switched_off(client: Client, rogue: Make, name: str) -> None:
    base = await rogue(answering(OK), tls=certificate(name))
    assert answer(await unchecked(client, base)).body.read() == b"ok"


async def test_that_an_unchecked_connection_is_never_used_for_a_checked_request(client: Client, rogue: Make) -> None:
    async def patient(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(OK)

    base = await rogue(patient, tls=certificate("self_signed"))
    assert answer(await unchecked(client, base)).status == 200
    assert failure(await get(client, base)).stage == "tls"


async def test_that_https_to_a_plain_server_says_to_write_http(client: Client, base: str) -> None:
    exchange = await get(client, base.replace("http:", "https:"))
    assert failure(exchange).stage == "tls"
    assert failure(exchange).sentence.endswith("does not speak TLS: write http:// in place of https://.")


async def test_that_http_to_a_tls_server_says_to_write_https(client: Client, rogue: Make) -> None:
    base = await rogue(answering(OK), tls=certificate("valid"))
    exchange = await get(client, base.replace("https:", "http:"))
    assert failure(exchange).stage == "wait"
    assert "write https:// if it speaks TLS" in failure(exchange).sentence


async def https_to(client: Client, rogue: Make, answer_to_hello: bytes) -> Exchange:
    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(answer_to_hello)
        await writer.drain()
        await reader.read()

    async def close(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.read(1_000)

    base = await rogue(behave if answer_to_hello else close)
    return await get(client, base.replace("http:", "https:"))


async def test_that_a_server_that_refuses_the_handshake_is_told_apart(client: Client, rogue: Make) -> None:
    exchange = await https_to(client, rogue, b"\x15\x03\x03\x00\x02\x02\x28")  # an alert: handshake failure
    assert failure(exchange).stage == "tls"
    assert "speaks TLS and refuses our way of it" in failure(exchange).sentence


async def test_that_a_server_that_hangs_up_on_the_handshake_is_told_apart(client: Client, rogue: Make) -> None:
    exchange = await https_to(client, rogue, b"")
    assert failure(exchange).stage == "tls"
    assert "closed the connection instead of agreeing on encryption" in failure(exchange).sentence


async def test_that_a_server_that_is_silent_about_tls_runs_into_the_limit(client: Client, rogue: Make) -> None:
    async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.read()

    base = await rogue(silent)
    options = SendOptions(connect_timeout=0.05)
    exchange = await send(client, Request(method="GET", url=base.replace("http:", "https:"), options=options))
    assert failure(exchange).stage == "tls"
    assert "did not finish agreeing on encryption within 0.05 s" in failure(exchange).sentence
