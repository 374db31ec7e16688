"""What a request carries after its headers: bytes that are here, and files that are read while they are sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Payload:
    """The body of a request, as pieces that are sent one after the other.

    Attributes:
        pieces: bytes, or a file whose whole content belongs at that place.
    """

    pieces: tuple[bytes | Path, ...] = ()

    @classmethod
    def of(cls, content: bytes) -> Self:
        """Return a payload of bytes; of none for an empty one."""
        return cls((content,) if content else ())

    @property
    def size(self) -> int:
        """Bytes in all. Looks each file up, and raises OSError when one cannot be found."""
        return sum(len(piece) if isinstance(piece, bytes) else piece.stat().st_size for piece in self.pieces)

    def chunks(self) -> Iterator[bytes]:
        """Yield everything in order, files in chunks of 64 KB; raises OSError when one cannot be read."""
        for piece in self.pieces:
            if isinstance(piece, bytes):
                yield piece
                continue
            with piece.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    yield chunk

    def head(self, length: int) -> bytes:
        """Return the first bytes, at most `length`; raises OSError when a file cannot be read."""
        found = b""
        for chunk in self.chunks():
            found += chunk[: length - len(found)]
            if len(found) >= length:
                break
        return found

    def __bool__(self) -> bool:
        return bool(self.pieces)
