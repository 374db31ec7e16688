from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from demo_api.example_dependencies import greet


def lines(client: TestClient, page: int) -> list[str]:
    """Return what a page of the journal says."""
    pages: list[dict[str, Any]] = client.get("/dependencies/journal").json()
    return [line["text"] for entry in pages if entry["number"] == page for line in entry["lines"]]


def test_that_a_dependency_reads_the_request(client: TestClient) -> None:
    assert client.get("/dependencies/greeting").json() == {"text": "Hello, Ada"}
    assert client.get("/dependencies/greeting?name=Grace").json() == {"text": "Hello, Grace"}


def test_that_a_test_can_replace_a_dependency(app: FastAPI, client: TestClient) -> None:
    app.dependency_overrides[greet] = lambda: "Ahoy"
    assert client.get("/dependencies/greeting").json() == {"text": "Ahoy"}


def test_that_def_runs_in_a_pool_and_async_def_beside_the_route(client: TestClient) -> None:
    workers = client.get("/dependencies/workers").json()
    assert workers["async_dependency"] == workers["route"]
    assert workers["sync_dependency"] != workers["route"]


@pytest.mark.parametrize(("customer", "price"), [("Ada", 90), ("Linus", 100)])
def test_that_the_innermost_dependency_runs_first(client: TestClient, customer: str, price: float) -> None:
    basket = client.get(f"/dependencies/nested?customer={customer}").json()
    assert basket["price"] == price
    assert basket["order"] == ["find_customer", "find_discount", "work_out_price"]


def test_that_classes_and_their_objects_are_dependencies(client: TestClient) -> None:
    assert client.get("/dependencies/classes?skip=5").json() == {"skip": 5, "limit": 10, "allowed": True}
    assert client.get("/dependencies/classes?price=100.5").json()["allowed"] is False


def test_that_a_shared_dependency_runs_once_a_request_unless_told_otherwise(client: TestClient) -> None:
    for _ in range(2):
        assert client.get("/dependencies/cache").json() == {"first": 1, "second": 1, "fresh": 2, "ran": 2}


def test_that_the_outer_level_runs_first(client: TestClient) -> None:
    assert client.get("/dependencies/levels").json()["order"] == ["router", "route", "parameter"]
    assert client.get("/whole-app/levels").json()["order"] == ["application", "router", "route", "parameter"]


def test_that_a_dependency_cleans_up_after_success(client: TestClient) -> None:
    answer = client.get("/dependencies/cleanup").json()
    assert answer["so_far"] == ["till: open", "route: uses the till"]
    assert lines(client, answer["page"])[2:] == ["till: all went well, keep the money", "till: close"]


def test_that_a_dependency_cleans_up_after_an_error(client: TestClient) -> None:
    response = client.get("/dependencies/cleanup?fail=true")
    assert response.status_code == 409
    assert response.json()["detail"].startswith("The till is empty. Page 1 ")
    assert lines(client, 1)[2:] == ["till: an error, put the money back", "till: close"]


def test_that_the_scope_says_when_to_clean_up(client: TestClient) -> None:
    page = client.get("/dependencies/scopes").json()["page"]
    assert lines(client, page) == [
        "scope=request: open",
        "scope=function: open",
        "route: returns",
        "scope=function: close",
        "background task: the answer is sent",
        "scope=request: close",
    ]


def test_that_the_journal_forgets_old_pages(client: TestClient) -> None:
    for _ in range(60):
        client.get("/dependencies/cleanup")
    pages = client.get("/dependencies/journal").json()
    assert [page["number"] for page in pages] == list(range(60, 10, -1))
