"""A response is held against what the operation says it answers."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from explorer.openapi.operations import Catalogue, DeclaredResponse, Operation
from explorer.openapi.read import read_catalogue
from explorer.openapi.response_check import MAX_CHECKED, ResponseVerdict, check_response
from tests.core.openapi.schemas import JSON, SCHEMAS


class Owner(BaseModel):
    name: str


class Item(BaseModel):
    id: int
    price: float
    day: datetime.date | None = None
    owners: list[Owner] = []


class Trouble(BaseModel):
    detail: str


def make_app() -> FastAPI:
    app = FastAPI()

    @app.get("/item", responses={404: {"model": Trouble}, "5XX": {"model": Trouble}, "default": {"model": Owner}})
    def item() -> Item:
        return Item(id=1, price=2, day=datetime.date(2025, 3, 4), owners=[Owner(name="Ada")])

    @app.get("/items")
    def items() -> list[Item]:
        return [item(), item()]

    @app.get("/page", response_class=HTMLResponse)
    def page() -> str:
        return "<p>"

    @app.delete("/item", status_code=204)
    def remove() -> None: ...

    @app.get("/anything")
    def anything() -> Any:
        return {"a": 1}

    return app


APP = make_app()
CATALOGUE = read_catalogue(APP.openapi())


def check(key: str, status: int, body: Any, media_type: str = "application/json") -> ResponseVerdict:
    operation = CATALOGUE.find(key)
    assert operation is not None
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return check_response(operation, status, media_type, content, CATALOGUE.document)


def problems(verdict: ResponseVerdict) -> list[tuple[tuple[str | int, ...], str, bool]]:
    return [(hint.loc, hint.message, hint.error) for hint in verdict.problems]


@pytest.mark.parametrize("key", [operation.key for operation in CATALOGUE.operations])
def test_that_what_the_app_itself_answers_fits(key: str) -> None:
    method, path = key.split(" ")
    answer = TestClient(APP).request(method, path)
    verdict = check(key, answer.status_code, answer.content, answer.headers.get("content-type", ""))
    assert verdict.known
    assert verdict.problems == ()


def test_that_a_body_that_fits_names_its_model() -> None:
    verdict = check("GET /item", 200, {"id": 1, "price": 2})
    assert (verdict.known, verdict.model, verdict.fits, verdict.note) == (True, "Item", True, "")
    assert check("GET /items", 200, []).model == "list[Item]"


def test_that_each_difference_is_named_with_its_place() -> None:
    body = [{"id": "1", "price": 1}, {"id": 1, "owners": [{"name": None, "boss": 1}]}]
    verdict = check("GET /items", 200, body, "application/json; charset=utf-8")
    assert problems(verdict) == [
        (("response", 0, "id"), "Input should be a valid integer", True),
        (("response", 1, "price"), "Field required", True),
        (("response", 1, "owners", 0, "name"), "Input should be a valid string", True),
        (("response", 1, "owners", 0, "boss"), "Not in Owner.", False),
    ]
    assert not verdict.fits


def test_that_a_field_beyond_the_model_is_named_once_for_a_whole_list() -> None:
    verdict = check("GET /items", 200, [{"id": n, "price": 1, "secret": "x"} for n in range(50)])
    assert problems(verdict) == [(("response", 0, "secret"), "Not in Item.", False)]
    assert verdict.fits


@pytest.mark.parametrize(
    ("status", "model"), [(200, "Item"), (404, "Trouble"), (500, "Trouble"), (503, "Trouble"), (418, "Owner")]
)
def test_that_the_status_counts_first_then_its_range_then_the_default(status: int, model: str) -> None:
    assert check("GET /item", status, {}).model == model


def test_that_what_is_not_declared_is_said() -> None:
    verdict = check("GET /items", 418, {})
    assert (verdict.known, verdict.note) == (False, "The operation does not declare an answer 418.")
    nothing = check("GET /anything", 200, {"a": 1})
    assert (nothing.known, nothing.checked) == (True, False)
    assert nothing.note == "Nothing is declared about the body of 200."
    assert check("DELETE /item", 204, b"", "").note == "This answer has no body."


def test_that_another_media_type_is_a_problem() -> None:
    [problem] = check("GET /item", 200, b"<p>", "text/html; charset=utf-8").problems
    assert problem.message == "Declared as application/json, but it came as text/html."
    [problem] = check("GET /item", 200, b"", "").problems
    assert problem.message == "Declared as application/json, but it came without a Content-Type."


def test_that_broken_json_is_a_problem() -> None:
    verdict = check("GET /item", 200, b'{"id": 1, ')
    assert [problem.error for problem in verdict.problems] == [True]
    assert "Invalid JSON" in verdict.problems[0].message


def test_that_a_very_large_body_is_not_checked() -> None:
    verdict = check("GET /items", 200, b"[" + b"1," * (MAX_CHECKED // 2) + b"1]")
    assert (verdict.known, verdict.checked, verdict.problems) == (True, False, ())
    assert verdict.note == "Bodies over 2 MB are not checked."


def test_that_a_vendors_json_and_wildcards_are_understood() -> None:
    answers = (
        DeclaredResponse(status="2xx", media_type="text/*", schema={"type": "string"}),
        DeclaredResponse(status="2xx", media_type="*/*", schema={"type": "integer"}),
    )
    operation = Operation(method="GET", path="/", responses=answers)
    assert check_response(operation, 201, "text/plain", b"x", {}).note == "Only JSON is checked."
    assert check_response(operation, 201, "application/vnd.shop+json", b"1", {}).fits
    assert not check_response(operation, 201, "application/problem+json", b'"1"', {}).fits


def test_that_a_schema_without_sense_and_a_body_without_json_are_told_apart_from_a_difference() -> None:
    answer = DeclaredResponse(status="200", media_type="application/json", schema={"type": "string", "maxLength": 1e30})
    verdict = check_response(
        Operation(method="GET", path="/", responses=(answer,)), 200, "application/json", b"\x80", {}
    )
    assert (verdict.checked, verdict.problems) == (False, ())
    assert verdict.note == "The body is no JSON that can be read here."


def test_that_json_lines_are_not_held_against_a_schema_as_if_they_were_one_value() -> None:
    answer = DeclaredResponse(status="200", media_type="application/jsonl", schema={"type": "integer"})
    operation = Operation(method="GET", path="/", responses=(answer,))
    assert check_response(operation, 200, "application/jsonl", b"1\n2\n", {}).note == "Only JSON is checked."


def test_that_a_validator_is_made_once_for_each_document() -> None:
    other: Catalogue = read_catalogue(make_app().openapi())
    for catalogue in (CATALOGUE, other, CATALOGUE):
        operation = catalogue.find("GET /item")
        assert operation is not None
        for _ in range(2):
            assert check_response(operation, 200, "application/json", b'{"id":1,"price":1}', catalogue.document).fits


@given(SCHEMAS, SCHEMAS, JSON, st.binary(max_size=20))
def test_that_no_schema_and_no_body_stops_the_check(used: Any, a: Any, value: Any, content: bytes) -> None:
    schema = used if isinstance(used, dict) else {"anyOf": [used]}
    declared = DeclaredResponse(status="200", media_type="application/json", schema=schema)
    operation = Operation(method="GET", path="/", responses=(declared,))
    document = {"components": {"schemas": {"A": a}}}
    for body in (json.dumps(value).encode(), content):
        verdict = check_response(operation, 200, "application/json", body, document)
        assert all(hint.loc[0] == "response" for hint in verdict.problems)
