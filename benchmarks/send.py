"""From a click on Send until the response is painted, beside bare httpx and curl, which ask the same server."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import time

import httpx

from benchmarks.figures import median, percentile
from benchmarks.processes import Child, scratch
from benchmarks.report import Row

WHAT = "from a click on Send until the response is painted"
PAUSE_SECONDS = 0.05  # as long as the window's hands rest between two clicks
_MOST_OVER = 5.0
_MOST_P99 = 20.0


def measure(*, quick: bool) -> list[Row]:
    """Take turns: some clicks in the real window, some bare requests from this process."""
    turns, sends = (1, 5) if quick else (10, 30)
    with scratch() as folder, Child("program", folder / "data") as program:
        program.tell()
        url = f"{program.tell()['url']}/items"
        program.ask("send 20")
        ours, bare = asyncio.run(_take_turns(program, url, turns, sends))
        curl = _curl(url, turns * sends)
    over = median(ours) - median(bare)
    return [
        Row(
            what="Send → response painted, p50",
            ours=f"{median(ours):.1f} ms",
            peer=f"bare httpx: {median(bare):.1f} ms" + (f"; curl: {median(curl):.1f} ms" if curl else ""),
            result=f"+{over:.1f} ms",
            budget=f"≤ +{_MOST_OVER:g} ms",
            kept=over <= _MOST_OVER,
        ),
        Row(
            what="Send → response painted, p99",
            ours=f"{percentile(ours, 99):.1f} ms",
            peer=f"bare httpx: {percentile(bare, 99):.1f} ms",
            result=f"{percentile(ours, 99):.1f} ms",
            budget=f"≤ {_MOST_P99:g} ms",
            kept=percentile(ours, 99) <= _MOST_P99,
        ),
    ]


async def _take_turns(program: Child, url: str, turns: int, sends: int) -> tuple[list[float], list[float]]:
    ours: list[float] = []
    bare: list[float] = []
    async with httpx.AsyncClient(trust_env=False) as client:
        for _ in range(turns):
            ours += (await asyncio.to_thread(program.ask, f"send {sends}"))["milliseconds"]
            (await client.get(url)).raise_for_status()  # the connection may have been closed meanwhile
            for _ in range(sends):
                await asyncio.sleep(PAUSE_SECONDS)
                began = time.perf_counter_ns()
                (await client.get(url)).raise_for_status()
                bare.append((time.perf_counter_ns() - began) / 1e6)
    return ours, bare


def _curl(url: str, sends: int) -> list[float]:
    """Return the milliseconds that each of curl's requests took over one connection; nothing where there is no curl."""
    if shutil.which("curl") is None:
        return []
    command = ["curl", "--silent", "--noproxy", "*", "--output", "/dev/null", "--write-out", "%{time_total}\\n"]
    done = subprocess.run([*command, f"{url}?n=[1-{sends}]"], capture_output=True, text=True, check=True)
    return [float(line) * 1000 for line in done.stdout.split()]
