from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient


def ask_at_once(client: TestClient, style: str) -> list[dict[str, Any]]:
    """Send three requests together, and return their answers, the earliest first."""
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: client.get(f"/waiting/{style}?seconds=0.3").json(), range(3)))
    return sorted(answers, key=lambda answer: float(answer["started_ms"]))


@pytest.mark.parametrize("style", ["async", "thread", "offloaded"])
def test_that_waits_overlap(client: TestClient, style: str) -> None:
    first, _, last = ask_at_once(client, style)
    assert last["started_ms"] < first["ended_ms"]


def test_that_blocking_waits_come_one_after_the_other(client: TestClient) -> None:
    first, second, third = ask_at_once(client, "blocking")
    assert first["ended_ms"] <= second["started_ms"]
    assert second["ended_ms"] <= third["started_ms"]


def test_that_a_plain_def_has_a_thread_of_its_own(client: TestClient) -> None:
    threads = {style: client.get(f"/waiting/{style}?seconds=0").json()["thread"] for style in ("async", "thread")}
    assert threads["async"] != threads["thread"]


@pytest.mark.parametrize("seconds", ["2.1", "-1", "nan", "inf"])
def test_that_nobody_can_ask_for_a_long_wait(client: TestClient, seconds: str) -> None:
    assert client.get(f"/waiting/blocking?seconds={seconds}").status_code == 422
