"""Chapter 24, overrides: put another function in the place of a dependency, for one test.

`app.dependency_overrides` maps the function that a route depends on to the one that is called instead. The app belongs
to this test alone, so nothing needs to be put back.
"""

from fastapi import FastAPI, HTTPException
from fastapi.testclient import TestClient

from demo_api.dependencies import get_current_user
from demo_api.models.user import User


def test_that_a_test_can_say_who_is_asking(app: FastAPI, client: TestClient) -> None:
    grace = User.model_validate(client.get("/users/2").json() | {"password_hash": "none"})
    app.dependency_overrides[get_current_user] = lambda: grace

    assert client.get("/users/me").json()["name"] == "Grace"


def test_that_an_override_can_refuse(app: FastAPI, client: TestClient) -> None:
    """How does the shop look to somebody whom it does not know? No such user is needed to find out."""

    def refuse() -> None:
        raise HTTPException(401, "Who are you?")

    app.dependency_overrides[get_current_user] = refuse

    answer = client.get("/users/me")
    assert (answer.status_code, answer.json()) == (401, {"detail": "Who are you?"})


def test_that_without_the_override_the_real_one_is_called_again(app: FastAPI, client: TestClient) -> None:
    before = client.get("/users/me").json()
    app.dependency_overrides[get_current_user] = lambda: User.model_validate(
        client.get("/users/2").json() | {"password_hash": "none"}
    )
    app.dependency_overrides.clear()

    assert client.get("/users/me").json() == before
