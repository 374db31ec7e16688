"""The body of a request on its way out: bytes that are here, and files read from the disk while they are sent.

Importing this imports httpx.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx

from explorer.client.payload import Payload

_SLICE = 256 * 1024  # bytes handed to the socket at once
_READ = 1024 * 1024  # bytes read from the disk at once, on another thread


class OutgoingBody(httpx.AsyncByteStream):
    """Sends a payload whose size was looked up before.

    Attributes:
        size: bytes in all, for ``Content-Length``.
    """

    def __init__(self, payload: Payload, sizes: tuple[int, ...]) -> None:
        self._payload = payload
        self._sizes = sizes
        self.size = sum(sizes)

    @classmethod
    async def of(cls, payload: Payload) -> OutgoingBody:
        """Look up the sizes of the files.

        Raises:
            OSError: a file cannot be found; its `filename` says which.
        """
        if any(isinstance(piece, Path) for piece in payload.pieces):
            return cls(payload, await asyncio.to_thread(_sizes, payload))
        return cls(payload, _sizes(payload))

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece, size in zip(self._payload.pieces, self._sizes, strict=True):
            if isinstance(piece, Path):
                async for chunk in _read(piece, size):
                    yield chunk
            elif len(piece) <= _SLICE:
                yield piece
            else:
                for start in range(0, size, _SLICE):
                    yield piece[start : start + _SLICE]


async def _read(path: Path, size: int) -> AsyncIterator[bytes]:
    """Yield a file that must still have `size` bytes, since its length has been sent already."""
    left = size
    try:
        file = await asyncio.to_thread(path.open, "rb")
        try:
            while chunk := await asyncio.to_thread(file.read, _READ):
                left -= len(chunk)
                if left < 0:
                    break
                yield chunk
        finally:
            file.close()
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error  # reading does not say which file
    if left:
        raise OSError(0, "it changed while it was sent", str(path))


def _sizes(payload: Payload) -> tuple[int, ...]:
    return tuple(len(piece) if isinstance(piece, bytes) else piece.stat().st_size for piece in payload.pieces)
