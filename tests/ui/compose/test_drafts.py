"""Open requests on the disk, and back."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from explorer.client.draft import Auth, AuthKind, FormField, RequestDraft, Value
from explorer.client.open_requests import OpenRequest, OpenRequests
from explorer.openapi.operations import Location
from explorer.storage.drafts import drafts_document
from explorer.storage.writer import Writer
from explorer.ui.controllers.drafts import DraftKeeper

SECRET = "correct-horse"


class Disk:
    """A drafts file, and programs that are started on it one after the other."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "drafts.json"
        self.problems: list[str | None] = []
        self.writer = Writer(self.problems.append)

    def keeper(self) -> DraftKeeper:
        return DraftKeeper(drafts_document(self.path), self.writer)

    def keep(self, keeper: DraftKeeper, requests: OpenRequests) -> dict[str, Any]:
        keeper.keep(requests)
        assert self.writer.flush(10)
        data: dict[str, Any] = json.loads(self.path.read_text("utf-8"))["data"]
        return data


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    return Disk(tmp_path)


def draft(body: str = "{}", **changes: Any) -> RequestDraft:
    return replace(RequestDraft(method="POST", path="/items", body=body), **changes)


def test_that_open_and_closed_requests_come_back_with_all_that_was_entered(disk: Disk) -> None:
    first = OpenRequest.new(
        draft("Lämpchen 💡", fields=(FormField(name="f", is_file=True, file="/files/a.txt"),), media_type="text/plain"),
        "POST /items",
        touched=True,
    )
    second, third = OpenRequest.new(draft("2")), OpenRequest.new(draft("3"), touched=True)
    requests = OpenRequests().opened(first).opened(second).opened(third).without(third.id).shown(first.id)
    disk.keep(disk.keeper(), requests)

    assert disk.keeper().open_requests() == requests


def test_that_no_secret_is_written_and_each_asks_to_be_entered_again(disk: Disk) -> None:
    secret = draft(
        json.dumps({"password": SECRET}),
        values=(Value(location=Location.HEADER, name="Authorization", text=SECRET),),
        auth=Auth(kind=AuthKind.BASIC, username="ada", password=SECRET),
    )
    request = OpenRequest.new(secret, "POST /items", touched=True)
    other = OpenRequest.new(secret)
    keeper = disk.keeper()
    disk.keep(keeper, OpenRequests().opened(other).opened(request).without(other.id))
    assert SECRET not in disk.path.read_text("utf-8")
    assert keeper.get("POST /items") == secret  # while the program runs, nothing need be entered twice

    again = disk.keeper().open_requests().front
    assert again is not None
    assert again.draft.values[0].ask
    assert again.draft.auth.ask
    assert again.draft.auth.username == "ada"


def test_that_the_last_draft_of_an_operation_is_kept_when_its_request_is_closed(disk: Disk) -> None:
    request = OpenRequest.new(draft("typed"), "POST /items", touched=True)
    untouched = OpenRequest.new(draft("example"), "GET /other")
    keeper = disk.keeper()
    disk.keep(keeper, OpenRequests().opened(request))
    data = disk.keep(keeper, OpenRequests().opened(request).opened(untouched).without(request.id))

    assert list(data["by_operation"]) == ["POST /items"]
    saved = disk.keeper().get("POST /items")
    assert saved is not None
    assert saved.body == "typed"
    assert disk.keeper().get("GET /other") is None


def test_that_what_another_version_wrote_is_kept_although_it_cannot_be_read(disk: Disk) -> None:
    strange = {"id": "s", "operation": "", "touched": True, "unsent": False, "draft": {"method": "GET", "path": 7}}
    old = {"method": 5}
    gone = {**strange, "id": "g"}
    data = {"open": [strange], "current": "s", "closed": [gone], "by_operation": {"GET /old": old}}
    disk.path.write_text(json.dumps({"version": 2, "data": data}))
    keeper = disk.keeper()
    assert keeper.open_requests().requests == ()
    assert keeper.get("GET /old") is None

    kept = disk.keep(keeper, OpenRequests().opened(OpenRequest.new(draft())))
    assert kept["open"][1] == strange
    assert kept["closed"] == [gone]
    assert kept["by_operation"]["GET /old"] == old


def test_that_a_large_body_does_not_hold_up_whoever_types_it(disk: Disk) -> None:
    large = json.dumps({"password": SECRET, "text": "x" * 5_000_000})
    requests = OpenRequests().opened(OpenRequest.new(draft(large), "POST /items", touched=True))
    keeper = disk.keeper()
    began = time.perf_counter()
    for _ in range(20):
        keeper.keep(requests)
    assert time.perf_counter() - began < 0.2
    assert disk.writer.flush(10)
    assert SECRET not in disk.path.read_text("utf-8")
