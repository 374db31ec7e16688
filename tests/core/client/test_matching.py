"""An address finds the operation that would answer it."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from explorer.client.draft import BodyKind, Value
from explorer.client.matching import draft_from_target, match_operation
from explorer.client.urls import build_target, full_url
from explorer.openapi.operations import Location
from explorer.openapi.read import read_catalogue

BASE = "http://127.0.0.1:8000"
PATHS = [
    "/users/me",
    "/users/{user_id}",
    "/users/{user_id}/items/{item_id}",
    "/files/{file_path:path}",
    "/reports/{year}-{month}.json",
    "/reports/{name}",
    "/{anything}/end",
    "/größe",
    "/",
]


def make_app() -> FastAPI:
    app = FastAPI()
    for path in PATHS:
        # The tree is in the order of the tags, which is not that of the declarations.
        app.get(path, tags=[str(100 - PATHS.index(path))])(lambda path=path: path)
    app.post("/users/{user_id}")(lambda: None)
    return app


APP = make_app()
CATALOGUE = read_catalogue(APP.openapi())


def path_of(method: str, url: str) -> str | None:
    found = match_operation(method, url, BASE, CATALOGUE)
    return None if found is None else found.path


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/users/me", "/users/me"),
        (f"{BASE}/users/me?x=1", "/users/me"),
        ("http://localhost:8000/users/7", "/users/{user_id}"),
        ("/users/m%65", "/users/me"),
        ("/gr%C3%B6%C3%9Fe", "/größe"),
        ("/users/%FF", None),
        ("/users/7/items/a%2Fb", "/users/{user_id}/items/{item_id}"),
        ("/files/a/b/c.txt", "/files/{file_path}"),
        ("/files/../../x", "/files/{file_path}"),
        ("/reports/2025-03.json", "/reports/{year}-{month}.json"),
        ("/reports/2025-03", "/reports/{name}"),
        ("/users/end", "/users/{user_id}"),
        ("/x/end", "/{anything}/end"),
        ("/", "/"),
        (BASE, "/"),
        ("/users/", None),
        ("/nowhere", None),
        ("http://127.0.0.1:8001/users/me", None),
        ("https://127.0.0.1:8000/users/me", None),
        ("http://ada@127.0.0.1:8000/users/me", None),
        ("http://127.0.0.1:99999/users/me", None),
        ("http://[::1/users/me", None),
    ],
)
def test_that_an_address_finds_its_operation(url: str, path: str | None) -> None:
    assert path_of("get", url) == path


def test_that_the_method_counts() -> None:
    assert path_of("POST", "/users/me") == "/users/{user_id}"
    assert path_of("DELETE", "/users/me") is None


def test_that_what_was_declared_first_wins_among_equals_whatever_the_tree_says() -> None:
    document: dict[str, Any] = {
        "paths": {
            "/{a}": {"get": {"tags": ["second"]}},
            "/{b}": {"get": {"tags": ["first"]}},
        },
        "tags": [{"name": "first"}, {"name": "second"}],
    }
    catalogue = read_catalogue(document)
    assert [operation.path for operation in catalogue.operations] == ["/{b}", "/{a}"]
    found = match_operation("GET", "/x", BASE, catalogue)
    assert found is not None
    assert found.path == "/{a}"


def draft(url: str, method: str = "GET") -> Any:
    return draft_from_target(method, url, BASE, CATALOGUE, CATALOGUE.document)


def test_that_a_pasted_address_fills_the_form() -> None:
    found = draft(" http://localhost:8000/users/7/items/a%20b?q=1&q=2#part ")
    assert found.key == "GET /users/{user_id}/items/{item_id}"
    assert found.value(Location.PATH, "user_id") == "7"
    assert found.value(Location.PATH, "item_id") == "a b"
    assert build_target(found) == "/users/7/items/a%20b?q=1&q=2"


def test_that_an_address_without_an_operation_has_rows_of_its_own() -> None:
    found = draft("localhost:8000/nowhere/at;all?a=1&b")
    assert (found.method, found.path, found.url_override, found.body_kind) == (
        "GET",
        "/nowhere/at;all",
        None,
        BodyKind.NONE,
    )
    assert found.values == (
        Value(location=Location.QUERY, name="a", text="1"),
        Value(location=Location.QUERY, name="b", text=""),
    )


@pytest.mark.parametrize("url", ["https://example.com/a?b=1", "http://ada:x@127.0.0.1:8000/", "http://127.0.0.1:81/"])
def test_that_another_server_is_kept_whole(url: str) -> None:
    assert draft(url).url_override == url
    assert full_url(BASE, draft(url)) == url


@given(st.text(alphabet="/abc?=&%2F.;{}é ", max_size=20) | st.text(max_size=20))
def test_that_any_address_can_be_pasted(text: str) -> None:
    found = draft(f"{BASE}/{text}")
    assert full_url(BASE, found).startswith(f"{BASE}/")
    assert draft_from_target("GET", full_url(BASE, found), BASE, CATALOGUE, CATALOGUE.document) is not None


@given(st.lists(st.sampled_from(["users", "me", "7", "items", "files", "reports", "a-b.json", "end", "x"]), max_size=5))
def test_that_the_operation_found_is_the_one_that_answers(steps: list[str]) -> None:
    path = "/" + "/".join(steps)
    answer = TestClient(APP).get(path, follow_redirects=False)
    found = path_of("GET", path)
    if answer.status_code == 200:
        assert found == answer.json().replace(":path", "")
    elif found is not None:
        assert answer.status_code == 404
