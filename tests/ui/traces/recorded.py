"""Real requests to a real app with layers of every kind, as the probe records them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
from fastapi import FastAPI, HTTPException, Request, Response, WebSocket
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import StreamingResponse
from sqlalchemy import create_engine, literal, select

from explorer.probe.install import attach
from explorer.trace.events import RawEvent
from explorer.trace.fold import fold
from explorer.trace.journey import Journey, journey
from explorer.trace.summary import Summary, summarize

ORIGIN = "http://localhost"


def make_app() -> FastAPI:
    """Return an app with CORS inside a middleware of its own inside GZip, and routes that end in different ways."""
    app = FastAPI()
    app.add_middleware(CORSMiddleware, allow_origins=[ORIGIN])

    @app.middleware("http")
    async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        if "x-blocked" in request.headers:
            return Response("blocked", status_code=403)
        response = await call_next(request)
        response.headers["X-Process-Time"] = "0.1"
        response.set_cookie("session", "very-secret")
        return response

    app.add_middleware(GZipMiddleware, minimum_size=100)

    @app.post("/users/{user_id}/items", status_code=201)
    async def create_item(user_id: int, item: dict[str, Any]) -> dict[str, Any]:
        return {"owner": user_id, **item}

    @app.get("/long")
    def read_long() -> dict[str, str]:
        return {"text": "x" * 500}

    @app.get("/huge")
    def read_huge() -> Response:
        return Response(b"\x00\xff" * 50_000, media_type="application/octet-stream")

    @app.get("/missing")
    def read_missing() -> None:
        raise HTTPException(404, "There is no such item.")

    @app.get("/stream")
    def stream() -> StreamingResponse:
        return StreamingResponse((b"chunk" for _ in range(99)), media_type="text/plain")

    @app.get("/sums")
    def read_sums() -> int:
        engine = create_engine("sqlite://")
        with engine.connect() as connection:
            found = [int(connection.execute(select(literal(number))).scalar_one()) for number in (1, 2, 3)]
        engine.dispose()
        return sum(found)

    @app.get("/boom")
    def boom() -> None:
        raise ZeroDivisionError("division by zero")

    @app.websocket("/echo")
    async def echo(websocket: WebSocket) -> None:
        await websocket.accept(subprotocol="chat")
        async for text in websocket.iter_text():
            await websocket.send_text(text.upper())

    return app


def record(app: FastAPI, method: str, path: str, **more: Any) -> list[RawEvent]:
    """Return all events of one request, those of its router's reasons among them."""
    events: list[RawEvent] = []
    probe = attach(app, events.append)
    assert probe is not None

    async def ask() -> None:
        transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            await client.request(method, path, **more)

    asyncio.run(ask())
    probe.explain_routing(events[0][0])
    probe.detach()
    return events


def converse(app: FastAPI, path: str, *said: dict[str, Any]) -> list[RawEvent]:
    """Return all events of one WebSocket whose client says these ASGI messages after its handshake."""
    events: list[RawEvent] = []
    probe = attach(app, events.append)
    assert probe is not None
    messages = iter(({"type": "websocket.connect"}, *said, {"type": "websocket.disconnect", "code": 1000}))

    async def receive() -> dict[str, Any]:
        return next(messages)

    async def send(_message: Any) -> None:
        return

    scope = {"type": "websocket", "path": path, "headers": [], "query_string": b"", "subprotocols": []}
    asyncio.run(app(scope, receive, send))
    probe.detach()
    return events


def told(events: list[RawEvent]) -> tuple[Journey, Summary]:
    """Return what events amount to: the journey, and the line of the list."""
    trace_id = events[0][0]
    summary = summarize(trace_id, events)
    assert summary is not None
    return journey(fold(trace_id, events)), summary


def travel(method: str, path: str, **more: Any) -> tuple[Journey, Summary]:
    """Send one request to the app of this file."""
    return told(record(make_app(), method, path, **more))
