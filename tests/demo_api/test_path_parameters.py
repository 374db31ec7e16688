import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from demo_api.dependencies import get_current_user
from demo_api.models import User


def test_that_text_in_the_path_becomes_a_number(client: TestClient) -> None:
    response = client.get("/items/7")
    assert response.status_code == 200
    assert response.json()["id"] == 7


def test_that_a_value_of_the_wrong_type_is_a_422_that_says_where(client: TestClient) -> None:
    response = client.get("/items/seven")
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"] == ["path", "item_id"]


@pytest.mark.parametrize(
    ("path", "detail"), [("/items/999", "There is no item 999."), ("/users/9", "There is no user 9.")]
)
def test_that_what_is_not_there_is_a_404_in_plain_words(client: TestClient, path: str, detail: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.json()) == (404, {"detail": detail})


def test_that_me_is_asked_before_any_number(client: TestClient) -> None:
    assert client.get("/users/me").json()["name"] == "Ada"


def test_that_a_test_can_say_who_is_asking(app: FastAPI, client: TestClient) -> None:
    """`dependency_overrides` puts another function in the place of a dependency."""
    everybody = client.get("/users/2").json()
    app.dependency_overrides[get_current_user] = lambda: User.model_validate(everybody | {"password_hash": "none"})
    assert client.get("/users/me").json()["name"] == "Grace"


@pytest.mark.parametrize("path", ["/users/me", "/users/1"])
def test_that_no_password_hash_leaves_the_shop(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert set(response.json()) == {"id", "name", "email", "created_at"}
    assert "scrypt" not in response.text


def test_that_an_enum_accepts_its_values_only(client: TestClient) -> None:
    assert client.get("/shipping/express").json() == {"speed": "express", "days": 1, "price": 9.9}
    wrong = client.get("/shipping/rocket")
    assert wrong.status_code == 422
    assert "'standard', 'express' or 'pickup'" in wrong.json()["detail"][0]["msg"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/files/notes.txt", {"path": "notes.txt", "folders": [], "name": "notes.txt", "absolute": False}),
        ("/files/home/a.txt", {"path": "home/a.txt", "folders": ["home"], "name": "a.txt", "absolute": False}),
        ("/files//home/a.txt", {"path": "/home/a.txt", "folders": ["home"], "name": "a.txt", "absolute": True}),
        (
            "/files/..%2F..%2Fetc/passwd",
            {"path": "../../etc/passwd", "folders": ["..", "..", "etc"], "name": "passwd", "absolute": False},
        ),
    ],
)
def test_that_a_path_parameter_may_hold_slashes(client: TestClient, path: str, expected: dict[str, object]) -> None:
    assert client.get(path).json() == expected
