"""From the command line to the program."""

from __future__ import annotations

import os
import sys

from explorer.cli.arguments import LAUNCHER_COMMANDS, Arguments, is_loopback, parse
from explorer.storage.folder import DataFolder, default_root
from explorer.storage.options import Options


def main(argv: list[str] | None = None) -> int:
    """Do what the command line says and return the exit code: 0 well, 1 refused or failed, 2 could not begin."""
    arguments = parse(sys.argv[1:] if argv is None else argv)
    if arguments.command in LAUNCHER_COMMANDS:
        return _launcher(arguments.command)
    folder = DataFolder(arguments.options.data_dir or default_root())
    if arguments.command == "paths":
        return _print_paths(folder, arguments.options)
    if arguments.reset:
        return _reset(folder, agreed=arguments.yes)
    if not _may_bind(arguments):
        return 2
    return _run(arguments.options)


def _launcher(command: str) -> int:
    from explorer.cli.launcher import install_launcher, uninstall_launcher

    return install_launcher() if command == "install-launcher" else uninstall_launcher()


def _run(options: Options) -> int:
    from explorer.cli.display import lacks_library, why_no_window
    from explorer.storage.resources import MissingResourceError

    problem = why_no_window(os.environ, offscreen=options.tour is not None)
    if problem is not None:
        _complain(problem)
        return 2
    try:
        from explorer.bootstrap import run  # which imports Qt once it needs it

        return run(options)
    except ImportError as error:
        if ".so" not in str(error):
            raise
        _complain(lacks_library(str(error)))
        return 2
    except MissingResourceError as error:
        _complain(str(error))
        return 1


def _may_bind(arguments: Arguments) -> bool:
    """Ask before other machines can reach the server."""
    host = arguments.options.host
    if is_loopback(host) or arguments.allow_network:
        return True
    if not sys.stdin.isatty():
        _complain(f"--host {host} lets other machines reach the server. Add --allow-network if that is what you want.")
        return False
    return _ask(f"With --host {host} every machine on this network can use the demo server. Open it?")


def _print_paths(folder: DataFolder, options: Options) -> int:
    for what, where in folder.describe():
        path = options.database if options.database is not None and where == folder.database else where
        sys.stdout.write(f"{what + ':':<15} {path}\n")
    return 0


def _reset(folder: DataFolder, *, agreed: bool) -> int:
    from explorer.storage.instance import InstanceLock
    from explorer.storage.reset import files_to_reset, reset

    found = files_to_reset(folder)
    if not found:
        sys.stdout.write(f"There is nothing to reset in {folder.root}.\n")
        return 0
    lock = InstanceLock(folder.lock)
    try:
        if not lock.acquire():
            _complain("FastAPI Explorer is open on this data folder. Close it, then reset.")
            return 1
        sys.stdout.write(f"This starts afresh in {folder.root}. To be moved into a backup folder there:\n")
        sys.stdout.writelines(f"  {path.name}\n" for path in found)
        if not agreed and not _ask("Move them?"):
            sys.stdout.write("Nothing was changed.\n")
            return 1
        backup = reset(folder)
    except OSError as error:
        _complain(f"The reset failed: {error.strerror or error} ({error.filename}).")
        return 1
    finally:
        lock.release()
    sys.stdout.write(f"Done. What was there is now in {backup}\n")
    return 0


def _ask(question: str) -> bool:
    if not sys.stdin.isatty():
        _complain("There is nobody to ask here. Add --yes to agree.")
        return False
    sys.stdout.write(f"{question} [y/N] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _complain(text: str) -> None:
    sys.stderr.write(f"{text}\n")
