from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session

from demo_api.models import User

LAMP: dict[str, Any] = {"name": "Desk lamp", "price": 39.9, "tags": ["home", "light"]}


def test_that_a_created_item_is_stored_for_the_current_user(client: TestClient) -> None:
    response = client.post("/items", json=LAMP)
    assert response.status_code == 201
    created = response.json()
    assert created | LAMP == created
    assert (created["owner_id"], created["stock"]) == (1, 0)
    assert created["created_at"].endswith("Z")
    assert client.get(f"/items/{created['id']}").json() == created


def test_that_the_example_of_the_documentation_works(client: TestClient) -> None:
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    assert schemas["ItemCreate"]["examples"] == [LAMP]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"price": 0}, "price"),
        ({"price": "cheap"}, "price"),
        ({"tags": "home"}, "tags"),
    ],
)
def test_that_each_mistake_is_named_by_its_field(client: TestClient, change: dict[str, Any], field: str) -> None:
    response = client.post("/items", json=LAMP | change)
    assert response.status_code == 422
    assert [error["loc"] for error in response.json()["detail"]] == [["body", field]]


def test_that_a_body_that_is_not_declared_as_json_is_not_read(client: TestClient) -> None:
    response = client.post("/items", content=b'{"name": "Lamp", "price": 1}', headers={"content-type": "text/plain"})
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("query", "receipt"),
    [("", None), ("?notify=true", "Thank you! Item 25, 39.90 EUR"), ("?notify=1&lang=de", "Danke! Item 25, 39.90 EUR")],
)
def test_that_path_query_and_body_come_together(client: TestClient, query: str, receipt: str | None) -> None:
    response = client.post(f"/users/3/items{query}", json=LAMP)
    assert response.status_code == 201
    assert response.json()["owner_id"] == 3
    assert response.headers.get("x-receipt") == receipt


def test_that_nothing_is_stored_for_a_user_who_is_not_there(client: TestClient) -> None:
    assert client.post("/users/99/items", json=LAMP).status_code == 404
    assert client.get("/items?skip=24").json() == []


def test_that_put_replaces_a_users_whole_list(client: TestClient) -> None:
    before = client.get("/users/1/items").json()
    kept, first = before[0], before[1:]
    assert first
    entry = {"id": kept["id"], "name": kept["name"], "price": 1.5, "tags": kept["tags"]}
    response = client.put("/users/1/items", json=[entry, LAMP])
    assert response.status_code == 200
    changed, added = response.json()
    assert changed == kept | {"price": 1.5}
    assert added | LAMP == added
    assert added["owner_id"] == 1
    assert {client.get(f"/items/{item['id']}").status_code for item in first} == {404}
    assert client.put("/users/1/items", json=[]).json() == []


@pytest.mark.parametrize(
    ("numbers", "status", "detail"),
    [([1, 1], 409, "Item 1 is in the list twice."), ([99], 404, "User 1 has no item 99.")],
)
def test_that_a_list_with_a_wrong_id_changes_nothing(
    client: TestClient, numbers: list[int], status: int, detail: str
) -> None:
    before = client.get("/users/1/items").json()
    response = client.put("/users/1/items", json=[LAMP | {"id": number} for number in numbers])
    assert (response.status_code, response.json()["detail"]) == (status, detail)
    assert client.get("/users/1/items").json() == before
    assert client.put("/users/99/items", json=[]).status_code == 404


def test_that_put_sets_what_is_left_out_back_to_its_default(client: TestClient) -> None:
    replaced = client.put("/items/1", json={"name": "Lamp", "price": 5}).json()
    assert (replaced["name"], replaced["price"], replaced["tags"]) == ("Lamp", 5.0, [])
    assert (replaced["owner_id"], replaced["stock"]) == (1, 12)


def test_that_patch_leaves_alone_what_is_left_out(client: TestClient) -> None:
    before = client.get("/items/1").json()
    assert client.patch("/items/1", json={"price": 5}).json() == before | {"price": 5.0}


def test_that_patch_takes_null_as_left_out(client: TestClient) -> None:
    before = client.get("/items/1").json()
    assert client.patch("/items/1", json={"name": None, "price": None, "tags": None}).json() == before


def test_that_a_deleted_item_is_gone(client: TestClient) -> None:
    response = client.delete("/items/1")
    assert (response.status_code, response.content) == (204, b"")
    assert client.get("/items/1").status_code == 404
    assert client.delete("/items/1").status_code == 404


def test_that_a_password_is_stored_as_a_hash_and_never_sent(app: FastAPI, client: TestClient) -> None:
    body = {"name": "Barbara", "email": "barbara@example.com", "password": "clear as a contract"}
    response = client.post("/users", json=body)
    assert response.status_code == 201
    assert set(response.json()) == {"id", "name", "email", "created_at"}
    with Session(app.state.engine) as session:
        stored = session.get_one(User, response.json()["id"])
        assert stored.password_hash.startswith("$argon2id$")
        assert "contract" not in stored.password_hash


def test_that_two_users_cannot_share_an_address(client: TestClient) -> None:
    body = {"name": "Ada", "email": "ada@example.com", "password": "countess of code"}
    response = client.post("/users", json=body)
    assert (response.status_code, response.json()) == (
        409,
        {"detail": "Somebody has the e-mail address ada@example.com already."},
    )
    assert client.post("/users", json=body | {"email": "ada2@example.com"}).status_code == 201


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_that_a_gentle_model_converts_and_ignores(client: TestClient, method: str) -> None:
    response = client.request(method, "/quotes", json={"item_id": 1, "quantity": "3", "colour": "red"})
    assert response.json() == {"name": "Reading lamp", "quantity": 3, "total": 103.5}


def test_that_a_strict_model_does_neither(client: TestClient) -> None:
    response = client.post("/quotes/strict", json={"item_id": 1, "quantity": "3", "colour": "red"})
    assert response.status_code == 422
    assert [error["type"] for error in response.json()["detail"]] == ["int_type", "extra_forbidden"]
    assert client.post("/quotes/strict", json={"item_id": 1, "quantity": 3}).json()["total"] == 103.5
