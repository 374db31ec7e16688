"""What FastAPI says was wrong, led back to the request."""

import json
from typing import Annotated, Any

import pytest
from fastapi import FastAPI, Path
from fastapi.testclient import TestClient
from pydantic import BaseModel, Field

from explorer.client.body import Body
from explorer.client.exchange import Exchange, Request, Response
from explorer.client.payload import Payload
from explorer.client.validation_errors import read_errors, summary_of


class Owner(BaseModel):
    name: str


class Item(BaseModel):
    name: str
    price: Annotated[float, Field(gt=0)]
    owner: Owner | int = 1


def make_app() -> FastAPI:
    app = FastAPI()

    @app.post("/users/{user_id}/items")
    def create(user_id: Annotated[int, Path(ge=1)], item: Item, page: int = 1) -> None:
        """Make an item."""

    return app


def exchange(body: bytes, sent: bytes = b"", status: int = 422) -> Exchange:
    return Exchange(
        trace_id="1" * 32,
        request=Request(
            method="POST",
            url="http://127.0.0.1/",
            headers=(("Content-Type", "application/json"),),
            content=Payload.of(sent),
        ),
        response=Response(
            status=status, reason="", http_version="HTTP/1.1", headers=(), body=Body(body), wire_size=len(body)
        ),
        failure=None,
        sent_at=0,
        elapsed_ns=0,
    )


def asked(sent: bytes, path: str = "/users/1/items") -> Exchange:
    with TestClient(make_app()) as client:
        answer = client.post(path, content=sent, headers={"content-type": "application/json"})
    return exchange(answer.content, sent, answer.status_code)


def test_that_each_error_of_fastapi_has_its_place_and_line() -> None:
    sent = b'{\n  "title": "Desk lamp",\n  "price": "cheap"\n}'
    errors = read_errors(asked(sent, "/users/0/items?page=x"))

    assert [(error.loc, error.line) for error in errors] == [
        (("path", "user_id"), None),
        (("query", "page"), None),
        (("body", "name"), 0),
        (("body", "price"), 2),
    ]
    assert [error.received for error in errors] == ['"0"', '"x"', "{…}", '"cheap"']
    assert errors[2].type == "missing"
    assert summary_of(errors) == "FastAPI collected all four errors before it answered; the handler was never called."


def test_that_the_members_of_a_union_do_not_hide_the_line() -> None:
    errors = read_errors(asked(b'{"name": "a", "price": 1,\n"owner": {\n"name": 5}}'))
    assert {error.loc: error.line for error in errors} == {
        ("body", "owner", "Owner", "name"): 2,
        ("body", "owner", "int"): 1,
    }


def test_that_a_body_that_is_no_json_leads_to_the_line_where_it_breaks() -> None:
    errors = read_errors(asked(b'{\n"name": "a",\n"price": }'))
    assert [error.line for error in errors] == [2]
    assert "checked nothing else" in summary_of(errors)


def test_that_two_errors_are_both_and_one_is_no_collection() -> None:
    assert "collected both errors" in summary_of(read_errors(asked(b"{}")))
    assert summary_of(read_errors(asked(b'{"name": "a", "price": 0}'))).startswith("FastAPI checked everything")


@pytest.mark.parametrize(
    "content",
    [
        {"detail": "Not valid"},
        {"detail": []},
        {"detail": [{"msg": "no place"}]},
        {"detail": [{"loc": "body", "msg": "a text"}]},
        {"detail": [{"loc": [], "msg": "nowhere"}]},
        {"detail": [{"loc": [None], "msg": "odd"}]},
        {"errors": {"name": ["missing"]}},
        ["detail"],
        None,
    ],
)
def test_that_an_answer_of_another_shape_has_no_errors(content: Any) -> None:
    assert read_errors(exchange(json.dumps(content).encode())) == ()


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_that_an_answer_that_cannot_be_read_has_no_errors(body: bytes) -> None:
    assert read_errors(exchange(body)) == ()


def test_that_a_success_has_no_errors_whatever_it_says() -> None:
    assert read_errors(exchange(b'{"detail": [{"loc": ["body"], "msg": "x", "type": "y"}]}', status=200)) == ()


def test_that_errors_of_an_app_itself_are_listed_without_a_word_about_fastapi() -> None:
    errors = read_errors(exchange(b'{"detail": [{"loc": ["stock"], "msg": "Sold out"}]}', status=409))
    assert [error.message for error in errors] == ["Sold out"]
    assert summary_of(errors) == ""
