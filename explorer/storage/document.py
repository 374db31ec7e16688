"""A small JSON file that carries its version, and is never thrown away however odd it is."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, Protocol, Self, TypeVar

Plain = dict[str, Any]


class Content(Protocol):
    """What a document holds: a value that is made from plain JSON and turned into it again."""

    @classmethod
    def from_plain(cls, data: Plain) -> Self:
        """Return the value; raises ValueError, TypeError or KeyError when `data` does not fit."""
        ...

    def to_plain(self) -> Plain:
        """Return it as plain JSON."""
        ...


T = TypeVar("T", bound=Content)
_NO_VERSION = 1_000_000  # beyond it, a number of any length, which no file's name has room for
# What reading JSON of any shape may end in: a list where names should be, a version beyond all numbers.
_ODD = (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError)


class _Unfit(Exception):  # noqa: N818 - says what the file is, and never leaves this module
    """The file cannot be used as it is; the first argument says why, the second how its copy is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Generic[T]):
    """One kind of file.

    Attributes:
        path: where it is.
        version: the version this program writes.
        kind: the class of what it holds; called without arguments it makes the default.
        migrations: from a version to the function that makes the next one of its plain content.

    """

    path: Path
    version: int
    kind: type[T]
    migrations: Mapping[int, Callable[[Plain], Plain]] = field(default_factory=dict)

    def load(self) -> tuple[T, str | None]:
        """Return what the file holds, or a fresh value, and a sentence for the person when something was amiss.

        A file that cannot be used is moved aside, not deleted. An older one is migrated after a copy was made.
        """
        try:
            return self._read(), None
        except FileNotFoundError:
            return self.kind(), None
        except OSError as error:
            # Aside, because the next save would take the place of what is there.
            return self.kind(), f"{self.path.name} could not be read ({error.strerror}). {self._set_aside('unread')}"
        except _Unfit as unfit:
            why, suffix = unfit.args
            return self.kind(), f"{self.path.name} {why}. {self._set_aside(suffix)}"

    def encode(self, value: T) -> bytes:
        """Return the file's bytes for `value`."""
        # The standard library's json: settings are read before the first paint, and msgspec takes 40 ms to import.
        envelope = {"version": self.version, "data": value.to_plain()}
        # A text field may hold half a character, which reading takes, too.
        return json.dumps(envelope, indent=2, ensure_ascii=False).encode(errors="surrogatepass") + b"\n"

    def _read(self) -> T:
        raw = self.path.read_bytes()
        try:
            envelope = json.loads(raw)
            version, data = int(envelope["version"]), dict(envelope["data"])
        except _ODD as error:
            raise _Unfit("could not be understood", "corrupt") from error
        if version > _NO_VERSION:
            raise _Unfit("could not be understood", "corrupt")
        if version > self.version:
            raise _Unfit("was written by a newer FastAPI Explorer", f"version-{version}")
        try:
            return self.kind.from_plain(self._migrated(version, data))
        except _ODD as error:
            raise _Unfit("holds something unexpected", "corrupt") from error

    def _migrated(self, version: int, data: Plain) -> Plain:
        if version < self.version:
            self._back_up(free_name(self.path, f"version-{version}"))
        for step in range(version, self.version):
            data = self.migrations[step](data)
        return data

    def _back_up(self, backup: Path) -> None:
        try:
            shutil.copy2(self.path, backup)
        except OSError:
            self.path.rename(backup)  # which takes no room on a disk that is full

    def _set_aside(self, suffix: str) -> str:
        aside = free_name(self.path, suffix)
        try:
            self.path.rename(aside)
        except OSError as error:
            return f"It could not be moved aside ({error.strerror}); defaults are used."
        return f"It was kept as {aside.name}; defaults are used."


def free_name(path: Path, suffix: str) -> Path:
    """Return a name beside `path` that nobody has, with `suffix` and the time in it, for a file that is kept aside."""
    name = f"{path.name}.{suffix}-{time.strftime('%Y%m%d-%H%M%S')}"
    candidate, number = path.with_name(name), 1
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{name}-{number}")
    return candidate
