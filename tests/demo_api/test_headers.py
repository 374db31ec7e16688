from typing import Any

import pytest
from fastapi.testclient import TestClient


def test_that_an_underscore_stands_for_a_hyphen(client: TestClient) -> None:
    for header, value in (("Accept-Language", "de"), ("ACCEPT-LANGUAGE", "de"), ("accept_language", None)):
        assert client.get("/headers/language", headers={header: "de"}).json()["value"] == value


def test_that_the_documentation_shows_the_header_by_its_own_name(documentation: dict[str, Any]) -> None:
    paths = documentation["paths"]
    assert [part["name"] for part in paths["/headers/language"]["get"]["parameters"]] == ["accept-language"]
    assert [part["name"] for part in paths["/headers/token"]["get"]["parameters"]] == ["x-token", "X_Token"]


def test_that_the_conversion_can_be_switched_off(client: TestClient) -> None:
    values = client.get("/headers/token", headers={"X-Token": "hyphen", "X_Token": "underscore"}).json()
    assert {entry["parameter"]: entry["value"] for entry in values} == {"x_token": "hyphen", "X_Token": "underscore"}
    values = client.get("/headers/token", headers={"X_Token": "underscore"}).json()
    assert {entry["parameter"]: entry["value"] for entry in values} == {"x_token": None, "X_Token": "underscore"}


def test_that_a_list_takes_every_line_and_splits_none(client: TestClient) -> None:
    answer = client.get("/headers/tags", headers=[("X-Tag", "a"), ("x-tag", "b, c")])
    assert answer.json() == {"header": "x-tag", "values": ["a", "b, c"]}
    assert client.get("/headers/tags").json()["values"] == []


def test_that_there_is_an_end_to_repeating(client: TestClient) -> None:
    assert client.get("/headers/tags", headers=[("X-Tag", "a")] * 20).status_code == 200
    assert client.get("/headers/tags", headers=[("X-Tag", "a")] * 21).status_code == 422
    assert client.get("/headers/tags", headers=[("X-Tag", "a" * 201)]).status_code == 422


def test_that_a_model_reads_several_headers(client: TestClient) -> None:
    headers = [("User-Agent", "Explorer"), ("X-Tag", "a"), ("X-Tag", "b"), ("X-Unknown", "1")]
    answer = client.get("/headers/client", headers=headers)
    assert answer.json() == {"user_agent": "Explorer", "accept_language": None, "x_tag": ["a", "b"]}


def test_that_a_route_writes_headers_beside_the_body(client: TestClient) -> None:
    headers = client.get("/headers/answer").headers
    assert (headers["x-shop"], headers["cache-control"]) == ("Demo shop", "max-age=60")
    assert headers.get_list("link") == ['</items>; rel="next"', '</docs>; rel="help"']


@pytest.mark.parametrize("origin", ["http://localhost:3000", None])
def test_that_cors_names_what_a_page_may_read(client: TestClient, origin: str | None) -> None:
    """The header arrives in any case; whether a script sees it is for the browser to enforce."""
    answer = client.get("/headers/exposed", headers={"origin": origin} if origin else {})
    assert (answer.headers["x-total-count"], answer.headers["x-warehouse"]) == ("24", "B")
    assert answer.json()["hidden"] == ["X-Warehouse"]
    exposed = answer.headers.get("access-control-expose-headers", "")
    assert exposed.split(", ") == (answer.json()["readable"] if origin else [""])
