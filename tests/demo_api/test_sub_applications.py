"""Sub-applications: what a mounted application shares with the one around it, and what it does not."""

from typing import Any

from fastapi.testclient import TestClient


def test_that_a_mounted_application_has_paths_and_documentation_of_its_own(client: TestClient) -> None:
    assert client.get("/warehouse/shelves").json()[0] == {"number": 1, "holds": "Lamps"}
    document = client.get("/warehouse/openapi.json").json()
    assert (document["info"]["title"], next(iter(document["paths"]))) == ("Warehouse", "/shelves")
    assert document["servers"] == [{"url": "/warehouse"}]


def test_that_it_is_not_in_the_documentation_of_the_shop(documentation: dict[str, Any]) -> None:
    assert [path for path in documentation["paths"] if path.startswith("/warehouse")] == []


def test_that_it_knows_where_it_hangs(client: TestClient) -> None:
    assert client.get("/warehouse/position").json() == {
        "root_path": "/warehouse",
        "path": "/warehouse/position",
        "title": "Warehouse",
    }


def test_that_it_shares_the_middleware(client: TestClient) -> None:
    assert client.get("/warehouse/shelves", headers={"x-request-id": "order-7"}).headers["x-request-id"] == "order-7"


def test_that_it_answers_its_own_errors(client: TestClient) -> None:
    response = client.get("/warehouse/shelves/9")
    assert (response.status_code, response.json()) == (404, {"detail": "The warehouse has no shelf 9."})


def test_that_the_shop_lists_what_hangs_in_it(client: TestClient) -> None:
    mounted = {entry["path"]: entry for entry in client.get("/sub-applications").json()}
    assert mounted["/warehouse"] == {"path": "/warehouse", "name": "Warehouse", "docs": "/warehouse/docs"}
    assert mounted["/static"] == {"path": "/static", "name": "static", "docs": None}
    assert mounted["/quiet"]["docs"] is None
    assert [client.get(mounted[path]["docs"]).status_code for path in ("/warehouse", "/manual")] == [200, 200]
