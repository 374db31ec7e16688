"""The benchmarks run, and every promise comes with what it is held against."""

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.__main__ import NAMES

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_that_a_benchmark_measures_the_real_window_beside_its_floor() -> None:
    done = run("send", "--quick")

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    lines = [line for line in done.stdout.splitlines() if "painted, p" in line]
    assert len(lines) == 2
    assert all("bare httpx" in line and ("kept" in line or "MISSED" in line) for line in lines)


def test_that_an_unknown_benchmark_is_named_with_those_there_are() -> None:
    done = run("speed")

    assert done.returncode == 2
    assert f"there is no benchmark named speed; there are {', '.join(NAMES)}" in done.stderr
