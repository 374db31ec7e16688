"""Metadata and docs: what the documentation says, where it is, and what it leaves out."""

from typing import Any

from fastapi.testclient import TestClient


def test_that_the_documentation_says_who_and_under_which_terms(documentation: dict[str, Any]) -> None:
    info = documentation["info"]
    assert {"title", "summary", "description", "version", "termsOfService", "contact", "license"} <= info.keys()


def test_that_a_route_can_read_the_same(client: TestClient) -> None:
    about = client.get("/metadata").json()
    assert (about["title"], about["licence"]) == ("Demo shop", "MIT")
    for url in about["docs"]:
        assert client.get(url).status_code == 200


def test_that_every_tag_has_operations_and_a_description(client: TestClient) -> None:
    tags = client.get("/metadata/tags").json()
    assert [tag["name"] for tag in tags if not tag["operations"] or not tag["description"]] == []


def test_that_named_examples_and_the_answer_to_a_bad_one_are_documented(
    documentation: dict[str, Any], client: TestClient
) -> None:
    operation = documentation["paths"]["/metadata/vouchers"]["post"]
    examples = operation["requestBody"]["content"]["application/json"]["examples"]
    statuses = [client.post("/metadata/vouchers", json=example["value"]).status_code for example in examples.values()]
    assert statuses == [200, 404]
    assert "404" in operation["responses"]


def test_that_a_deprecated_route_is_marked_and_still_answers(documentation: dict[str, Any], client: TestClient) -> None:
    assert documentation["paths"]["/metadata/old"]["get"]["deprecated"] is True
    assert client.get("/metadata/old").status_code == 200


def test_that_a_hidden_route_answers_all_the_same(documentation: dict[str, Any], client: TestClient) -> None:
    assert "/metadata/hidden" not in documentation["paths"]
    assert client.get("/metadata/hidden").json() == {"message": "Hidden is not locked: you found me."}


def test_that_documentation_can_move(client: TestClient) -> None:
    assert client.get("/manual/").status_code == 200
    assert client.get("/manual/schema.json").json()["info"]["title"] == "Manual"
    assert [client.get(f"/manual/{path}").status_code for path in ("read-me", "docs", "openapi.json")] == [
        200,
        404,
        404,
    ]


def test_that_an_application_can_do_without(client: TestClient) -> None:
    assert client.get("/quiet/").status_code == 200
    paths = ("docs", "redoc", "openapi.json")
    assert [client.get(f"/quiet/{path}").status_code for path in paths] == [404, 404, 404]
