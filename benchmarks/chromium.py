"""The peer that everybody has: a browser that opens /docs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil
from websockets.sync.client import connect

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_PATIENCE_SECONDS = 30
_FIRST_OPERATION = """new Promise(resolve => {
    const look = () => document.querySelector('.opblock')
        ? requestAnimationFrame(() => setTimeout(() => resolve(true)))
        : setTimeout(look, 1);
    look();
})"""


def find_chromium() -> str | None:
    """Return the browser's command, or None when there is none."""
    return next((found for name in _NAMES if (found := shutil.which(name)) is not None), None)


class Chromium:
    """Chromium without a screen, on one page; leaving the `with` block ends it and all its processes.

    Attributes:
        started_ns: `time.perf_counter_ns()` before it began.

    """

    def __init__(self, command: str, url: str, profile: Path) -> None:
        self.started_ns = time.perf_counter_ns()
        self._port_file = profile / "DevToolsActivePort"
        self._process = subprocess.Popen(
            [
                command,
                "--headless=new",
                "--remote-debugging-port=0",
                f"--user-data-dir={profile}",
                "--no-first-run",
                "--window-size=1440,900",
                # Without a user of its own a container has no sandbox to offer.
                *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
                url,
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> Self:
        """Return the browser."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End every process of it."""
        family = self._family()
        for process in family:
            if process.is_running():
                process.kill()
        psutil.wait_procs(family, _PATIENCE_SECONDS)
        self._process.wait()

    def wait_for_first_operation(self) -> int:
        """Return `time.perf_counter_ns()` of the moment at which Swagger UI showed its first operation.

        Raises:
            TimeoutError: it never did.
        """
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            address = self._page()
            if address is not None:
                with connect(address, max_size=None) as socket:
                    order = {"expression": _FIRST_OPERATION, "awaitPromise": True}
                    socket.send(json.dumps({"id": 1, "method": "Runtime.evaluate", "params": order}))
                    answer: dict[str, Any] = json.loads(socket.recv(_PATIENCE_SECONDS))
                    if answer.get("result", {}).get("result", {}).get("value") is True:
                        return time.perf_counter_ns()
            time.sleep(0.005)
        raise TimeoutError("Chromium did not show /docs.")

    def memory(self) -> float:
        """Return the megabytes of all its processes, shared ones divided among those who share."""
        return sum(megabytes(process.pid) for process in self._family())

    def _page(self) -> str | None:
        """Return the debugging address of the page, as soon as there is one."""
        try:
            port = self._port_file.read_text("ascii").split()[0]
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list", timeout=5) as answer:
                pages = json.load(answer)
        except (OSError, IndexError):
            return None
        return next((p["webSocketDebuggerUrl"] for p in pages if p["type"] == "page" and "/docs" in p["url"]), None)

    def _family(self) -> list[psutil.Process]:
        try:
            process = psutil.Process(self._process.pid)
            return [process, *process.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []


def megabytes(pid: int) -> float:
    """Return the memory of one process: on Linux its proportional share, elsewhere what is its own."""
    try:
        memory = psutil.Process(pid).memory_full_info()
    except psutil.NoSuchProcess:
        return 0.0
    return float(getattr(memory, "pss", 0) or memory.uss) / 1e6
