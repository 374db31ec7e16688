"""A server of a WebSocket, in a process of its own, that sends at a steady rate to whoever connects, and then closes.

Arguments: rate and seconds. Says `port`, then `sent` and `seconds` for each connection.
"""

from __future__ import annotations

import asyncio
import sys

from benchmarks.children.socket_frames import CLOSE_FROM_SERVER, FROM_SERVER, accept_of, send_steadily
from benchmarks.children.talk import next_order, say


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Accept, send, close."""
    head = await reader.readuntil(b"\r\n\r\n")
    writer.write(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
        + accept_of(head)
        + b"\r\n\r\n"
    )
    sent, took = await send_steadily(writer, FROM_SERVER, int(sys.argv[1]), float(sys.argv[2]))
    writer.write(CLOSE_FROM_SERVER)
    await reader.read(-1)
    writer.close()
    say(sent=sent, seconds=took)


async def main() -> None:
    """Serve until there are no more orders."""
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    say(port=server.sockets[0].getsockname()[1])
    await asyncio.to_thread(next_order)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
