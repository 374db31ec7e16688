"""The program as a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import psutil
import pytest

from tests.ports import free_port

STARTS_WITHIN_SECONDS = 30
GONE_WITHIN_SECONDS = 5  # two are promised, and a busy machine may take longer
LOOK_EVERY_SECONDS = 0.05


def wait_for(true: Callable[[], object], process: subprocess.Popen[str]) -> None:
    """Look again and again until something holds; a process that ended will not make it true."""
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    pause = threading.Event()
    while not true():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        pause.wait(LOOK_EVERY_SECONDS)


def _hear_ctrl_c() -> None:
    """Undo what a shell does to whatever it runs in the background: that ignores Ctrl+C, and the program lets it be."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Started:
    """The program in a process of its own."""

    def __init__(self, data: Path, port: int, command: tuple[str, ...], environment: dict[str, str]) -> None:
        self.data = data
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, *(command or ("-m", "explorer", "--data-dir", str(data), "--port", str(port)))],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
            preexec_fn=_hear_ctrl_c if os.name == "posix" else None,  # noqa: PLW1509 - one call, no locks
        )

    def answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health").status_code == 200
        except httpx.TransportError:
            return False

    def until_it_answers(self) -> None:
        wait_for(self.answers, self.process)

    def connections(self) -> int:
        """Return how many clients are connected to its server."""
        found = psutil.Process(self.process.pid).net_connections("tcp")
        return sum(c.status == psutil.CONN_ESTABLISHED and c.laddr.port == self.port for c in found)

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
        """Ask it to end; return its exit code and all that it wrote."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=GONE_WITHIN_SECONDS)
        return self.process.returncode, out, err


Launch = Callable[..., Started]


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Launch]:
    """Start processes; those still there at the end are killed."""
    with ExitStack() as stack:

        def begin(*command: str, data: Path | None = None, port: int | None = None, **environment: str) -> Started:
            started = Started(data or tmp_path / "data", port or free_port(), command, environment)
            stack.enter_context(started.process)
            stack.callback(started.process.kill)
            return started

        yield begin
