"""Streaming: answers that leave piece by piece, and what they leave behind."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from demo_api.services.big_file import CHUNK, LARGEST, BigFile, read_chunks


def test_that_events_have_a_number_to_go_on_from(client: TestClient) -> None:
    response = client.get("/stream/events?count=2&pause=0")
    assert response.headers["content-type"].startswith("text/event-stream")
    first, second = response.text.strip().split("\n\n")
    assert first.splitlines()[0] == "event: tick"
    assert "id: 2" in second.splitlines()


def test_that_a_client_that_comes_back_misses_nothing(client: TestClient) -> None:
    response = client.get("/stream/events?count=1&pause=0", headers={"Last-Event-ID": "7"})
    assert "id: 8" in response.text.splitlines()


def test_that_each_line_is_an_item(client: TestClient) -> None:
    response = client.get("/stream/items")
    assert response.headers["content-type"] == "application/jsonl"
    lines = [json.loads(line) for line in response.text.splitlines()]
    assert lines == client.get("/items?limit=100").json()


def test_that_a_file_comes_in_pieces_and_whole(client: TestClient) -> None:
    with client.stream("GET", "/stream/file?size=200000") as response:
        pieces = list(response.iter_raw())
    assert sum(map(len, pieces)) == 200_000 == int(response.headers["content-length"])


@pytest.mark.parametrize("size", [0, LARGEST + 1, "many"])
def test_that_the_size_has_limits(client: TestClient, size: int | str) -> None:
    assert client.get(f"/stream/file?size={size}").status_code == 422


def test_that_only_a_piece_is_in_memory_at_once() -> None:
    with BigFile() as big, big.open() as file:
        assert max(map(len, read_chunks(file, 10 * CHUNK))) == CHUNK


def test_that_the_file_is_gone_when_the_shop_closes() -> None:
    with BigFile() as big, big.open() as file:
        path = Path(file.name)
        assert path.stat().st_size == LARGEST
    assert not path.parent.exists()
