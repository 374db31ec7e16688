"""One request to one address, and what came of it. Importing this imports httpx."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import httpx

from explorer.client.cookies import join_cookies
from explorer.client.errors import explain, innermost
from explorer.client.exchange import Arrival, Failure, Headers, Request, Response
from explorer.client.framing import expected_length, framing_problem, head_problem, surplus_of
from explorer.client.incoming import Incoming
from explorer.client.outgoing import OutgoingBody
from explorer.client.phases import Phases
from explorer.client.tapped_stream import CALL, Call
from explorer.client.urls import split_url
from explorer.client.ways import Ways
from explorer.client.wiretap import Wiretap
from explorer.trace import context

STOPPED = "You stopped this request; the server may have done part of its work."
STOPPED_EARLY = "You stopped this request before anything of it was sent."
_SAYS_LENGTH = ("POST", "PUT", "PATCH")  # even of no body
_REDIRECT_BODY_AT_MOST = 1_000_000  # bytes that are read of a redirect that is followed

Decide = Callable[[Request, Response], "Request | str"]
"""What to do with a response whose head is there: the request that follows it, or what to say of it (nothing is '')."""


class Leg:
    """One request, sent once.

    Attributes:
        request: as sent, once that is known.
        response: what arrived, or None.
        failure: why that is nothing, or not all.
        onward: the request that follows this one; None when none does.
        phases: the recorded steps.
        tap: the recorded bytes.
        elapsed_ns: from the beginning to the end.
    """

    def __init__(self, request: Request, ways: Ways, phases: Phases, decide: Decide, arrival: Arrival | None) -> None:
        self.request = request
        self.response: Response | None = None
        self.failure: Failure | None = None
        self.onward: Request | None = None
        self.phases = phases
        self.tap = Wiretap()
        self.elapsed_ns = 0
        self._composed = request
        self._ways = ways
        self._decide = decide
        self._arrival = arrival
        self._incoming: Incoming | None = None

    async def run(self) -> None:
        """Send and read; nothing that goes wrong on the way raises, and neither does stopping it."""
        began_ns = time.perf_counter_ns()
        try:
            await self._talk()
        except asyncio.CancelledError as error:
            # The person's wish is fulfilled here, so the task is no longer one that is being cancelled.
            if task := asyncio.current_task():
                task.uncancel()
            self._fail(error, STOPPED if self.phases.sent else STOPPED_EARLY, cancelled=True)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            sentence = explain(
                error,
                stage=self.phases.stage,
                url=self._composed.url,
                options=self._composed.options,
                received=self.tap.received(),
                unsent=self._unsent,
            )
            self._fail(error, sentence)
        except BaseException as error:
            self.phases.fail(error, "This program has a fault.")
            if self._incoming is not None:
                self._incoming.discard()
            raise
        self.elapsed_ns = time.perf_counter_ns() - began_ns

    async def _talk(self) -> None:
        outgoing = await self._prepare()
        token = CALL.set(Call(self.phases, self.tap))
        try:
            connections = await self._ways.connections(
                secure=outgoing.url.scheme == "https", verify=self._composed.options.verify
            )
            response = await connections.handle_async_request(outgoing)
            try:
                await self._receive(response)
            finally:
                await response.aclose()
        finally:
            CALL.reset(token)

    async def _prepare(self) -> httpx.Request:
        """Make httpx's request, and begin the request's span with exactly what it will send."""
        request, phases = self._composed, self.phases
        origin, target = split_url(request.url)
        body = await OutgoingBody.of(request.content)
        url = _parse_origin(origin)
        headers = self._headers(url, body.size)
        raw = tuple(_raw(header) for header in headers)
        phases.begin(method=request.method, url=request.url, target=target, headers=raw, body=body.size)
        self.request = replace(request, headers=headers)
        options = request.options
        return httpx.Request(
            request.method,
            url,
            headers=raw,
            stream=body,
            extensions={
                "target": target.encode("ascii"),
                "timeout": {
                    "connect": options.connect_timeout,
                    "read": options.timeout,
                    "write": options.timeout,
                    "pool": options.timeout,
                },
                "trace": phases.on_step,
            },
        )

    def _headers(self, url: httpx.URL, size: int) -> Headers:
        """Return what the request has, and what it needs beyond that; what was written by hand always wins."""
        request = self._composed
        given = {name.lower() for name, _ in request.headers}
        first: list[tuple[str, str]] = []
        if "host" not in given:
            first.append(("Host", url.netloc.decode("ascii")))
        if not given & {"content-length", "transfer-encoding"} and (request.content or request.method in _SAYS_LENGTH):
            first.append(("Content-Length", str(size)))
        headers = [*first, *request.headers]
        if request.options.use_jar and (kept := self._ways.jar.for_url(request.url)):
            headers = _with_cookies(headers, kept)
        if request.options.traceparent and context.HEADER not in given:
            headers.append((context.HEADER, context.format_traceparent(self.phases.trace_id, self.phases.span_id)))
        return tuple(headers)

    async def _receive(self, response: httpx.Response) -> None:
        incoming = self._incoming = Incoming(response, self._ways.folder)
        head = incoming.head
        self._ways.jar.store(self._composed.url, head.headers)
        decision = self._decide(self._composed, head)
        if isinstance(decision, Request):
            await incoming.read(None, most=_REDIRECT_BODY_AT_MOST)
            self.onward = decision
            problem = ""
        else:
            await incoming.read(self._arrival)
            problem = decision
        whole = not incoming.cut
        surplus = surplus_of(self.tap, method=self.request.method, status=head.status, headers=head.headers)
        if surplus and whole:
            # The next request on this connection would take what is left over for its own response.
            await response.extensions["network_stream"].aclose()
            problem = problem or framing_problem(
                surplus, method=self.request.method, status=head.status, headers=head.headers
            )
        problem = problem or incoming.problem or self._early_problem() or head_problem(self.tap)
        arrived = incoming.response(problem)
        self.response = arrived
        self.phases.finish(status=arrived.status, wire_size=arrived.wire_size, size=arrived.body.size)

    @property
    def _unsent(self) -> int:
        """Bytes of the request that did not go out."""
        return max(0, self.phases.request_size - self.tap.sent_size)

    def _early_problem(self) -> str:
        if not self._unsent:
            return ""
        return (
            f"The server answered and hung up before it had taken the whole request: "
            f"{self.tap.sent_size:,} of {self.phases.request_size:,} bytes went out."
        )

    def _fail(self, error: BaseException, sentence: str, *, cancelled: bool = False) -> None:
        self.phases.fail(error, sentence)
        details = "" if cancelled else innermost(error)
        self.failure = Failure(stage=self.phases.stage, sentence=sentence, details=details, cancelled=cancelled)
        self.onward = None
        if self._incoming is not None and self.response is None:
            self.response = self._incoming.response(_part(self._incoming))


@lru_cache(maxsize=64)
def _parse_origin(origin: str) -> httpx.URL:
    """Return the address of a server; remembered, because reading one takes longer than all else that we do.

    Raises:
        httpx.InvalidURL: it is none.
    """
    url = httpx.URL(origin)
    if url.scheme not in ("http", "https") or not url.host or not 0 < (url.port or 80) < 65536:
        raise httpx.InvalidURL("there is no such host and port")
    return url


def _part(incoming: Incoming) -> str:
    """Return the sentence for a body that broke off."""
    expected = expected_length(incoming.head.headers)
    arrived = f"{incoming.wire_size:,}"
    if expected is not None:
        return f"The body is not whole: {arrived} of {expected:,} bytes arrived, and are shown."
    return f"The body is not whole: it broke off after {arrived} bytes, which are shown."


def _with_cookies(headers: list[tuple[str, str]], kept: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Put the jar's cookies behind the request's own ones, into the same header."""
    own = next((i for i, (name, _) in enumerate(headers) if name.lower() == "cookie"), None)
    if own is None:
        return [*headers, ("Cookie", join_cookies(None, kept))]
    name, value = headers[own]
    return [*headers[:own], (name, join_cookies(value, kept)), *headers[own + 1 :]]


def _raw(header: tuple[str, str]) -> tuple[bytes, bytes]:
    try:
        return header[0].encode("latin-1"), header[1].encode("latin-1")
    except UnicodeEncodeError:
        message = f"the header {header[0]} holds a character that no header can carry"
        raise httpx.LocalProtocolError(message) from None
