from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from explorer.storage.folder import DataFolder, default_root
from explorer.storage.instance import InstanceLock
from explorer.storage.reset import files_to_reset, reset
from explorer.storage.resources import resource, resource_root


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def test_that_asking_for_names_makes_nothing(folder: DataFolder) -> None:
    described = dict(folder.describe())
    assert described["Settings"] == folder.root / "settings.json"
    assert described["Crash log"] == folder.root / "logs" / "crash.log"
    assert not folder.root.exists()


def test_that_the_folder_is_made_private_and_may_be_there_already(folder: DataFolder) -> None:
    folder.create()
    folder.create()
    assert folder.logs.is_dir()
    assert folder.root.stat().st_mode & 0o077 == 0


def test_that_the_usual_place_carries_our_name() -> None:
    assert default_root().name == "fastapi-explorer"


def test_that_shipped_files_are_found() -> None:
    assert resource("docs-assets/swagger-ui.css").is_file()
    assert resource_root().is_dir()


# --- one window a folder ----------------------------------------------------------------------------------------------

_HOLD = """
import sys
from pathlib import Path
from explorer.storage.instance import InstanceLock
lock = InstanceLock(Path(sys.argv[1]))
print(lock.acquire(), flush=True)
sys.stdin.read()
"""


def test_that_a_second_process_does_not_get_the_lock_until_the_first_dies(folder: DataFolder) -> None:
    command = [sys.executable, "-c", _HOLD, str(folder.lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "True\n"
        lock = InstanceLock(folder.lock)
        assert not lock.acquire()
        first.kill()
        first.wait(10)
        assert lock.acquire()
        assert lock.acquire()
        lock.release()
        lock.release()


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be deleted there")
def test_that_the_lock_holds_although_its_folder_was_deleted_and_made_anew(folder: DataFolder) -> None:
    command = [sys.executable, "-c", _HOLD, str(folder.lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "True\n"
        shutil.rmtree(folder.root)
        lock = InstanceLock(folder.lock)
        assert not lock.acquire()
        assert not lock.acquire()
        first.kill()
        first.wait(10)
        assert lock.acquire()
        lock.release()


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be deleted there")
def test_that_what_is_held_beside_the_temporary_files_is_gone_with_the_lock(
    folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    lock = InstanceLock(folder.lock)
    assert lock.acquire()
    (held,) = temporary.glob("*/*")
    assert held.parent.stat().st_mode & 0o077 == 0
    lock.release()
    assert list(temporary.glob("*/*")) == []
    shutil.rmtree(temporary)  # a system without a place for temporary files
    assert lock.acquire()
    lock.release()


def test_that_a_released_lock_is_free(folder: DataFolder) -> None:
    first, second = InstanceLock(folder.lock), InstanceLock(folder.lock)
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()


# --- a fresh start ----------------------------------------------------------------------------------------------------


def test_that_a_reset_moves_what_is_ours_and_nothing_else(folder: DataFolder) -> None:
    folder.create()
    ours = (
        *("settings.json", "settings.json.corrupt-20240101-000000", "drafts.json", "sockets.json", "console.json"),
        *("migrations.json", "history.sqlite3", "demo.sqlite3", "demo.sqlite3-wal"),
    )
    for name in (*ours, "logs/explorer.log", "thesis.txt", "lock"):
        (folder.root / name).write_text(name)
    assert {path.name for path in files_to_reset(folder)} == {*ours, "logs"}
    backup = reset(folder)
    assert backup.parent == folder.root
    assert backup.name.startswith("backup-")
    assert {path.name for path in backup.iterdir()} == {*ours, "logs"}
    assert (backup / "logs" / "explorer.log").read_text() == "logs/explorer.log"
    assert {path.name for path in folder.root.iterdir()} == {backup.name, "thesis.txt", "lock"}
    assert files_to_reset(folder) == ()


def test_that_two_resets_in_one_second_keep_both_backups(folder: DataFolder) -> None:
    folder.create()
    backups = set()
    for content in ("one", "two"):
        folder.settings.write_text(content)
        backups.add(reset(folder))
    assert {(backup / "settings.json").read_text() for backup in backups} == {"one", "two"}
