"""A day of use: requests of another program and changes of the screen without rest, and what they leave behind."""

from __future__ import annotations

import time
from threading import Thread

from benchmarks.chromium import megabytes
from benchmarks.processes import Child, scratch
from benchmarks.report import Row

WHAT = "a day of use: 100,000 requests and 10,000 changes of the screen, memory at a tenth of it beside the end"
_REQUESTS, _CHANGES = 100_000, 10_000
_QUICK_REQUESTS, _QUICK_CHANGES = 2_000, 500
_RATE = 400.0  # requests a second at most
_PAGES = ("/items", "/items/3", "/health", "/sql/lazy?limit=20", "/items/999999", "/nowhere")
_MOST = 1.10
_SETTLE_SECONDS = 2.0


def measure(*, quick: bool) -> list[Row]:
    """Use the window with Traces on show: a tenth, and the rest."""
    requests, changes = (_QUICK_REQUESTS, _QUICK_CHANGES) if quick else (_REQUESTS, _CHANGES)
    memory: list[float] = []
    asked = 0
    with scratch() as folder, Child("program", folder / "data") as program, Child("crowd") as crowd:
        program.tell()
        url = program.tell()["url"]
        program.ask("room traces")
        for share in (0.1, 0.9):
            asked += _use(program, crowd, url, round(share * requests), round(share * changes))
            memory.append(megabytes(program.pid))
        counted = int(program.ask("count")["count"])
    early, late = memory
    return [
        Row(
            what=f"memory after {requests:,} requests and {changes:,} changes",
            ours=f"{late:.0f} MB",
            peer=f"at a tenth of them: {early:.0f} MB",
            result=f"×{late / early:.2f}",
            budget=f"≤ ×{_MOST:.2f}",
            kept=late / early <= _MOST,
        ),
        Row(
            what="requests that the window counts",
            ours=f"{counted:,}",
            peer=f"answered: {asked:,}",
            result=f"{asked - counted:,} lost",
            budget="none lost",
            kept=asked == counted,
        ),
    ]


def _use(program: Child, crowd: Child, url: str, requests: int, changes: int) -> int:
    """Let others ask while the screen changes; return how many answers they got."""
    pages = " ".join(url + page for page in _PAGES)
    told: list[int] = []
    asking = Thread(target=lambda: told.append(int(crowd.ask(f"{requests} {_RATE} {pages}")["answers"])))
    asking.start()
    program.ask(f"stroll {changes}")
    asking.join()
    time.sleep(_SETTLE_SECONDS)
    return told[0]
