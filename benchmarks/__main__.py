"""Runs the benchmarks: all, or those that are named."""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import sys
import time

import psutil
import PySide6

from benchmarks.report import table

_BUSY_PERCENT = 15
NAMES = (
    "start",
    "memory",
    "send",
    "window",
    "xray",
    "history",
    "bodies",
    "catalogue",
    "forms",
    "stream",
    "table",
    "changes",
    "sockets",
    "soak",
)


def main() -> int:
    """Measure, print a table for each benchmark, and return 0; a missed budget is for people to judge."""
    modules = {name: importlib.import_module(f"benchmarks.{name}") for name in NAMES}
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measures what FastAPI Explorer promises, each number beside a floor or a peer in the same run.",
        epilog="\n".join(f"  {name:<9} {module.WHAT}" for name, module in modules.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="which (default: all)")
    parser.add_argument("--quick", action="store_true", help="few rounds: shows that it works, measures badly")
    given = parser.parse_args()
    unknown = [name for name in given.names if name not in NAMES]
    if unknown:
        parser.error(f"there is no benchmark named {unknown[0]}; there are {', '.join(NAMES)}")
    print(
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, {platform.system()} "
        f"{platform.machine()}, {os.cpu_count()} cores, {os.environ.get('QT_QPA_PLATFORM', 'offscreen')}"
    )
    others = psutil.cpu_percent(interval=1)
    if others > _BUSY_PERCENT:
        print(f"This machine is busy with other things ({others:.0f} %): the numbers below say little.")
    for name in given.names or NAMES:
        began = time.monotonic()
        rows = modules[name].measure(quick=given.quick)
        print(f"\n{name}: {modules[name].WHAT} ({time.monotonic() - began:.0f} s)\n\n{table(rows)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
