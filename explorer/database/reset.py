"""Back to the seed data: a fresh database, made by the app's own code in a process of its own, takes its place."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from explorer.database.copying import Progress
from explorer.database.snapshot import Snapshot
from explorer.database.snapshots import Snapshots
from explorer.database.trouble import DatabaseError, Trouble

MakeCommand = Callable[[Path], Sequence[str]]
"""Takes a file that does not exist yet, and returns the command that makes the fresh database there."""

_SECONDS = 60.0
_LOOK_SECONDS = 0.05


def make_fresh(
    command: Sequence[str],
    target: Path,
    environment: Mapping[str, str],
    stopped: Callable[[], bool],
    seconds: float = _SECONDS,
) -> None:
    """Run the app's own code until the database at `target` is there.

    Raises:
        DatabaseError: it failed, took too long, or was stopped.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 - the app's own code, which runs in the server as well
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=target.parent,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise DatabaseError(Trouble.REFUSED, f"The seed data could not be made: {error.strerror}.") from error
    said = b""
    with process:
        waited = 0.0
        while True:
            try:
                said, _ = process.communicate(timeout=_LOOK_SECONDS)
                break
            except subprocess.TimeoutExpired:
                waited += _LOOK_SECONDS
            given_up = stopped()
            if given_up or waited >= seconds:
                process.kill()
                said, _ = process.communicate()
                if given_up:
                    raise DatabaseError(Trouble.CANCELLED, "Stopped: nothing was changed.")
                raise DatabaseError(Trouble.REFUSED, f"The seed data was not there after {seconds:.0f} s.")
    if process.returncode != 0 or not target.exists():
        last = (said.decode("utf-8", "replace").strip().splitlines() or ["it said nothing"])[-1]
        raise DatabaseError(Trouble.REFUSED, f"The seed data could not be made: {last[:300]}")


def reset_to_seed(
    snapshots: Snapshots,
    make_command: MakeCommand,
    environment: Mapping[str, str],
    stopped: Callable[[], bool],
    go_on: Progress | None = None,
) -> Snapshot | Path | None:
    """Take a snapshot, then put the seed data in the place of everything.

    Returns the snapshot to go back to, or where the file is kept when it was too damaged for that; None when there was
    no database any more.

    Raises:
        DatabaseError: one of it failed or was stopped; the database is as it was.
    """
    with tempfile.TemporaryDirectory(prefix="seed-", ignore_cleanup_errors=True) as folder:
        fresh = Path(folder) / "seed.sqlite3"
        make_fresh(make_command(fresh), fresh, environment, stopped)
        before = snapshots.take_before("before the reset to the seed data", go_on)
        seed = Snapshot(path=fresh, taken_at=0.0, reason="the seed data", size=fresh.stat().st_size)
        try:
            snapshots.restore(seed, go_on)
        except BaseException:
            if isinstance(before, Snapshot):
                snapshots.remove((before,))
            elif before is not None:
                before.unlink(missing_ok=True)
            raise
    return before
