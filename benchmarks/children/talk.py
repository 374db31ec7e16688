"""The child's end of the line."""

from __future__ import annotations

import json
import sys
from typing import Any


def say(**what: Any) -> None:
    """Tell the benchmark something."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def next_order() -> str:
    """Wait for the next order; empty when there are no more."""
    return sys.stdin.readline().strip()
