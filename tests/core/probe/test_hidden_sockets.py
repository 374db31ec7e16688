"""The WebSocket routes of an app are found and told by FastAPI itself. This is the contract with FastAPI."""

from __future__ import annotations

import json
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Cookie, Depends, FastAPI, Header, Path, Query, WebSocket
from fastapi.security import APIKeyQuery
from starlette.applications import Starlette
from starlette.endpoints import WebSocketEndpoint
from starlette.routing import Mount, Route, WebSocketRoute

from explorer.openapi.operations import Catalogue, Location, Operation, Presence, SchemeKind
from explorer.openapi.read import read_catalogue
from explorer.probe.hidden import find_hidden


def bare(**more: Any) -> FastAPI:
    return FastAPI(openapi_url=None, **more)


def catalogue_of(app: object) -> Catalogue:
    document = app.openapi() if isinstance(app, FastAPI) else None
    found = find_hidden(app, document)
    return read_catalogue(document or {}, json.dumps(found, separators=(",", ":")).encode())


def sockets_in(app: object) -> dict[str, Operation]:
    return {operation.key: operation for operation in catalogue_of(app).sockets}


def parameters_of(operation: Operation) -> list[tuple[str, Location, str, bool]]:
    return [(p.name, p.location, p.type_label, p.required) for p in operation.parameters]


async def talk(socket: WebSocket) -> None:
    """Talk for a while."""


class Talk(WebSocketEndpoint):
    """Talks, too."""


def test_that_a_websocket_route_is_told_with_all_its_parameters() -> None:
    app = bare()

    def since(after: Annotated[int, Query(ge=0, description="Only what is newer")] = 0) -> int:
        return after

    @app.websocket("/rooms/{room}", dependencies=[Depends(since)])
    async def chat(
        socket: WebSocket,
        room: Annotated[str, Path(pattern="^[a-z]+$")],
        name: Annotated[str, Query(max_length=9)],
        x_lang: Annotated[str | None, Header()] = None,
        visitor: Annotated[str | None, Cookie()] = None,
    ) -> None:
        """Join a room."""

    found = catalogue_of(app)
    assert found.operations == ()
    [operation] = found.sockets
    assert found.find("WS /rooms/{room}") is operation
    assert (operation.method, operation.path, operation.presence) == ("WS", "/rooms/{room}", Presence.WEBSOCKET)
    assert (operation.function, operation.summary, operation.description) == ("chat", "Chat", "Join a room.")
    assert parameters_of(operation) == [
        ("room", Location.PATH, "str", True),
        ("name", Location.QUERY, "str ≤ 9", True),
        ("after", Location.QUERY, "int ≥ 0 = 0", False),
        ("x-lang", Location.HEADER, "str | None", False),
        ("visitor", Location.COOKIE, "str | None", False),
    ]
    assert (operation.bodies, operation.responses) == ((), ())
    assert operation.parameters[2].description == "Only what is newer"


def test_that_routes_of_included_routers_and_of_mounts_are_told_at_their_full_path() -> None:
    app, inner, router = bare(), bare(), APIRouter(prefix="/inner")
    router.websocket("/talk/{number}")(talk)
    inner.websocket("/deep/{name}")(talk)
    app.include_router(router, prefix="/outer")
    app.mount("/of/{owner}", inner)
    found = sockets_in(app)
    assert list(found) == ["WS /outer/inner/talk/{number}", "WS /of/{owner}/deep/{name}"]
    assert [p.name for p in found["WS /of/{owner}/deep/{name}"].parameters] == ["owner"]


def test_that_a_route_keeps_what_its_router_asks_for() -> None:
    def key(key: Annotated[str, Depends(APIKeyQuery(name="key", scheme_name="door"))]) -> str:
        return key

    def lang(lang: str = "en") -> str:
        return lang

    app, router = bare(dependencies=[Depends(lang)]), APIRouter(dependencies=[Depends(key)])
    router.websocket("/talk")(talk)
    app.include_router(router)
    catalogue = catalogue_of(app)
    [operation] = catalogue.sockets
    assert [p.name for p in operation.parameters] == ["lang"]
    assert operation.security == ("door",)
    assert [(s.name, s.kind, s.key_name) for s in catalogue.schemes] == [("door", SchemeKind.API_KEY, "key")]


def test_that_starlettes_websocket_routes_are_told_in_the_order_of_the_app() -> None:
    app = bare()
    app.router.routes.append(WebSocketRoute("/plain/{number:int}", talk))
    app.websocket("/typed/{number}")(talk)
    app.router.routes.append(WebSocketRoute("/class", Talk))
    found = sockets_in(app)
    assert list(found) == ["WS /plain/{number}", "WS /typed/{number}", "WS /class"]
    assert parameters_of(found["WS /plain/{number}"]) == [("number", Location.PATH, "int ≥ 0", True)]
    assert [(o.function, o.description) for o in found.values()] == [
        ("talk", "Talk for a while."),
        ("talk", "Talk for a while."),
        ("Talk", "Talks, too."),
    ]
    starlette = Starlette(routes=[Mount("/below", routes=[WebSocketRoute("/talk", talk)])])
    assert list(sockets_in(starlette)) == ["WS /below/talk"]


def test_that_a_path_may_be_for_both_requests_and_websockets() -> None:
    app = FastAPI()
    app.get("/both")(lambda: None)
    app.websocket("/both")(talk)
    found = catalogue_of(app)
    assert [o.key for o in found.operations if o.path == "/both"] == ["GET /both"]
    assert [o.key for o in found.sockets] == ["WS /both"]


class Opaque:
    """A class that pydantic has no schema for."""

    @classmethod
    def __get_pydantic_json_schema__(cls, *_: object) -> dict[str, Any]:
        raise RuntimeError("Opaque")

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: object) -> Any:
        from pydantic_core import core_schema

        return core_schema.any_schema()


def test_that_a_websocket_that_cannot_be_described_hides_no_other() -> None:
    app = bare()

    @app.websocket("/odd/{name}")
    async def odd(socket: WebSocket, value: Annotated[Opaque, Query()]) -> None:
        """Cannot be described."""

    @app.websocket("/even")
    async def even(socket: WebSocket, number: int) -> None: ...

    broken = WebSocketRoute("/broken", talk)
    del broken.path_format
    app.router.routes += [broken, Route("/page", lambda _: None)]
    found = catalogue_of(app)
    assert [o.key for o in found.sockets] == ["WS /odd/{name}", "WS /even"]
    assert [p.name for p in found.sockets[1].parameters] == ["number"]
    assert found.sockets[0].description == "Cannot be described."
    assert "GET /page" in [o.key for o in found.operations]


@pytest.mark.parametrize("seconds", [0, 3])
def test_that_looking_for_websockets_leaves_the_app_as_it_was(seconds: float) -> None:
    app = bare()
    app.websocket("/talk/{number}")(talk)
    before = list(app.routes)
    first = find_hidden(app, app.openapi(), seconds=seconds)
    assert [part["presence"] for part in first] == ["websocket"]
    assert find_hidden(app, app.openapi(), seconds=seconds) == first
    assert list(app.routes) == before
    assert app.openapi()["paths"] == {}
