"""What the close codes of WebSockets mean, after RFC 6455 and the list of IANA, and which may be sent."""

from __future__ import annotations

import enum
from dataclasses import dataclass

MOST_OF_REASON = 123  # bytes; the frame of a close has 125, and the code takes two


class Tone(enum.StrEnum):
    """How an end is to be taken."""

    GOOD = "good"
    PLAIN = "plain"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCode:
    """One code.

    Attributes:
        code: its number.
        name: what it says, in a few words.
        meaning: when it is used, one sentence.
        tone: how it is to be taken.
        travels: whether it may stand in a close frame; those that do not are told by programs among themselves.
    """

    code: int
    name: str
    meaning: str
    tone: Tone = Tone.PLAIN
    travels: bool = True


CLOSE_CODES = (
    CloseCode(code=1000, name="Normal closure", meaning="All is done.", tone=Tone.GOOD),
    CloseCode(code=1001, name="Going away", meaning="A server stops, or a browser's tab was closed."),
    CloseCode(code=1002, name="Protocol error", meaning="A frame was not as RFC 6455 asks for.", tone=Tone.WARNING),
    CloseCode(code=1003, name="Data it cannot use", meaning="Binary came where only text is taken, or the reverse."),
    CloseCode(
        code=1005, name="No code", meaning="The close frame had no code. Nobody may send this one.", travels=False
    ),
    CloseCode(
        code=1006,
        name="Connection lost",
        meaning="The connection ended without a close frame. Nobody may send this one.",
        tone=Tone.FAULT,
        travels=False,
    ),
    CloseCode(
        code=1007, name="Data that is not valid", meaning="A text was not UTF-8, for instance.", tone=Tone.WARNING
    ),
    CloseCode(code=1008, name="Policy violation", meaning="Not allowed; FastAPI's usual refusal.", tone=Tone.WARNING),
    CloseCode(code=1009, name="Message too big", meaning="The message is larger than is taken.", tone=Tone.WARNING),
    CloseCode(
        code=1010, name="Extension missing", meaning="The client needs an extension that the server did not agree to."
    ),
    CloseCode(code=1011, name="Server crashed", meaning="The server failed while it worked on it.", tone=Tone.FAULT),
    CloseCode(code=1012, name="Service restart", meaning="The server starts anew: connect again in a moment."),
    CloseCode(code=1013, name="Try again later", meaning="The server has too much to do.", tone=Tone.WARNING),
    CloseCode(code=1014, name="Bad gateway", meaning="The server behind this one gave no good answer."),
    CloseCode(
        code=1015,
        name="TLS failed",
        meaning="The secure connection did not come about. Nobody may send this one.",
        tone=Tone.FAULT,
        travels=False,
    ),
)
_BY_CODE = {known.code: known for known in CLOSE_CODES}
_RANGES = (
    (0, 999, "Not used", "No close frame may hold it."),
    (1000, 2999, "Reserved", "RFC 6455 keeps it for itself, and gave it no meaning yet."),
    (3000, 3999, "Registered by a library", "Libraries and frameworks register these with IANA."),
    (4000, 4999, "The app's own", "What it means is the app's own affair."),
)


def close_code(code: int) -> CloseCode:
    """Return what is known of a code; of one without a name, what its range is for."""
    known = _BY_CODE.get(code)
    if known is not None:
        return known
    for first, last, name, meaning in _RANGES:
        if first <= code <= last:
            return CloseCode(code=code, name=name, meaning=meaning, tone=Tone.PLAIN, travels=code >= 3000)
    return CloseCode(code=code, name="Out of range", meaning="Codes end at 4999.", tone=Tone.FAULT, travels=False)


def may_send(code: int) -> bool:
    """Tell whether a close frame may hold a code."""
    return close_code(code).travels


def close_problem(code: int | None, reason: str) -> str:
    """Return why a close may not be sent, one sentence; empty when it may.

    Args:
        code: None for something that is no number.
        reason: as typed.
    """
    if code is None:
        return "A close code is a number: 1000 for a normal end, or one of your own from 4000 to 4999."
    if not may_send(code):
        why = "only tells of an end without a code" if code in (1005, 1006, 1015) else "is not one that may be sent"
        return f"{code} {why}: choose 1000–1003, 1007–1014 or 3000–4999."
    size = len(reason.encode("utf-8", "surrogatepass"))
    if size > MOST_OF_REASON:
        return f"The reason may have {MOST_OF_REASON} bytes at most, and this one has {size}: shorten it."
    return ""
