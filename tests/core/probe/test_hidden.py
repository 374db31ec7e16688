"""What an app answers beyond its document is found, and the app stays as it was. This is the contract with FastAPI."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, FastAPI, Form, Header, Query
from fastapi.middleware.gzip import GZipMiddleware
from pydantic import BaseModel, ConfigDict
from starlette.applications import Starlette
from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Host, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from explorer.openapi.operations import Catalogue, Operation, Presence
from explorer.openapi.read import read_catalogue
from explorer.probe.hidden import find_hidden


class Item(BaseModel):
    name: str


class Opaque:
    """A class that pydantic has no schema for."""


class Odd(BaseModel):
    model_config = ConfigDict(arbitrary_types_allowed=True)
    opaque: Opaque


def page(request: Request) -> PlainTextResponse:
    """Show a page."""
    return PlainTextResponse("page")


async def talk(socket: WebSocket) -> None: ...


class Door(HTTPEndpoint):
    """Opens and closes."""

    async def get(self, _: Request) -> PlainTextResponse:
        return PlainTextResponse("open")

    async def delete(self, _: Request) -> PlainTextResponse:
        return PlainTextResponse("closed")


def bare(**more: Any) -> FastAPI:
    return FastAPI(openapi_url=None, **more)


def catalogue_of(app: object) -> Catalogue:
    document = app.openapi() if isinstance(app, FastAPI) else None
    found = find_hidden(app, document)
    return read_catalogue(document or {}, json.dumps(found, separators=(",", ":")).encode())


def hidden_in(app: object) -> dict[str, Operation]:
    return {o.key: o for o in catalogue_of(app).operations if o.presence is not Presence.DOCUMENTED}


def test_that_a_hidden_route_is_told_in_full() -> None:
    app = bare()
    router = APIRouter(prefix="/inner", tags=["stock"])

    @app.get("/told")
    def told() -> None: ...

    @app.post("/items/{number}", include_in_schema=False, tags=["stock"])
    def create(number: int, item: Item, dry: Annotated[bool, Query(description="Only try")] = False) -> Item:
        """Create one."""
        return item

    @router.post("/form", include_in_schema=False)
    def send(name: Annotated[str, Form()], x_key: Annotated[str | None, Header()] = None) -> None: ...

    app.include_router(router, prefix="/outer")
    found = hidden_in(app)
    assert set(found) == {"POST /items/{number}", "POST /outer/inner/form"}
    operation = found["POST /items/{number}"]
    assert (operation.presence, operation.function, operation.tags) == (Presence.HIDDEN, "create", ("stock",))
    assert operation.description == "Create one."
    assert [(p.name, p.type_label) for p in operation.parameters] == [("number", "int"), ("dry", "bool = false")]
    assert operation.body is not None
    assert operation.body.model == "Item"
    assert [answer.status for answer in operation.responses] == ["200", "422"]
    form = found["POST /outer/inner/form"]
    assert form.body is not None
    assert form.body.media_type == "application/x-www-form-urlencoded"
    assert [p.name for p in form.parameters] == ["x-key"]


def test_that_a_router_that_is_hidden_as_a_whole_is_told() -> None:
    app = bare()
    router = APIRouter()

    @router.get("/a")
    def a() -> None: ...

    app.include_router(router, include_in_schema=False)
    assert set(hidden_in(app)) == {"GET /a"}


def test_that_starlettes_routes_are_told_by_path_and_methods() -> None:
    app = bare()
    app.router.routes += [
        Route("/page/{number:int}/{rest:path}", page, methods=["GET", "POST"]),
        Route("/door", Door),
        WebSocketRoute("/talk", talk),
        Host("other.example.com", Starlette(routes=[Route("/elsewhere", page)])),
    ]
    found = hidden_in(app)
    assert set(found) == {
        "GET /page/{number}/{rest}",
        "POST /page/{number}/{rest}",
        "GET /door",
        "DELETE /door",
    }
    operation = found["GET /page/{number}/{rest}"]
    assert [(p.name, p.type_label, p.required) for p in operation.parameters] == [
        ("number", "int ≥ 0", True),
        ("rest", "str", True),
    ]
    assert (operation.function, operation.description) == ("page", "Show a page.")


def test_that_fastapis_own_pages_are_named() -> None:
    found = hidden_in(FastAPI())
    assert {key: operation.summary for key, operation in found.items()} == {
        "GET /openapi.json": "The OpenAPI document",
        "GET /docs": "Swagger UI",
        "GET /docs/oauth2-redirect": "Where Swagger UI ends a login",
        "GET /redoc": "ReDoc",
    }


def test_that_a_mounted_app_is_told_below_its_path(tmp_path: Path) -> None:
    app, inner, innermost = bare(), bare(), bare()

    @inner.put("/items/{number}")
    def replace_item(number: int, item: Item) -> Item:
        return item

    @innermost.get("/deep")
    def deep() -> None: ...

    inner.mount("/further", innermost)
    app.mount("/of/{owner}", inner)
    app.mount("/static", StaticFiles(directory=tmp_path), name="assets")
    app.mount("/wrapped", GZipMiddleware(GZipMiddleware(innermost)))
    app.mount("/group", Starlette(routes=[Mount("/a", routes=[Route("/b", page)])]))
    found = hidden_in(app)
    assert {key: operation.presence.value for key, operation in found.items()} == {
        "PUT /of/{owner}/items/{number}": "mount",
        "GET /of/{owner}/further/deep": "mount",
        "GET /static/{path}": "mount",
        "GET /wrapped/deep": "mount",
        "GET /group/a/b": "hidden",
    }
    assert [p.name for p in found["PUT /of/{owner}/items/{number}"].parameters] == ["owner", "number"]
    assert [p.name for p in found["GET /static/{path}"].parameters] == ["path"]
    assert "StaticFiles" in found["GET /static/{path}"].summary


def test_that_a_frontend_is_told_as_files(tmp_path: Path) -> None:
    app = bare()
    if not hasattr(app, "frontend"):
        pytest.skip("this FastAPI has no frontends")
    app.frontend("/site", directory=tmp_path)
    assert set(hidden_in(app)) == {"GET /site/{path}"}


def test_that_an_app_whose_document_fails_is_told_all_the_same() -> None:
    app = bare()

    @app.post("/odd/{number}")
    def odd(number: int, body: Odd) -> None:
        """Cannot be described."""

    @app.post("/even")
    def even(item: Item) -> None: ...

    with pytest.raises(Exception, match="Opaque"):
        app.openapi()
    found = read_catalogue({}, json.dumps(find_hidden(app, None), separators=(",", ":")).encode())
    assert [operation.key for operation in found.operations] == ["POST /odd/{number}", "POST /even"]
    plain, full = found.operations
    assert (plain.description, [p.name for p in plain.parameters]) == ("Cannot be described.", ["number"])
    assert full.body is not None
    assert full.body.model == "Item"


def test_that_a_route_is_not_hidden_because_its_author_moved_it_in_the_document() -> None:
    app = bare()

    @app.get("/a")
    def a() -> None: ...

    document = app.openapi()
    document = {**document, "paths": {f"/behind/proxy{path}": item for path, item in document["paths"].items()}}
    assert find_hidden(app, document) == []
    assert [part["presence"] for part in find_hidden(app, {"paths": {}})] == ["hidden"]


def test_that_the_app_is_not_changed() -> None:
    app, inner = FastAPI(), FastAPI()

    @app.get("/hidden", include_in_schema=False)
    def hidden(q: int) -> None: ...

    @inner.get("/inner")
    def inside() -> None: ...

    app.mount("/inner", inner)
    before = copy.deepcopy(app.openapi())
    first = find_hidden(app, app.openapi())
    assert inner.openapi_schema is None
    assert app.openapi() == before
    assert "/hidden" not in app.openapi()["paths"]
    assert find_hidden(app, app.openapi()) == first


def test_that_a_route_that_cannot_be_described_hides_no_other() -> None:
    app, broken = bare(), Route("/broken", page)
    del broken.param_convertors
    app.router.routes += [broken, Route("/page", page)]
    assert set(hidden_in(app)) == {"GET /page"}


def test_that_an_app_inside_itself_comes_to_an_end() -> None:
    app = bare()
    app.mount("/again", app)
    app.router.routes.append(Route("/page", page))
    assert "GET /page" in hidden_in(app)


@pytest.mark.parametrize("app", [None, "text", object(), type("App", (), {"routes": 3})()])
def test_that_of_what_is_no_app_nothing_is_told(app: object) -> None:
    assert find_hidden(app, None) == []


def test_that_when_the_time_is_over_mounts_are_told_without_their_inside() -> None:
    app, inner = bare(), bare()
    inner.add_api_route("/x", page)
    app.mount("/inner", inner)
    [part] = find_hidden(app, {"paths": {}}, seconds=0)
    assert (part["presence"], part["prefix"], list(part["document"]["paths"])) == ("mount", "/inner", ["/{path}"])
