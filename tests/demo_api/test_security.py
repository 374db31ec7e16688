"""Signing in: who gets a token, what it opens, and what does not pass for one."""

from datetime import timedelta
from typing import Any

import jwt
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session

from demo_api.main import create_app
from demo_api.models import User
from demo_api.models.types import now
from demo_api.services.passwords import ScryptHasher
from demo_api.settings import Settings

ADA = {"username": "ada@example.com", "password": "ada in the shop"}
GRACE = {"username": "grace@example.com", "password": "grace in the shop"}


def sign_in(client: TestClient, person: dict[str, str], scope: str) -> dict[str, str]:
    """Sign in as a learner would, and return the header that the token goes into."""
    response = client.post("/token", data={**person, "scope": scope})
    assert response.status_code == 200
    return {"Authorization": f"Bearer {response.json()['access_token']}"}


def test_that_a_token_tells_who_signed_in(client: TestClient) -> None:
    assert client.get("/account/me", headers=sign_in(client, GRACE, "me")).json()["name"] == "Grace"


def test_that_nobody_may_keep_a_copy_of_the_token(client: TestClient) -> None:
    response = client.post("/token", data=ADA)
    assert response.headers["cache-control"] == "no-store"
    assert (response.json()["scope"], response.json()["expires_in"]) == ("me", 1800)


@pytest.mark.parametrize(
    "person",
    [ADA | {"password": "wrong"}, ADA | {"username": "nobody@example.com"}, ADA | {"password": "ada in the shop" * 99}],
)
def test_that_a_wrong_password_and_an_unknown_name_get_the_same_answer(
    client: TestClient, person: dict[str, str]
) -> None:
    response = client.post("/token", data=person)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.json() == {"detail": "The e-mail address or the password is wrong."}


def test_that_a_token_is_asked_for_with_a_form(client: TestClient) -> None:
    assert client.post("/token", json=ADA).status_code == 422


@pytest.mark.parametrize("path", ["/account/me", "/account/items", "/account/customers", "/account/token"])
def test_that_nothing_opens_without_a_token(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith("Bearer")


def test_that_a_token_opens_only_what_it_is_good_for(client: TestClient) -> None:
    headers = sign_in(client, ADA, "me")
    response = client.get("/account/items", headers=headers)
    assert response.status_code == 403
    assert response.headers["www-authenticate"] == 'Bearer scope="items"'
    assert response.json() == {"detail": "The token is not good for: items. Ask for it when you sign in."}


def test_that_the_shop_decides_who_gets_a_scope(client: TestClient) -> None:
    assert client.get("/account/customers", headers=sign_in(client, ADA, "me staff")).status_code == 200
    assert client.get("/account/customers", headers=sign_in(client, GRACE, "me staff")).status_code == 403


def test_that_a_token_shows_what_is_in_it(client: TestClient) -> None:
    content = client.get("/account/token", headers=sign_in(client, ADA, "me items me")).json()
    assert (content["user_id"], content["scopes"]) == (1, ["me", "items"])


def test_that_a_token_ends(client: TestClient, settings: Settings) -> None:
    yesterday = now() - timedelta(days=1)
    content = {"sub": "1", "scope": "me", "iat": yesterday, "exp": yesterday + timedelta(minutes=30)}
    token = jwt.encode(content, settings.secret_key.get_secret_value(), "HS256")
    response = client.get("/account/me", headers={"Authorization": f"Bearer {token}"})
    assert response.status_code == 401
    assert response.json()["detail"].startswith("The token is too old.")


@pytest.mark.parametrize(
    "token",
    [
        jwt.encode({"sub": "1", "scope": "me"}, None, "none"),
        jwt.encode({"sub": "1", "scope": "me", "iat": now(), "exp": now() + timedelta(hours=1)}, "x" * 32, "HS256"),
        "a.b.c",
        "ä",
        "",
    ],
)
def test_that_a_made_up_token_opens_nothing(client: TestClient, token: str) -> None:
    headers = [(b"Authorization", f"Bearer {token}".encode("latin-1"))]
    assert client.get("/account/me", headers=headers).status_code == 401


def test_that_a_token_dies_with_the_key_of_the_process_that_made_it(client: TestClient, settings: Settings) -> None:
    headers = sign_in(client, ADA, "me")
    with TestClient(create_app(Settings(database_url=settings.database_url))) as restarted:
        assert restarted.get("/account/me", headers=headers).status_code == 401


def test_that_the_token_of_somebody_who_left_opens_nothing(app: FastAPI, client: TestClient) -> None:
    body = {"name": "Barbara", "email": "barbara@example.com", "password": "clear as a contract"}
    number = client.post("/users", json=body).json()["id"]
    headers = sign_in(client, {"username": body["email"], "password": body["password"]}, "me")
    with Session(app.state.engine) as session:
        session.delete(session.get_one(User, number))
        session.commit()
    assert client.get("/account/me", headers=headers).status_code == 401


def test_that_an_old_hash_still_lets_in_and_is_replaced(app: FastAPI, client: TestClient) -> None:
    with Session(app.state.engine) as session:
        session.get_one(User, 2).password_hash = ScryptHasher().hash(GRACE["password"])
        session.commit()
    assert client.post("/token", data=GRACE | {"password": "wrong"}).status_code == 401
    sign_in(client, GRACE, "me")
    with Session(app.state.engine) as session:
        assert session.get_one(User, 2).password_hash.startswith("$argon2id$")
    sign_in(client, GRACE, "me")


def test_that_a_key_lets_a_program_in(client: TestClient) -> None:
    key = client.post("/account/key", headers=sign_in(client, GRACE, "items")).json()["api_key"]
    report = client.get("/reports/stock", headers={"X-API-Key": key})
    assert report.json() == {"items": 5, "pieces": 79, "value": 2980.0}


@pytest.mark.parametrize("key", [None, "", "1", "1." + "0" * 64, "2.x", "9" * 19 + "." + "0" * 64])
def test_that_nothing_else_passes_for_a_key(client: TestClient, key: str | None) -> None:
    response = client.get("/reports/stock", headers={} if key is None else {"X-API-Key": key})
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "APIKey"


def test_that_the_documentation_knows_how_to_sign_in(documentation: dict[str, Any]) -> None:
    schemes = documentation["components"]["securitySchemes"]
    assert schemes["OAuth2PasswordBearer"]["flows"]["password"]["tokenUrl"] == "token"
    assert {"OAuth2PasswordBearer": ["me"]} in documentation["paths"]["/account/me"]["get"]["security"]
    assert documentation["paths"]["/reports/stock"]["get"]["security"] == [{"APIKeyHeader": []}]
