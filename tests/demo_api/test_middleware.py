import gzip
from typing import Any

import pytest
from fastapi.testclient import TestClient

LAB = "/middleware/lab"


def test_that_the_last_added_is_the_outermost(client: TestClient) -> None:
    response = client.get(f"{LAB}/order")
    assert response.json()["way_in"] == ["outer class", "function", "inner class"]
    assert response.headers["x-way-out"] == "inner class, function, outer class"


def test_that_the_layers_are_listed_from_the_outside_in(client: TestClient) -> None:
    wrapped: list[dict[str, Any]] = client.get("/middleware/layers").json()
    layers = {entry["address"]: entry["layers"][1:-2] for entry in wrapped}
    assert layers["/"] == ["RequestIdMiddleware", "CORSMiddleware", "add_process_time"]
    assert layers["/middleware/https"] == ["HTTPSRedirectMiddleware"]
    assert layers[LAB][0] == "RequestLog"
    assert layers[LAB][-3:] == ["WayClass", "way_function", "WayClass"]


def test_that_a_middleware_hears_the_life_cycle(client: TestClient) -> None:
    client.get(f"{LAB}/order")
    client.get(f"{LAB}/nothing")
    first, second = client.get(f"{LAB}/log").json()
    assert first["line"] == f"GET {LAB}/order 200"
    assert second["line"] == f"GET {LAB}/nothing 404"
    sent = [said for said in first["messages"] if said.startswith("sent")]
    assert sent[0] == "sent http.response.start"
    assert set(sent[1:]) == {"sent http.response.body"}


def test_that_timing_and_security_headers_are_on_every_answer(client: TestClient) -> None:
    for path in ("order", "nothing"):
        headers = client.get(f"{LAB}/{path}").headers
        assert headers["server-timing"].startswith("app;dur=")
        assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY")


def test_that_long_answers_are_packed_for_those_who_can_unpack(client: TestClient) -> None:
    with client.stream("GET", f"{LAB}/large", headers={"accept-encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    plain = client.get(f"{LAB}/large", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content) / 5
    assert "content-encoding" not in client.get(f"{LAB}/order").headers


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_that_who_has_the_answer_gets_no_body(client: TestClient, encoding: str) -> None:
    headers = {"accept-encoding": encoding}
    first = client.get(f"{LAB}/cached", headers=headers)
    assert (first.status_code, first.headers["cache-control"]) == (200, "no-cache")
    again = client.get(f"{LAB}/cached", headers=headers | {"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "content-length" not in again.headers
    other = client.get(f"{LAB}/cached", headers=headers | {"if-none-match": 'W/"other"'})
    assert other.content == first.content


@pytest.mark.parametrize(
    ("host", "status_code"),
    [("localhost:8000", 200), ("127.0.0.1", 200), ("[::1]:80", 200), ("shop.example.com", 200), ("evil.test", 400)],
)
def test_that_only_hosts_we_know_get_in(client: TestClient, host: str, status_code: int) -> None:
    assert client.get("/middleware/trusted-host/hello", headers={"host": host}).status_code == status_code


def test_that_http_is_sent_to_https(client: TestClient) -> None:
    response = client.get("/middleware/https/hello")
    assert response.status_code == 307
    assert response.headers["location"] == "https://testserver/middleware/https/hello"
    assert client.get("https://testserver/middleware/https/hello").status_code == 200
    assert client.get("/items").status_code == 200


@pytest.mark.parametrize(
    ("origin", "allowed"), [("http://localhost:3000", True), ("https://evil.test", False), (None, True)]
)
def test_that_the_route_and_the_middleware_agree_about_cors(
    client: TestClient, origin: str | None, allowed: bool
) -> None:
    response = client.get("/middleware/cors", headers={} if origin is None else {"origin": origin})
    assert response.json()["allowed"] is allowed
    assert ("access-control-allow-origin" in response.headers) is (allowed and origin is not None)


def test_that_the_outer_cors_answers_the_preflight_of_a_mounted_application(client: TestClient) -> None:
    asks = {"origin": "http://localhost:3000", "access-control-request-method": "GET"}
    assert client.options(f"{LAB}/order", headers=asks).status_code == 200
    assert client.get(f"{LAB}/log").json() == []
