"""Bodies of any size, both ways, while the loop goes on turning."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from explorer.client import decoding
from explorer.client.body import IN_MEMORY_AT_MOST
from explorer.client.draft import SendOptions
from explorer.client.exchange import Hop, Request, Response
from explorer.client.payload import Payload
from explorer.client.transport import Client
from explorer.trace.events import FAILED, STARTED, Event, RawEvent

from .conftest import Echo, Make, answer, answering, failure, get, seen, send

OK = b"HTTP/1.1 200 OK\r\n"


class Watcher:
    """Writes down what arrives, and sets `begun` at the first of the body."""

    def __init__(self) -> None:
        self.responses: list[Response] = []
        self.chunks: list[bytes] = []
        self.begun = asyncio.Event()

    def on_hop(self, hop: Hop) -> None:
        raise AssertionError(hop)

    def on_response(self, response: Response) -> None:
        self.responses.append(response)

    def on_data(self, chunk: bytes) -> None:
        assert self.responses
        self.chunks.append(chunk)
        self.begun.set()


@asynccontextmanager
async def turns_of_the_loop() -> AsyncIterator[list[int]]:
    """Count how often the loop turns meanwhile; that is how often a window could paint or hear a click."""
    turns = [0]

    async def count() -> None:
        while True:
            await asyncio.sleep(0)
            turns[0] += 1

    counting = asyncio.create_task(count())
    yield turns
    counting.cancel()


@pytest.fixture
async def saving(tmp_path: Path) -> Client:
    return Client(folder=tmp_path)


async def test_that_a_stream_is_seen_while_it_arrives(client: Client, base: str, app: Echo) -> None:
    watcher = Watcher()
    request = Request(method="GET", url=f"{base}/endless")
    sending = asyncio.create_task(client.send(request, emit=lambda _: None, arrival=watcher))
    await watcher.begun.wait()
    assert (watcher.responses[0].status, watcher.responses[0].body.size) == (200, 0)
    assert watcher.chunks == [b"first"]
    sending.cancel()
    await sending


async def test_that_a_stream_that_was_stopped_keeps_what_arrived(client: Client, base: str, app: Echo) -> None:
    watcher = Watcher()
    request = Request(method="GET", url=f"{base}/endless")
    sending = asyncio.create_task(client.send(request, emit=lambda _: None, arrival=watcher))
    await watcher.begun.wait()
    sending.cancel()
    exchange = await sending
    assert failure(exchange).cancelled
    assert exchange.response is not None
    assert (exchange.response.status, exchange.response.body.read()) == (200, b"first")
    assert exchange.response.problem == "The body is not whole: it broke off after 5 bytes, which are shown."


async def test_that_whoever_watches_gets_the_decoded_body(client: Client, base: str) -> None:
    watcher = Watcher()
    request = Request(method="GET", url=f"{base}/gzip")
    exchange = await client.send(request, emit=lambda _: None, arrival=watcher)
    assert b"".join(watcher.chunks) == answer(exchange).body.read() == b"a" * 10_000


async def test_that_a_small_body_stays_in_memory_and_a_large_one_goes_into_a_file(
    saving: Client, rogue: Make, tmp_path: Path
) -> None:
    small = answer(await get(saving, await rogue(answering(OK + b"Content-Length: 2\r\n\r\nok"))))
    assert small.body.path is None
    large = OK + b"Content-Length: %d\r\n\r\n" % (3 * IN_MEMORY_AT_MOST)
    exchange = await get(saving, await rogue(answering(large, b"x" * 3 * IN_MEMORY_AT_MOST)))
    body = answer(exchange).body
    assert body.path is not None
    assert body.path.parent == tmp_path
    assert body.read(IN_MEMORY_AT_MOST, 3) == b"xxx"
    assert body.size == 3 * IN_MEMORY_AT_MOST
    assert exchange.wire.received_size == len(large) + body.size
    assert len(exchange.wire.received) == 1_000_000
    await saving.aclose()


async def test_that_the_loop_turns_while_a_large_body_is_unpacked(saving: Client, rogue: Make) -> None:
    packed = gzip.compress(b"some text that packs well. " * 2_000_000)
    head = OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    base = await rogue(answering(head + packed))
    async with turns_of_the_loop() as turns:
        response = answer(await get(saving, base))
    assert response.body.size == 54_000_000
    assert turns[0] > 25  # it came in two or three reads, and only those would let the loop turn
    await saving.aclose()


async def test_that_the_loop_turns_while_many_tiny_chunks_arrive(client: Client, rogue: Make) -> None:
    chunks = b"1\r\nx\r\n" * 20_000
    base = await rogue(answering(OK + b"Transfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n"))
    async with turns_of_the_loop() as turns:
        response = answer(await get(client, base))
    assert response.body.size == 20_000
    assert turns[0] > 25


async def test_that_a_bomb_is_stopped_with_a_sentence(
    saving: Client, rogue: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding, "MOST_DECODED", 5_000_000)
    packed = gzip.compress(b"\0" * 50_000_000)
    head = OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    response = answer(await get(saving, await rogue(answering(head + packed))))
    assert response.body.size == 5_000_000
    assert response.problem == (
        "The body unpacks to more than 5,000,000 bytes, which may be a decompression bomb: the rest was not read."
    )
    await saving.aclose()


async def test_that_a_body_that_is_no_gzip_is_shown_as_it_came(client: Client, base: str) -> None:
    response = answer(await get(client, f"{base}/liar"))
    assert response.body.read() == b"this is no gzip"
    assert "says gzip, and the body is no gzip: it is shown as it came." in response.problem


async def test_that_an_encoding_that_is_not_offered_is_shown_as_it_came(client: Client, rogue: Make) -> None:
    base = await rogue(answering(OK + b"Content-Encoding: br\r\nContent-Length: 3\r\n\r\n\x0b\x01a"))
    response = answer(await get(client, base))
    assert response.body.read() == b"\x0b\x01a"
    assert response.problem == "The body is encoded as br, which is not decoded here: it is shown as it came."


async def test_that_files_are_sent_from_the_disk_with_their_length(client: Client, base: str, tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    file.write_bytes(b"0123456789" * 300_000)
    payload = Payload((b"before ", file, b" after"))
    exchange = await send(client, Request(method="POST", url=f"{base}/", content=payload))
    assert seen(exchange)["body"] == f"before {'0123456789' * 300_000} after"
    assert dict(seen(exchange)["headers"])["content-length"] == "3000013"
    assert exchange.wire.sent_size > 3_000_013
    assert len(exchange.wire.sent) == 1_000_000


async def test_that_many_megabytes_of_text_arrive_whole(client: Client, base: str) -> None:
    exchange = await send(client, Request(method="PUT", url=f"{base}/", content=Payload.of(b"abc" * 1_000_000)))
    assert seen(exchange)["body"] == "abc" * 1_000_000


async def test_that_an_empty_file_is_an_empty_body(client: Client, base: str, tmp_path: Path) -> None:
    file = tmp_path / "empty"
    file.touch()
    exchange = await send(client, Request(method="GET", url=f"{base}/", content=Payload((file,))))
    assert dict(seen(exchange)["headers"])["content-length"] == "0"


@pytest.mark.parametrize("kind", ["missing", "folder"])
async def test_that_a_file_that_cannot_be_read_is_named(client: Client, base: str, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "gone.txt" if kind == "missing" else tmp_path
    exchange = await send(client, Request(method="POST", url=f"{base}/", content=Payload((path,))))
    assert exchange.response is None
    assert failure(exchange).sentence.startswith(f"The file {path} cannot be sent (")
    assert failure(exchange).sentence.endswith("): choose it again.")


@pytest.mark.parametrize("now", [b"short", b"x" * 3_000_000], ids=["shorter", "longer"])
async def test_that_a_file_that_changes_while_it_is_sent_is_named(
    client: Client, base: str, tmp_path: Path, now: bytes
) -> None:
    file = tmp_path / "changing.txt"
    file.write_bytes(b"x" * 2_000_000)

    def change(_event: object) -> None:
        if file.stat().st_size == 2_000_000:
            file.write_bytes(now)

    request = Request(method="POST", url=f"{base}/", content=Payload((file,)))
    exchange = await client.send(request, emit=change)
    assert failure(exchange).sentence == (
        f"The file {file} cannot be sent (it changed while it was sent): choose it again."
    )
    assert failure(exchange).stage == "send"


async def test_that_a_disk_that_takes_nothing_is_named_and_what_arrived_is_shown(tmp_path: Path, rogue: Make) -> None:
    (tmp_path / "file").write_text("in the way of a folder")
    client = Client(folder=tmp_path / "file" / "bodies")
    base = await rogue(answering(OK + b"Content-Length: 2000000\r\n\r\n", b"x" * 2_000_000))
    exchange = await get(client, base)
    assert exchange.response is not None
    assert exchange.response.status == 200
    assert IN_MEMORY_AT_MOST < exchange.response.body.size < 2_000_000
    assert failure(exchange).sentence.startswith("The response could not be kept on the disk (")
    await client.aclose()


@pytest.mark.parametrize("header", [("Content-Length", "3"), ("Transfer-Encoding", "chunked")])
async def test_that_a_length_written_by_hand_stays(client: Client, base: str, header: tuple[str, str]) -> None:
    request = Request(method="POST", url=f"{base}/", headers=(header,), content=Payload.of(b"abc"))
    exchange = await send(client, request)
    assert seen(exchange)["body"] == "abc"
    assert len([name for name, _ in exchange.request.headers if name in ("Content-Length", "Transfer-Encoding")]) == 1


async def test_that_our_own_header_can_be_left_out(client: Client, base: str) -> None:
    request = Request(method="GET", url=f"{base}/", options=SendOptions(traceparent=False))
    assert "traceparent" not in dict(seen(await send(client, request))["headers"])


async def test_that_the_answer_to_a_body_that_is_refused_is_shown(client: Client, rogue: Make) -> None:
    """Such a server hangs up with bytes unread, which resets the connection while we still send."""

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig")
        await writer.drain()

    base = await rogue(refuse)
    payload = Payload.of(b"x" * 40_000_000)
    exchange = await send(client, Request(method="POST", url=base, content=payload))
    assert (answer(exchange).status, answer(exchange).body.read()) == (413, b"big")
    assert "The server answered and hung up before it had taken the whole request: " in answer(exchange).problem
    assert "of 40,000," in answer(exchange).problem


async def test_that_a_server_that_hangs_up_on_a_body_is_told_apart(client: Client, rogue: Make) -> None:
    async def hang_up(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")

    payload = Payload.of(b"x" * 40_000_000)
    exchange = await send(client, Request(method="POST", url=await rogue(hang_up), content=payload))
    assert exchange.response is None
    assert "The server hung up while the request was being sent (" in failure(exchange).sentence


async def test_that_stopping_a_large_body_closes_the_socket(client: Client, rogue: Make) -> None:
    begun, gone = asyncio.Event(), asyncio.Event()

    async def slow(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        begun.set()
        with suppress(ConnectionError):
            while await reader.read(1_000):
                pass
        gone.set()

    request = Request(method="POST", url=await rogue(slow), content=Payload((b"x" * 1_000_000,) * 400))
    sending = asyncio.create_task(send(client, request))
    await begun.wait()
    sending.cancel()
    assert failure(await sending).cancelled
    async with asyncio.timeout(20):
        await gone.wait()


async def test_that_a_fault_of_whoever_watches_is_not_hidden_and_ends_every_step(client: Client, base: str) -> None:
    class Faulty(Watcher):
        def on_data(self, chunk: bytes) -> None:
            raise LookupError(chunk[:1])

    events: list[RawEvent] = []
    with pytest.raises(LookupError):
        await client.send(Request(method="GET", url=f"{base}/"), emit=events.append, arrival=Faulty())
    typed = [Event(*event) for event in events]
    assert (typed[-1].name, typed[-1].phase) == ("request", FAILED)
    assert sorted(e.span_id for e in typed if e.phase == STARTED) == sorted(
        e.span_id for e in typed if e.phase != STARTED
    )
    assert answer(await get(client, f"{base}/")).status == 200
