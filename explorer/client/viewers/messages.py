"""Messages between the window and its helper process: JSON behind its length, on a pipe."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

Message = dict[str, Any]
_LENGTH = 4  # bytes of the length


def encoded(message: Message) -> bytes:
    """Return a message as it travels."""
    data = json.dumps(message, separators=(",", ":")).encode()
    return len(data).to_bytes(_LENGTH, "big") + data


def messages(stream: IO[bytes]) -> Iterator[Message]:
    """Yield messages until the stream ends, or ends in the middle of one."""
    while True:
        head = stream.read(_LENGTH)
        if len(head) < _LENGTH:
            return
        length = int.from_bytes(head, "big")
        data = stream.read(length)
        if len(data) < length:
            return
        yield json.loads(data)
