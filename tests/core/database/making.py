"""Databases for tests."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


def make(path: Path, script: str) -> Path:
    """Make a database by statements."""
    with writing(path) as connection:
        connection.executescript(script)
    return path


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database as another program would, and commit at the end."""
    with closing(sqlite3.connect(path, timeout=0)) as connection:
        yield connection
        connection.commit()


def is_free(path: Path) -> bool:
    """Tell whether nobody holds the database in any way."""
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            return False
        connection.execute("ROLLBACK")
        return True


@contextmanager
def another_program(script: str, path: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a script with a connection `c` to the database in a process of its own, until it prints that it is ready.

    It ends with the block, by being killed.
    """
    begin = "import os, sqlite3, sys\nc = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
    end = "\nprint('ready', flush=True)\nsys.stdin.read()\nos._exit(0)\n"
    process = subprocess.Popen(
        [sys.executable, "-c", begin + script + end, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.wait(10)
        process.stdout.close()
        process.stdin.close()
