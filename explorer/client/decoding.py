"""Undoes the Content-Encoding of a body while it arrives, in small steps and within bounds."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

STEP = 128 * 1024  # bytes that one step may yield: well under a millisecond of work
MOST_DECODED = 1_000_000_000  # bytes; a megabyte on the wire can ask for a thousand times that
MOST_ENCODINGS = 4
_HELD_AT_MOST = 64 * 1024  # what is kept to be shown as it came, should it turn out to be no such encoding

_GZIP = 16 + zlib.MAX_WBITS
_ZLIB = zlib.MAX_WBITS
_RAW_DEFLATE = -zlib.MAX_WBITS  # against the rules, and sent by enough servers that browsers read it
_FORMATS = {"gzip": (_GZIP,), "x-gzip": (_GZIP,), "deflate": (_ZLIB, _RAW_DEFLATE)}
_GZIP_BEGINS = b"\x1f\x8b"


class Decoder:
    """Decodes one body.

    What cannot be decoded is not lost: a body that is not what its header says comes out as it went in.
    """

    def __init__(self, content_encoding: str, *, most: int | None = None) -> None:
        """Take the header's value, and the bound in bytes; None for `MOST_DECODED`."""
        names = [name for part in content_encoding.split(",") if (name := part.strip().lower()) not in ("", "identity")]
        unknown = next((name for name in names if name not in _FORMATS), None)
        self._refusal = ""
        if unknown is not None:
            self._refusal = f"The body is encoded as {unknown[:40]}, which is not decoded here: it is shown as it came."
        elif len(names) > MOST_ENCODINGS:
            self._refusal = f"The body is encoded {len(names)} times over, which is too often: it is shown as it came."
        bound = MOST_DECODED if most is None else most
        self._stages = () if self._refusal else tuple(_Stage(name, bound) for name in reversed(names))

    @property
    def problem(self) -> str:
        """What is wrong with the body, in one sentence; empty as long as all is well."""
        return self._refusal or next((stage.problem for stage in self._stages if stage.problem), "")

    @property
    def full(self) -> bool:
        """Whether the bound was reached: nothing more comes out, whatever goes in."""
        return any(stage.full for stage in self._stages)

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what `data` adds to the body, in pieces of at most `STEP` bytes; some are empty."""
        if self.full:
            return iter(())
        return self._through(data, 0) if self._stages else iter((data,))

    def finish(self) -> Iterator[bytes]:
        """Yield what is left when the last byte has arrived, and say in `problem` when that is too early."""
        for number, stage in enumerate(self._stages):
            for piece in stage.finish():
                yield from self._through(piece, number + 1)

    def _through(self, data: bytes, first: int) -> Iterator[bytes]:
        pieces: Iterable[bytes] = (data,)
        for stage in self._stages[first:]:
            pieces = stage.feed_all(pieces)
        return iter(pieces)


class _Stage:
    """Undoes one encoding."""

    def __init__(self, name: str, bound: int) -> None:
        self.problem = ""
        self.full = False
        self._name = name
        self._bound = bound
        self._formats = list(_FORMATS[name])
        self._engine = zlib.decompressobj(self._formats.pop(0))
        self._size = 0
        self._held: bytearray | None = bytearray()  # all that came so far, until the first byte is decoded
        self._passes = False  # what comes goes out as it is
        self._behind = b""  # what follows the end
        self._lost = False  # what comes cannot be understood any more

    def feed_all(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            yield from self.feed(piece)

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._passes:
            yield data
        elif self._lost or self.full:
            yield b""  # whoever reads takes a breath between pieces
        else:
            if self._held is not None:
                self._hold(data)
            yield from self._decode(data)

    def finish(self) -> Iterator[bytes]:
        if self._passes or self._lost or self.full:
            return
        if rest := self._engine.flush():
            self._held = None
            yield from self._count(rest)
        began = self._held is None or bool(self._held)
        if self._engine.eof or not began:
            self.problem = self._say_behind() if self._behind else self.problem
            return
        if self._held:
            yield from self._give_back()
        else:
            self.problem = f"The body ends before its {self._name} encoding does: the part that arrived is shown."

    def _decode(self, data: bytes) -> Iterator[bytes]:
        while data and not self.full:
            if self._engine.eof:
                data = self._next_member(data)
                continue
            try:
                piece = self._engine.decompress(data, STEP)
            except zlib.error:
                yield from self._recover()
                return
            data = self._engine.unconsumed_tail or self._engine.unused_data
            if piece:
                self._held = None
                yield from self._count(piece)

    def _next_member(self, data: bytes) -> bytes:
        """Begin anew when another gzip file follows the first, as the format allows; returns what to decode."""
        self._behind = (self._behind + data).lstrip(b"\0")  # zeros are padding
        data = self._behind
        if self._name != "deflate" and data[:2] == _GZIP_BEGINS:
            self._behind = b""
            self._engine = zlib.decompressobj(_GZIP)
            return data
        if self._name == "deflate" or not _GZIP_BEGINS.startswith(data):
            self._lost = True
            self.problem = self._say_behind()
        return b""

    def _say_behind(self) -> str:
        return f"Bytes follow the end of the {self._name} encoding: they are left out."

    def _recover(self) -> Iterator[bytes]:
        """Go on after bytes that do not fit the format."""
        if self._held and self._formats:
            self._engine = zlib.decompressobj(self._formats.pop(0))
            yield from self._decode(bytes(self._held))
        elif self._held:
            yield from self._give_back()
        else:
            self._lost = True
            self.problem = (
                f"The {self._name} encoding of the body is damaged after {self._size:,} decoded bytes: "
                "the part before that is shown."
            )

    def _give_back(self) -> Iterator[bytes]:
        self._passes = True
        self.problem = (
            f"The header Content-Encoding says {self._name}, and the body is no {self._name}: it is shown as it came."
        )
        yield bytes(self._held or b"")
        self._held = None

    def _hold(self, data: bytes) -> None:
        held = self._held
        if held is not None and len(held) + len(data) <= _HELD_AT_MOST:
            held += data
        else:
            self._held = None

    def _count(self, piece: bytes) -> Iterator[bytes]:
        room = self._bound - self._size
        if len(piece) > room:
            self.full = True
            self.problem = (
                f"The body unpacks to more than {_amount(self._bound)}, which may be a decompression bomb: "
                "the rest was not read."
            )
            piece = piece[:room]
        self._size += len(piece)
        yield piece


def _amount(size: int) -> str:
    return f"{size // 1_000_000_000} GB" if size >= 1_000_000_000 else f"{size:,} bytes"
