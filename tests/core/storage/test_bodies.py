"""The folder of large bodies."""

from __future__ import annotations

from pathlib import Path

from explorer.client.body import IN_MEMORY_AT_MOST, BodyWriter
from explorer.storage.bodies import empty_bodies, remove_bodies


def test_that_what_a_killed_run_left_is_taken_away_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "bodies"
    assert empty_bodies(folder) == folder
    writer = BodyWriter(folder)
    writer.write(bytes(IN_MEMORY_AT_MOST + 1))
    (folder / "notes.txt").write_text("mine")
    assert len(list(folder.iterdir())) == 2

    assert empty_bodies(folder) == folder
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]
    writer.discard()  # which finds nothing any more
    remove_bodies(tmp_path / "nowhere")


def test_that_a_place_that_cannot_be_used_is_none(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    assert empty_bodies(tmp_path / "data" / "bodies") is None
