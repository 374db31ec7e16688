"""What went wrong between us and the server, in one sentence that says what to do."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx

from explorer.trace.events import CLIENT_CONNECT, CLIENT_RECEIVE, CLIENT_REQUEST, CLIENT_TLS

_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN}


def explain(error: BaseException, *, stage: str, url: str) -> str:
    """Return the sentence for an error at `stage` (a ``CLIENT_…`` name) on the way to the absolute `url`."""
    if stage == CLIENT_REQUEST or isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
        return "This is not an address that can be sent to: it must look like http://127.0.0.1:8000/items."
    parts = urlsplit(url)
    address, host = parts.netloc, parts.hostname or parts.netloc
    if isinstance(error, httpx.LocalProtocolError):
        return f"The request breaks a rule of HTTP ({_plain(error)}): correct what it names and send again."
    if isinstance(error, httpx.DecodingError):
        return "The body does not fit its Content-Encoding header: the server says one encoding and sends another."
    if stage == CLIENT_CONNECT:
        return _explain_connect(error, address, host)
    if stage == CLIENT_TLS:
        return _explain_tls(error, address)
    return _explain_talk(error, stage, address)


def _explain_connect(error: BaseException, address: str, host: str) -> str:
    causes = tuple(_causes(error))
    if isinstance(error, httpx.ConnectTimeout):
        return f"No answer from {address} in time: check the address, and that no firewall is in the way."
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return f"No machine is known by the name {host}: check the spelling, or use an address such as 127.0.0.1."
    if any(isinstance(cause, OSError) and cause.errno in _UNREACHABLE for cause in causes):
        return f"There is no way from this machine to {host}: check the network connection."
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return f"Nothing listens on {address}: start the server, or check the port."
    return f"No connection to {address} ({_plain(causes[-1])}): check that the server runs and the address is right."


def _explain_tls(error: BaseException, address: str) -> str:
    causes = tuple(_causes(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return f"The certificate of {address} is not trusted: use http://, or a certificate that this machine trusts."
    return f"{address} does not speak TLS: write http:// in place of https://."


def _explain_talk(error: BaseException, stage: str, address: str) -> str:
    text = str(error)
    if isinstance(error, httpx.RemoteProtocolError) and not _says_closed(text):
        return f"What came back from {address} is not HTTP ({text}): check which program listens on that port."
    if stage == CLIENT_RECEIVE:
        return "The connection ended in the middle of the response: look for an error in the server's log."
    return "The server closed the connection without an answer: look for an error in its log, then send again."


def _says_closed(text: str) -> bool:
    return "disconnected" in text or "closed connection" in text


def _plain(error: BaseException) -> str:
    return str(error).rstrip(".") or type(error).__name__


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and everything that led to it, nearest first."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        current = waiting.pop(0)
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        if isinstance(current, BaseExceptionGroup):
            waiting += current.exceptions
        waiting += [current.__cause__, current.__context__]
