"""The draft that an operation starts with."""

from __future__ import annotations

import enum
from dataclasses import replace
from typing import Annotated, Any

import pytest
from fastapi import Body as BodyParameter
from fastapi import Depends, FastAPI, File, Form, Header, Query, Request, UploadFile
from fastapi.security import OAuth2PasswordRequestFormStrict
from pydantic import BaseModel, Field, Json
from starlette.testclient import TestClient

from explorer.client.build import build_request
from explorer.client.draft import Auth, AuthKind, BodyKind, FormField, RequestDraft, Value
from explorer.client.starting import change_body, fitted_draft, starting_auth, starting_draft
from explorer.openapi.operations import Body, Catalogue, Location, Operation, SchemeKind, SecurityScheme
from explorer.openapi.read import read_catalogue


class ItemCreate(BaseModel):
    name: Annotated[str, Field(examples=["Desk lamp"])]
    price: Annotated[float, Field(gt=0)] = 1.5


class Colour(enum.StrEnum):
    RED = "red"
    GREEN = "green"


class Order(BaseModel):
    count: Annotated[int, Field(ge=3)]
    colour: Colour | None
    note: str | None = None


app = FastAPI()


@app.put("/users/{user_id}/items")
def put_item(
    user_id: Annotated[int, Field(ge=1)],
    item: ItemCreate,
    kind: str,
    lang: str | None = None,
    size: Annotated[int, Query()] = 3,
    x_token: Annotated[str | None, Header()] = None,
) -> None:
    """Put an item."""


@app.post("/orders")
def order(data: Annotated[Order, Form()]) -> None: ...


@app.post("/login")
def login(form: Annotated[OAuth2PasswordRequestFormStrict, Depends()]) -> None: ...


@app.post("/upload")
def upload(
    files: list[UploadFile],
    tags: Annotated[list[str], Form(examples=[["lamp", "desk"]])],
    numbers: Annotated[list[int], Form()],
    sure: Annotated[bool, Form()],
    raw: Annotated[bytes, File()],
    maybe: UploadFile | None = None,
    notes: Annotated[list[str] | None, Form()] = None,
) -> None: ...


@app.post("/json_in_a_form")
def json_in_a_form(item: Annotated[Json[ItemCreate], Form()], sizes: Annotated[Json[list[int]], Form()]) -> None: ...


@app.post("/text")
def text(body: Annotated[str, BodyParameter(media_type="text/plain", examples=["Hello"])]) -> None: ...


@app.get("/none")
def none() -> None: ...


BINARY = {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}


@app.put("/blob", openapi_extra={"requestBody": BINARY})
def blob(request: Request) -> None: ...


CATALOGUE = read_catalogue(app.openapi())


def operation(key: str) -> Operation:
    found = CATALOGUE.find(key)
    assert found is not None
    return found


def start(key: str) -> RequestDraft:
    return starting_draft(operation(key), CATALOGUE.document)


@pytest.fixture
def put() -> Operation:
    return operation("PUT /users/{user_id}/items")


def test_that_what_is_required_is_filled_and_the_rest_is_not_sent(put: Operation) -> None:
    draft = starting_draft(put, CATALOGUE.document)

    assert draft.value(Location.PATH, "user_id") == "1"
    assert draft.value(Location.QUERY, "kind") is not None
    assert draft.value(Location.QUERY, "lang") is None
    assert draft.value(Location.QUERY, "size") is None
    assert draft.value(Location.HEADER, "x-token") is None
    assert draft.body_kind is BodyKind.TEXT
    assert '"Desk lamp"' in (draft.body or "")


def test_that_a_form_starts_with_a_row_for_each_field() -> None:
    draft = start("POST /orders")
    assert (draft.body_kind, draft.body) == (BodyKind.URLENCODED, None)
    assert draft.fields == (
        FormField(name="count", text="3"),
        FormField(name="colour", text="red"),
        FormField(name="note"),
    )


def test_that_files_lists_and_optional_files_are_rows_of_their_own_kind() -> None:
    draft = start("POST /upload")
    assert draft.body_kind is BodyKind.MULTIPART
    assert draft.fields == (
        FormField(name="files", is_file=True),
        FormField(name="tags", text="lamp"),
        FormField(name="numbers", text="1"),
        FormField(name="sure", text="true"),
        FormField(name="raw", is_file=True),
        FormField(name="maybe", is_file=True),
        FormField(name="notes"),
    )


def test_that_json_in_a_form_is_a_text_and_no_file() -> None:
    assert start("POST /json_in_a_form").fields == (
        FormField(name="item", text='{"name": "Desk lamp", "price": 1.5}'),
        FormField(name="sizes", text="[1]"),
    )


def test_that_the_login_form_can_be_sent_at_once() -> None:
    texts = {field.name: field.text for field in start("POST /login").fields}
    assert texts["grant_type"] == "password"
    assert texts["username"]
    assert texts["scope"] is None


def test_that_other_bodies_start_as_what_they_are() -> None:
    assert start("GET /none").body_kind is BodyKind.NONE
    plain = start("POST /text")
    assert (plain.body_kind, plain.body, plain.media_type) == (BodyKind.TEXT, "Hello", "text/plain")
    binary = start("PUT /blob")
    assert (binary.body_kind, binary.file, binary.media_type) == (BodyKind.FILE, None, "application/octet-stream")


@pytest.mark.parametrize("key", [operation.key for operation in CATALOGUE.operations])
def test_that_the_app_takes_what_a_draft_starts_with_unless_a_file_is_needed(key: str) -> None:
    draft = start(key)
    request = build_request(draft, "http://testserver")
    content = b"".join(request.content.chunks())
    answer = TestClient(app).request(request.method, request.url, headers=list(request.headers), content=content)
    assert answer.status_code == (422 if key == "POST /upload" else 200)
    if answer.status_code == 422:
        assert {error["loc"][-1] for error in answer.json()["detail"]} == {"files", "raw"}


def test_that_parts_of_a_model_that_stand_apart_make_one_form() -> None:
    schema = {
        "allOf": [
            {"$ref": "#/components/schemas/A"},
            {"type": "object", "properties": {"b": {"type": "integer"}}, "required": ["b"]},
        ]
    }
    document = {"components": {"schemas": {"A": {"type": "object", "properties": {"a": {"type": "string"}}}}}}
    body = Body(media_type="application/x-www-form-urlencoded", required=True, schema=schema)
    draft = starting_draft(Operation(method="POST", path="/", body=body), document)
    assert draft.fields == (FormField(name="a"), FormField(name="b", text="1"))


@pytest.mark.parametrize("schema", [{}, {"properties": 5}, {"$ref": "#/nowhere"}, {"type": "object", "required": 1}])
def test_that_a_form_that_says_nothing_has_no_rows(schema: dict[str, Any]) -> None:
    body = Body(media_type="multipart/form-data", required=True, schema=schema)
    assert starting_draft(Operation(method="POST", path="/", body=body), {}).fields == ()


def test_that_another_media_type_keeps_what_was_entered_in_the_others(put: Operation) -> None:
    form = Body(media_type="application/x-www-form-urlencoded", required=True, schema=_schema("Order"))
    json = put.body
    assert json is not None
    typed = replace(starting_draft(put, CATALOGUE.document), body="{ mine")

    as_form = change_body(typed, form, CATALOGUE.document)
    assert (as_form.body_kind, as_form.media_type, as_form.body) == (BodyKind.URLENCODED, form.media_type, "{ mine")
    assert [field.name for field in as_form.fields] == ["count", "colour", "note"]

    entered = replace(as_form, fields=(FormField(name="count", text="9"), FormField(name="mine", text="x")))
    back = change_body(change_body(entered, json, CATALOGUE.document), form, CATALOGUE.document)
    assert back.body == "{ mine"
    assert [(field.name, field.text) for field in back.fields[:2]] == [("count", "9"), ("mine", "x")]


def _schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = CATALOGUE.document["components"]["schemas"][name]
    return found


def test_that_a_saved_draft_gets_rows_for_new_parameters_and_keeps_all_it_had(put: Operation) -> None:
    saved = RequestDraft(
        method="PUT",
        path="/users/{user_id}/items",
        values=(
            Value(location=Location.PATH, name="user_id", text="42"),
            Value(location=Location.QUERY, name="gone", text="kept"),
        ),
        body="{ my own",
        auth=Auth(kind=AuthKind.BASIC, username="ada"),
    )

    draft = fitted_draft(saved, put, CATALOGUE.document, auth=Auth(kind=AuthKind.BEARER))

    assert draft.value(Location.PATH, "user_id") == "42"
    assert draft.value(Location.QUERY, "gone") == "kept"
    assert draft.value(Location.QUERY, "kind") is not None
    assert draft.body == "{ my own"
    assert draft.auth == saved.auth


def test_that_a_draft_that_started_fits_already() -> None:
    for each in CATALOGUE.operations:
        draft = starting_draft(each, CATALOGUE.document)
        assert fitted_draft(draft, each, CATALOGUE.document) == draft


def test_that_a_saved_form_gets_rows_for_new_fields() -> None:
    saved = RequestDraft(
        method="POST",
        path="/orders",
        body_kind=BodyKind.URLENCODED,
        fields=(FormField(name="colour", text="green", enabled=False), FormField(name="gone", text="kept")),
    )
    draft = fitted_draft(saved, operation("POST /orders"), CATALOGUE.document)
    assert draft.fields == (*saved.fields, FormField(name="count", text="3"), FormField(name="note"))


def test_that_a_draft_from_before_there_were_forms_becomes_a_form() -> None:
    old = RequestDraft(method="POST", path="/orders", media_type="application/x-www-form-urlencoded", body="{}")
    draft = fitted_draft(old, operation("POST /orders"), CATALOGUE.document)
    assert (draft.body_kind, draft.body) == (BodyKind.URLENCODED, "{}")
    assert len(draft.fields) == 3
    assert fitted_draft(RequestDraft(method="GET", path="/none"), operation("GET /none"), {}).body_kind is BodyKind.NONE


SCHEMES = (
    SecurityScheme(name="Other", kind=SchemeKind.OTHER),
    SecurityScheme(
        name="OAuth2", kind=SchemeKind.OAUTH2_PASSWORD, token_url="token", scopes=(("a", "Read"), ("b", "Write"))
    ),
    SecurityScheme(name="Key", kind=SchemeKind.API_KEY, key_name="key", key_location=Location.COOKIE),
    SecurityScheme(name="Basic", kind=SchemeKind.BASIC),
)


@pytest.mark.parametrize(
    ("security", "auth"),
    [
        ((), Auth()),
        (("Unknown", "Other"), Auth()),
        (("Other", "OAuth2", "Key"), Auth(kind=AuthKind.OAUTH2_PASSWORD, token_url="token", scopes="a b")),
        (("Key",), Auth(kind=AuthKind.API_KEY, key_name="key", key_location=Location.COOKIE)),
        (("Basic",), Auth(kind=AuthKind.BASIC)),
    ],
)
def test_that_the_first_scheme_that_can_be_filled_in_is_chosen(security: tuple[str, ...], auth: Auth) -> None:
    catalogue = Catalogue(title="", version="", schemes=SCHEMES)
    assert starting_auth(Operation(method="GET", path="/", security=security), catalogue) == auth


def test_that_a_saved_draft_learns_the_address_that_it_lacks() -> None:
    each = operation("GET /none")
    fresh = Auth(kind=AuthKind.OAUTH2_PASSWORD, token_url="token", scopes="a")
    saved = RequestDraft(method="GET", path="/none", auth=Auth(kind=AuthKind.OAUTH2_PASSWORD, username="ada"))
    assert fitted_draft(saved, each, {}, auth=fresh).auth == replace(saved.auth, token_url="token")
    mine = replace(saved, auth=replace(saved.auth, token_url="/mine"))
    assert fitted_draft(mine, each, {}, auth=fresh).auth.token_url == "/mine"
