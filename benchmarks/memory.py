"""The memory of the program with the demo running and one request sent."""

from __future__ import annotations

import time

from benchmarks.chromium import Chromium, find_chromium, megabytes
from benchmarks.figures import median
from benchmarks.processes import Child, scratch
from benchmarks.report import Row, at_most, skipped

WHAT = "memory with the demo running"
_MOST = 160
_MOST_OF_CHROMIUM = 0.4
_IDLE_SECONDS = 2.0  # late work after the first answer is over by then


def measure(*, quick: bool) -> list[Row]:
    """Compare window and server in one process with a browser alone that shows /docs."""
    rounds = 1 if quick else 3
    command = find_chromium()
    ours, browser = [], []
    for _ in range(rounds):
        with scratch() as folder, Child("program", folder / "data") as program:
            program.tell()
            url = program.tell()["url"]
            program.ask("send 1")
            time.sleep(_IDLE_SECONDS)
            ours.append(megabytes(program.pid))
            if command is not None:
                with Chromium(command, f"{url}/docs", folder / "profile") as chromium:
                    chromium.wait_for_first_operation()
                    time.sleep(_IDLE_SECONDS)
                    browser.append(chromium.memory())
    what = "memory, idle, demo running"
    budget = f"≤ ×{_MOST_OF_CHROMIUM:g}"
    return [
        Row(
            what=what,
            ours=f"{median(ours):.0f} MB",
            peer="",
            result=f"{median(ours):.0f} MB",
            budget=f"≤ {_MOST} MB",
            kept=median(ours) <= _MOST,
        ),
        at_most(what, median(ours), median(browser), "Chromium on /docs", _MOST_OF_CHROMIUM, "MB")
        if browser
        else skipped(what, budget, "no Chromium"),
    ]
