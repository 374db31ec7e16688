import platform

from fastapi.testclient import TestClient


def test_that_the_root_says_hello_and_names_the_docs(client: TestClient) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert response.json() == {"message": "Welcome to the demo shop.", "docs": "/docs"}


def test_that_the_versions_are_those_of_the_running_server(client: TestClient) -> None:
    versions = client.get("/versions").json()
    assert versions["python"] == platform.python_version()
    assert "fastapi" in versions["packages"]


def test_that_the_layout_names_only_what_is_in_the_project(client: TestClient) -> None:
    from pathlib import Path

    import demo_api

    project = Path(demo_api.__file__).parent
    assert [place["path"] for place in client.get("/layout").json() if not (project / place["path"]).exists()] == []


def test_that_the_server_sees_both_ends_of_the_connection(client: TestClient) -> None:
    addresses = client.get("/where?x=1").json()
    assert addresses["server"] == "testserver:80"
    assert addresses["client"] is not None
    assert addresses["url"] == "http://testserver/where?x=1"


def test_that_a_new_shop_is_healthy(client: TestClient) -> None:
    health = client.get("/health").json()
    assert (health["status"], health["pending"], health["advice"]) == ("ok", 0, None)
