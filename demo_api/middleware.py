"""Middleware: code around every request, whichever route it is for.

FastAPI knows two ways to write one, and both are here: a function that gets a `Request` and returns a `Response`
(short, and enough for most), and a class that speaks ASGI, the protocol below FastAPI (longer, faster, and able to see
each message).
"""

import re
import time
import uuid
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from demo_api.settings import Settings

PLAIN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")

EXPOSED_HEADERS = ("X-Process-Time", "X-Request-ID", "X-Total-Count")
"""What the scripts of web pages from other addresses may read of an answer, beside the few they always may."""


def add_middleware(app: FastAPI, settings: Settings) -> None:
    """Wrap `app`, from the inside out: the middleware that is added last meets the request first."""
    app.middleware("http")(add_process_time)
    app.add_middleware(
        CORSMiddleware,
        # With credentials an origin must be named. "*" would let any web page act as the person in front of it.
        allow_origin_regex=settings.allowed_origins,
        allow_credentials=True,
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=["*"],
        expose_headers=EXPOSED_HEADERS,
    )
    app.add_middleware(RequestIdMiddleware)


async def add_process_time(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Tell the client, in the header `X-Process-Time`, how many seconds the answer took."""
    started = time.perf_counter()
    response = await call_next(request)
    response.headers["X-Process-Time"] = f"{time.perf_counter() - started:.6f}"
    return response


class RequestIdMiddleware:
    """Give each request a name, `X-Request-ID`, by which client and server can talk about it.

    A client may choose the name; one that is not plain is replaced, for it goes into logs and headers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the header to the message that starts the response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        wish = Headers(scope=scope).get("X-Request-ID", "")
        request_id = wish if PLAIN_ID.fullmatch(wish) else uuid.uuid4().hex

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)

        await self.app(scope, receive, send_with_id)
