"""What an operation says of bodies, answers and callers, and what the app has beyond its document."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Body, Depends, FastAPI, Form, Security
from fastapi.security import (
    APIKeyCookie,
    APIKeyHeader,
    APIKeyQuery,
    HTTPBasic,
    HTTPBearer,
    OAuth2PasswordBearer,
    OpenIdConnect,
)
from hypothesis import given
from pydantic import BaseModel

from explorer.openapi.examples import example_body_text
from explorer.openapi.operations import Catalogue, DeclaredResponse, Location, Operation, Presence, SchemeKind
from explorer.openapi.read import UNDOCUMENTED, read_catalogue, read_catalogue_json
from explorer.openapi.schema import resolve
from tests.core.openapi.schemas import JSON

OAUTH = OAuth2PasswordBearer(tokenUrl="token", scopes={"read": "See", "write": "Change"})


class Item(BaseModel):
    name: str


class Trouble(BaseModel):
    detail: str


def find(catalogue: Catalogue, key: str) -> Operation:
    operation = catalogue.find(key)
    assert operation is not None
    return operation


@pytest.fixture(scope="module")
def shop() -> Catalogue:
    app = FastAPI()
    guards: list[Callable[..., Any]] = [
        HTTPBasic(),
        HTTPBearer(auto_error=False),
        APIKeyHeader(name="X-Key", description="Ask for it"),
        APIKeyQuery(name="key"),
        APIKeyCookie(name="session"),
        OpenIdConnect(openIdConnectUrl="/openid"),
    ]

    @app.post("/items", responses={404: {"model": Trouble, "description": "Gone"}, "4XX": {"description": "Wrong"}})
    def create(item: Item, user: Annotated[str, Security(OAUTH, scopes=["write"])]) -> Item:
        return item

    @app.get("/guarded", dependencies=[Depends(guard) for guard in guards])
    def guarded() -> None: ...

    @app.get("/open")
    def anybody() -> None: ...

    @app.post("/told")
    def told(
        item: Annotated[Item, Body(openapi_examples={"first": {"value": {"name": "Given"}}, "second": {"value": 1}})],
    ) -> None: ...

    return read_catalogue(app.openapi())


def test_that_declared_answers_are_kept_with_their_models(shop: Catalogue) -> None:
    answers = find(shop, "POST /items").responses
    assert [(a.status, a.media_type, a.model, a.description) for a in answers] == [
        ("200", "application/json", "Item", "Successful Response"),
        ("404", "application/json", "Trouble", "Gone"),
        ("4XX", "", "", "Wrong"),
    ]


def test_that_every_way_to_prove_who_one_is_is_known(shop: Catalogue) -> None:
    schemes = {scheme.name: scheme for scheme in shop.schemes}
    assert {name: scheme.kind for name, scheme in schemes.items()} == {
        "OAuth2PasswordBearer": SchemeKind.OAUTH2_PASSWORD,
        "HTTPBasic": SchemeKind.BASIC,
        "HTTPBearer": SchemeKind.BEARER,
        "APIKeyHeader": SchemeKind.API_KEY,
        "APIKeyQuery": SchemeKind.API_KEY,
        "APIKeyCookie": SchemeKind.API_KEY,
        "OpenIdConnect": SchemeKind.OTHER,
    }
    oauth = schemes["OAuth2PasswordBearer"]
    assert (oauth.token_url, oauth.scopes) == ("token", (("read", "See"), ("write", "Change")))
    key = schemes["APIKeyHeader"]
    assert (key.key_name, key.key_location, key.description) == ("X-Key", Location.HEADER, "Ask for it")
    assert schemes["APIKeyQuery"].key_location is Location.QUERY
    assert schemes["APIKeyCookie"].key_location is Location.COOKIE


def test_that_an_operation_names_the_schemes_it_takes(shop: Catalogue) -> None:
    assert find(shop, "POST /items").security == ("OAuth2PasswordBearer",)
    assert find(shop, "GET /guarded").security[:2] == ("HTTPBasic", "HTTPBearer")
    assert find(shop, "GET /open").security == ()


def test_that_the_documents_own_security_holds_unless_an_operation_says_otherwise() -> None:
    found = read_catalogue(
        {"security": [{"Key": []}, {}], "paths": {"/a": {"get": {}}, "/b": {"get": {"security": []}}}}
    )
    assert [operation.security for operation in found.operations] == [("Key",), ()]


def test_that_of_a_description_as_long_as_a_book_the_beginning_is_shown() -> None:
    book = "word " * 1_000_000
    parameter = {"name": "q", "in": "query", "description": book, "schema": {"type": "string"}}
    document = {"paths": {"/a": {"get": {"description": book, "parameters": [parameter]}}}}
    operation = find(read_catalogue(document), "GET /a")
    for shown in (operation.description, operation.parameters[0].description):
        assert shown.startswith("word word")
        assert shown.endswith("…")
        assert len(shown) < 20_000


def test_that_a_body_comes_in_every_media_type() -> None:
    content = {
        "application/x-www-form-urlencoded": {"schema": {"type": "object"}},
        "application/vnd.shop+json": {"schema": {"$ref": "#/components/schemas/A"}, "example": {"a": 1}},
        "multipart/form-data": {"encoding": {"picture": {"contentType": "image/png"}}},
    }
    [operation] = read_catalogue(
        {"paths": {"/a": {"post": {"requestBody": {"content": content, "description": "What to keep"}}}}}
    ).operations
    assert operation.body is not None
    assert (operation.body.media_type, operation.body.model) == ("application/vnd.shop+json", "A")
    assert (operation.body.description, operation.body.examples) == ("What to keep", (("", {"a": 1}),))
    assert [body.media_type for body in operation.other_bodies] == [
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ]
    assert operation.other_bodies[1].encoding == {"picture": {"contentType": "image/png"}}


def test_that_the_authors_own_example_of_a_body_comes_first(shop: Catalogue) -> None:
    body = find(shop, "POST /told").body
    assert body is not None
    assert json.loads(example_body_text(body, shop.document)) == {"name": "Given"}
    assert [name for name, _ in body.examples] == ["first", "second"]


def test_that_details_are_read_when_they_are_asked_for(shop: Catalogue) -> None:
    operation = find(shop, "POST /told")
    copy = replace(operation, path="/elsewhere")
    assert (copy.key, copy.body) == ("POST /elsewhere", operation.body)
    assert replace(copy, path="/told") == operation
    with pytest.raises(AttributeError, match="nonsense"):
        operation.nonsense  # type: ignore[attr-defined]  # noqa: B018 - it must not be there


def mounted() -> bytes:
    """Return what a mount and a hidden route would be told as."""
    inner = FastAPI()
    router = APIRouter(tags=["stock"])

    @router.post("/shelves/{number}")
    def add(number: int, item: Item, user: Annotated[str, Depends(OAUTH)]) -> Item:
        return item

    @inner.post("/open")
    def anybody(name: Annotated[str, Form()]) -> None: ...

    inner.include_router(router)
    hidden: dict[str, Any] = {"paths": {"/secret": {"get": {"operationId": "secret"}}}}
    owner = {"name": "owner", "in": "path", "required": True, "schema": {"type": "integer"}}
    return json.dumps(
        [
            {"presence": "mount", "prefix": "/of/{owner}", "parameters": [owner], "document": inner.openapi()},
            {"presence": "hidden", "prefix": "", "parameters": [], "document": hidden},
        ],
        separators=(",", ":"),
    ).encode()


def test_that_a_mounts_operations_stand_below_its_path_with_its_own_models() -> None:
    document = {
        "paths": {"/secret": {"post": {}}},
        "components": {
            "schemas": {"Item": {"type": "integer"}},
            "securitySchemes": {"OAuth2PasswordBearer": {"type": "http", "scheme": "bearer"}},
        },
    }
    found = read_catalogue(document, mounted())
    assert found.problems == ()
    assert [(group.name, [o.key for o in group.operations]) for group in found.groups] == [
        ("stock", ["POST /of/{owner}/shelves/{number}"]),
        ("Other", ["POST /secret"]),
        (UNDOCUMENTED, ["POST /of/{owner}/open", "GET /secret"]),
    ]
    add = find(found, "POST /of/{owner}/shelves/{number}")
    assert (add.presence, add.function) == (Presence.MOUNT, "add")
    assert [p.name for p in add.parameters] == ["owner", "number"]
    assert add.body is not None
    assert add.body.model == "Item"
    assert "name" in resolve(add.body.schema, found.document)["properties"]
    scheme = next(s for s in found.schemes if s.name == add.security[0])
    assert (scheme.kind, scheme.token_url) == (SchemeKind.OAUTH2_PASSWORD, "/of/{owner}/token")
    assert find(found, "GET /secret").presence is Presence.HIDDEN
    assert find(found, "POST /secret").presence is Presence.DOCUMENTED


def test_that_what_is_documented_is_not_listed_again_as_hidden() -> None:
    found = read_catalogue({"paths": {"/secret": {"get": {"summary": "Told"}}}}, mounted())
    assert (find(found, "GET /secret").summary, find(found, "GET /secret").presence) == ("Told", Presence.DOCUMENTED)


@pytest.mark.parametrize("hidden", [b"", b"{", b"[", b"[1, null, {}]", b'[{"document":[],"prefix":1}]', b"null"])
def test_that_odd_news_of_hidden_parts_stop_nothing(hidden: bytes) -> None:
    found = read_catalogue({"paths": {"/a": {"get": {}}}}, hidden)
    assert [operation.key for operation in found.operations] == ["GET /a"]


def test_that_bytes_that_are_no_document_are_named() -> None:
    assert read_catalogue_json(b"nonsense").problems == ("The OpenAPI document is no JSON.",)
    assert read_catalogue_json(b"[]").operations == ()
    assert len(read_catalogue_json(b'{"paths":{"/a":{"get":{}}}}', mounted()).operations) == 4


@given(JSON)
def test_that_no_value_in_place_of_a_detail_stops_us(value: Any) -> None:
    raw = {"responses": value, "security": value, "requestBody": value}
    media = {"requestBody": {"content": {"application/json": value, "text/plain": value}}, "responses": {"200": value}}
    document = {
        "security": value,
        "paths": {"/a": {"post": raw, "put": media}},
        "components": {"securitySchemes": value},
    }
    for operation in read_catalogue(document, json.dumps([value]).encode()).operations:
        assert isinstance(operation.responses, tuple)
        assert all(isinstance(answer, DeclaredResponse) for answer in operation.responses)
        assert isinstance(operation.security, tuple)
    read_catalogue({"components": {"securitySchemes": {"a": value, "b": {"type": "oauth2", "flows": value}}}})
