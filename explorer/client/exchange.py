"""What went over the wire and back: one request, and its response or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from explorer.client.body import Body
from explorer.client.draft import SendOptions
from explorer.client.payload import Payload

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request that is ready to be sent.

    Attributes:
        method: upper case.
        url: absolute.
        headers: in order; names may repeat.
        content: the body.
        options: how it is sent; nothing of it is on the wire.
        secrets: what in it lets somebody in, although the name by which it travels need not say so.
    """

    method: str
    url: str
    headers: Headers = ()
    content: Payload = field(default_factory=Payload)
    options: SendOptions = field(default_factory=SendOptions)
    secrets: tuple[str, ...] = ()


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
        problem: why the body is not the whole or not the true one, which rule of HTTP the response breaks, or why a
            redirect was not followed, in one sentence; empty when all is well.
    """

    status: int
    reason: str
    http_version: str
    headers: Headers
    body: Body
    wire_size: int
    problem: str = ""

    def header(self, name: str) -> str | None:
        """Return the first value of a header, whatever its case; None when it is absent."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why there is no response, or no more of it.

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
class Phase:
    """One part of the time that a request took on our side.

    Attributes:
        name: a ``CLIENT_…`` name of `explorer.trace.events`.
        start_ns: nanoseconds since the call.
        duration_ns: nanoseconds.
    """

    name: str
    start_ns: int
    duration_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """The very bytes on the socket, both ways, up to a limit.

    Attributes:
        sent: the beginning of what went out.
        received: the beginning of what came in, chunk sizes and compression included.
        sent_size: bytes that went out in all.
        received_size: bytes that came in, in all.
    """

    sent: bytes = b""
    received: bytes = b""
    sent_size: int = 0
    received_size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """A redirect that was followed.

    Attributes:
        request: as sent, our own headers included.
        response: the redirect.
        trace_id: joins it with the server's events.
        elapsed_ns: of this hop alone.
    """

    request: Request
    response: Response
    trace_id: str
    elapsed_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and what came of it: a `response`, a `failure`, or both when the response broke off.

    Attributes:
        trace_id: joins it with the server's events; of the last hop.
        request: as sent, our own headers included; of the last hop.
        response: what came back, or None.
        failure: why nothing, or not everything, came back; None when all is well.
        sent_at: seconds since the epoch.
        elapsed_ns: from the call to the last byte, or to the failure; all hops together.
        hops: the redirects that were followed before, in order.
        phases: of the last hop, in order; only those that took place.
        wire: the last hop's bytes.
        address: of the server that answered the last hop, such as ``127.0.0.1:8000``; empty when none did.
    """

    trace_id: str
    request: Request
    response: Response | None
    failure: Failure | None
    sent_at: float
    elapsed_ns: int
    hops: tuple[Hop, ...] = ()
    phases: tuple[Phase, ...] = ()
    wire: Wire = field(default_factory=Wire)
    address: str = ""


class Arrival(Protocol):
    """Whoever wants to see a response while it arrives. Called on the event loop's thread; must be quick."""

    def on_hop(self, hop: Hop) -> None:
        """Take a redirect that is being followed."""
        ...

    def on_response(self, response: Response) -> None:
        """Take status and headers; the body is still empty."""
        ...

    def on_data(self, chunk: bytes) -> None:
        """Take some more of the body, decoded from its Content-Encoding."""
        ...
