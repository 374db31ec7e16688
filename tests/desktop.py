"""Reads a desktop entry as a desktop does."""

from __future__ import annotations

import subprocess
from pathlib import Path


def value_of(entry: Path, key: str) -> str:
    """Return the value of a key of the entry, its escapes undone."""
    (line,) = (line for line in entry.read_text("utf-8").splitlines() if line.startswith(f"{key}="))
    return line.partition("=")[2].replace("\\\\", "\\")


def command_of(entry: Path) -> list[str]:
    """Return the words of ``Exec``, whose quotes are those of a shell."""
    done = subprocess.run(
        ["sh", "-c", f"printf '%s\\n' {value_of(entry, 'Exec')}"], capture_output=True, text=True, check=True
    )
    return [word.replace("%%", "%") for word in done.stdout.splitlines()]
