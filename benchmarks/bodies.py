"""Large bodies in the views of the response, beside reading the file and beside a plain QPlainTextEdit."""

from __future__ import annotations

import json
import shutil
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

import psutil

from benchmarks.figures import median
from benchmarks.processes import Child, scratch
from benchmarks.report import Row

WHAT = "100 MB of JSON and 3 MB on one line: first painting, longest stop of the window, memory"
_FIRST_PAINT_MS = 1_000
_LONGEST_STOP_MS = 100
_MOST_MEMORY = 3.0  # times the body
_PEER_MB = 10
_WEIGHED_EVERY = 0.1  # seconds


def measure(*, quick: bool) -> list[Row]:
    """Show the bodies in a window of their own, each time in a new process."""
    megabytes, rounds = (10, 1) if quick else (100, 3)
    with scratch() as folder:
        large, line, lines = folder / "large", folder / "line", folder / "lines"
        size = _write_items(large, megabytes)
        _write_items(line, 3)
        _write_items(lines, _PEER_MB, separator=",\n")
        shown = [_ask(folder, "view pretty", large) for _ in range(rounds)]
        on_one_line = [_ask(folder, f"view {view}", line) for view in ("raw", "pretty") for _ in range(rounds)]
        idle = _ask(folder, "idle", line)["longest"]
        plain = _ask(folder, "peer", lines)
        plain_line = _ask(folder, "peer", line)
        floor = median([_read(large) for _ in range(rounds)])
    scaled = megabytes / _PEER_MB
    first = median([one["milliseconds"] for one in shown])
    longest, line_longest = max(one["longest"] for one in shown), max(one["longest"] for one in on_one_line)
    busy, line_busy = max(one["busy"] for one in shown), max(one["busy"] for one in on_one_line)
    memory = median([one["megabytes"] for one in shown])
    peer = f"QPlainTextEdit, {_PEER_MB} MB ×{scaled:g}"
    return [
        Row(
            what=f"{megabytes} MB of JSON: complete → first rows painted",
            ours=f"{first:.0f} ms",
            peer=f"reading the file: {floor:.0f} ms; {peer}: {plain['milliseconds'] * scaled:.0f} ms",
            result=f"{first:.0f} ms",
            budget=f"≤ {_FIRST_PAINT_MS} ms",
            kept=first <= _FIRST_PAINT_MS,
        ),
        Row(
            what="the same: longest stop of the window, jumps included",
            ours=f"{longest:.0f} ms ({busy:.0f} busy)",
            peer=f"an empty window: {idle:.0f} ms; {peer}: {plain['longest'] * scaled:.0f} ms",
            result=f"{longest:.0f} ms",
            budget=f"≤ {_LONGEST_STOP_MS} ms",
            kept=longest <= _LONGEST_STOP_MS,
        ),
        Row(
            what="the same: memory added, the helper process included",
            ours=f"{memory:.0f} MB",
            peer=f"{peer}: {plain['megabytes'] * scaled:.0f} MB",
            result=f"×{memory * 1e6 / size:.2f} of the body",
            budget=f"≤ ×{_MOST_MEMORY:g}",
            kept=memory * 1e6 <= _MOST_MEMORY * size,
        ),
        Row(
            what="3 MB on one line, raw and laid out: longest stop",
            ours=f"{line_longest:.0f} ms ({line_busy:.0f} busy)",
            peer=f"an empty window: {idle:.0f} ms; QPlainTextEdit: {plain_line['longest']:.0f} ms",
            result=f"{line_longest:.0f} ms",
            budget=f"≤ {_LONGEST_STOP_MS} ms",
            kept=line_longest <= _LONGEST_STOP_MS,
        ),
    ]


def _ask(folder: Path, order: str, body: Path) -> dict[str, float]:
    copy = folder / "shown"  # the view deletes what it has shown
    shutil.copyfile(body, copy)
    with Child("viewer") as viewer:
        viewer.ask(f"{order} {copy}")
        with _Scales(viewer.pid) as scales:
            found = viewer.ask("go")
        return {**found, "megabytes": scales.megabytes}


class _Scales:
    """Weighs a process and its helpers from outside; what several share is shared out among them.

    Attributes:
        megabytes: the most that was added.
    """

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._weigh)
        self._before = self._memory()
        self.megabytes = 0.0

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take the last weight."""
        self._over.set()
        self._thread.join()

    def _weigh(self) -> None:
        while True:
            over = self._over.wait(_WEIGHED_EVERY)
            self.megabytes = max(self.megabytes, (self._memory() - self._before) / 1e6)
            if over:
                return

    def _memory(self) -> int:
        total = 0
        for process in (self._process, *self._process.children()):
            with suppress(psutil.Error):  # it ended meanwhile
                total += process.memory_full_info().uss
        return total


def _write_items(path: Path, megabytes: int, separator: str = ",") -> int:
    """Write a list of items in a file, and return its size."""
    with path.open("w", encoding="utf-8") as file:
        number = written = 0
        file.write("[")
        while written < megabytes * 1_000_000:
            item = {
                "id": number,
                "name": f"Desk lamp {number}",
                "price": 39.9,
                "tags": ["home", "light"],
                "owner": {"id": number % 7, "name": 'Ada "Countess" Lovelace'},
                "note": "für “jeden” Tisch" if number % 5 == 0 else None,
            }
            written += file.write((separator if number else "") + json.dumps(item, separators=(",", ":")))
            number += 1
        file.write("]")
    return path.stat().st_size


def _read(path: Path) -> float:
    began = time.perf_counter()
    with path.open("rb") as file:
        while file.read(1024 * 1024):
            pass
    return (time.perf_counter() - began) * 1000
