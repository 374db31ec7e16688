from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

PROBLEM = "application/problem+json"


def test_that_an_http_exception_has_a_code_a_detail_and_headers(client: TestClient) -> None:
    answer = client.get("/errors/coupons/NOTHING")
    assert (answer.status_code, answer.json()) == (404, {"detail": "There is no such coupon."})
    assert answer.headers["x-coupon-hint"] == "It stands on the back of your receipt."


def test_that_a_detail_may_be_more_than_a_sentence(client: TestClient) -> None:
    answer = client.get("/errors/coupons/SPRING")
    assert (answer.status_code, answer.json()["detail"]) == (410, {"reason": "expired", "since": "2025-05-31"})
    assert client.get("/errors/coupons/WELCOME").json() == {"code": "WELCOME", "percent": 10}


def test_that_an_error_of_our_own_has_a_handler_of_its_own(client: TestClient) -> None:
    """`SoldOutError` is also a `ConflictError`; the handler of the nearest class is asked."""
    answer = client.post("/errors/reservations", json={"item_id": 1, "quantity": 13})
    assert (answer.status_code, answer.json()) == (409, {"detail": "You want 13 of Reading lamp; 12 are there."})
    assert answer.headers["x-in-stock"] == "12"
    assert client.post("/errors/reservations", json={"item_id": 1, "quantity": 12}).json()["left"] == 0
    assert client.post("/errors/reservations", json={"item_id": 99, "quantity": 1}).status_code == 404


@pytest.mark.parametrize(
    ("path", "code", "usual", "own"),
    [
        ("/shelves/9", 404, {"detail": "There is no shelf 9."}, "There is no shelf 9."),
        ("/nowhere", 404, {"detail": "Not Found"}, "Not Found"),
    ],
)
def test_that_a_replaced_handler_changes_the_form_and_not_the_code(
    client: TestClient, path: str, code: int, usual: dict[str, str], own: str
) -> None:
    first, second = client.get(f"/errors/usual{path}"), client.get(f"/errors/own{path}")
    assert (first.status_code, second.status_code) == (code, code)
    assert (first.headers["content-type"], first.json()) == ("application/json", usual)
    assert second.headers["content-type"] == PROBLEM
    assert second.json() == {
        "title": "The request failed",
        "status": code,
        "detail": own,
        "instance": f"/errors/own{path}",
    }


def test_that_the_handler_for_validation_can_be_replaced_too(client: TestClient) -> None:
    usual, own = client.get("/errors/usual/shelves/nine"), client.get("/errors/own/shelves/nine")
    assert (usual.status_code, own.status_code) == (422, 422)
    assert usual.json()["detail"][0]["input"] == "nine"
    assert own.headers["content-type"] == PROBLEM
    assert own.json()["detail"].startswith("path → number: Input should be a valid integer")


def test_that_a_replaced_handler_keeps_the_headers(client: TestClient) -> None:
    for place in ("usual", "own"):
        answer = client.post(f"/errors/{place}/shelves/1")
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


@pytest.mark.parametrize(("path", "form"), [("/nowhere", "application/json"), ("/errors/own/nowhere", PROBLEM)])
def test_that_the_404_of_an_unknown_path_is_written_by_who_was_asked_last(
    client: TestClient, path: str, form: str
) -> None:
    """Below a mount it is the mounted application, everywhere else the shop."""
    assert client.get(path).headers["content-type"] == form


def test_that_a_500_hides_its_reason(app: FastAPI) -> None:
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/errors/share?people=0")
        assert (answer.status_code, answer.text) == (500, "Internal Server Error")
        assert client.get("/errors/share").json() == {"each": 25.0}
    # By default a TestClient raises what the server raised, so that a test shows the reason.
    with TestClient(app) as client, pytest.raises(ZeroDivisionError):
        client.get("/errors/share?people=0")


@pytest.mark.parametrize("path", ["/errors/share", "/members/checked"])
def test_that_what_fails_on_purpose_is_marked(documentation: dict[str, Any], path: str) -> None:
    operation = documentation["paths"][path]["get"]
    assert operation["x-fails-on-purpose"] is True
    assert "500" in operation["responses"]
