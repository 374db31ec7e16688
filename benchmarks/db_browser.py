"""The peer that everybody knows: DB Browser for SQLite, on a screen that only exists in memory."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.chromium import megabytes

TOOLS = ("sqlitebrowser", "Xvfb", "xdotool")
_WIDTH, _HEIGHT = 1440, 900
_GRID = (60, 190, 470, 660)  # left, top, right, bottom of the cells, in its window as it opens without settings
_CELL = (180, 230)
_QUESTION = (720, 400)  # a window that it may open
_LOOKS_EVERY_SECONDS = 0.002
_STILL_SECONDS = 1.5  # for so long nothing may change any more
_PATIENCE_SECONDS = 60
_LOADING = bytes((200, 200, 255, 255))  # the colour behind "loading…": blue, green, red, nothing
_XWD_PIXELS = 4  # bytes of one


def missing_tools() -> list[str]:
    """Return what is not installed."""
    return [name for name in TOOLS if shutil.which(name) is None]


class Screen:
    """A screen of its own; what it shows is read from the file that it is kept in."""

    def __init__(self, folder: Path) -> None:
        reading, writing = os.pipe()
        size = f"{_WIDTH}x{_HEIGHT}x24"
        self._process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-fbdir", str(folder), "-nolisten", "tcp"],
            pass_fds=(writing,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as told:
            self.display = f":{told.readline().strip()}"
        self._file = (folder / "Xvfb_screen0").open("rb")
        head = self._file.read(100)
        size_of_head, colors = (int.from_bytes(head[at : at + 4], "big") for at in (0, 76))
        self._line = int.from_bytes(head[48:52], "big")
        self._begin = size_of_head + 12 * colors

    def look(self) -> list[bytes]:
        """Return the pixels of the cells, line by line."""
        left, top, right, bottom = _GRID
        self._file.seek(self._begin + top * self._line)
        lines = self._file.read((bottom - top) * self._line)
        rows = range(0, len(lines), self._line)
        return [lines[row + left * _XWD_PIXELS : row + right * _XWD_PIXELS] for row in rows]

    def close(self) -> None:
        """Switch it off."""
        self._file.close()
        self._process.terminate()
        self._process.wait()


class DbBrowser:
    """DB Browser for SQLite, reading one table; leaving the `with` block ends it.

    Its cells say "loading…" before their values come, so a change is over when the cells were last painted anew.
    """

    def __init__(self, path: Path, table: str, folder: Path) -> None:
        """`folder` is where it keeps its settings: none to begin with."""
        self._screen = Screen(folder)
        kept = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
        self._environment = {**kept, "DISPLAY": self._screen.display, "HOME": str(folder), "XDG_CONFIG_HOME": ""}
        self._empty = self._screen.look()
        self._began = time.perf_counter()
        self._process = subprocess.Popen(
            ["sqlitebrowser", "-R", "-t", table, str(path)],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        self._screen.close()

    def first_rows(self) -> float:
        """Return the milliseconds from its start until the first rows are painted."""
        return self._painted(self._began, self._empty)

    def jump_to_the_end(self) -> float:
        """Press Ctrl+End in a cell; return the milliseconds until the last rows are painted.

        Before that its question whether to stop counting is answered with No, if it stands there.
        """
        self._order("mousemove", *_QUESTION, "key", "Escape")
        time.sleep(_STILL_SECONDS)
        self._order("mousemove", *_CELL, "click", 1)
        time.sleep(_STILL_SECONDS)
        return self._ordered("key", "ctrl+End")

    def memory(self) -> float:
        """Return its megabytes."""
        return megabytes(self._process.pid)

    def _ordered(self, *words: object) -> float:
        before, began = self._screen.look(), time.perf_counter()
        self._order(*words)
        return self._painted(began, before)

    def _order(self, *words: object) -> None:
        subprocess.run(["xdotool", *map(str, words)], env=self._environment, check=True)

    def _painted(self, began: float, before: list[bytes]) -> float:
        last, changed = before, 0.0
        while (now := time.perf_counter()) < began + _PATIENCE_SECONDS:
            seen = self._screen.look()
            if seen != last:
                last, changed = seen, now
            elif changed and now > changed + _STILL_SECONDS and _has_values(seen):
                return (changed - began) * 1000
            time.sleep(_LOOKS_EVERY_SECONDS)
        raise TimeoutError("DB Browser for SQLite painted nothing new.")


def _has_values(cells: list[bytes]) -> bool:
    """Tell whether there are rows, and none of them says "loading…"."""
    return len(set(cells)) > 1 and not any(_LOADING * 4 in line for line in cells)
