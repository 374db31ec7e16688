"""What the probe sees of an app, and that the app does not see the probe."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx2
import pytest
from fastapi import APIRouter, BackgroundTasks, FastAPI, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from starlette.applications import Starlette
from starlette.responses import StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from explorer.probe.install import attach
from explorer.probe.middleware import MOST_PAYLOAD
from explorer.trace.context import format_traceparent
from explorer.trace.events import CANDIDATES, MIDDLEWARE, RECEIVE, ROUTING, SEND
from explorer.trace.journey import (
    AFTER,
    LAYER_IN,
    LAYER_OUT,
    RESPONSE_SENT,
    ROUTE,
    ROUTER,
    WRAP_UP,
    Journey,
    Stop,
)

from .conftest import Watched

Watch = Callable[[Starlette], Watched]


class SecretiveMiddleware:
    """Keeps its next app under a name of its own, as middleware in the wild does."""

    def __init__(self, app: ASGIApp) -> None:
        self._hidden = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._hidden(scope, receive, send)


def make_app() -> FastAPI:
    app = FastAPI()
    app.add_middleware(SecretiveMiddleware)
    app.add_middleware(CORSMiddleware, allow_origins=["http://localhost"])
    app.add_middleware(GZipMiddleware, minimum_size=100)

    @app.middleware("http")
    async def timing(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        response.headers["X-Process-Time"] = "0.1"
        response.headers["X-Route"] = request.scope["route"].path if "route" in request.scope else "none"
        return response

    router = APIRouter(prefix="/items")

    @router.get("/{item_id}")
    async def read_item(item_id: int) -> dict[str, Any]:
        return {"id": item_id, "text": "x" * 500}

    @router.post("/")
    def create_item(tasks: BackgroundTasks) -> dict[str, str]:
        tasks.add_task(lambda: None)
        return {"created": "yes"}

    @app.get("/users/{user_id}")
    def read_user(user_id: str) -> str:
        return user_id

    @app.get("/users/me")
    def read_me() -> str:
        return "me"

    @app.get("/boom")
    def boom() -> None:
        raise ZeroDivisionError("division by zero")

    @app.get("/stream")
    def stream() -> StreamingResponse:
        async def chunks() -> AsyncIterator[bytes]:
            for _ in range(3):
                yield b"chunk"

        return StreamingResponse(chunks(), headers={"Content-Encoding": "identity"})

    app.include_router(router)
    return app


def stops(journey: Journey, kind: str) -> list[Stop]:
    return [stop for stop in journey.stops if stop.kind == kind]


def names(journey: Journey, kind: str) -> list[str]:
    return [stop.span.name for stop in stops(journey, kind)]


async def test_that_every_layer_has_a_lane_in_real_nesting_order(watch: Watch) -> None:
    response, journey = await watch(make_app()).ask("GET", "/items/3", Origin="http://localhost")

    order = ["ServerErrorMiddleware", "timing", "GZipMiddleware", "CORSMiddleware", "SecretiveMiddleware"]
    assert response.status_code == 200
    assert names(journey, LAYER_IN) == [*order, "ExceptionMiddleware"]
    assert names(journey, LAYER_OUT) == ["ExceptionMiddleware", *reversed(order)]
    assert [stop.depth for stop in stops(journey, LAYER_IN)] == [1, 2, 3, 4, 5, 6]


async def test_that_each_layer_tells_what_it_did_to_the_response(watch: Watch) -> None:
    _, journey = await watch(make_app()).ask("GET", "/items/3", Origin="http://localhost")

    facts = {stop.span.name: stop.facts for stop in stops(journey, LAYER_OUT)}
    assert "access-control-allow-origin" in facts["CORSMiddleware"]["added"]
    assert facts["GZipMiddleware"]["added"] == ("content-encoding",)
    assert facts["GZipMiddleware"]["size_after"] < facts["GZipMiddleware"]["size_before"]
    assert "x-process-time" in facts["timing"]["added"]


async def test_that_the_split_of_the_body_by_base_http_middleware_is_visible(watch: Watch) -> None:
    _, journey = await watch(make_app()).ask("GET", "/users/ada")

    (timing,) = (stop for stop in stops(journey, LAYER_OUT) if stop.span.name == "timing")
    assert (timing.facts["messages_before"], timing.facts["messages_after"]) == (1, 2)


async def test_that_the_router_names_its_choice_and_what_it_passed(watch: Watch) -> None:
    _, journey = await watch(make_app()).ask("GET", "/items/3")

    (router,) = stops(journey, ROUTER)
    (route,) = stops(journey, ROUTE)
    note = router.span.first_note(CANDIDATES)
    assert note is not None
    verdicts = {c["path"]: c["verdict"] for c in note.data["candidates"]}
    assert verdicts["/items/{item_id}"] == "full"
    assert verdicts["/users/me"] == "none"
    assert route.facts["function"] == "read_item"
    assert route.facts["path_params"] == {"item_id": "3"}
    assert route.facts["file"] == __file__
    assert router.ends_ns == route.starts_ns


async def test_that_a_shadowed_route_is_flagged(watch: Watch) -> None:
    response, journey = await watch(make_app()).ask("GET", "/users/me")

    note = stops(journey, ROUTER)[0].span.first_note(CANDIDATES)
    assert response.json() == "me"
    assert note is not None
    shadowed = [c["path"] for c in note.data["candidates"] if c["shadowed"]]
    assert shadowed == ["/users/me"]
    assert stops(journey, ROUTE)[0].facts["function"] == "read_user"


async def test_that_a_404_shows_no_route_that_fits(watch: Watch) -> None:
    response, journey = await watch(make_app()).ask("GET", "/nope")

    (router,) = stops(journey, ROUTER)
    note = router.span.first_note(CANDIDATES)
    assert response.status_code == 404
    assert router.failed
    assert not stops(journey, ROUTE)
    assert note is not None
    assert {c["verdict"] for c in note.data["candidates"]} == {"none"}
    caught = {stop.span.name: stop.facts.get("caught") for stop in stops(journey, LAYER_OUT)}
    assert caught["ExceptionMiddleware"] == "HTTPException"


async def test_that_a_405_names_the_partial_match(watch: Watch) -> None:
    response, journey = await watch(make_app()).ask("DELETE", "/items/3")

    (router,) = stops(journey, ROUTER)
    note = router.span.first_note(CANDIDATES)
    assert response.status_code == 405
    assert journey.failed_stop == router
    assert note is not None
    assert [c["path"] for c in note.data["candidates"] if c["verdict"] == "partial"] == ["/items/{item_id}"]


async def test_that_a_crash_is_shown_where_it_happened_and_where_it_became_a_500(watch: Watch) -> None:
    response, journey = await watch(make_app()).ask("GET", "/boom")

    failed = journey.failed_stop
    assert response.status_code == 500
    assert failed is not None
    assert failed.kind == ROUTE
    assert failed.facts["error"] == "ZeroDivisionError"
    outermost = stops(journey, LAYER_OUT)[-1]
    assert outermost.span.name == "ServerErrorMiddleware"
    assert outermost.facts["caught"] == "ZeroDivisionError"
    assert journey.status == 500


async def test_that_a_layer_that_answers_by_itself_is_the_innermost_stop(watch: Watch) -> None:
    preflight = {"Origin": "http://localhost", "Access-Control-Request-Method": "GET"}
    response, journey = await watch(make_app()).ask("OPTIONS", "/items/3", **preflight)

    assert response.status_code == 200
    assert stops(journey, LAYER_IN)[-1].facts["answered_itself"]
    assert not stops(journey, ROUTER)


async def test_that_a_streamed_body_counts_its_messages(watch: Watch) -> None:
    response, journey = await watch(make_app()).ask("GET", "/stream")

    assert response.content == b"chunk" * 3
    (sent,) = stops(journey, RESPONSE_SENT)
    assert sent.facts["size"] == 15
    assert sent.facts["messages"] > 3


async def test_that_the_first_bytes_of_both_bodies_are_kept_at_the_edge_of_the_app_alone(watch: Watch) -> None:
    app = make_app()

    @app.post("/echo")
    async def echo(request: Request) -> Response:
        return Response(await request.body(), headers={"Content-Encoding": "identity"})

    watched = watch(app)
    sent = bytes(range(256)) * 100
    async with watched.client() as client:
        await client.post("/echo", content=sent)

    [trace] = watched.traces()
    connection, *layers = trace.walk()
    for name in (RECEIVE, SEND):
        bodies = [note.data for note in connection.notes if note.name == name and "size" in note.data]
        assert b"".join(body["payload"] for body in bodies if "payload" in body) == sent[:MOST_PAYLOAD]
        assert sum(body["size"] for body in bodies) == len(sent)
    assert not any("payload" in note.data for layer in layers for note in layer.notes)


async def test_that_work_after_the_response_is_told_after_it(watch: Watch) -> None:
    _, journey = await watch(make_app()).ask("POST", "/items/")

    (wrap_up,) = stops(journey, WRAP_UP)
    assert wrap_up.way == AFTER
    assert journey.stops[-1] == wrap_up


async def test_that_the_function_inside_a_mounted_application_is_named(watch: Watch) -> None:
    inner = FastAPI()

    @inner.get("/deep/{depth}")
    def read_depth(depth: int) -> int:
        return depth

    app = make_app()
    app.mount("/inner", inner)
    response, journey = await watch(app).ask("GET", "/inner/deep/7")

    assert response.json() == 7
    (route,) = stops(journey, ROUTE)
    assert route.facts["function"] == "read_depth"
    assert route.facts["path_params"]["depth"] == "7"
    assert route.facts["mounted"]


async def test_that_concurrent_requests_never_mix(watch: Watch) -> None:
    watched = watch(make_app())
    async with watched.client() as client:
        answers = await asyncio.gather(*(client.get(f"/items/{i}") for i in range(40)))

    assert [a.json()["id"] for a in answers] == list(range(40))
    traces = watched.traces()
    assert len(traces) == 40
    for trace in traces:
        spans = list(trace.walk())
        connection = trace.connection
        routing = trace.find(ROUTING)
        assert connection is not None
        assert routing is not None
        assert sum(span.kind == ROUTING for span in spans) == 1
        matched = routing.first_note("matched")
        assert matched is not None
        assert connection.data["path"] == f"/items/{matched.data['path_params']['item_id']}"


async def test_that_the_clients_trace_is_joined(watch: Watch) -> None:
    parent = format_traceparent("12" * 16, -7)
    _, journey = await watch(make_app()).ask("GET", "/items/1", traceparent=parent)

    assert journey.trace.trace_id == "12" * 16


async def test_that_two_requests_with_one_traceparent_stay_two_traces(watch: Watch) -> None:
    watched = watch(make_app())
    parent = {"traceparent": format_traceparent("12" * 16, -7)}
    async with watched.client() as client:
        await client.get("/items/1", headers=parent)
        await client.get("/items/2", headers=parent)

    assert len(watched.traces()) == 2


@pytest.mark.parametrize("path", ["/items/3", "/users/me", "/nope", "/items/x", "/stream", "/openapi.json"])
async def test_that_the_answer_is_the_same_with_and_without_the_probe(watch: Watch, path: str) -> None:
    plain = httpx2.AsyncClient(transport=httpx2.ASGITransport(make_app()), base_url="http://127.0.0.1")
    async with plain as client:
        expected = await client.get(path)
    seen, _ = await watch(make_app()).ask("GET", path)

    assert (seen.status_code, seen.content) == (expected.status_code, expected.content)
    assert dict(seen.headers) == dict(expected.headers)


async def test_that_detaching_leaves_no_spy_and_no_event(watch: Watch) -> None:
    app = make_app()
    entries = list(app.user_middleware)
    watched = watch(app)
    await watched.ask("GET", "/items/1")
    watched.probe.detach()
    watched.events.clear()

    async with watched.client() as client:
        response = await client.get("/items/1")

    assert response.status_code == 200
    assert watched.events == []
    assert app.user_middleware == entries


def test_that_something_that_is_no_starlette_app_is_left_alone() -> None:
    async def bare(scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI app without layers."""

    assert attach(bare, lambda _: None) is None


async def test_that_an_exception_is_described_without_running_the_apps_code(watch: Watch) -> None:
    class TrickyError(Exception):
        def __str__(self) -> str:
            raise AssertionError("the probe called __str__")

    app = FastAPI()

    @app.get("/tricky")
    def tricky() -> None:
        raise TrickyError(object())

    watched = watch(app)
    _, journey = await watched.ask("GET", "/tricky")

    assert journey.failed_stop is not None
    assert journey.failed_stop.facts["error"] == "TrickyError"


async def test_that_a_request_under_way_is_a_trace_that_is_not_done(watch: Watch) -> None:
    app = FastAPI()
    entered, release = asyncio.Event(), asyncio.Event()

    @app.get("/slow")
    async def slow() -> str:
        entered.set()
        await release.wait()
        return "done"

    watched = watch(app)
    async with watched.client() as client:
        task = asyncio.create_task(client.get("/slow"))
        await entered.wait()
        (trace,) = watched.traces()
        assert not trace.done
        release.set()
        await task

    assert watched.traces()[0].done


def test_that_the_contract_with_the_framework_holds(watch: Watch) -> None:
    """Everything that `probe.install` reaches for, on the FastAPI that is installed here."""
    watched = watch(make_app())

    assert watched.probe.missing == []
    assert {"ServerErrorMiddleware", "ExceptionMiddleware"} <= set(_spied_names(watched.app))


def _spied_names(app: Starlette) -> list[str]:
    found = []
    node: Any = app.middleware_stack
    while node is not None:
        if type(node).__name__ == "LayerSpy":
            found.append(node._name)
        node = getattr(node, "app", None) or getattr(node, "_hidden", None)
    return found


async def test_that_layers_know_whether_the_author_added_them_and_no_others_are_told(watch: Watch) -> None:
    _, journey = await watch(make_app()).ask("GET", "/items/1")

    roles = {s.name: s.data["role"] for s in journey.trace.walk() if s.kind == MIDDLEWARE}
    assert roles["timing"] == "user"
    assert {name for name, role in roles.items() if role != "user"} == {"ServerErrorMiddleware", "ExceptionMiddleware"}
