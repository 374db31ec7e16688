"""Chapter 15: create, read, update and delete with SQLModel."""

from typing import Any

import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize("path", ["/categories", "/sqlmodel/async"])
def test_that_categories_are_listed_with_and_without_await(client: TestClient, path: str) -> None:
    names = [category["name"] for category in client.get(f"{path}?skip=1&limit=2").json()]
    assert names == ["Office", "Kitchen"]


def test_that_a_category_is_made_read_changed_and_deleted(client: TestClient) -> None:
    created = client.post("/categories", json={"name": "Kites", "description": "For windy days."})
    assert (created.status_code, created.json()["id"]) == (201, 7)
    assert client.get("/categories/7").json() == created.json()
    assert client.put("/categories/7", json={"name": "Air"}).json() == {"id": 7, "name": "Air", "description": None}
    assert client.delete("/categories/7").status_code == 204
    for method in ("GET", "DELETE"):
        assert client.request(method, "/categories/7").status_code == 404


@pytest.mark.parametrize(
    ("change", "after"),
    [
        ({"name": "House"}, {"name": "House", "description": "For rooms that people live in."}),
        ({"description": None}, {"name": "Home", "description": None}),
        ({"name": None}, {"name": "Home", "description": "For rooms that people live in."}),
        ({}, {"name": "Home", "description": "For rooms that people live in."}),
    ],
)
def test_that_patch_changes_what_was_sent_and_nothing_else(
    client: TestClient, change: dict[str, Any], after: dict[str, Any]
) -> None:
    assert client.patch("/categories/1", json=change).json() == {"id": 1} | after
    assert client.get("/categories/1").json() == {"id": 1} | after


def test_that_the_preview_shows_the_mistake_and_stores_nothing(client: TestClient) -> None:
    before = client.get("/categories/1").json()
    preview = client.post("/categories/1/preview", json={"name": "House"}).json()
    assert preview == {"right": before | {"name": "House"}, "wrong": {"id": 1, "name": "House", "description": None}}
    assert client.get("/categories/1").json() == before


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/categories"), ("PUT", "/categories/1"), ("PATCH", "/categories/1")]
)
def test_that_two_categories_cannot_share_a_name(client: TestClient, method: str, path: str) -> None:
    response = client.request(method, path, json={"name": "Office"})
    assert (response.status_code, response.json()) == (409, {"detail": "There is a category Office already."})


def test_that_an_item_moves_from_one_category_to_another(client: TestClient) -> None:
    assert 1 in [item["id"] for item in client.get("/categories/1/items").json()]
    assert client.put("/categories/2/items/1").json()["name"] == "Reading lamp"
    assert 1 not in [item["id"] for item in client.get("/categories/1/items").json()]
    assert 1 in [item["id"] for item in client.get("/categories/2/items").json()]
    assert client.put("/categories/99/items/1").status_code == 404
    assert client.put("/categories/2/items/99").status_code == 404


def test_that_items_outlive_their_category(client: TestClient) -> None:
    items = client.get("/categories/1/items").json()
    client.delete("/categories/1")
    assert [client.get(f"/items/{item['id']}").json() for item in items] == items


def test_that_trying_out_leaves_the_shop_alone(client: TestClient) -> None:
    assert client.post("/sqlmodel/try-out", json={"name": "Office"}).json() == [
        {"id": 1, "name": "Office", "description": None}
    ]
    assert len(client.get("/categories").json()) == 6
