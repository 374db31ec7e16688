"""What went over the wire and back: one request, and its response or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request that is ready to be sent.

    Attributes:
        method: upper case.
        url: absolute.
        headers: in order; names may repeat.
        body: the bytes; empty for none.
    """

    method: str
    url: str
    headers: Headers = ()
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A response as it arrived.

    Attributes:
        status: the status code.
        reason: the phrase on the wire; may be empty.
        http_version: such as ``HTTP/1.1``.
        headers: in order; names may repeat.
        body: decoded from its Content-Encoding.
        wire_size: bytes of the body on the wire, before decoding.
    """

    status: int
    reason: str
    http_version: str
    headers: Headers
    body: bytes
    wire_size: int

    def header(self, name: str) -> str | None:
        """Return the first value of a header, whatever its case; None when it is absent."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why there is no response.

    Attributes:
        stage: which part of the journey failed: a ``CLIENT_…`` name of `explorer.trace.events`.
        sentence: what happened and what to do, in one sentence.
        details: the exception's own text.
        cancelled: whether the person stopped it.
    """

    stage: str
    sentence: str
    details: str = ""
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and what came of it; exactly one of `response` and `failure` is set.

    Attributes:
        trace_id: joins it with the server's events.
        request: as sent, our own headers included.
        response: what came back, or None.
        failure: why nothing came back, or None.
        sent_at: seconds since the epoch.
        elapsed_ns: from the call to the last byte, or to the failure.
    """

    trace_id: str
    request: Request
    response: Response | None
    failure: Failure | None
    sent_at: float
    elapsed_ns: int
