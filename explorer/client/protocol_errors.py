"""What a server did that is not HTTP, in one sentence that says what to do.

h11 finds the faults and tells them in texts of its own; a test with a real server holds each that is named here.
"""

from __future__ import annotations

import re

_TLS_ALERT = b"\x15\x03"
_CONTROL = re.compile(r"(\\x[01][0-9a-f]|\\x7f|\\r|\\n|\\t)")

_ENDED = ("Server disconnected", "peer closed connection", "peer unexpectedly closed connection")
_IN_ITS_CODE = "correct it where the response is made"
# How h11's text begins → what we say. What follows in it may be the server's own bytes, so nothing is sought in there.
_SENTENCES: tuple[tuple[str | tuple[str, ...], str], ...] = (
    (
        "conflicting Content-Length",
        f"The response names two different lengths (Content-Length), so nobody can tell where it ends: {_IN_ITS_CODE}.",
    ),
    ("bad Content-Length", f"The response's Content-Length is no number of bytes: {_IN_ITS_CODE}."),
    (
        ("Only Transfer-Encoding", "multiple Transfer-Encoding"),
        f"The response's Transfer-Encoding is not “chunked”, the only one that clients read: {_IN_ITS_CODE}.",
    ),
    (
        "Receive buffer too long",
        "The response's headers are larger than 8 MB, which is more than is read here: send fewer of them.",
    ),
    (
        "Received server _SWITCH_UPGRADE",
        "The server answered 101 Switching Protocols although the request did not ask for an upgrade: "
        "send an Upgrade header, or look why the server switches.",
    ),
    (
        ("illegal chunk header", "malformed chunk footer"),
        "The body breaks off at a chunk that is against the rules of HTTP (Transfer-Encoding: chunked): "
        f"{_IN_ITS_CODE}.",
    ),
)


def explain_protocol(text: str, address: str, received: bytes) -> str:
    """Return the sentence for h11's text; empty when all that happened is that the connection ended.

    Args:
        text: what h11 says.
        address: of the server.
        received: the beginning of what came in.
    """
    if received.startswith(_TLS_ALERT):
        return f"{address} speaks TLS: write https:// in place of http://."
    if received and not received.startswith(b"HTTP/"[: len(received)]):
        start = received[:40].decode("latin-1").encode("unicode_escape").decode("ascii")
        return f"What came back from {address} is not HTTP ({start}): check which program listens on that port."
    if text.startswith(_ENDED):
        return ""
    for beginning, sentence in _SENTENCES:
        if text.startswith(beginning):
            return sentence
    if text.startswith(("illegal header line", "continuation line")):
        return _explain_header(text)
    return f"What came back from {address} is not HTTP ({text}): check which program listens on that port."


def _explain_header(text: str) -> str:
    line = text.partition(": ")[2].removeprefix("bytearray(b").removeprefix("b").strip("'\"()")
    shown = line if len(line) <= 60 else f"{line[:59]}…"
    if _CONTROL.search(line):
        return (
            f"A header of the response holds a control character ({shown}), as when somebody smuggles a header in "
            f"through a value: {_IN_ITS_CODE}."
        )
    return f"A line among the response's headers is no header ({shown}): {_IN_ITS_CODE}."
