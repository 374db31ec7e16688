"""Whether the window stays quick while the server in its process is under full load, on two screens."""

from __future__ import annotations

import threading

from benchmarks.figures import percentile
from benchmarks.processes import Child, scratch
from benchmarks.report import Row

WHAT = "the window's timer while the server is under full load"
_MOST_P99 = 8.0
_MOST_EVER = 50.0


def measure(*, quick: bool) -> list[Row]:
    """Run a 5 ms timer in the real window, first with nothing to do, then with the server as busy as it can be.

    Then once more with each of these requests shown as it comes.
    """
    seconds = 1.0 if quick else 10.0
    with scratch() as folder, Child("program", folder / "data") as program, Child("load") as load:
        program.tell()
        url = program.tell()["url"]
        program.ask("send 5")
        calm = _timer(program, seconds)
        busy = _under_load(program, load, url, seconds)
        program.ask("room traces")
        live = _under_load(program, load, url, seconds)
    return [
        *_rows("a 5 ms timer of the window is late", busy, calm),
        *_rows("with Traces on show and live it is late", live, calm),
    ]


def _rows(what: str, busy: list[float], calm: list[float]) -> list[Row]:
    return [
        Row(
            what=f"{what}, p99",
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


def _under_load(program: Child, load: Child, url: str, seconds: float) -> list[float]:
    asking = threading.Thread(target=load.ask, args=(f"{url}/items {seconds + 1}",))
    asking.start()
    late = _timer(program, seconds)
    asking.join()
    return late


def _timer(program: Child, seconds: float) -> list[float]:
    late: list[float] = program.ask(f"timer {seconds}")["milliseconds"]
    return late
