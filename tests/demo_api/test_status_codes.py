import pytest
from fastapi.testclient import TestClient

from demo_api.services.status_codes import MEANINGS, WITHOUT_BODY


def test_that_the_table_has_all_five_ranges(client: TestClient) -> None:
    assert {entry["code"] // 100 for entry in client.get("/status").json()} == {1, 2, 3, 4, 5}


def test_that_the_decorator_says_the_code(client: TestClient) -> None:
    response = client.post("/status/created")
    assert response.status_code == 201
    assert response.json()["phrase"] == "Created"


def test_that_204_has_no_body(client: TestClient) -> None:
    response = client.delete("/status/nothing")
    assert (response.status_code, response.content) == (204, b"")
    assert "content-length" not in response.headers


@pytest.mark.parametrize("code", [code for code in MEANINGS if code >= 200])
def test_that_any_final_code_can_be_asked_for(client: TestClient, code: int) -> None:
    response = client.get(f"/status/{code}")
    assert response.status_code == code
    if code in WITHOUT_BODY:
        assert response.content == b""
    else:
        assert response.json()["code"] == code


@pytest.mark.parametrize("code", [100, 101, 103])
def test_that_an_informational_code_ends_no_response(client: TestClient, code: int) -> None:
    response = client.get(f"/status/{code}")
    assert response.status_code == 400
    assert "cannot end a response" in response.json()["detail"]


def test_that_a_redirection_says_where_to_go(client: TestClient) -> None:
    assert client.get("/status/307").headers["location"] == "/items"


def test_that_unknown_codes_are_not_made_up(client: TestClient) -> None:
    assert client.get("/status/299").status_code == 404
    assert client.get("/status/600").status_code == 422
