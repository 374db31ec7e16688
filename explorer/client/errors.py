"""What went wrong between us and the server, in one sentence that says what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx

from explorer.client.draft import SendOptions
from explorer.client.protocol_errors import explain_protocol
from explorer.client.tls_errors import explain_tls
from explorer.trace.events import CLIENT_CONNECT, CLIENT_DNS, CLIENT_RECEIVE, CLIENT_REQUEST, CLIENT_TLS

_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN}
_NO_ADDRESS = "This is not an address that can be sent to: it must look like http://127.0.0.1:8000/items."


def explain(
    error: BaseException,
    *,
    stage: str,
    url: str,
    options: SendOptions | None = None,
    received: bytes = b"",
    unsent: int = 0,
) -> str:
    """Return the sentence for an error.

    Args:
        error: what was raised.
        stage: where, a ``CLIENT_…`` name.
        url: the absolute address of the request.
        options: how it was sent; None for the usual.
        received: the beginning of what came in.
        unsent: bytes of the request that did not go out.
    """
    options = options or SendOptions()
    if isinstance(error, httpx.LocalProtocolError):
        return f"The request breaks a rule of HTTP ({_plain(error)}): correct what it names and send again."
    if isinstance(error, OSError) and error.filename is not None and stage != CLIENT_RECEIVE:
        return f"The file {error.filename} cannot be sent ({_reason(error)}): choose it again."
    if isinstance(error, httpx.PoolTimeout):
        return "Too many requests are under way at once, and this one waited too long: stop some of them."
    if stage == CLIENT_REQUEST or isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
        return _NO_ADDRESS
    parts = urlsplit(url)
    address, host = parts.netloc.rpartition("@")[2], parts.hostname or parts.netloc
    causes = tuple(_causes(error))
    if stage == CLIENT_DNS:
        return _explain_dns(error, host, options)
    if stage == CLIENT_CONNECT:
        return _explain_connect(causes, address, host, options)
    if stage == CLIENT_TLS:
        return explain_tls(causes, address, host, options)
    return _explain_talk(error, stage, parts.scheme, address, options, received, unsent)


def innermost(error: BaseException) -> str:
    """Return the system's own words for what happened, where there are any; otherwise those of the error."""
    of_the_system = [str(cause) for cause in _causes(error) if isinstance(cause, OSError) and str(cause)]
    return of_the_system[-1] if of_the_system else str(error) or type(error).__name__


def _within(seconds: float | None) -> str:
    """Return a limit of time in words."""
    return "in time" if seconds is None else f"within {seconds:g} s"


def _explain_dns(error: BaseException, host: str, options: SendOptions) -> str:
    if isinstance(error, httpx.ConnectTimeout):
        limit = _within(options.connect_timeout)
        return f"The name {host} was not found {limit}: check the network, or use an address such as 127.0.0.1."
    return f"No machine is known by the name {host}: check the spelling, or use an address such as 127.0.0.1."


def _explain_connect(causes: tuple[BaseException, ...], address: str, host: str, options: SendOptions) -> str:
    if isinstance(causes[0], httpx.ConnectTimeout):
        limit = _within(options.connect_timeout)
        return f"No answer from {address} {limit}: check the address, and that no firewall is in the way."
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return f"Nothing listens on {address}: start the server, or check the port."
    if any(isinstance(cause, OSError) and cause.errno in _UNREACHABLE for cause in causes):
        return f"There is no way from this machine to {host}: check the network connection."
    return f"No connection to {address} ({_plain(causes[-1])}): check that the server runs and the address is right."


def _explain_talk(
    error: BaseException, stage: str, scheme: str, address: str, options: SendOptions, received: bytes, unsent: int
) -> str:
    if isinstance(error, httpx.TimeoutException):
        return _explain_timeout(error, stage, address, options)
    if stage == CLIENT_RECEIVE and isinstance(error, OSError):
        return f"The response could not be kept on the disk ({_reason(error)}): make room there and send again."
    if isinstance(error, httpx.RemoteProtocolError) and (sentence := explain_protocol(str(error), address, received)):
        return sentence
    if stage == CLIENT_RECEIVE:
        return "The connection ended in the middle of the response: look for an error in the server's log."
    if received:
        return "The connection ended in the middle of the response's headers: look for an error in the server's log."
    if unsent:
        return (
            f"The server hung up while the request was being sent ({unsent:,} bytes were left): "
            "see whether it limits the size of a body, or look for an error in its log."
        )
    or_tls = ", or write https:// if it speaks TLS" if scheme == "http" else ""
    return f"The server closed the connection without an answer: look for an error in its log{or_tls}, then send again."


def _explain_timeout(error: BaseException, stage: str, address: str, options: SendOptions) -> str:
    limit, more = _within(options.timeout), "or allow more time in Options"
    if isinstance(error, httpx.WriteTimeout):
        return f"{address} took nothing of the request {limit}: see what the server does, {more}."
    if stage == CLIENT_RECEIVE:
        return f"The response stood still, nothing more came {limit}: see what the server does, {more}."
    return f"{address} did not answer {limit}: see in the X-ray what it waits for, {more}."


def _reason(error: OSError) -> str:
    return error.strerror or _plain(error)


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
