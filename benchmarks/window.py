"""Whether the window stays quick while the server in its process is under full load."""

from __future__ import annotations

import threading

from benchmarks.figures import percentile
from benchmarks.processes import Child, scratch
from benchmarks.report import Row

WHAT = "the window's timer while the server is under full load"
_MOST_P99 = 8.0
_MOST_EVER = 50.0


def measure(*, quick: bool) -> list[Row]:
    """Run a 5 ms timer in the real window, first with nothing to do, then with the server as busy as it can be."""
    seconds = 1.0 if quick else 10.0
    with scratch() as folder, Child("program", folder / "data") as program, Child("load") as load:
        program.tell()
        url = program.tell()["url"]
        program.ask("send 5")
        calm = _timer(program, seconds)
        asking = threading.Thread(target=load.ask, args=(f"{url}/items {seconds + 1}",))
        asking.start()
        busy = _timer(program, seconds)
        asking.join()
    return [
        Row(
            what="a 5 ms timer of the window is late, p99",
            ours=f"{percentile(busy, 99):.1f} ms",
            peer=f"no load: {percentile(calm, 99):.1f} ms",
            result=f"{percentile(busy, 99):.1f} ms",
            budget=f"≤ {_MOST_P99:g} ms",
            kept=percentile(busy, 99) <= _MOST_P99,
        ),
        Row(
            what="the same, at its latest",
            ours=f"{max(busy):.1f} ms",
            peer=f"no load: {max(calm):.1f} ms",
            result=f"{max(busy):.1f} ms",
            budget=f"≤ {_MOST_EVER:g} ms",
            kept=max(busy) <= _MOST_EVER,
        ),
    ]


def _timer(program: Child, seconds: float) -> list[float]:
    late: list[float] = program.ask(f"timer {seconds}")["milliseconds"]
    return late
