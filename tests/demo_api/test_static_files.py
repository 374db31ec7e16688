"""Static files: what a mounted folder sends, and what it keeps to itself."""

from typing import Any

import pytest
from fastapi.testclient import TestClient


def test_that_a_folder_answers_with_its_index(client: TestClient) -> None:
    response = client.get("/static/")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "This page is a file." in response.text


def test_that_a_folder_without_its_slash_is_a_way_to_go(client: TestClient) -> None:
    response = client.get("/static/help")
    assert (response.status_code, response.headers["location"]) == (307, "http://testserver/static/help/")


def test_that_each_file_of_the_list_is_there(client: TestClient) -> None:
    files = client.get("/static-files").json()
    assert {"index.html", "style.css", "lamp.svg", "help/index.html"} == {file["path"] for file in files}
    for file in files:
        response = client.get(file["url"])
        assert response.headers["content-type"].split(";")[0] == file["media_type"]
        assert len(response.content) == file["size"]


def test_that_a_browser_need_not_fetch_a_file_twice(client: TestClient) -> None:
    etag = client.get("/static/style.css").headers["etag"]
    assert client.get("/static/style.css", headers={"if-none-match": etag}).status_code == 304


def test_that_a_missing_file_gets_the_answer_of_the_application(client: TestClient) -> None:
    missing = client.get("/static/missing.css")
    assert (missing.status_code, missing.json()) == (404, {"detail": "Not Found"})
    assert missing.json() == client.get("/no/such/path").json()


@pytest.mark.parametrize(
    "path", ["../main.py", "%2e%2e/main.py", "..%2fmain.py", "help/../../main.py", "%00", "a" * 5000]
)
def test_that_nothing_outside_the_folder_is_sent(client: TestClient, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404


def test_that_a_mounted_folder_is_not_in_the_documentation(documentation: dict[str, Any]) -> None:
    assert [path for path in documentation["paths"] if path.startswith("/static/")] == []
