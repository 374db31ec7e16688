"""The file of open requests and drafts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from explorer.storage.atomic import write_atomically
from explorer.storage.drafts import Drafts, SavedRequest, drafts_document

# As the first version of the program wrote it.
VERSION_1 = """{
  "version": 1,
  "data": {
    "by_operation": {
      "POST /users/{user_id}/items": {
        "method": "POST",
        "path": "/users/{user_id}/items",
        "values": [{"location": "path", "name": "user_id", "text": "42"}],
        "body": "{\\"name\\": \\"Lämpchen 💡\\"}",
        "media_type": "application/json",
        "url_override": null
      }
    }
  }
}
"""


def test_that_everything_survives_with_every_character(tmp_path: Path) -> None:
    document = drafts_document(tmp_path / "drafts.json")
    request = SavedRequest(
        id="a", draft={"body": '{"name": "Lämpchen 💡"}'}, operation="POST /items", touched=True, unsent=True
    )
    closed = SavedRequest(id="b", draft={"path": "/x"})
    drafts = Drafts(open=(request,), current="a", closed=(closed,), by_operation={"GET /items": {"values": []}})
    write_atomically(document.path, document.encode(drafts))
    assert document.load() == (drafts, None)


def test_that_the_drafts_of_the_first_version_are_taken_over_after_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    path.write_text(VERSION_1, "utf-8")
    drafts, notice = drafts_document(path).load()

    assert notice is None
    assert drafts.open == ()
    assert drafts.by_operation["POST /users/{user_id}/items"]["body"] == '{"name": "Lämpchen 💡"}'
    (copy,) = tmp_path.glob("drafts.json.version-1-*")
    assert copy.read_text("utf-8") == VERSION_1


@pytest.mark.parametrize(
    "data",
    [
        {"open": 5},
        {"by_operation": [{}]},
        {"open": [{"draft": {}}]},
        {"open": [{"id": "a", "draft": 7}]},
        {"closed": ["a"]},
        {"by_operation": {"GET /": "/"}},
    ],
)
def test_that_a_file_with_something_else_in_it_is_kept_aside(tmp_path: Path, data: object) -> None:
    path = tmp_path / "drafts.json"
    path.write_text(json.dumps({"version": 2, "data": data}))
    drafts, notice = drafts_document(path).load()
    assert drafts == Drafts()
    assert notice is not None
    assert "holds something unexpected" in notice
    assert list(tmp_path.glob("drafts.json.corrupt-*"))
