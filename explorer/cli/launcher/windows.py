"""The launcher of Windows: a command file in the Start menu, which needs no shortcut in a binary form."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path, PureWindowsPath

from explorer.cli.launcher.launcher import PROGRAM, Launcher, LauncherFile


def windows_launcher(environ: Mapping[str, str], home: Path, python: str) -> Launcher:
    """Return the launcher in the person's Start menu.

    Args:
        environ: the environment variables.
        home: the person's folder.
        python: the absolute path of the interpreter that has the program.

    """
    roaming = Path(environ.get("APPDATA") or home / "AppData" / "Roaming")
    menu = roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs"
    return Launcher(
        files=(LauncherFile(menu / "FastAPI Explorer.cmd", partial(command_file, python)),),
        advice="Allow it to be written.",
    )


def command_file(python: str) -> bytes:
    """Return a command file that starts the program without a console that stays open."""
    windowed = str(PureWindowsPath(python).with_name("pythonw.exe")).replace("%", "%%")
    lines = (
        "@echo off",
        "chcp 65001 >nul",  # what follows is UTF-8
        f'start "" "{windowed}" {" ".join(PROGRAM)}',
    )
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8", "surrogatepass")
