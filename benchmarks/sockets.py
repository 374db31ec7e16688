"""10,000 WebSocket messages a second in the real window, beside the same window with nothing to do."""

from __future__ import annotations

import os
import threading
from urllib.parse import urlsplit

from benchmarks.figures import percentile
from benchmarks.processes import Child, scratch
from benchmarks.report import Row

WHAT = "10,000 WebSocket messages a second, with the Sockets room on show (BENCHMARK_SECONDS, usually 60)"
RATE = 10_000
_MOST_P99 = 16.0
_SECONDS = 60.0


def measure(*, quick: bool) -> list[Row]:
    """Let a client in a process of its own send to the embedded server, then a server elsewhere to our own client."""
    seconds = 2.0 if quick else float(os.environ.get("BENCHMARK_SECONDS", _SECONDS))
    with (
        scratch() as folder,
        Child("socket_window", folder / "data") as window,
        Child("socket_talker") as talker,
        Child("socket_source", RATE, seconds) as source,
    ):
        address = urlsplit(window.tell()["url"])
        port = source.tell()["port"]
        calm: list[float] = window.ask(f"timer {min(seconds, 10)}")["milliseconds"]
        told: list[dict[str, float]] = []
        order = f"{address.hostname} {address.port} /sink {RATE} {seconds}"
        talking = threading.Thread(target=lambda: told.append(talker.ask(order)))
        talking.start()
        busy: list[float] = window.ask(f"timer {seconds + 1}")["milliseconds"]
        talking.join()
        seen = window.ask("seen")
        taken = window.ask(f"receive ws://127.0.0.1:{port}/")
        given = source.tell()
    rows = _rows("a client elsewhere sends to the embedded server", told[0], seen["received"], busy, calm)
    return rows + _rows("a server elsewhere sends to our client", given, taken["received"], taken["late"], calm)


def _rows(what: str, sent: dict[str, float], seen: int, late: list[float], calm: list[float]) -> list[Row]:
    count, rate = int(sent["sent"]), sent["sent"] / sent["seconds"]
    p99 = percentile(late, 99)
    return [
        Row(
            what=what,
            ours=f"{seen:,} in the log",
            peer=f"{count:,} sent, {rate:,.0f} a second",
            result=f"{count - seen:,} lost",
            budget=f"none lost at {RATE:,} a second",
            kept=count == seen and rate > 0.97 * RATE,
        ),
        Row(
            what="a 5 ms timer of the window meanwhile is late, p99",
            ours=f"{p99:.1f} ms, at its latest {max(late):.1f} ms",
            peer=f"idle: {percentile(calm, 99):.1f} ms, {max(calm):.1f} ms",
            result=f"{p99:.1f} ms",
            budget=f"≤ {_MOST_P99:g} ms",
            kept=p99 <= _MOST_P99,
        ),
    ]
