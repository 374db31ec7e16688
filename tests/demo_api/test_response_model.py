from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

PUBLIC = {"name": "Zoe", "since": "2025-03-01", "points": 120}
SECRET = "made up for this page"


@pytest.mark.parametrize("path", ["/members/safe", "/members/both", "/members/checked"])
def test_that_the_response_model_leaves_out_what_it_does_not_name(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.json() == PUBLIC
    assert SECRET not in answer.text


def test_that_one_route_leaks_and_says_so(documentation: dict[str, Any], client: TestClient) -> None:
    assert client.get("/members/leaky").json()["password"] == SECRET
    operation = documentation["paths"]["/members/leaky"]["get"]
    assert "on purpose" in operation["summary"]
    assert "made up" in operation["description"]


def test_that_only_made_up_passwords_can_leak(documentation: dict[str, Any]) -> None:
    """Apart from what a client sends, no schema but the one of the leaky route has a password in it."""
    schemas = documentation["components"]["schemas"]
    outgoing = {name for name, schema in schemas.items() if "password_hash" in schema.get("properties", {})}
    assert outgoing == set()


def test_that_who_joins_does_not_get_the_password_back(client: TestClient) -> None:
    answer = client.post("/members", json={"name": "Barbara", "password": "clear as a contract"})
    assert answer.status_code == 201
    assert set(answer.json()) == {"name", "since", "points"}
    assert "contract" not in answer.text


def test_that_an_answer_that_does_not_fit_is_the_servers_mistake(app: FastAPI) -> None:
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/members/checked?right=false")
    assert (answer.status_code, answer.text) == (500, "Internal Server Error")


def test_that_the_documentation_shows_what_goes_out(documentation: dict[str, Any]) -> None:
    paths = documentation["paths"]
    for path, model in (("safe", "MemberPublic"), ("both", "MemberPublic"), ("leaky", "MemberPrivate")):
        answer = paths[f"/members/{path}"]["get"]["responses"]["200"]["content"]["application/json"]
        assert answer["schema"] == {"$ref": f"#/components/schemas/{model}"}


def load_client(code: str) -> Callable[[str], Any]:
    """Run generated code, and return its class."""
    namespace: dict[str, Any] = {}
    exec(compile(code, "client.py", "exec"), namespace)  # noqa: S102 - our own code, made a moment ago
    made: Callable[[str], Any] = namespace["Client"]
    return made


def test_that_a_client_made_from_the_schema_works(address: str) -> None:
    """It speaks through a real socket, and knows nothing of the shop but what the schema says."""
    with httpx2.Client(base_url=address) as http:
        members = load_client(http.get("/members/client.py").text)(address)
        shop = load_client(http.get("/members/client.py?chapter=Query%20parameters").text)(address)
    assert members.read_member() == PUBLIC
    assert members.join_club({"name": "Barbara", "password": "clear as a contract"})["name"] == "Barbara"
    assert shop.read_label_items__item_id__label_get(1, short=True) == {"text": "Reading lamp"}


def test_that_every_chapter_has_a_client_or_says_why_not(documentation: dict[str, Any], client: TestClient) -> None:
    for tag in documentation["tags"]:
        answer = client.get("/members/client.py", params={"chapter": tag["name"]})
        assert answer.status_code in {200, 404}, tag
        if answer.status_code == 200:
            load_client(answer.text)
    assert client.get("/members/client.py?chapter=None").status_code == 404
