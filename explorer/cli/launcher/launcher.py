"""A launcher is a few files: written so that no half of it is ever in the menu, and taken away without a trace."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from explorer.storage.atomic import write_atomically

# `-P`: a folder named `explorer` in the person's home must not be taken for the program.
PROGRAM = ("-P", "-m", "explorer")
"""What follows the Python interpreter to start the program."""


class LauncherError(Exception):
    """A launcher could not be written or taken away; its words are a sentence for the person."""


@dataclass(frozen=True, slots=True)
class LauncherFile:
    """One file of a launcher.

    Attributes:
        path: where it is kept; absolute.
        content: returns the whole of it; to take the file away, nobody need know.
        executable: whether the system has to be able to run it.

    """

    path: Path
    content: Callable[[], bytes]
    executable: bool = False

    @property
    def mode(self) -> int:
        """The permissions: like those of any other program or document of the person."""
        return 0o755 if self.executable else 0o644

    def holds(self, content: bytes) -> bool:
        """Tell whether exactly this is on the disk already."""
        try:
            return self.path.read_bytes() == content
        except OSError:
            return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Launcher:
    """What has to be on the disk for the program to be in the menu.

    Attributes:
        files: in the order of writing; the one that the menu shows comes last.
        folders: those that hold nothing else, the innermost first.
        advice: what the person can do when the place cannot be written.
        tell_the_desktop: called after a change, so that the menu shows it at once.

    """

    files: tuple[LauncherFile, ...]
    folders: tuple[Path, ...] = ()
    advice: str
    tell_the_desktop: Callable[[], None] = lambda: None

    def install(self) -> list[Path]:
        """Write the files that are missing or differ, and return their paths.

        Raises:
            LauncherError: a file could not be written; what the menu shows is as it was before.
            MissingResourceError: the program lacks what a file is made of; nothing was written.

        """
        written: list[Path] = []
        for file, content in [(file, file.content()) for file in self.files]:
            if file.holds(content):
                continue
            try:
                write_atomically(file.path, content)
                file.path.chmod(file.mode)
            except OSError as error:
                words = f"{file.path} cannot be written ({error.strerror or error}). {self.advice}"
                raise LauncherError(words) from error
            written.append(file.path)
        if written:
            self.tell_the_desktop()
        return written

    def uninstall(self) -> list[Path]:
        """Remove what `install` wrote, folders that others use apart, and return the paths that were there.

        Raises:
            LauncherError: a file could not be removed.

        """
        removed: list[Path] = []
        for file in reversed(self.files):
            try:
                file.path.unlink()
            except (FileNotFoundError, NotADirectoryError):
                continue
            except OSError as error:
                words = f"{file.path} cannot be removed ({error.strerror or error}). Remove it by hand."
                raise LauncherError(words) from error
            removed.append(file.path)
        for folder in self.folders:
            with contextlib.suppress(OSError):  # something of somebody else's is in it, or it is gone
                folder.rmdir()
        if removed:
            self.tell_the_desktop()
        return removed
