"""The helper process: what it answers, how it dies, and what is left of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue

import psutil
import pytest

from explorer.client.viewers.messages import Message
from explorer.client.viewers.process import LOST, Helper

SECONDS = 20
Get = Callable[[], Message]


@pytest.fixture
def asked() -> Iterator[tuple[Helper, Get]]:
    arrived: SimpleQueue[Message] = SimpleQueue()
    helper = Helper(arrived.put)
    yield helper, lambda: arrived.get(timeout=SECONDS)
    helper.close()
    assert helper._thread is not None
    helper._thread.join(SECONDS)
    assert not helper._thread.is_alive()


def all_of(get: Get) -> list[Message]:
    found = [get()]
    while not found[-1].get("done"):
        found.append(get())
    return found


def test_that_the_helper_makes_the_index_of_a_file(asked: tuple[Helper, Get], tmp_path: Path) -> None:
    helper, get = asked
    path = tmp_path / "body"
    path.write_bytes(b"[" + b'{"id":1},' * 300_000 + b"1]")
    helper.ask("index", path=str(path), layout="json", start=[0, 0, 0, 0])
    *steps, done = all_of(get)
    assert steps[-1]["end"] == [path.stat().st_size, 900_003, 900_003, 0]
    assert sum(len(step["checkpoints"]) for step in steps) > 100
    assert done == {"id": 1, "done": True}


def test_that_the_helper_converts_a_file_and_names_the_first_wrong_byte(
    asked: tuple[Helper, Get], tmp_path: Path
) -> None:
    helper, get = asked
    path = tmp_path / "body"
    path.write_bytes("é".encode("utf-16-le") * 700_000 + b"\x00\xd8" + b"a\0")
    helper.ask("convert", path=str(path), charset="utf-16-le")
    reply = all_of(get)[-2]
    converted = Path(reply["path"])
    assert converted.read_text("utf-8") == "é" * 700_000 + "\ufffda"
    assert reply["bad"] == 1_400_000
    converted.unlink()


def test_that_the_helper_searches_and_follows_paths(asked: tuple[Helper, Get]) -> None:
    helper, get = asked
    helper.ask("find", text='{"a":[1,22]}', wanted="22", match_case=False, as_json=True)
    assert all_of(get)[0]["spans"] == [[8, 2]]
    helper.ask("follow", text='{"a":[1,22]}', wanted="$.a[1]")
    assert all_of(get)[0]["found"] == [["$['a'][1]", 8, 2, "22"]]
    helper.ask("follow", text="{}", wanted="$.[")
    assert all_of(get)[0]["sentence"].startswith("This is no JSONPath, at ")


def test_that_members_come_page_by_page(asked: tuple[Helper, Get], tmp_path: Path) -> None:
    helper, get = asked
    path = tmp_path / "body"
    path.write_bytes(b'{"items":[' + b'{"id":1.0},' * 600_000 + b"{}]}")
    helper.ask("root", path=str(path))
    assert all_of(get)[0]["member"][:2] == ["$", "object"]
    helper.ask("page", path=str(path), start=0, cursor=[1, 0])
    (items,) = all_of(get)[0]["members"]
    assert items[:3] == ["items", "array", 9]
    assert items[4] == -1  # too many to be counted at once
    helper.ask("count", path=str(path), start=9)
    assert all_of(get)[0]["count"] == 600_001


def test_that_a_file_that_was_taken_away_is_said(asked: tuple[Helper, Get], tmp_path: Path) -> None:
    helper, get = asked
    helper.ask("index", path=str(tmp_path / "none"), layout="json", start=[0, 0, 0, 0])
    assert "No such file" in all_of(get)[-1]["gone"]
    (tmp_path / "empty").touch()
    helper.ask("root", path=str(tmp_path / "empty"))
    assert "gone" in all_of(get)[-1]


def test_that_a_helper_that_dies_is_started_once_more_and_asked_again(asked: tuple[Helper, Get]) -> None:
    helper, get = asked
    helper.ask("find", text="a", wanted="a", match_case=True, as_json=False)
    all_of(get)
    first = helper.pid
    assert first is not None
    os.kill(first, signal.SIGSTOP)  # so that it dies before it answers
    helper.ask("find", text="ab", wanted="b", match_case=True, as_json=False)
    os.kill(first, signal.SIGKILL)
    assert all_of(get)[0]["spans"] == [[1, 1]]
    second = helper.pid
    assert second not in (None, first)
    assert second is not None
    os.kill(second, signal.SIGKILL)
    assert get() == {LOST: True}


def test_that_closing_ends_the_process_whatever_it_does(tmp_path: Path) -> None:
    began = threading.Event()
    helper = Helper(lambda _message: began.set())
    path = tmp_path / "body"
    path.write_bytes(b"[" + b'{"id":1},' * 2_000_000 + b"1]")
    helper.ask("index", path=str(path), layout="json", start=[0, 0, 0, 0])
    assert began.wait(SECONDS)
    process = psutil.Process(helper.pid)
    helper.close()
    process.wait(SECONDS)
    assert not process.is_running()


def test_that_the_helper_dies_with_the_process_that_started_it() -> None:
    code = (
        "import sys, threading; from explorer.client.viewers.process import Helper\n"
        "said = threading.Event(); helper = Helper(lambda message: said.set())\n"
        "helper.ask('find', text='a', wanted='a', match_case=True, as_json=False); said.wait()\n"
        "print(helper.pid, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as starter:
        assert starter.stdout is not None
        process = psutil.Process(int(starter.stdout.readline()))
        starter.kill()
        process.wait(SECONDS)
    assert not process.is_running()


def test_that_the_helper_imports_nothing_heavy() -> None:
    heavy = {"PySide6", "fastapi", "httpx", "pydantic", "jsonpath", "asyncio", "msgspec"}
    code = f"import sys, explorer.client.viewers.worker; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
