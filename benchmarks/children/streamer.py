"""A FastAPI app in a process of its own that streams server-sent events as fast as it can: FastAPI's own, and bytes.

Arguments: how many events; how many bytes each.
Says `url` and `bytes_url`. Ends when there are no more orders.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import AsyncIterable, AsyncIterator

import uvicorn
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent

from benchmarks.children.talk import next_order, say

COUNT, SIZE = int(sys.argv[1]), int(sys.argv[2])


class _Server(uvicorn.Server):
    ready = threading.Event()

    async def startup(self, sockets: object = None) -> None:  # noqa: ARG002 - uvicorn binds for itself
        await super().startup()
        self.ready.set()


async def _events() -> AsyncIterator[bytes]:
    for number in range(COUNT):
        event = f"id: {number}\nevent: tick\ndata: {json.dumps({'number': number, 'what': 'x' * 40})}"
        yield event.encode().ljust(SIZE - 2, b" ") + b"\n\n"


app = FastAPI()


@app.get("/events", response_class=EventSourceResponse)
async def events() -> AsyncIterable[ServerSentEvent]:
    """Stream all events as an app would."""
    for number in range(COUNT):
        data = {"number": number, "what": "x" * (SIZE - 60)}
        yield ServerSentEvent(data=data, event="tick", id=str(number))


@app.get("/bytes")
def ready_bytes() -> StreamingResponse:
    """Stream all events without any work."""
    return StreamingResponse(_events(), media_type="text/event-stream")


if __name__ == "__main__":
    server = _Server(uvicorn.Config(app, port=0, loop="asyncio", http="httptools", log_config=None))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    _Server.ready.wait()
    origin = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    say(url=f"{origin}/events", bytes_url=f"{origin}/bytes")
    next_order()
    server.should_exit = True
    thread.join(5)
