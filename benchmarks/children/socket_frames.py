"""Frames of a WebSocket at a steady rate, with as little Python as can be: a whole library would be the slower side."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import time

PAYLOAD = b'{"kind": "said", "name": "load", "text": "a message of a chat"}'
EVERY_SECONDS = 0.005
_MASK = b"\x11\x22\x33\x44"
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
FROM_CLIENT = bytes([0x81, 0x80 | len(PAYLOAD)]) + _MASK + bytes(byte ^ _MASK[i % 4] for i, byte in enumerate(PAYLOAD))
FROM_SERVER = bytes([0x81, len(PAYLOAD)]) + PAYLOAD
CLOSE_FROM_CLIENT = b"\x88\x82\x00\x00\x00\x00\x03\xe8"
CLOSE_FROM_SERVER = b"\x88\x02\x03\xe8"
_PING = 0x89
_PONG = 0x8A


async def send_steadily(writer: asyncio.StreamWriter, frame: bytes, rate: int, seconds: float) -> tuple[int, float]:
    """Send `rate` frames a second, as far as the other side reads; return how many, and in how many seconds."""
    began = time.perf_counter()
    sent = 0
    while (gone := time.perf_counter() - began) < seconds:
        due = min(int(gone * rate), sent + rate)  # what was missed is made up for within a second at most
        if due > sent:
            writer.write(frame * (due - sent))
            sent = due
            await writer.drain()
        await asyncio.sleep(EVERY_SECONDS)
    return sent, time.perf_counter() - began


async def answer_pings(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer a server's pings until it hangs up: it does so after 40 s with whoever leaves them unanswered."""
    with contextlib.suppress(asyncio.IncompleteReadError):
        while True:
            kind, length = await reader.readexactly(2)  # what a server sends here is shorter than 126 bytes
            payload = await reader.readexactly(length)
            if kind == _PING:
                writer.write(bytes([_PONG, 0x80 | length]) + bytes(4) + payload)  # masked with zeros: as it is


def accept_of(head: bytes) -> bytes:
    """Return what answers a handshake."""
    key = next(line.split(b": ")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"sec-websocket-key"))
    return base64.b64encode(hashlib.sha1(key + _GUID, usedforsecurity=False).digest())
