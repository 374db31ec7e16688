import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import event


def test_that_the_list_has_defaults(client: TestClient) -> None:
    assert [item["id"] for item in client.get("/items").json()] == list(range(1, 11))


def test_that_skip_and_limit_choose_a_page(client: TestClient) -> None:
    assert [item["id"] for item in client.get("/items?skip=20&limit=3").json()] == [21, 22, 23]
    assert client.get("/items?skip=1000").json() == []


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "skip=-1", "skip=9223372036854775808", "limit=ten"])
def test_that_a_page_has_limits(client: TestClient, query: str) -> None:
    assert client.get(f"/items?{query}").status_code == 422


@pytest.mark.parametrize("limit", [2, 24])
def test_that_listing_items_takes_one_sql_statement_however_many_there_are(
    app: FastAPI, client: TestClient, limit: int
) -> None:
    statements: list[str] = []
    event.listen(app.state.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    assert len(client.get(f"/items?limit={limit}").json()) == limit
    assert len(statements) == 1  # the items, and the tags of all of them


def test_that_a_required_parameter_is_asked_for(client: TestClient) -> None:
    response = client.get("/items/search")
    assert response.status_code == 422
    assert response.json()["detail"][0] | {"input": None} == {
        "type": "missing",
        "loc": ["query", "text"],
        "msg": "Field required",
        "input": None,
    }


def test_that_a_search_finds_parts_of_names_the_cheapest_first(client: TestClient) -> None:
    names = [item["name"] for item in client.get("/items/search?text=BICYCLE").json()]
    assert names == ["Bicycle bell", "Bicycle pump"]
    cheap = client.get("/items/search?text=bicycle&max_price=10").json()
    assert [item["name"] for item in cheap] == ["Bicycle bell"]


def test_that_a_percent_sign_stands_for_itself(client: TestClient) -> None:
    assert client.get("/items/search", params={"text": "%"}).json() == []


@pytest.mark.parametrize("word", ["1", "true", "on", "yes", "YES"])
def test_that_many_words_mean_true(client: TestClient, word: str) -> None:
    assert client.get(f"/items/1/label?short={word}").json() == {"text": "Reading lamp"}


@pytest.mark.parametrize("word", ["0", "false", "off", "no"])
def test_that_many_words_mean_false(client: TestClient, word: str) -> None:
    assert client.get(f"/items/1/label?short={word}").json() == {"text": "Reading lamp, 34.50 € (home, light)"}


@pytest.mark.parametrize("query", ["short=maybe", "short="])
def test_that_other_words_are_no_boolean(client: TestClient, query: str) -> None:
    assert client.get(f"/items/1/label?{query}").status_code == 422


def test_that_path_and_query_work_together(client: TestClient) -> None:
    oldest = client.get("/users/2/items").json()
    assert {item["owner_id"] for item in oldest} == {2}
    assert client.get("/users/2/items?newest_first=true").json() == oldest[::-1]
    assert [item["name"] for item in client.get("/users/2/items?text=chair").json()] == ["Desk chair"]


def test_that_no_items_is_an_empty_list_and_no_user_a_404(client: TestClient) -> None:
    assert client.get("/users/1/items?text=nothing").json() == []
    assert client.get("/users/99/items").status_code == 404


def test_that_type_hints_convert(client: TestClient) -> None:
    query = "whole=-3&decimal=0.5&day=2025-03-01&word=a&word=b,c"
    values = client.get(f"/convert?{query}").json()
    assert {name: (entry["type"], entry["value"]) for name, entry in values.items()} == {
        "whole": ("int", "-3"),
        "decimal": ("float", "0.5"),
        "day": ("date", "datetime.date(2025, 3, 1)"),
        "word": ("list", "['a', 'b,c']"),
    }
