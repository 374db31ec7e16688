from __future__ import annotations

import errno
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import pytest

from explorer.storage.atomic import write_atomically
from explorer.storage.document import Document
from explorer.storage.settings import Settings, settings_document


@dataclass(frozen=True, slots=True)
class Pet:
    name: str = "nobody"
    legs: int = 4

    @classmethod
    def from_plain(cls, data: dict[str, Any]) -> Self:
        return cls(**data)

    def to_plain(self) -> dict[str, Any]:
        return {"name": self.name, "legs": self.legs}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_that_what_is_saved_is_loaded(tmp_path: Path) -> None:
    document = settings_document(tmp_path / "settings.json")
    settings = Settings(
        theme="dark", zoom=150, contrast=True, layout={"window": {"sizes": [1, 2]}}, last_operation="GET /items"
    )
    write_atomically(document.path, document.encode(settings))
    assert document.load() == (settings, None)


def test_that_a_missing_file_means_defaults_and_no_notice(tmp_path: Path) -> None:
    assert settings_document(tmp_path / "settings.json").load() == (Settings(), None)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe\x00",
        b'{"version": 1}',
        b'{"version": "one", "data": {}}',
        b'{"version": 1, "data": 5}',
        b'{"version": 1, "data": {"theme": "purple"}}',
        b'{"version": 1, "data": {"zoom": 5000}}',
        b'{"version": 1, "data": {"contrast": "much"}}',
        b'{"version": 1, "data": {"layout": []}}',
        b'{"version": 1, "data": {"layout": {"compose": {"rows": [1000000000000, 1]}}}}',
        b'{"version": 0, "data": {}}',
        b'{"version": Infinity, "data": {}}',
        b'{"version": 1e300, "data": {}}',
        b"[" * 100_000,
    ],
)
def test_that_a_file_that_makes_no_sense_is_kept_aside(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    settings, notice = settings_document(path).load()
    assert settings == Settings()
    (aside,) = [path for path in tmp_path.iterdir() if ".corrupt-" in path.name]
    assert re.fullmatch(r"settings\.json\.corrupt-\d{8}-\d{6}", aside.name)
    assert aside.read_bytes() == content
    assert not path.exists()
    assert notice is not None
    assert aside.name in notice


def test_that_two_bad_files_in_one_second_are_both_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    for content in (b"one", b"two", b"three"):
        path.write_bytes(content)
        settings_document(path).load()
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {b"one", b"two", b"three"}


def test_that_a_file_of_a_newer_program_is_kept_aside_untouched(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    content = b'{"version": 7, "data": {"theme": "aurora"}}'
    path.write_bytes(content)
    settings, notice = settings_document(path).load()
    assert settings == Settings()
    (aside,) = tmp_path.iterdir()
    assert aside.name.startswith("settings.json.version-7-")
    assert aside.read_bytes() == content
    assert notice == (
        f"settings.json was written by a newer FastAPI Explorer. It was kept as {aside.name}; defaults are used."
    )


def test_that_an_older_file_is_migrated_step_by_step_after_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "pet.json"
    path.write_text(json.dumps({"version": 1, "data": {"called": "Rex", "paws": 3}}))
    before = path.read_bytes()

    def rename_name(data: dict[str, Any]) -> dict[str, Any]:
        return {"name": data["called"], "paws": data["paws"]}

    def rename_paws(data: dict[str, Any]) -> dict[str, Any]:
        return {"name": data["name"], "legs": data["paws"]}

    document = Document(path=path, version=3, kind=Pet, migrations={1: rename_name, 2: rename_paws})
    assert document.load() == (Pet("Rex", 3), None)
    (copy,) = names(tmp_path) - {"pet.json"}
    assert copy.startswith("pet.json.version-1-")
    assert (tmp_path / copy).read_bytes() == before


def test_that_fields_a_later_program_added_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"version": 1, "data": {"theme": "light", "sound": true}}')
    assert settings_document(path).load() == (Settings(theme="light"), None)


def test_that_a_file_that_cannot_be_read_is_kept_aside_from_the_next_save(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.mkdir()
    (path / "inside").touch()
    settings, notice = settings_document(path).load()
    assert settings == Settings()
    (aside,) = tmp_path.iterdir()
    assert names(aside) == {"inside"}
    assert notice is not None
    assert notice.startswith("settings.json could not be read")
    assert aside.name in notice


def test_that_an_older_file_on_a_full_disk_is_migrated_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_source: Path, target: Path) -> None:
        target.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "pet.json"
    path.write_text(json.dumps({"version": 1, "data": {"name": "Rex", "legs": 3}}))
    before = path.read_bytes()
    monkeypatch.setattr(shutil, "copy2", full)
    assert Document(path=path, version=2, kind=Pet, migrations={1: dict}).load() == (Pet("Rex", 3), None)
    (kept,) = tmp_path.iterdir()
    assert kept.read_bytes() == before


def test_that_a_write_that_fails_leaves_the_old_file_and_no_rest(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.mkdir()  # a folder cannot be replaced by a file
    with pytest.raises(OSError, match=r".+"):
        write_atomically(path, b"new")
    assert names(tmp_path) == {"settings.json"}


def test_that_a_saved_file_is_private(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "drafts.json"
    write_atomically(path, b"{}")
    assert path.stat().st_mode & 0o077 == 0


def test_that_half_a_character_is_saved_like_any_other(tmp_path: Path) -> None:
    document = Document(path=tmp_path / "pet.json", version=1, kind=Pet)
    write_atomically(document.path, document.encode(Pet(name="\ud83d é")))
    assert document.load() == (Pet(name="\ud83d é"), None)
