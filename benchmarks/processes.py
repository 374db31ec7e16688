"""Children of a benchmark: they are started afresh, tell what they measure as lines of JSON, and take orders."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_ROOT = Path(__file__).parents[1]
_LEAVE_SECONDS = 10


class Child:
    """A Python module of `benchmarks.children` in a process of its own; leaving the `with` block ends it.

    Attributes:
        started_ns: `time.perf_counter_ns()` before the process began; that clock is one for all processes.
        pid: its process id.

    """

    def __init__(self, module: str, *arguments: object) -> None:
        self.started_ns = time.perf_counter_ns()
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"benchmarks.children.{module}", *map(str, arguments)],
            cwd=_ROOT,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.pid = self._process.pid

    def __enter__(self) -> Self:
        """Return the child."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Let it end by itself: its orders are over."""
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        self._process.stdin.close()
        try:
            self._process.wait(_LEAVE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        finally:
            if self._process.stdout is not None:
                self._process.stdout.close()

    def tell(self) -> dict[str, Any]:
        """Return the next thing that the child says.

        Raises:
            RuntimeError: it ended instead; what it wrote to stderr is on the terminal.
        """
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._process.args!r} ended with {self._process.wait()}.")
        said: dict[str, Any] = json.loads(line)
        return said

    def ask(self, order: str) -> dict[str, Any]:
        """Send a line to the child, and return what it answers."""
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        return self.tell()

    def since_start(self, moment_ns: int) -> float:
        """Return the milliseconds from the start of the process to a moment that the child told."""
        return (moment_ns - self.started_ns) / 1e6


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="fastapi-explorer-benchmark-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def _environment() -> dict[str, str]:
    """Return what a person's own start has: compiled files are kept. No display is needed unless one is asked for."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {"QT_QPA_PLATFORM": "offscreen", **kept}
