"""Beyond the handbook, Streaming: answers that leave piece by piece."""

import asyncio
from collections.abc import AsyncIterable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Annotated, BinaryIO

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import StreamingResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent

from demo_api.dependencies import SessionDep
from demo_api.errors import UNAVAILABLE
from demo_api.models.item import ItemPublic
from demo_api.models.stream import Tick
from demo_api.models.types import LARGEST_ID
from demo_api.services.big_file import LARGEST, read_chunks
from demo_api.services.streams import each_item

TAG = "Streaming"
DESCRIPTION = "Answers that leave piece by piece: events, lines of JSON, and a file too large for the memory."

router = APIRouter(prefix="/stream", tags=[TAG])


class BytesResponse(StreamingResponse):
    """A stream of bytes that are nothing in particular."""

    media_type = "application/octet-stream"


def open_big_file(request: Request) -> Iterator[BinaryIO]:
    """Lend the big file to a route, and close it when the last byte has left, or when the client went away."""
    with request.app.state.big_file.open() as file:
        yield file


@router.get("/events", summary="Follow events", response_class=EventSourceResponse)
async def stream_events(
    count: Annotated[int, Query(ge=1, le=100, description="How many to send before the stream ends.")] = 5,
    pause: Annotated[float, Query(ge=0, le=1, allow_inf_nan=False, description="Seconds between two.")] = 0.05,
    last_event_id: Annotated[
        int, Header(ge=0, le=LARGEST_ID - 100, description="The last one you got; browsers send it.")
    ] = 0,
) -> AsyncIterable[ServerSentEvent]:
    """Yield `ServerSentEvent`s. A browser reads them with `new EventSource("/stream/events")`.

    **Often wrong:** events without an `id`. A browser that lost the connection comes back by itself, but
    cannot say where to go on, and misses some.
    """
    for number in range(last_event_id + 1, last_event_id + 1 + count):
        tick = Tick(number=number, sent_at=datetime.now(UTC))
        yield ServerSentEvent(data=tick, event="tick", id=str(number), retry=2_000)
        await asyncio.sleep(pause)


@router.get("/items", summary="Stream items as lines of JSON", responses=UNAVAILABLE)
def stream_items(
    session: SessionDep,
    limit: Annotated[int, Query(ge=1, le=1_000_000, description="How many to send at most.")] = 1_000,
) -> Iterable[ItemPublic]:
    """Yield, and each value leaves as a line of JSON of its own (`application/jsonl`).

    **Often wrong:** a list of a million rows. It is in memory twice, as rows and as text, before the first byte leaves.
    """
    for item in each_item(session, limit):
        yield ItemPublic.model_validate(item, from_attributes=True)


@router.get("/file", summary="Stream a large file", response_class=BytesResponse)
def stream_file(
    file: Annotated[BinaryIO, Depends(open_big_file)],
    size: Annotated[int, Query(ge=1, le=LARGEST, description="How many bytes; at most 100 MB.")] = 1_000_000,
) -> BytesResponse:
    """Read the file in pieces of 64 KB, and send each before the next is read. Try `?size=100000000`.

    **Often wrong:** `file.read()`, which fetches all of it at once. Ten such downloads are a gigabyte of memory.
    """
    return BytesResponse(read_chunks(file, size), headers={"Content-Length": str(size)})
