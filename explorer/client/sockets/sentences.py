"""What became of a socket, in one sentence that says what to do."""

from __future__ import annotations

from http import HTTPStatus

from explorer.client.exchange import Headers
from explorer.client.sockets.opening import header_of

CONNECTION_STOPPED = "You stopped connecting."
DROPPED = "You cut the connection without a word: the server learns it as 1006, or only when it writes again."
LOST = (
    "The connection broke without a close frame (1006): the server was stopped or the network failed. "
    "See the server's log, and connect again."
)
SILENT_CLOSE = "The server did not answer the close frame within {seconds:g} s, so the connection was cut."
NO_ANSWER = "The server closed the connection without an answer to the handshake: look for an error in its log."
NOT_HTTP = "What answered does not speak HTTP: check the address and the port."
HANDSHAKE_CUT = "The connection ended in the middle of the server's answer: look for an error in its log."
NOT_OPEN = "There is no open connection: connect first."
NO_SUCH_CODE = "A close code has two bytes: 0 to 65535."
LONG_REASON = "The reason may have 123 bytes at most, and this one has {size}: shorten it."
LONG_CONTROL = "A ping or pong may carry 125 bytes at most, and this one has {size}: shorten it."
TOO_MUCH_WAITS = (
    "The server does not read: {waiting} wait to be sent already, so this was not sent. "
    "See what the server waits for, or close the connection."
)
DOES_NOT_READ = "The server does not read: {waiting} wait to be sent. See in its log what it waits for."

_CLOSES = {
    1001: "The server is going away (1001): it is being stopped, or started anew. Connect again when it runs.",
    1002: "The server found a mistake in what it received (1002): see the last frame that was sent.",
    1003: "The server does not take this kind of message (1003): send text in place of binary, or the other way round.",
    1005: "The server closed without giving a code (1005 stands for none).",
    1007: "The server received text that is no valid UTF-8 (1007), and closed.",
    1008: "The server does not allow this (1008): see the reason, and what it asks for.",
    1009: "The message was too big for the server (1009): send a smaller one, or raise its limit.",
    1010: "The server misses an extension that it needs (1010).",
    1011: "The server failed while it worked on this (1011): look for the error in its log.",
    1012: "The server is starting anew (1012): connect again in a moment.",
    1013: "The server is overloaded (1013): connect again later.",
    1014: "The server got no good answer from the one behind it (1014).",
}


def refused(status: int, reason: str, headers: Headers) -> str:
    """Return what a handshake's answer other than 101 means."""
    phrase = reason or _phrase(status)
    said = f"{status} {phrase}".strip()
    location = header_of(headers, "location")
    if 300 <= status < 400 and location:
        return f"The server redirects to {location} ({said}); WebSockets are not redirected: connect to that address."
    if status == 403:
        return "The server refused the connection (403): in FastAPI that is a close, or an error, before accept()."
    if status == 404:
        return "The server knows no WebSocket at this address (404): check the path."
    if status == 401:
        return "The server wants to know who you are (401): fill in Auth, and connect again."
    if status in {200, 426}:
        return f"There is no WebSocket at this address, it answered {said}: check the path."
    if status >= 500:
        return f"The server failed before the socket was open ({said}): look for the error in its log."
    return f"The server refused the connection ({said}): see what it says."


def not_negotiated(error: str, headers: Headers) -> str:
    """Return the sentence for a 101, with these headers, that breaks the rules of the handshake."""
    if "subprotocol" in error:
        chosen = header_of(headers, "sec-websocket-protocol") or ""
        return f"The server chose the subprotocol {chosen}, which was not offered: offer it, or correct the server."
    if "extension" in error.lower():
        return f"The server wants an extension that was not offered ({error}): correct the server."
    if "Accept" in error:
        return "The server's Sec-WebSocket-Accept does not answer our key: something between does not pass it on."
    return f"The server's 101 breaks a rule of the handshake ({error}): correct the server."


def closed_by_server(code: int, reason: str) -> str:
    """Return what a close frame of the server means; empty for a normal one."""
    if code == 1000:
        return ""
    sentence = _CLOSES.get(code)
    if sentence is None:
        sentence = f"The server closed with {code}, a code of its own meaning."
    return f"{sentence} It said: {quoted(reason)}." if reason else sentence


def quoted(reason: str) -> str:
    """Return the reason of a close for the middle of a sentence, or its end."""
    return f"“{reason.removesuffix('.')}”"


def broke_a_rule(code: int, error: str, close_code: int | None) -> str:
    """Return why we failed a connection with `code`; `close_code` is one that the server should not have sent."""
    if code == 1007:
        return "The server sent text that is no valid UTF-8, so the connection was closed with 1007."
    if code == 1009:
        return "The server sent a message of more than 64 MB, so the connection was closed with 1009."
    if close_code is not None:
        return f"The server closed with {close_code}, a code that nobody may send; it was answered with 1002."
    return f"The server sent a frame that breaks a rule ({error}), so the connection was closed with 1002."


def in_bytes(size: int) -> str:
    """Return a size for a sentence."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size / 1000:.1f} KB"


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
