"""One request on its way through httpx. Importing this imports httpx, so `transport` does it late."""

from __future__ import annotations

import asyncio
import ssl
import time
from dataclasses import replace

import anyio._backends._asyncio  # noqa: F401 (anyio would import it while the clock of the first request runs)
import httpx

from explorer.client.body import Body
from explorer.client.errors import explain
from explorer.client.exchange import Exchange, Failure, Headers, Request, Response
from explorer.client.phases import Phases
from explorer.client.urls import split_url
from explorer.trace import context

CONNECT_TIMEOUT = 5.0  # seconds; everything later may take as long as it takes, because the person can cancel
KEEPALIVE_EXPIRY = 4.0  # seconds; below uvicorn's 5, so that we do not send on a connection that it is just closing
STOPPED = "You stopped this request; the server may have done part of its work."

_RawHeaders = tuple[tuple[bytes, bytes], ...]


def new_transport(*, secure: bool) -> httpx.AsyncHTTPTransport:
    """Return a pool of HTTP/1.1 connections. It takes no proxy from the environment and follows no redirect.

    Args:
        secure: whether for https. Reading the certificates that a machine trusts takes longer than all the rest, and
            a pool for http has no use for them: it trusts none.
    """
    return httpx.AsyncHTTPTransport(
        verify=True if secure else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        trust_env=False,
        limits=httpx.Limits(keepalive_expiry=KEEPALIVE_EXPIRY),
    )


class Sending:
    """One request, sent once."""

    def __init__(self, transport: httpx.AsyncHTTPTransport, phases: Phases, request: Request, sent_at: float) -> None:
        self._transport = transport
        self._phases = phases
        self._request = request
        self._sent_at = sent_at
        self._began = time.perf_counter_ns()

    async def run(self) -> Exchange:
        """Send, read the whole response, and return what came of it; see `Client.send`."""
        try:
            return self._exchange(response=await self._talk())
        except asyncio.CancelledError as error:
            # The person's wish is fulfilled here, so the task is no longer one that is being cancelled.
            if task := asyncio.current_task():
                task.uncancel()
            return self._failed(error, STOPPED, cancelled=True)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            return self._failed(error, explain(error, stage=self._phases.stage, url=self._request.url))

    async def _talk(self) -> Response:
        outgoing = self._prepare()
        response = await self._transport.handle_async_request(outgoing)
        response.request = outgoing
        try:
            body = b"".join([chunk async for chunk in response.aiter_bytes()])
        finally:
            await response.aclose()
        wire_size = response.num_bytes_downloaded
        self._phases.finish(status=response.status_code, wire_size=wire_size, size=len(body))
        return Response(
            status=response.status_code,
            reason=response.reason_phrase,
            http_version=response.http_version,
            headers=_text(tuple(response.headers.raw)),
            body=Body(body),
            wire_size=wire_size,
        )

    def _prepare(self) -> httpx.Request:
        """Make httpx's request, and begin the request's span with exactly what it will send.

        The target goes round httpx's URL, which would tidy ``/a/../b``: what the person typed is what is sent.
        """
        request, phases = self._request, self._phases
        origin, target = split_url(request.url)
        traceparent = context.format_traceparent(phases.trace_id, phases.span_id)
        outgoing = httpx.Request(
            request.method,
            origin,
            headers=[_raw(header) for header in (*request.headers, (context.HEADER, traceparent))],
            content=b"".join(request.content.chunks()) or None,
            extensions={
                "target": target.encode("ascii"),
                "timeout": {"connect": CONNECT_TIMEOUT},
                "trace": phases.on_step,
            },
        )
        if not outgoing.url.host or not 0 < (outgoing.url.port or 80) < 65536:
            raise httpx.InvalidURL("there is no such host and port")
        raw = tuple(outgoing.headers.raw)
        phases.begin(method=request.method, url=request.url, target=target, headers=raw, body=request.content.size)
        self._request = replace(request, headers=_text(raw))
        return outgoing

    def _failed(self, error: BaseException, sentence: str, *, cancelled: bool = False) -> Exchange:
        self._phases.fail(error, sentence)
        failure = Failure(stage=self._phases.stage, sentence=sentence, details=str(error), cancelled=cancelled)
        return self._exchange(failure=failure)

    def _exchange(self, *, response: Response | None = None, failure: Failure | None = None) -> Exchange:
        return Exchange(
            trace_id=self._phases.trace_id,
            request=self._request,
            response=response,
            failure=failure,
            sent_at=self._sent_at,
            elapsed_ns=time.perf_counter_ns() - self._began,
        )


def _raw(header: tuple[str, str]) -> tuple[bytes, bytes]:
    return header[0].encode("ascii"), header[1].encode("latin-1")


def _text(raw: _RawHeaders) -> Headers:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in raw)
