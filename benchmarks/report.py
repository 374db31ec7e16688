"""One line of a result, and the table of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_HEADINGS = ("what", "ours", "floor or peer", "result", "budget", "verdict")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One promise.

    Attributes:
        what: the promise, in words.
        ours: what was measured, with its unit.
        peer: what it is held against, with its unit; or why there is nothing to hold it against.
        result: the number the budget is about, such as a ratio.
        budget: the promise as a number.
        kept: whether it holds; None when it could not be measured here.

    """

    what: str
    ours: str
    peer: str
    result: str
    budget: str
    kept: bool | None

    @property
    def cells(self) -> tuple[str, ...]:
        """The texts of the line."""
        verdict = "skipped" if self.kept is None else ("kept" if self.kept else "MISSED")
        return self.what, self.ours, self.peer, self.result, self.budget, verdict


def skipped(what: str, budget: str, why: str) -> Row:
    """Return the line of a promise that cannot be measured here."""
    return Row(what=what, ours="", peer=f"skipped: {why}", result="", budget=budget, kept=None)


def at_most(what: str, ours: float, peer: float, peer_name: str, most: float, unit: str = "ms") -> Row:
    """Return the line of a promise that ours is at most so many times the peer."""
    ratio = ours / peer
    return Row(
        what=what,
        ours=f"{ours:.0f} {unit}",
        peer=f"{peer_name}: {peer:.0f} {unit}",
        result=f"×{ratio:.2f}",
        budget=f"≤ ×{most:g}",
        kept=ratio <= most,
    )


def table(rows: Iterable[Row]) -> str:
    """Return the lines as a Markdown table that also reads well in a terminal."""
    lines = [_HEADINGS, *(row.cells for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEADINGS))]
    texts = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    texts.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(texts)
