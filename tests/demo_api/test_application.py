"""The shop as a whole: documentation, middleware, and input that would break a careless server."""

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from demo_api.main import CHAPTERS, create_app
from demo_api.settings import Settings

METHODS = {"get", "post", "put", "patch", "delete"}


def test_that_every_operation_teaches(documentation: dict[str, Any]) -> None:
    chapters = [tag["name"] for tag in documentation["tags"]]
    assert chapters == [chapter.TAG for chapter in CHAPTERS]
    for path, operations in documentation["paths"].items():
        for method in METHODS & operations.keys():
            operation = operations[method]
            assert len(operation["tags"]) == 1, path
            assert operation["tags"][0] in chapters, path
            assert operation["summary"], path
            assert "**Often wrong:**" in operation["description"], path


def test_that_every_field_and_parameter_is_described(documentation: dict[str, Any]) -> None:
    for operations in documentation["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", []):
                assert parameter.get("description"), (operation["summary"], parameter["name"])


def test_that_every_failing_database_is_documented(documentation: dict[str, Any]) -> None:
    """A route that answers with what the database has also says what it answers when there is no database."""
    create = documentation["paths"]["/items"]["post"]["responses"]
    assert {"201", "404", "422", "503"} <= create.keys()


@pytest.mark.parametrize("origin", ["http://localhost:3000", "http://127.0.0.1:8000", "https://localhost"])
def test_that_pages_of_this_machine_may_call(client: TestClient, origin: str) -> None:
    headers = client.get("/", headers={"origin": origin}).headers
    assert headers["access-control-allow-origin"] == origin
    assert headers["access-control-allow-credentials"] == "true"


@pytest.mark.parametrize("origin", ["https://example.com", "http://localhost.example.com", "null"])
def test_that_other_pages_may_not(client: TestClient, origin: str) -> None:
    assert "access-control-allow-origin" not in client.get("/", headers={"origin": origin}).headers


def test_that_each_answer_tells_how_long_it_took(client: TestClient) -> None:
    assert float(client.get("/items").headers["x-process-time"]) > 0


def test_that_each_answer_has_an_id_of_its_own(client: TestClient) -> None:
    first, second = (client.get("/").headers["x-request-id"] for _ in range(2))
    assert re.fullmatch("[0-9a-f]{32}", first)
    assert first != second


def test_that_a_client_may_name_its_request_in_plain_letters(client: TestClient) -> None:
    assert client.get("/", headers={"x-request-id": "order-7"}).headers["x-request-id"] == "order-7"
    assert client.get("/", headers={"x-request-id": "order 7; x"}).headers["x-request-id"] != "order 7; x"


@pytest.mark.parametrize("number", [2**63 - 1, 2**63, 10**30, -(2**63) - 1, 0, "9" * 5000])
def test_that_no_number_is_too_large_to_answer(client: TestClient, number: int | str) -> None:
    for path in (f"/items/{number}", f"/users/{number}/items", f"/items?skip={number}", f"/convert?whole={number}"):
        assert client.get(path).status_code in {200, 404, 422}, path
    assert client.post("/quotes", content=f'{{"item_id": {number}}}', headers=JSON).status_code in {400, 404, 422}


JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    "body",
    [
        '{"name": "Lamp", "price": NaN}',
        '{"name": "Lamp", "price": Infinity}',
        '{"name": "Lamp", "price": 1e400}',
        '{"name": "\\ud83d", "price": 1}',
        '{"name": "Lamp", "price": 1, "tags": ["\\ud83d"]}',
        '{"name": {"\\ud83d": NaN}}',
        '{"name": ' + "[" * 400 + "]" * 400 + "}",
        "[" * 900 + "]" * 900,
        "[" * 100_000,
        '{"name": "Lamp"',
        "",
        "null",
    ],
)
def test_that_a_strange_body_is_the_clients_mistake(client: TestClient, body: str) -> None:
    for method, path in (("POST", "/items"), ("PATCH", "/items/1"), ("PUT", "/items/1/price"), ("POST", "/feedback")):
        response = client.request(method, path, content=body.encode(), headers=JSON)
        assert 400 <= response.status_code < 500, (method, path)
        assert response.json()["detail"]


def test_that_a_strange_name_of_a_field_is_the_clients_mistake(client: TestClient) -> None:
    response = client.post("/quotes/strict", content=b'{"item_id": 1, "\\ud83d": 1}', headers=JSON)
    assert response.status_code == 422
    assert response.json()["detail"]


def test_that_two_shops_in_one_process_know_nothing_of_each_other(tmp_path: Path) -> None:
    shops = [create_app(Settings(database_url=f"sqlite:///{tmp_path / name}")) for name in ("one.db", "two.db")]
    with TestClient(shops[0]) as one, TestClient(shops[1]) as two:
        assert one.delete("/items/1").status_code == 204
        assert two.get("/items/1").status_code == 200


def test_that_making_a_shop_touches_no_database(tmp_path: Path) -> None:
    create_app(Settings(database_url=f"sqlite:///{tmp_path / 'shop.db'}"))
    assert list(tmp_path.iterdir()) == []
