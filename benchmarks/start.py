"""How long a person waits: for the window, and for the first answer in it."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from benchmarks.chromium import Chromium, find_chromium
from benchmarks.figures import median
from benchmarks.processes import Child, scratch
from benchmarks.report import Row, at_most, skipped

WHAT = "from the start of the process to the window, and to the first answer"
_MOST_WINDOW = 1.5
_MOST_ANSWER = 1.3


class Times:
    """Milliseconds from the start of a process, by what was waited for; and what was imported too early."""

    def __init__(self) -> None:
        self._times: defaultdict[str, list[float]] = defaultdict(list)
        self.too_early: set[str] = set()

    def __getitem__(self, what: str) -> float:
        """Return the median."""
        return median(self._times[what])

    def bare_window(self) -> None:
        """Start an empty window."""
        with Child("bare_window") as child:
            self._add("bare window", child, child.tell()["painted_ns"])

    def bare_app(self, database: Path, when: str) -> None:
        """Import and start the demo, and ask it once."""
        with Child("bare_app", database) as child:
            self._add(f"bare answer, {when}", child, child.tell()["answered_ns"])

    def program(self, folder: Path, when: str, browser: str | None) -> None:
        """Start the program, send the first request as soon as that is possible, and let a browser open its /docs."""
        with Child("program", folder) as child:
            first = child.tell()
            self.too_early |= set(first["too_early"])
            self._add("window", child, first["painted_ns"])
            ready = child.tell()
            self._add(f"answer, {when}", child, child.ask("send 1")["painted_ns"])
            if browser is not None:
                with scratch() as profile, Chromium(browser, f"{ready['url']}/docs", profile) as chromium:
                    shown_ns = chromium.wait_for_first_operation()
                self._times["chromium"].append((shown_ns - chromium.started_ns) / 1e6)

    def _add(self, what: str, child: Child, moment_ns: int) -> None:
        self._times[what].append(child.since_start(moment_ns))


def measure(*, quick: bool) -> list[Row]:
    """Start everything in turns, each process afresh; the first turn only warms the disk's cache."""
    browser = None if quick else find_chromium()
    _turn(Times(), None)
    times = Times()
    for _ in range(2 if quick else 12):
        _turn(times, browser)
    return [
        at_most("start → window painted", times["window"], times["bare window"], "bare QMainWindow", _MOST_WINDOW),
        Row(
            what="heavy imports before the first paint",
            ours=", ".join(sorted(times.too_early)) or "none",
            peer="",
            result=str(len(times.too_early)),
            budget="none",
            kept=not times.too_early,
        ),
        *(
            at_most(
                f"start → first answer, {when}",
                times[f"answer, {when}"],
                times[f"bare answer, {when}"],
                "bare app + httpx",
                _MOST_ANSWER,
            )
            for when in ("new database", "kept database")
        ),
        _beside_browser(times) if browser is not None else _no_browser(),
    ]


def _turn(times: Times, browser: str | None) -> None:
    with scratch() as folder:
        times.bare_window()
        for when in ("new database", "kept database"):
            times.program(folder / "data", when, browser if when == "kept database" else None)
            times.bare_app(folder / "bare.sqlite3", when)


def _beside_browser(times: Times) -> Row:
    """Whoever reads /docs starts the same app first, and then waits for the browser."""
    peer = times["bare answer, kept database"] + times["chromium"]
    return at_most(
        "the same beside a browser", times["answer, kept database"], peer, "app, then Chromium on /docs", 1.0
    )


def _no_browser() -> Row:
    return skipped("the same beside a browser", "≤ ×1", "no Chromium, or --quick")
