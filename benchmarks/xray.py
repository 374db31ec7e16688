"""What the X-ray costs the server: requests a second with it, without it, and after it was taken out."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.figures import median
from benchmarks.processes import Child, scratch
from benchmarks.report import Row

WHAT = "what the X-ray costs the server"
_LEAST_ON = 0.90
_LEAST_OFF = 0.99


def measure(*, quick: bool) -> list[Row]:
    """Load the two apps in turns, one inside the other, so that a machine that slows down harms both alike."""
    rounds, seconds = (1, 0.3) if quick else (15, 0.5)
    with scratch() as folder, Child("server", folder) as server, Child("load") as load:
        urls = server.tell()

        def rate(which: str) -> float:
            done = load.ask(f"{urls[which]}/items {seconds}")
            return float(done["answers"]) / float(done["seconds"])

        def turn() -> tuple[float, float]:
            before = rate("plain")
            spied = rate("spied") + rate("spied")
            return spied / 2, (before + rate("plain")) / 2

        turn()
        on, off = [], []
        for _ in range(rounds):
            server.ask("attach")
            on.append(turn())
            server.ask("detach")
            off.append(turn())
    return [
        _row("X-ray on: requests a second", on, _LEAST_ON),
        _row("X-ray taken out: requests a second", off, _LEAST_OFF),
    ]


def _row(what: str, pairs: Sequence[tuple[float, float]], least: float) -> Row:
    share = median([ours / plain for ours, plain in pairs])
    return Row(
        what=what,
        ours=f"{median([ours for ours, _ in pairs]):,.0f} /s",
        peer=f"never touched: {median([plain for _, plain in pairs]):,.0f} /s",
        result=f"×{share:.3f}",
        budget=f"≥ ×{least:.2f}",
        kept=share >= least,
    )
