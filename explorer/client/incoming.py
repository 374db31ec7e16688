"""A response while it arrives. Importing this imports httpx."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx

from explorer.client.body import Body, BodyWriter
from explorer.client.decoding import Decoder
from explorer.client.exchange import Arrival, Response

_BREATH_NS = 4_000_000  # nanoseconds of work after which the loop, which is the window's, gets its turn


class Incoming:
    """Reads one response into memory or a file, and keeps what arrived when it breaks off.

    Attributes:
        head: status and headers, with an empty body.
        wire_size: bytes of the body that arrived, before decoding.
        cut: whether we stopped before the end.
    """

    def __init__(self, response: httpx.Response, folder: Path | None) -> None:
        """`folder` is where a large body goes."""
        extensions = response.extensions
        self._response = response
        self._writer = BodyWriter(folder)
        self.wire_size = 0
        self.cut = False
        self._breathed_ns = time.perf_counter_ns()
        self.head = Response(
            status=response.status_code,
            reason=extensions["reason_phrase"].decode("latin-1"),
            http_version=extensions["http_version"].decode("latin-1"),
            headers=tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw),
            body=Body(),
            wire_size=0,
        )
        encodings = [value for name, value in self.head.headers if name.lower() == "content-encoding"]
        self._decoder = Decoder(", ".join(encodings))

    async def read(self, arrival: Arrival | None, most: int | None = None) -> None:
        """Read to the end, to the bound of the decoder, or to `most` bytes on the wire.

        Args:
            arrival: is told; None when nobody is to be, as for a redirect that is followed.
            most: None for all.

        Raises:
            httpx.HTTPError: it breaks off; `response` gives what arrived all the same.
            OSError: the disk does not take it.
        """
        if arrival is not None:
            arrival.on_response(self.head)
        stream = self._response.stream
        assert isinstance(stream, httpx.AsyncByteStream)  # noqa: S101 - for the type checker: our client is asynchronous
        async for chunk in stream:
            self.wire_size += len(chunk)
            await self._take(self._decoder.feed(chunk), arrival)
            if self._decoder.full or (most is not None and self.wire_size > most):
                self.cut = True
                # While the iterator is alive: one that is let go half-way keeps its connection for ever, since the
                # window's loop finishes no generators that others let go.
                await self._response.aclose()
                return
        await self._take(self._decoder.finish(), arrival)

    @property
    def problem(self) -> str:
        """What is wrong with the encoding of the body; empty when nothing is."""
        return self._decoder.problem

    def response(self, problem: str) -> Response:
        """Return what arrived, with the sentence for what is wrong with it. Call it once."""
        try:
            body = self._writer.finish()
        except OSError as error:  # the last bytes did not fit on the disk
            self._writer.discard()
            body, problem = Body(), f"The body could not be written to the disk ({error.strerror}): make room there."
        return replace(self.head, body=body, wire_size=self.wire_size, problem=problem)

    def discard(self) -> None:
        """Throw away what arrived."""
        self._writer.discard()

    async def _take(self, pieces: Iterator[bytes], arrival: Arrival | None) -> None:
        for piece in pieces:
            if piece:
                self._writer.write(piece)
                if arrival is not None:
                    arrival.on_data(piece)
            now = time.perf_counter_ns()
            if now - self._breathed_ns > _BREATH_NS:
                await asyncio.sleep(0)
                self._breathed_ns = time.perf_counter_ns()
