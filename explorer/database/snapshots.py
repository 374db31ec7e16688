"""Copies of the database that one can go back to, in a folder, each with a note beside it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Final

from explorer.database.copying import Progress, copy_database, copy_into
from explorer.database.failing import Holder, explained
from explorer.database.opening import open_read_only
from explorer.database.snapshot import Snapshot
from explorer.database.trouble import DatabaseError, Trouble
from explorer.storage.atomic import write_atomically

KEPT: Final = 20
"""How many a person should keep; see `Snapshots.surplus`."""
KEPT_BYTES: Final = 2_000_000_000

_SUFFIX = ".sqlite3"
_REMOVED = ".removed"
_RUINED = {Trouble.CORRUPT, Trouble.NO_DATABASE}


class Snapshots:
    """The snapshots of one database. Methods block: they are for a thread that may wait.

    Attributes:
        database: the file that is copied and restored.
    """

    def __init__(
        self,
        folder: Path,
        database: Path,
        *,
        busy_seconds: float = 2.0,
        holder: Holder | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`folder` may hold those of other databases, too; they are left alone."""
        self._folder = folder
        self.database = database
        self._busy_seconds = busy_seconds
        self._holder = holder
        self._clock = clock

    def all(self) -> tuple[Snapshot, ...]:
        """Return what is there, the newest first; what a killed program left half done is not among it."""
        found = [snapshot for note in self._folder.glob(f"*{_SUFFIX}.json") if (snapshot := self._read(note))]
        return tuple(sorted(found, key=lambda snapshot: (snapshot.taken_at, snapshot.path.name), reverse=True))

    def take(self, reason: str, go_on: Progress | None = None) -> Snapshot:
        """Copy the database as it is now.

        Raises:
            DatabaseError: it cannot be read, the copy cannot be written, or it was stopped.
        """
        at = self._clock()
        path = self._free_name(at)
        try:
            copy_database(self.database, path, go_on, busy_seconds=self._busy_seconds, holder=self._holder)
            snapshot = Snapshot(
                path=path,
                taken_at=at,
                reason=reason,
                size=path.stat().st_size,
                revision=", ".join(revisions_in(path, self.database)),
            )
            self._note(snapshot)
        except DatabaseError:
            path.unlink(missing_ok=True)
            raise
        except OSError as error:
            path.unlink(missing_ok=True)
            trouble = Trouble.NO_SPACE if error.errno == 28 else Trouble.DENIED
            raise DatabaseError(
                trouble, f"The snapshot could not be written to {self._folder}: {error.strerror}. Nothing was changed."
            ) from error
        return snapshot

    def take_before(self, reason: str, go_on: Progress | None = None) -> Snapshot | Path | None:
        """Copy the database before it is overwritten; None when there is none.

        One so damaged that it makes no snapshot is copied as a file, beside it: where is returned.

        Raises:
            DatabaseError: it cannot be read now, the copy cannot be written, or it was stopped.
        """
        if not self.database.exists():
            return None
        try:
            return self.take(reason, go_on)
        except DatabaseError as error:
            if error.trouble not in _RUINED:
                raise
            return self._copy_of_file()

    def restore(self, snapshot: Snapshot, go_on: Progress | None = None) -> None:
        """Put a snapshot's content into the living database; programs that have it open see it at once.

        A database that was deleted is made again, and one so damaged that nothing can be put into it is emptied first.

        Raises:
            DatabaseError: the snapshot is gone or damaged, or the database is held or cannot be written.
        """
        check_whole(snapshot.path)
        options = {"busy_seconds": self._busy_seconds, "holder": self._holder}
        if not (self.database.exists() and self.database.stat().st_size):
            self.database.unlink(missing_ok=True)
            copy_database(snapshot.path, self.database, go_on, **options)  # type: ignore[arg-type]
            return
        try:
            copy_into(snapshot.path, self.database, go_on, **options)  # type: ignore[arg-type]
        except DatabaseError as error:
            if error.trouble not in _RUINED:
                raise
            with self._emptied():
                copy_into(snapshot.path, self.database, go_on, **options)  # type: ignore[arg-type]

    @contextmanager
    def _emptied(self) -> Iterator[None]:
        """Empty the damaged file, so that those who have it open see what comes next; it is as it was if that fails."""
        kept = self._copy_of_file()
        os.truncate(self.database, 0)
        try:
            yield
        except BaseException:
            shutil.copyfile(kept, self.database)
            raise
        finally:
            kept.unlink()

    def _copy_of_file(self) -> Path:
        kept = next(path for path in _damaged_names(self.database) if not path.exists())
        try:
            shutil.copyfile(self.database, kept)
        except OSError as error:
            kept.unlink(missing_ok=True)
            raise DatabaseError(
                Trouble.NO_SPACE, f"The damaged file could not be kept as {kept.name}: {error.strerror}."
            ) from error
        return kept

    def remove(self, snapshots: Sequence[Snapshot]) -> Callable[[], None]:
        """Delete snapshots; the function that is returned brings them back, until `forget_removed`."""
        moved = [(snapshot, _renamed(snapshot.path, _REMOVED)) for snapshot in snapshots if snapshot.path.exists()]
        for snapshot in snapshots:
            _note_of(snapshot.path).unlink(missing_ok=True)

        def bring_back() -> None:
            for snapshot, path in moved:
                with suppress(FileNotFoundError):
                    path.rename(snapshot.path)
                    self._note(snapshot)

        return bring_back

    def forget_removed(self) -> None:
        """Delete for good what was removed, and what a killed program left half done."""
        with suppress(OSError):
            for path in self._folder.glob(f"*{_SUFFIX}{_REMOVED}"):
                path.unlink(missing_ok=True)
            for path in self._folder.glob(f"*{_SUFFIX}"):
                if not _note_of(path).exists():
                    path.unlink(missing_ok=True)

    def surplus(self) -> tuple[Snapshot, ...]:
        """Return the oldest ones beyond `KEPT` or `KEPT_BYTES`: to be deleted if somebody agrees."""
        size = 0
        over = []
        for number, snapshot in enumerate(self.all()):
            size += snapshot.size
            if number and (number >= KEPT or size > KEPT_BYTES):
                over.append(snapshot)
        return tuple(over)

    def _free_name(self, at: float) -> Path:
        name = time.strftime("%Y%m%d-%H%M%S", time.localtime(at))
        candidate, number = self._folder / f"{name}{_SUFFIX}", 1
        while any(Path(f"{candidate}{end}").exists() for end in ("", _REMOVED)):
            number += 1
            candidate = self._folder / f"{name}-{number}{_SUFFIX}"
        return candidate

    def _note(self, snapshot: Snapshot) -> None:
        note = {
            "database": os.fspath(self.database.absolute()),
            "taken_at": snapshot.taken_at,
            "reason": snapshot.reason,
            "revision": snapshot.revision,
        }
        write_atomically(_note_of(snapshot.path), json.dumps(note, indent=2, ensure_ascii=False).encode() + b"\n")

    def _read(self, note: Path) -> Snapshot | None:
        path = note.with_suffix("")
        try:
            data = json.loads(note.read_bytes())
            if data["database"] != os.fspath(self.database.absolute()):
                return None
            return Snapshot(
                path=path,
                taken_at=float(data["taken_at"]),
                reason=str(data["reason"]),
                size=path.stat().st_size,
                revision=str(data["revision"]),
            )
        except (OSError, ValueError, TypeError, KeyError):
            return None


def revisions_in(path: Path, original: Path | None = None) -> tuple[str, ...]:
    """Return Alembic's revisions of a database; empty for none. `original` is what it is a copy of, for the sentence.

    Raises:
        DatabaseError: it cannot be read.
    """
    with closing(open_read_only(path, 2.0)) as connection:
        try:
            rows = connection.execute("SELECT version_num FROM alembic_version ORDER BY 1").fetchall()
        except sqlite3.Error as error:
            if "no such" in str(error):
                return ()
            raise explained(error, original or path) from error
    return tuple(str(row[0]) for row in rows)


def check_whole(path: Path) -> None:
    """Look whether a copy is one and whole, before it takes the place of anything.

    Raises:
        DatabaseError: it is gone, or damaged.
    """
    with closing(open_read_only(path, 2.0)) as connection:
        try:
            said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.Error as error:
            said = str(error)
    if said != "ok":
        raise DatabaseError(Trouble.CORRUPT, f"{path.name} is damaged ({said}). Nothing was changed.")


def _damaged_names(path: Path) -> Iterator[Path]:
    yield Path(f"{path}.damaged")
    for number in count(2):
        yield Path(f"{path}.damaged-{number}")


def _note_of(path: Path) -> Path:
    return Path(f"{path}.json")


def _renamed(path: Path, suffix: str) -> Path:
    return path.rename(f"{path}{suffix}")
