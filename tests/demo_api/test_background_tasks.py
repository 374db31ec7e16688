import logging
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient


def texts(client: TestClient) -> list[str]:
    """Return what the newest page of the journal says. The test client waits until all tasks have run."""
    pages: list[dict[str, Any]] = client.get("/tasks/journal").json()
    return [line["text"] for line in pages[0]["lines"]]


@pytest.mark.parametrize(("kind", "what"), [("sync", "letter"), ("async", "mail")])
def test_that_a_task_runs_after_the_route(client: TestClient, kind: str, what: str) -> None:
    response = client.post(f"/tasks/{kind}?to=Grace")
    assert (response.status_code, response.json()["so_far"]) == (202, ["route: returns"])
    assert texts(client) == ["route: returns", f"{what} to Grace: begin", f"{what} to Grace: end"]


def test_that_a_dependency_adds_to_the_same_tasks(client: TestClient) -> None:
    client.post("/tasks/dependency")
    assert texts(client) == ["route: returns", "task of the dependency", "task of the route"]


def test_that_tasks_run_one_after_the_other(client: TestClient) -> None:
    client.post("/tasks/order?seconds=0.01")
    assert texts(client) == [
        "route: returns",
        "letter to Ada: begin",
        "letter to Ada: end",
        "mail to Grace: begin",
        "mail to Grace: end",
        "letter to Linus: begin",
        "letter to Linus: end",
    ]


def test_that_a_failing_task_changes_no_answer_and_ends_the_tasks(app: FastAPI) -> None:
    """The test client would raise the error here, to help finding it. A real client gets the answer."""
    with TestClient(app, raise_server_exceptions=False) as client:
        assert client.post("/tasks/failing").status_code == 202
        assert texts(client) == ["route: returns", "lost letter: begin"]


def test_that_the_test_client_shows_the_error_of_a_task(client: TestClient) -> None:
    with pytest.raises(RuntimeError, match=r"The letter was lost\."):
        client.post("/tasks/failing")


def test_that_a_careful_task_is_in_the_log(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "demo_api"):
        assert client.post("/tasks/careful").status_code == 202
    assert "The letter was lost." in caplog.text
    assert texts(client)[2:] == ["lost letter: the error is in the log", "the task after it"]
