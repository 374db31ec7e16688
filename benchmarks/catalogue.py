"""A document of GitHub's size: from its bytes to the painted tree, a key in the filter, and opening an operation."""

from __future__ import annotations

from pathlib import Path

from benchmarks.figures import median, percentile
from benchmarks.large_document import OPERATIONS, large_document
from benchmarks.processes import Child, scratch
from benchmarks.report import Row

WHAT = "a document with 1,223 operations: listing, filtering and opening them"
_TYPED = "post member"
_MOST_LISTED = 1_000.0
_MOST_KEY = 16.0
_MOST_OPENED = 100.0


def measure(*, quick: bool) -> list[Row]:
    """Hand the document to the real window again and again, and to a bare tree in turns."""
    rounds, opened = (1, 5) if quick else (7, 40)
    listed: list[float] = []
    keys: list[float] = []
    opening: list[float] = []
    bare: list[dict[str, list[float]]] = []
    with scratch() as folder:
        document = folder / "large.json"
        document.write_bytes(large_document(120 if quick else OPERATIONS))
        size = document.stat().st_size / 1e6
        for _ in range(rounds):
            with Child("program", folder / "data") as program:
                program.tell()
                program.tell()
                listed += program.ask(f"catalogue {document}")["milliseconds"]
                keys += program.ask(f"filter {_TYPED}")["milliseconds"]
                opening += program.ask(f"open {opened}")["milliseconds"]
            bare.append(_bare(document))
    floor = median([each["listed"][0] for each in bare])
    floor_key = percentile([key for each in bare for key in each["filtered"]], 95)
    ours, key, opened_in = median(listed), percentile(keys, 95), percentile(opening, 95)
    return [
        _row(f"{size:.0f} MB of bytes → operations painted", ours, floor, "json + bare QTreeView", _MOST_LISTED),
        _row("a key in the filter → painted, p95", key, floor_key, "Qt's own filter, p95", _MOST_KEY),
        _row("an operation chosen → painted, p95", opened_in, floor, "json + bare QTreeView", _MOST_OPENED),
    ]


def _bare(document: Path) -> dict[str, list[float]]:
    with Child("bare_tree", document, _TYPED) as child:
        said = child.tell()
    return {"listed": [said["listed"]], "filtered": said["filtered"]}


def _row(what: str, ours: float, floor: float, floor_name: str, most: float) -> Row:
    return Row(
        what=what,
        ours=f"{ours:.1f} ms",
        peer=f"{floor_name}: {floor:.1f} ms",
        result=f"×{ours / floor:.2f}",
        budget=f"≤ {most:g} ms",
        kept=ours <= most,
    )
