"""The launcher of macOS: an application that is no more than a script and its description."""

from __future__ import annotations

import os
import plistlib
import shlex
from functools import partial
from pathlib import Path

from explorer import __version__
from explorer.cli.launcher.launcher import PROGRAM, Launcher, LauncherFile
from explorer.storage.folder import APP_NAME


def macos_launcher(home: Path, python: str) -> Launcher:
    """Return the launcher in the person's own Applications.

    Args:
        home: the person's folder.
        python: the absolute path of the interpreter that has the program.

    """
    bundle = home / "Applications" / "FastAPI Explorer.app"
    contents = bundle / "Contents"
    return Launcher(
        files=(
            LauncherFile(contents / "MacOS" / APP_NAME, partial(script, python), executable=True),
            LauncherFile(contents / "Info.plist", description),
        ),
        folders=(contents / "MacOS", contents, bundle),
        advice="Allow it to be written.",
    )


def script(python: str) -> bytes:
    """Return the shell script that becomes the program."""
    return os.fsencode(f"#!/bin/sh\nexec {shlex.join((python, *PROGRAM))}\n")


def description() -> bytes:
    """Return the property list by which the system knows the application."""
    return plistlib.dumps(
        {
            "CFBundleName": "FastAPI Explorer",
            "CFBundleIdentifier": f"local.{APP_NAME}",
            "CFBundleExecutable": APP_NAME,
            "CFBundlePackageType": "APPL",
            "CFBundleShortVersionString": __version__,
            "CFBundleVersion": __version__,
            "NSHighResolutionCapable": True,
        }
    )
