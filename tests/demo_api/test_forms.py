from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

URLENCODED = {"content-type": "application/x-www-form-urlencoded"}


def test_that_fields_arrive_with_their_types(client: TestClient) -> None:
    answer = client.post("/forms/review", data={"name": "Ada", "stars": "5", "text": "Bright & sturdy."})
    assert answer.request.read() == b"name=Ada&stars=5&text=Bright+%26+sturdy."
    assert answer.json() == {
        "sent_as": "application/x-www-form-urlencoded",
        "fields": {"name": "Ada", "stars": 5, "text": "Bright & sturdy."},
    }


@pytest.mark.parametrize("path", ["/forms/review", "/forms/review/multipart"])
def test_that_both_wrappings_are_read(client: TestClient, path: str) -> None:
    """FastAPI goes by the `Content-Type` of the request; the media type in the code is for the documentation."""
    wrapped = client.post(path, files={"name": (None, "Ada"), "stars": (None, "5")}).json()
    plain = client.post(path, data={"name": "Ada", "stars": "5"}).json()
    assert (wrapped["sent_as"], plain["sent_as"]) == ("multipart/form-data", "application/x-www-form-urlencoded")
    assert wrapped["fields"] == plain["fields"]


def test_that_json_sent_to_a_form_is_not_found(client: TestClient) -> None:
    answer = client.post("/forms/review", json={"name": "Ada", "stars": 5})
    assert answer.status_code == 422
    assert [error["loc"] for error in answer.json()["detail"]] == [["body", "name"], ["body", "stars"]]


def test_that_an_empty_field_is_a_field_that_was_left_out(client: TestClient) -> None:
    """A browser sends every field of the form, also the empty ones."""
    answer = client.post("/forms/review", data={"name": "", "stars": "5", "text": ""})
    assert [(error["loc"], error["type"]) for error in answer.json()["detail"]] == [(["body", "name"], "missing")]


def test_that_a_form_can_be_a_model(client: TestClient) -> None:
    fields = {"name": "Grace", "order": "7", "text": "The lamp is dark."}
    assert client.post("/forms/complaint", data=fields).json()["fields"] == fields | {"order": 7}
    answer = client.post("/forms/complaint", data=fields | {"colour": "red"})
    assert [(error["loc"], error["type"]) for error in answer.json()["detail"]] == [
        (["body", "colour"], "extra_forbidden")
    ]


def test_that_without_form_the_values_are_looked_for_in_the_url(client: TestClient) -> None:
    answer = client.post("/forms/review/query", data={"name": "Ada", "stars": "5"})
    assert [error["loc"] for error in answer.json()["detail"]] == [["query", "name"], ["query", "stars"]]
    answer = client.post("/forms/review/query?name=Ada&stars=5")
    assert answer.json() == {"sent_as": "", "fields": {"name": "Ada", "stars": 5}}


def test_that_form_is_a_kind_of_body(documentation: dict[str, Any], client: TestClient) -> None:
    kinds = {kind["name"]: kind["is_a"] for kind in client.get("/forms/kinds").json()}
    assert kinds == {"Body": [], "Form": ["Body"], "File": ["Form", "Body"]}
    body = documentation["paths"]["/forms/review"]["post"]["requestBody"]
    assert list(body["content"]) == ["application/x-www-form-urlencoded"]


@pytest.mark.parametrize(
    ("content_type", "body", "detail"),
    [
        ("multipart/form-data", b"name=Ada", "Missing boundary in multipart."),
        ("multipart/form-data; boundary=x", b"name=Ada", "Invalid multipart data."),
        ("application/x-www-form-urlencoded", b"a=1&" * 21, "Too many fields. Maximum number of fields is 20."),
        ("application/x-www-form-urlencoded", b"name=" + b"A" * 10_001, "Field exceeded maximum size of 9KB."),
    ],
)
def test_that_a_form_that_cannot_be_read_is_a_400(
    client: TestClient, content_type: str, body: bytes, detail: str
) -> None:
    answer = client.post("/forms/review", content=body, headers={"content-type": content_type})
    assert (answer.status_code, answer.json()) == (400, {"detail": detail})


def test_that_a_body_that_is_announced_too_large_is_never_read(client: TestClient) -> None:
    answer = client.post("/forms/review", content=b"a" * 100_001, headers=URLENCODED)
    assert (answer.status_code, answer.text) == (413, "Content Too Large")


def test_that_a_body_that_never_ends_is_cut_off(client: TestClient) -> None:
    """Without `Content-Length` nobody knows how long it gets, so the bytes are counted while they come in."""
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while sent < 10_000_000:
            sent += 1_000
            yield b"name=aaaa&" * 100

    answer = client.post("/forms/review", content=endless(), headers=URLENCODED)
    assert (answer.status_code, answer.json()) == (413, {"detail": "Content Too Large"})


@pytest.mark.parametrize("body", [b"", b"&&&", b"name=%00&stars=5", b"name=%ff%fe&stars=5", b"\xff=\xfe", b"name=\xf0"])
def test_that_strange_bytes_are_no_accident(client: TestClient, body: bytes) -> None:
    assert client.post("/forms/review", content=body, headers=URLENCODED).status_code in {200, 400, 422}
