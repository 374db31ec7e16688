"""A client of a WebSocket, in a process of its own, that sends at a steady rate.

Orders: ``HOST PORT PATH RATE SECONDS``, answered with `sent` and `seconds`, once the server has read all.
"""

from __future__ import annotations

import asyncio

from benchmarks.children.socket_frames import CLOSE_FROM_CLIENT, FROM_CLIENT, answer_pings, send_steadily
from benchmarks.children.talk import next_order, say


async def talk(host: str, port: int, path: str, rate: int, seconds: float) -> tuple[int, float]:
    """Connect, send, and close politely."""
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(
        f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    await reader.readuntil(b"\r\n\r\n")
    answering = asyncio.create_task(answer_pings(reader, writer))
    sent, took = await send_steadily(writer, FROM_CLIENT, rate, seconds)
    writer.write(CLOSE_FROM_CLIENT)
    await answering
    writer.close()
    return sent, took


if __name__ == "__main__":
    while order := next_order():
        where, number, place, speed, length = order.split(" ")
        count, lasted = asyncio.run(talk(where, int(number), place, int(speed), float(length)))
        say(sent=count, seconds=lasted)
