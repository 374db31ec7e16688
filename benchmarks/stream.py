"""10,000 server-sent events in the real window, beside curl and a bare httpx that only count the bytes."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import time

import httpx

from benchmarks.figures import median
from benchmarks.processes import Child, scratch
from benchmarks.report import Row, at_most, skipped

WHAT = "10,000 server-sent events, until all rows are painted"
_COUNT, _SIZE = 10_000, 330
_MOST = 2.0
_LONGEST_STOP = 100.0


def measure(*, quick: bool) -> list[Row]:
    """Take turns: curl, httpx and the real window read the same stream of a server in a process of its own."""
    turns, count = (1, 1_000) if quick else (5, _COUNT)
    with (
        scratch() as folder,
        Child("streamer", count, _SIZE) as server,
        Child("program", folder / "data") as program,
    ):
        urls = server.tell()
        program.tell()
        program.tell()
        size = f"{count:,} events, {count * _SIZE / 1e6:.1f} MB"
        own, late = _rows(program, urls["url"], turns, count, f"{size}, FastAPI's own")
        ready, more = _rows(program, urls["bytes_url"], turns, count, f"{size}, ready bytes")
    longest = max(late + more)
    stop = Row(
        what="longest stop of the window meanwhile",
        ours=f"{longest:.0f} ms",
        peer="none: curl has no window",
        result=f"{longest:.0f} ms",
        budget=f"≤ {_LONGEST_STOP:g} ms",
        kept=longest <= _LONGEST_STOP,
    )
    return [*own, *ready, stop]


def _rows(program: Child, url: str, turns: int, count: int, what: str) -> tuple[list[Row], list[float]]:
    """Return the lines for one kind of stream, and by how much the window's timer was late."""
    ours: list[float] = []
    curl: list[float] = []
    bare: list[float] = []
    late: list[float] = []
    has_curl = shutil.which("curl") is not None
    for _ in range(turns):
        if has_curl:
            curl.append(_curl(url))
        bare.append(asyncio.run(_httpx(url)))
        told = program.ask(f"stream {url}")
        if told["count"] != count:
            raise RuntimeError(f"The window shows {told['count']} of {count} events.")
        ours.append(told["milliseconds"])
        late += told["late"]
    beside_curl = (
        at_most(what, median(ours), median(curl), "curl", _MOST)
        if has_curl
        else skipped(what, f"≤ ×{_MOST:g}", "there is no curl here")
    )
    return [beside_curl, at_most("the same", median(ours), median(bare), "bare httpx", _MOST)], late


def _curl(url: str) -> float:
    began = time.perf_counter_ns()
    command = ["curl", "--silent", "--no-buffer", "--noproxy", "*", "--output", "-", url]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter_ns() - began) / 1e6


async def _httpx(url: str) -> float:
    async with httpx.AsyncClient(trust_env=False) as client:
        began = time.perf_counter_ns()
        async with client.stream("GET", url) as response:
            async for _ in response.aiter_bytes():
                pass
        return (time.perf_counter_ns() - began) / 1e6
