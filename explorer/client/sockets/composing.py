"""From what a person typed to what is sent through a socket, and what is to be said of it before."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from explorer.client.sockets.record import Composed, MessageKind

_SPACE = re.compile(r"[\s:,_-]+|0[xX]")
_WRONG = re.compile(r"[^0-9a-fA-F]")
_CHECKED_AT_MOST = 200_000  # characters that are read as JSON at every key


@dataclass(frozen=True, slots=True)
class ComposedVerdict:
    """What is to be said of a message before it is sent.

    Attributes:
        sentence: for a person; empty when there is nothing to say.
        wrong: whether something is wrong with it.
        size: in bytes as it would be sent; None when that is not known.
        sendable: whether it can be sent at all. JSON with a mistake can: to see what the server makes of it.
    """

    sentence: str = ""
    wrong: bool = False
    size: int | None = None
    sendable: bool = True


def read_hex(text: str) -> bytes:
    """Read bytes from hexadecimal digits; spaces, colons, commas, dashes and ``0x`` may stand between them.

    Raises:
        ValueError: they are none; the message is a sentence for the person.
    """
    digits = _SPACE.sub("", text)
    wrong = _WRONG.search(digits)
    if wrong is not None:
        raise ValueError(f"“{wrong[0]}” is no hexadecimal digit: type 0 to 9 and a to f.")
    if len(digits) % 2:
        raise ValueError("A byte has two digits: one is missing.")
    return bytes.fromhex(digits)


def judge(composed: Composed) -> ComposedVerdict:
    """Return what is to be said of a message. A file is not looked at."""
    match composed.kind:
        case MessageKind.FILE:
            return ComposedVerdict("", sendable=bool(composed.text))
        case MessageKind.HEX:
            try:
                return ComposedVerdict(size=len(read_hex(composed.text)))
            except ValueError as error:
                return ComposedVerdict(str(error), wrong=True, sendable=False)
        case MessageKind.JSON:
            return _judge_json(composed.text)
    return ComposedVerdict(size=_size(composed.text))


def _judge_json(text: str) -> ComposedVerdict:
    size = _size(text)
    if not text.strip() or len(text) > _CHECKED_AT_MOST:
        return ComposedVerdict(size=size)
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}" if "\n" in text else f"column {error.colno}"
        return ComposedVerdict(f"No JSON yet: {error.msg} at {place}.", wrong=True, size=size)
    except RecursionError:
        return ComposedVerdict("Too deeply nested to be checked.", size=size)
    return ComposedVerdict("valid JSON", size=size)


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
