from __future__ import annotations

import asyncio
import struct

import pytest

from explorer.client.sockets.connection import SocketConnection
from explorer.client.sockets.frames import TEXT
from explorer.client.sockets.log import SocketLog
from explorer.client.sockets.outbox import MOST_WAITING
from explorer.client.sockets.record import ClosedBy, FrameKind, SocketState, SocketStatus
from tests.core.client.sockets.conftest import Client, draft, raw_server, until_gone

MEGABYTES_16 = 16 * 1024 * 1024


def frame(opcode: int, payload: bytes, *, first: int = 0x80) -> bytes:
    return bytes([first | opcode, len(payload)]) + payload


async def _ended_by(*sent: bytes, headers: str = "") -> tuple[SocketStatus, Client]:
    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"".join(sent))
        await reader.read(1000)  # our close frame

    async with raw_server(behave, headers=headers) as url:
        client = Client()
        await client.connection.connect(draft(), url)
        return await client.connection.wait_closed(), client


async def test_that_invalid_utf8_from_the_server_is_shown_and_answered_with_1007() -> None:
    status, client = await _ended_by(frame(1, b"ok"), frame(1, b"bad \xff\xfe"))
    assert (status.state, status.code, status.closed_by) == (SocketState.FAILED, 1007, ClosedBy.CLIENT)
    assert "no valid UTF-8" in status.sentence
    kinds = [(entry.kind, entry.start, entry.problem is not None) for entry in client.log.entries(1, 3)]
    assert kinds[:2] == [(FrameKind.TEXT, b"ok", False), (FrameKind.TEXT, b"bad \xff\xfe", True)]
    assert client.log.entry(3).code == 1007


@pytest.mark.parametrize("code", [0, 999, 1004, 1005, 1006, 1015, 2000, 5000, 65535])
async def test_that_a_close_code_out_of_range_from_the_server_is_named(code: int) -> None:
    status, client = await _ended_by(frame(8, struct.pack("!H", code) + b"odd"))
    assert (status.state, status.code) == (SocketState.FAILED, 1002)
    assert f"closed with {code}" in status.sentence
    assert client.log.entry(1).code == code


async def test_that_a_frame_with_a_forbidden_opcode_fails_the_connection_and_is_shown() -> None:
    status, client = await _ended_by(frame(3, b"what?"))
    assert (status.code, client.log.entry(1).start) == (1002, b"what?")
    assert client.log.entry(1).head is not None
    assert "1002" in status.sentence


async def test_that_a_masked_frame_of_a_server_fails_the_connection() -> None:
    status, _ = await _ended_by(b"\x81\x82abcdef")
    assert status.code == 1002


async def test_that_a_message_larger_than_we_take_is_refused_with_1009() -> None:
    status, client = await _ended_by(b"\x82\x7f" + struct.pack("!Q", 1 << 40) + bytes(100))
    assert status.code == 1009
    assert client.log.entry(1).size == 1 << 40


async def test_that_a_message_in_frames_with_a_ping_between_them_is_one_entry() -> None:
    sent = frame(1, b"hel", first=0) + frame(9, b"!") + frame(0, b"lo")
    _, client = await _ended_by(sent, frame(8, b"\x03\xe8"))
    entries = [entry for entry in client.log.entries(1, 9) if entry.kind is FrameKind.TEXT]
    assert [(entry.start, entry.frames) for entry in entries] == [(b"hello", 2)]
    assert [entry.kind for entry in client.log.entries(1, 9) if entry.automatic] == [FrameKind.PONG, FrameKind.CLOSE]


async def test_that_a_subprotocol_that_was_not_offered_is_named() -> None:
    status, _ = await _ended_by(headers="Sec-WebSocket-Protocol: chat\r\n")
    assert status.state is SocketState.FAILED
    assert "subprotocol chat" in status.sentence


async def test_that_a_server_that_speaks_no_http_is_told() -> None:
    async def behave(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example ready\r\n\r\n")

    async with raw_server(behave, accept=False) as url:
        status = await Client().connection.connect(draft(), url)
    assert "does not speak HTTP" in status.sentence


async def test_that_a_server_that_hangs_up_without_an_answer_is_told() -> None:
    async def behave(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        pass

    async with raw_server(behave, accept=False) as url:
        status = await Client().connection.connect(draft(), url)
    assert (status.state, "without an answer" in status.sentence) == (SocketState.FAILED, True)


async def test_that_a_connection_that_breaks_is_1006_and_what_came_before_is_kept() -> None:
    async def behave(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(frame(1, b"last words"))
        await writer.drain()

    async with raw_server(behave) as url:
        client = Client()
        await client.connection.connect(draft(), url)
        status = await client.connection.wait_closed()
    assert (status.code, status.closed_by) == (1006, ClosedBy.NOBODY)
    assert client.log.entry(1).start == b"last words"


async def test_that_our_own_invalid_utf8_is_sent_and_the_server_says_1007(url: str) -> None:
    client = Client()
    await client.connection.connect(draft(), url)
    assert client.connection.send_raw(TEXT, b"\xff\xfe") == ""
    status = await client.connection.wait_closed()
    assert (status.code, status.closed_by) == (1007, ClosedBy.SERVER)


async def test_that_our_own_close_code_out_of_range_is_sent_and_the_server_says_what_it_thinks(url: str) -> None:
    client = Client()
    await client.connection.connect(draft(), url)
    assert client.connection.close(999, "odd") == ""
    status = await client.connection.wait_closed()
    sent = next(entry for entry in client.log.entries(0, 9) if entry.kind is FrameKind.CLOSE)
    assert (sent.code, sent.problem) == (999, "Nobody may send the code 999.")
    assert status.code == 1002
    assert "1002" in status.sentence


async def test_that_a_code_that_no_frame_can_carry_is_refused_with_a_sentence(url: str) -> None:
    client = Client()
    await client.connection.connect(draft(), url)
    assert "two bytes" in client.connection.close(70000)
    assert "123 bytes" in client.connection.close(1000, "x" * 124)
    client.connection.drop()
    status = await client.connection.wait_closed()
    assert (status.code, status.closed_by) == (1006, ClosedBy.CLIENT)


async def test_that_a_message_of_16_megabytes_goes_out_and_comes_back_whole(url: str) -> None:
    client = Client()
    await client.connection.connect(draft(), url)
    payload = bytes(range(256)) * (MEGABYTES_16 // 256)
    assert client.connection.send_binary(payload) == ""
    await client.until_entries(3)
    assert client.log.payload(2) == payload
    client.connection.close()
    await client.connection.wait_closed()


async def test_that_a_server_that_never_reads_is_told_of_and_fills_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.client.sockets.connection.READ_PATIENCE", 0.01)

    async def behave(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await done.wait()

    done = asyncio.Event()
    async with raw_server(behave) as url:
        client = Client()
        connection = client.connection
        await connection.connect(draft(), url)
        piece = b"x" * 1_000_000
        refused = next(said for said in iter(lambda: connection.send_binary(piece), None) if said)
        assert "does not read" in refused
        assert connection.held < MOST_WAITING + 10_000_000
        await client.until(lambda: "does not read" in connection.status.sentence)
        assert connection.status.state is SocketState.OPEN
        connection.drop()
        await connection.wait_closed()
        done.set()


async def test_that_a_server_that_ignores_our_close_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.client.sockets.connection.CLOSE_PATIENCE", 0.05)
    async with raw_server(lambda reader, _: until_gone(reader)) as url:  # type: ignore[arg-type,return-value]
        client = Client()
        await client.connection.connect(draft(), url)
        client.connection.close()
        status = await client.connection.wait_closed()
    assert status.code == 1006
    assert "did not answer the close frame" in status.sentence


def test_that_a_connection_that_never_was_is_idle() -> None:
    assert SocketConnection(SocketLog()).status.state is SocketState.IDLE
