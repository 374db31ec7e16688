"""The window's side of the helper process: starts it, asks it, starts it once more when it dies."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import explorer
from explorer.client.viewers.messages import Message, encoded, messages

LOST = "lost"  # the key of the message that says that the process died twice
_STARTS = 2


def helper_command(module: str = "explorer.client.viewers.worker") -> list[str]:
    """Return the command that starts a helper process: the one place that knows with which Python."""
    return [sys.executable, "-P", "-m", module]


def helper_environment() -> dict[str, str]:
    """Return the environment in which a helper process finds our modules."""
    package_home = str(Path(explorer.__file__).parents[1])
    known = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": package_home if not known else package_home + os.pathsep + known}


class Helper:
    """A helper process, which starts with the first request."""

    def __init__(self, on_message: Callable[[Message], object]) -> None:
        """`on_message` takes every reply, on a thread of ours."""
        self._on_message = on_message
        self._lock = threading.Lock()
        self._ids = count(1)
        self._unanswered: dict[int, Message] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The number of the process while it runs."""
        return self._process.pid if self._process is not None else None

    def ask(self, job: str, **values: Any) -> int:
        """Send a request; its replies have the number that is returned, and the last one says ``done``."""
        with self._lock:
            key = next(self._ids)
            request = {"id": key, "job": job, **values}
            self._unanswered[key] = request
            if self._process is not None:
                self._write(self._process, request)
            elif self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._run, name="body helper", daemon=True)
                self._thread.start()
            return key

    def close(self, *_: object) -> None:
        """End the process, whatever it does; no reply comes any more."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._process.kill()

    def _run(self) -> None:
        for _ in range(_STARTS):
            try:
                process = self._start()
            except OSError:
                break
            if process is None:
                return
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            assert process.stdin is not None  # noqa: S101
            for message in messages(process.stdout):
                self._take(message)
            with self._lock:
                self._process = None
            process.kill()
            process.stdout.close()
            with suppress(OSError):  # what was still to be written
                process.stdin.close()
            process.wait()
            if self._closed:
                return
        self._on_message({LOST: True})

    def _start(self) -> subprocess.Popen[bytes] | None:
        """Start the process and ask it what is not answered yet; None when nobody wants to know any more."""
        with self._lock:
            if self._closed:
                return None
            process = subprocess.Popen(  # noqa: S603 - our own module
                helper_command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=helper_environment(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            self._process = process
            for request in self._unanswered.values():
                self._write(process, request)
            return process

    def _write(self, process: subprocess.Popen[bytes], request: Message) -> None:
        assert process.stdin is not None  # noqa: S101 - it is a pipe
        with suppress(OSError):  # it died: the thread that reads notices that, and asks again
            process.stdin.write(encoded(request))
            process.stdin.flush()

    def _take(self, message: Message) -> None:
        with self._lock:
            if self._closed:
                return
            if message.get("done"):
                self._unanswered.pop(message["id"], None)
        self._on_message(message)
