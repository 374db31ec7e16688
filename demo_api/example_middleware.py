"""Middleware that shows how middleware works. What the shop itself has around it is in `middleware.py`."""

import hashlib
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable

from fastapi import Request, Response, status
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from demo_api.models.wrapping import LoggedRequest

logger = logging.getLogger(__name__)

WAY_OUT = "X-Way-Out"


def note_way_in(scope: Scope, name: str) -> None:
    """Write down, with the request, that a layer was met."""
    state = scope.setdefault("state", {})
    state["way_in"] = [*state.get("way_in", []), name]


def note_way_out(headers: MutableHeaders, name: str) -> None:
    """Write down, with the response, that a layer was met on the way back."""
    headers[WAY_OUT] = f"{headers[WAY_OUT]}, {name}" if WAY_OUT in headers else name


class WayClass:
    """A middleware as a class. It speaks ASGI, as the server does: it is called, and it calls what is inside it."""

    def __init__(self, app: ASGIApp, name: str) -> None:
        self.app = app
        self.name = name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Note the way in before the call; note the way out in the message with which the response starts."""

        async def send_noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                note_way_out(MutableHeaders(scope=message), self.name)
            await send(message)

        note_way_in(scope, self.name)
        await self.app(scope, receive, send_noted)


async def way_function(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Be a middleware as a function: what is before `call_next` is the way in, what is after it the way out."""
    note_way_in(request.scope, "function")
    response = await call_next(request)
    note_way_out(response.headers, "function")
    return response


async def add_security_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Tell browsers to guess no content type, to show the answer in no frame, and to tell nobody where they were."""
    response = await call_next(request)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


async def add_server_timing(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Tell how long it took in `Server-Timing`, which browsers show among their developer tools."""
    started = time.perf_counter()
    response = await call_next(request)
    response.headers["Server-Timing"] = f"app;dur={(time.perf_counter() - started) * 1000:.2f}"
    return response


class RequestLog:
    """Write a line into the log for each request, and remember what was said about the last ones."""

    def __init__(self, app: ASGIApp, book: deque[LoggedRequest]) -> None:
        self.app = app
        self.book = book

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Listen to both directions."""
        messages: list[str] = []
        answer = 500
        started = time.perf_counter()

        async def receive_noted() -> Message:
            message = await receive()
            messages.append(f"received {message['type']}")
            return message

        async def send_noted(message: Message) -> None:
            nonlocal answer
            answer = message.get("status", answer)
            messages.append(f"sent {message['type']}")
            await send(message)

        try:
            await self.app(scope, receive_noted, send_noted)
        finally:  # also when the application fails
            took = round((time.perf_counter() - started) * 1000, 2)
            line = f"{scope.get('method', scope['type'])} {scope['path'][:200]} {answer}"
            logger.info("%r took %s ms", line, took)
            self.book.append(LoggedRequest(line=line, took_ms=took, messages=messages[:20]))


class ETagCache:
    """Give each answer to a GET a fingerprint, and answer 304 without a body to whoever has this answer already.

    It is for short answers: each is held in memory until it is complete, for only then its fingerprint is known.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold the start of the answer back, and collect its body, which may come in pieces."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        start: Message = {}
        body = bytearray()

        async def send_later(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                rest = self.finish(start, bytes(body), Headers(scope=scope).get("If-None-Match", ""))
                await send(start)
                await send({"type": "http.response.body", "body": rest})

        await self.app(scope, receive, send_later)

    def finish(self, start: Message, body: bytes, known: str) -> bytes:
        """Add the headers to the start of the answer, and return the body to send."""
        if start["status"] != status.HTTP_200_OK:
            return body
        tag = f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'  # W/: the same content, perhaps packed differently
        headers = MutableHeaders(scope=start)
        headers["ETag"] = tag
        headers["Cache-Control"] = "no-cache"  # keep it, and ask each time whether it is still right
        if tag not in known:
            return body
        start["status"] = status.HTTP_304_NOT_MODIFIED
        del headers["Content-Length"]
        return b""
