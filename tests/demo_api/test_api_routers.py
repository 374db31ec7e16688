from typing import Any

import pytest
from fastapi.testclient import TestClient


def test_that_the_routers_dependency_guards_every_route(client: TestClient) -> None:
    assert client.get("/backstage/report").status_code == 422
    assert client.get("/backstage/report", headers={"x-badge": "guest"}).status_code == 403
    assert client.get("/backstage/report", headers={"x-badge": "staff"}).json() == {"text": "Sales are fine."}


def test_that_the_routers_errors_are_documented(documentation: dict[str, Any]) -> None:
    operation = documentation["paths"]["/backstage/report"]["get"]
    assert {"200", "403", "422"} == operation["responses"].keys()
    assert operation["tags"] == ["APIRouter"]


@pytest.mark.parametrize("version", [1, 2])
def test_that_one_router_serves_two_versions(client: TestClient, version: int) -> None:
    path = f"/v{version}/catalogue"
    assert client.get(path).json() == {"version": version, "path": path}


def test_that_the_old_version_points_to_the_new_one(documentation: dict[str, Any], client: TestClient) -> None:
    assert client.get("/v1/catalogue").headers["link"] == '</v2/catalogue>; rel="successor-version"'
    assert "link" not in client.get("/v2/catalogue").headers
    paths = documentation["paths"]
    assert paths["/v1/catalogue"]["get"]["deprecated"]
    assert "deprecated" not in paths["/v2/catalogue"]["get"]


def test_that_what_is_new_is_in_the_new_version_only(client: TestClient) -> None:
    assert client.get("/v2/new").status_code == 200
    assert client.get("/v1/new").status_code == 404


def test_that_a_dependency_declared_twice_runs_once_unless_told_otherwise(client: TestClient) -> None:
    assert client.get("/counted/shared").json()["times"] == 1
    assert client.get("/counted/again").json()["times"] == 2
