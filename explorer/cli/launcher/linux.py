"""The launcher of Linux desktops: a desktop entry, and the icon that it names in the sizes that menus ask for."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from explorer.cli.launcher.launcher import PROGRAM, Launcher, LauncherFile
from explorer.storage.folder import APP_NAME
from explorer.storage.resources import needed

_TEMPLATE_EXEC = f"Exec={APP_NAME}"
_RESERVED = frozenset(" \t\n\"'\\><~|&;$*?#()`")
_ESCAPED_IN_QUOTES = frozenset('"`$\\')
_SIDES = (64, 128, 256)
_UPDATE_SECONDS = 10.0


def linux_launcher(environ: Mapping[str, str], home: Path, python: str) -> Launcher:
    """Return the launcher in ``$XDG_DATA_HOME``.

    Args:
        environ: the environment variables.
        home: the person's folder.
        python: the absolute path of the interpreter that has the program.

    """
    data = Path(environ.get("XDG_DATA_HOME", ""))
    if not data.is_absolute():  # which the specification says to take as not set
        data = home / ".local" / "share"
    applications, theme = data / "applications", data / "icons" / "hicolor"

    def tell_the_desktop() -> None:
        with contextlib.suppress(OSError):
            os.utime(theme)  # a cache of icons that is older than this folder is not believed
        _update(applications)

    def entry() -> bytes:
        return desktop_entry(needed(f"desktop/{APP_NAME}.desktop").read_text("utf-8"), python)

    return Launcher(
        files=(*_icons(theme), LauncherFile(applications / f"{APP_NAME}.desktop", entry)),
        advice="Allow it to be written, or set XDG_DATA_HOME to a folder of yours.",
        tell_the_desktop=tell_the_desktop,
    )


def desktop_entry(template: str, python: str) -> bytes:
    """Return `template` with a line ``Exec`` that starts the program with the interpreter at `python`."""
    words = [python, *PROGRAM]
    if "%" in python:
        words.insert(0, "env")  # GLib looks for the first word as it is written, with its %%, and would not find it
    line = f"Exec={' '.join(quoted(word) for word in words)}"
    return template.replace(_TEMPLATE_EXEC, line, 1).encode("utf-8", "surrogateescape")


def quoted(word: str) -> str:
    """Return one word of a command as the Desktop Entry Specification has it written in ``Exec``."""
    word = word.replace("%", "%%")
    if _RESERVED.intersection(word):
        word = '"' + "".join(f"\\{sign}" if sign in _ESCAPED_IN_QUOTES else sign for sign in word) + '"'
    # This is a value of a file as well, and there a backslash begins an escape of its own.
    return word.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def _icons(theme: Path) -> tuple[LauncherFile, ...]:
    pictures = tuple(
        LauncherFile(theme / f"{side}x{side}/apps/{APP_NAME}.png", _shipped(f"icons/app-{side}.png")) for side in _SIDES
    )
    return (*pictures, LauncherFile(theme / f"scalable/apps/{APP_NAME}.svg", _shipped("icons/app.svg")))


def _shipped(path: str) -> Callable[[], bytes]:
    return lambda: needed(path).read_bytes()


def _update(applications: Path) -> None:
    """Renew the desktop's cache of entries, where there is one; the menu finds the entry without it as well."""
    program = shutil.which("update-desktop-database")
    if program is None:
        return
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(  # noqa: S603 - the desktop's own tool
            [program, "-q", os.fspath(applications)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_UPDATE_SECONDS,
            check=False,
        )
