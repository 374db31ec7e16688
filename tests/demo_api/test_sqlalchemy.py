"""Chapter 13: the same query for two databases, relationships, and how many statements an answer takes."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from demo_api.models import OrderLine


def test_that_one_query_is_written_in_two_ways(client: TestClient) -> None:
    sqlite, postgresql = client.get("/sql/dialects", params={"text": "lamp"}).json()
    assert (sqlite["dialect"], postgresql["dialect"]) == ("sqlite", "postgresql")
    assert "ILIKE" in postgresql["sql"]
    assert "ILIKE" not in sqlite["sql"]


def test_that_a_value_never_becomes_sql(client: TestClient) -> None:
    text = "'; DROP TABLE items; --"
    for query in client.get("/sql/dialects", params={"text": text}).json():
        assert "DROP" not in query["sql"]
        assert text in query["parameters"].values()


def test_that_a_request_borrows_one_connection(client: TestClient) -> None:
    engine = client.get("/sql/engine").json()
    assert (engine["dialect"], engine["in_use"]) == ("sqlite", 1)


def test_that_the_database_adds_up(client: TestClient) -> None:
    first = client.get("/sql/sales?limit=1").json()
    assert first == [{"name": "Grace", "orders": 2, "total": 204.6}]


@pytest.mark.parametrize("path", ["/sql/tags", "/sql/async"])
def test_that_tags_are_counted_with_and_without_await(client: TestClient, path: str) -> None:
    client.post("/sql/tags", json={"name": "gift"})
    counts = {tag["name"]: tag["items"] for tag in client.get(path).json()}
    assert (counts["kitchen"], counts["electric"], counts["gift"]) == (5, 1, 0)


def test_that_two_tags_cannot_share_a_name(client: TestClient) -> None:
    assert client.post("/sql/tags", json={"name": "gift"}).status_code == 201
    assert client.post("/sql/tags", json={"name": "gift"}).status_code == 409


def test_that_only_unused_tags_go(client: TestClient) -> None:
    client.post("/sql/tags", json={"name": "gift"})
    assert client.delete("/sql/tags/unused").json() == {"rows": 1}
    assert len(client.get("/sql/tags").json()) == 15


@pytest.mark.parametrize("limit", [2, 8])
def test_that_lazy_loading_takes_n_plus_one_statements_and_eager_loading_two(client: TestClient, limit: int) -> None:
    lazy = client.get(f"/sql/lazy?limit={limit}").json()
    eager = client.get(f"/sql/eager?limit={limit}").json()
    assert lazy["orders"] == eager["orders"]
    assert len(lazy["orders"]) == limit
    assert (lazy["statements"], eager["statements"]) == (limit + 1, 2)


def test_that_orders_are_listed_by_how_far_they_are(client: TestClient) -> None:
    assert [order["id"] for order in client.get("/orders?status=sent").json()] == [1, 3, 5]
    assert client.get("/orders?status=lost").status_code == 422


def test_that_an_order_has_the_shops_prices_and_counts_the_stock_down(client: TestClient) -> None:
    lines = [{"item_id": 1, "quantity": 2, "unit_price": 0.01}, {"item_id": 3}, {"item_id": 1}]
    response = client.post("/orders", json={"lines": lines})
    assert response.status_code == 201
    order = response.json()
    assert [(line["name"], line["quantity"], line["unit_price"]) for line in order["lines"]] == [
        ("Reading lamp", 2, 34.5),
        ("Notebook, squared", 1, 4.2),
        ("Reading lamp", 1, 34.5),
    ]
    assert client.get(f"/orders/{order['id']}").json() == order
    assert client.get("/items/1").json()["stock"] == 12 - 3


@pytest.mark.parametrize(("line", "status"), [({"item_id": 24}, 409), ({"item_id": 99}, 404), ({"item_id": 0}, 422)])
def test_that_an_order_is_stored_whole_or_not_at_all(client: TestClient, line: dict[str, int], status: int) -> None:
    assert client.post("/orders", json={"lines": [{"item_id": 1}, line]}).status_code == status
    assert client.get("/items/1").json()["stock"] == 12
    assert len(client.get("/orders").json()) == 8


def test_that_the_last_one_is_sold_once(client: TestClient) -> None:
    """Item 12 is there three times, and eight customers want one at the same moment."""
    with ThreadPoolExecutor(8) as pool:
        body = {"lines": [{"item_id": 12}]}
        codes = sorted(pool.map(lambda _: client.post("/orders", json=body).status_code, range(8)))
    assert codes == [201] * 3 + [409] * 5
    assert client.get("/items/12").json()["stock"] == 0


def test_that_lines_go_with_their_order(app: FastAPI, client: TestClient) -> None:
    assert client.delete("/orders/1").status_code == 204
    assert client.delete("/orders/1").status_code == 404
    with Session(app.state.engine) as session:
        assert session.exec(select(OrderLine).where(OrderLine.order_id == 1)).all() == []


def test_that_a_line_outlives_its_item(client: TestClient) -> None:
    client.delete("/items/1")
    line = client.get("/orders/3").json()["lines"][0]
    assert line == {"item_id": None, "name": "Reading lamp", "quantity": 2, "unit_price": 34.5}


def test_that_a_tag_leads_to_its_items(client: TestClient) -> None:
    names = [item["name"] for item in client.get("/tags/kitchen/items").json()]
    assert names == ["Tea kettle", "Coffee mill", "Cast iron pan", "Chef's knife", "Linen towel"]
    assert client.get("/tags/nowhere/items").status_code == 404


def test_that_many_requests_with_the_same_new_tag_store_it_once(client: TestClient) -> None:
    body = {"name": "Kite", "price": 9, "tags": ["wind", "sky", "wind"]}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: client.post("/items", json=body), range(16)))
    assert {answer.status_code for answer in answers} == {201}
    assert {tuple(answer.json()["tags"]) for answer in answers} == {("wind", "sky", "wind")}
    assert len(client.get("/tags/wind/items?limit=100").json()) == 16


def test_that_changes_at_the_same_moment_never_break_the_server(client: TestClient) -> None:
    def change(number: int) -> int:
        if number % 10 == 9:
            return client.delete("/items/1").status_code
        return client.put(
            "/items/1", json={"name": "Lamp", "price": 1, "tags": ["a", "b", "c"][: number % 4]}
        ).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(change, range(60))) <= {200, 204, 404, 503}
