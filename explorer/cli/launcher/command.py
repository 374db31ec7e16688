"""The commands that put the program into the menu and take it out again, in words."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from explorer.cli.launcher.launcher import Launcher, LauncherError
from explorer.cli.launcher.linux import linux_launcher
from explorer.cli.launcher.macos import macos_launcher
from explorer.cli.launcher.windows import windows_launcher
from explorer.storage.resources import MissingResourceError


def launcher_for(system: str, environ: Mapping[str, str], home: Path, python: str) -> Launcher:
    """Return the launcher of a system, as ``sys.platform`` names it.

    Args:
        system: ``win32``, ``darwin``, or any that keeps to the rules of freedesktop.org.
        environ: the environment variables.
        home: the person's folder.
        python: the absolute path of the interpreter that has the program.

    """
    if system == "win32":
        return windows_launcher(environ, home, python)
    if system == "darwin":
        return macos_launcher(home, python)
    return linux_launcher(environ, home, python)


def install_launcher() -> int:
    """Put this program into the menu, say what was written, and return the exit code."""
    try:
        written = _launcher_here().install()
    except (LauncherError, MissingResourceError) as error:
        sys.stderr.write(f"The launcher is not installed: {error}\n")
        return 1
    if not written:
        sys.stdout.write("FastAPI Explorer is in the menu of programs already; nothing had to be changed.\n")
        return 0
    sys.stdout.write("FastAPI Explorer is in the menu of programs now. Written:\n")
    sys.stdout.writelines(f"  {path}\n" for path in written)
    sys.stdout.write("To take it out again: fastapi-explorer uninstall-launcher\n")
    return 0


def uninstall_launcher() -> int:
    """Take the program out of the menu, say what was removed, and return the exit code."""
    try:
        removed = _launcher_here().uninstall()
    except LauncherError as error:
        sys.stderr.write(f"The launcher is not uninstalled: {error}\n")
        return 1
    if not removed:
        sys.stdout.write("FastAPI Explorer is not in the menu of programs; nothing had to be removed.\n")
        return 0
    sys.stdout.write("FastAPI Explorer is out of the menu of programs. Removed:\n")
    sys.stdout.writelines(f"  {path}\n" for path in removed)
    return 0


def _launcher_here() -> Launcher:
    # Not resolved: the interpreter of a virtual environment is a link, and what it leads to lacks the program.
    return launcher_for(sys.platform, os.environ, Path.home(), os.path.abspath(sys.executable))  # noqa: PTH100
