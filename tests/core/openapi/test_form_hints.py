"""What is said about the rows of a form is what the app itself answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

import pytest
from fastapi import Cookie, FastAPI, Form, Header, Query, UploadFile
from fastapi.testclient import TestClient
from pydantic import BaseModel, ConfigDict, Field

from explorer.client.draft import FormField
from explorer.openapi.form_hints import NO_ROW, check_form
from explorer.openapi.hints import Hint, check_values
from explorer.openapi.operations import Body, Location, Parameter
from explorer.openapi.read import read_catalogue


class Login(BaseModel):
    user: str = Field(min_length=2)
    age: int = 1
    scopes: list[int] = []


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str


def make_app() -> FastAPI:
    app = FastAPI()

    @app.post("/login")
    def login(data: Annotated[Login, Form()]) -> None: ...

    @app.post("/closed")
    def closed(data: Annotated[Closed, Form()]) -> None: ...

    @app.post("/upload")
    def upload(
        picture: UploadFile,
        title: Annotated[str, Form()],
        numbers: Annotated[list[int], Form()],
        more: list[UploadFile] = [],  # noqa: B006 - as FastAPI's documentation writes it
        maybe: UploadFile | None = None,
    ) -> None: ...

    @app.get("/many")
    def many(
        one: int,
        x_one: Annotated[int, Header()] = 1,
        numbers: Annotated[list[int], Query()] = [],  # noqa: B006 - as FastAPI's documentation writes it
        x_numbers: Annotated[list[int] | None, Header()] = None,
        crumbs: Annotated[list[int] | None, Cookie()] = None,
        crumb: Annotated[int, Cookie()] = 1,
    ) -> None: ...

    return app


APP = make_app()
CATALOGUE = read_catalogue(APP.openapi())
SERVER = TestClient(APP)


def body_of(path: str) -> Body:
    operation = CATALOGUE.find(f"POST {path}")
    assert operation is not None
    assert operation.body is not None
    return operation.body


def text(name: str, value: str | None, *, enabled: bool = True) -> FormField:
    return FormField(name=name, text=value, enabled=enabled)


def file(name: str, path: str | None = "/a.png") -> FormField:
    return FormField(name=name, is_file=True, file=path)


def check(path: str, rows: Sequence[FormField]) -> dict[int, list[str]]:
    found = check_form(body_of(path), rows, CATALOGUE.document)
    return {index: [hint.message for hint in hints] for index, hints in found.items()}


def refused(path: str, rows: Sequence[FormField]) -> list[tuple[tuple[str | int, ...], str]]:
    """Send the rows, and return what the app has against them."""
    sent = [row for row in rows if row.enabled and (row.file if row.is_file else row.text is not None)]
    if "multipart" in body_of(path).media_type:
        parts: list[Any] = [(r.name, ("a.png", b"x") if r.is_file else (None, r.text or "")) for r in sent]
        answer = SERVER.post(path, files=parts)
    else:
        data: dict[str, list[str]] = {}
        for row in sent:
            data.setdefault(row.name, []).append(row.text or "")
        answer = SERVER.post(path, data=data)
    return [(tuple(found["loc"]), found["msg"]) for found in answer.json()["detail"]] if answer.is_error else []


def said(path: str, rows: Sequence[FormField]) -> list[tuple[tuple[str | int, ...], str]]:
    found = check_form(body_of(path), rows, CATALOGUE.document)
    return [(hint.loc, hint.message) for hints in found.values() for hint in hints if hint.error]


GOOD = [file("picture"), text("title", "a"), text("numbers", "1")]


@pytest.mark.parametrize(
    ("path", "rows"),
    [
        ("/login", [text("user", "ada")]),
        ("/login", [text("user", "a"), text("age", "x")]),
        ("/login", [text("user", "")]),
        ("/login", [text("user", None)]),
        ("/login", [text("user", "ada", enabled=False)]),
        ("/login", []),
        ("/login", [text("user", "x"), text("user", "ada")]),
        ("/login", [text("user", "ada"), text("user", "x")]),
        ("/login", [text("user", "ada"), text("scopes", "1"), text("scopes", "x"), text("scopes", "")]),
        ("/login", [text("user", "ada"), text("usr", "x")]),
        ("/closed", [text("name", "a"), text("other", "x")]),
        ("/closed", [text("name", "a")]),
        ("/upload", GOOD),
        ("/upload", [file("picture", None), text("title", "a"), text("numbers", "1")]),
        ("/upload", [file("picture"), file("title"), text("numbers", "1"), text("numbers", "x")]),
        ("/upload", [*GOOD, file("more"), file("more")]),
        ("/upload", [*GOOD, file("numbers")]),
        ("/upload", [*GOOD, text("maybe", "")]),
        ("/upload", [text("title", "")]),
    ],
)
def test_that_a_form_is_refused_as_the_app_refuses_it(path: str, rows: list[FormField]) -> None:
    assert sorted(said(path, rows), key=str) == sorted(refused(path, rows), key=str)


@pytest.mark.parametrize("name", ["picture", "more", "maybe"])
def test_that_a_text_in_place_of_a_file_is_named(name: str) -> None:
    rows = [row for row in GOOD if row.name != name] + [text(name, "a")]
    assert [message for _, message in refused("/upload", rows)] == [
        "Value error, Expected UploadFile, received: <class 'str'>"
    ]
    assert check("/upload", rows) == {len(rows) - 1: ["A file is expected here, and a text is sent."]}


def test_that_a_remark_stands_at_its_row() -> None:
    rows = [text("scopes", "1"), text("age", "x"), text("scopes", "y"), text("usr", "z")]
    found = check("/login", rows)
    integer = "Input should be a valid integer, unable to parse string as an integer"
    assert found == {
        NO_ROW: ["Field required"],
        1: [integer],
        2: [integer],
        3: ["Not in Login, so it is ignored. Did you mean user?"],
    }
    assert check("/login", [text("user", None)]) == {0: ["Field required"]}
    assert check("/login", [text("user", "ada"), text("user", "bob")]) == {
        0: ["Of several values only the last one counts."]
    }


def test_that_a_file_in_an_urlencoded_form_is_named() -> None:
    found = check_form(body_of("/login"), [text("user", "ada"), file("age")], CATALOGUE.document)
    assert found == {1: (Hint(message="An urlencoded form carries no files.", loc=("body", "age"), error=False),)}


def test_that_a_form_without_known_fields_gets_no_remark() -> None:
    body = Body(media_type="multipart/form-data", required=True, schema={})
    assert check_form(body, [text("a", "b")], {}) == {}


def parameter(name: str) -> Parameter:
    operation = CATALOGUE.find("GET /many")
    assert operation is not None
    return next(p for p in operation.parameters if p.name == name)


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("one", ()),
        ("one", ("1", "x")),
        ("one", ("x", "1")),
        ("x-one", ("1", "x")),
        ("x-one", ("x", "1")),
        ("numbers", ()),
        ("numbers", ("1", "2")),
        ("numbers", ("1", "x", "y")),
        ("numbers", ("x",)),
        ("x-numbers", ("1", "x")),
        ("crumbs", ("1",)),
        ("crumb", ("x",)),
        ("crumb", ()),
    ],
)
def test_that_all_values_of_a_parameter_are_read_as_the_app_reads_them(name: str, texts: tuple[str, ...]) -> None:
    asked = parameter(name)
    place = asked.location
    query = [("one", "1")] * (name != "one") + [(name, one) for one in texts if place is Location.QUERY]
    headers = [(name, one) for one in texts if place is Location.HEADER]
    headers += [("cookie", f"{name}={one}") for one in texts if place is Location.COOKIE]
    answer = SERVER.get(f"/many?{urlencode(query)}", headers=headers)
    theirs = [(tuple(f["loc"]), f["msg"]) for f in answer.json()["detail"]] if answer.is_error else []
    ours = [hint for hint in check_values(asked, texts, CATALOGUE.document) if hint.error]
    assert [hint.message for hint in ours] == [message for _, message in theirs]
    if len(texts) > 1:
        assert [hint.loc for hint in ours] == [loc for loc, _ in theirs]


def test_that_a_value_that_does_not_count_is_told() -> None:
    [last] = check_values(parameter("one"), ("1", "2"), CATALOGUE.document)
    [first] = check_values(parameter("x-one"), ("1", "2"), CATALOGUE.document)
    assert (last.message, last.error) == ("Of several values only the last one counts.", False)
    assert (first.message, first.error) == ("Of several values only the first one counts.", False)
