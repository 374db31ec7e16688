"""The only place that knows every part: it puts the program together, owns the order of its start and of its end."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
from contextlib import ExitStack, suppress
from pathlib import Path

from explorer.bootstrap.collection import pause_collection
from explorer.storage.folder import DataFolder, default_root
from explorer.storage.instance import InstanceLock
from explorer.storage.log import start_logging
from explorer.storage.options import Options
from explorer.storage.settings import ThemeChoice

EXIT_OK = 0
EXIT_CANNOT_START = 2


def run(options: Options) -> int:
    """Run the program and return its exit code."""
    pause_collection()
    if options.tour is not None:
        code = _run_tour(options)
    else:
        with ExitStack() as stack:
            code = _run_window(options, stack)
    _leave_behind_what_does_not_end(code)
    return code


def _run_window(options: Options, stack: ExitStack) -> int:
    folder = DataFolder(options.data_dir or default_root())
    lock = InstanceLock(folder.lock)
    first, notice = True, None
    try:
        folder.create()
        first = lock.acquire()
        stack.callback(lock.release)
        own = folder if first else _temporary_folder(stack)
        stack.callback(start_logging(own))
    except OSError as error:
        problem = f"The data folder {folder.root} cannot be used ({error.strerror})"
        if options.data_dir is not None:
            sys.stderr.write(f"{problem}: name another one with --data-dir.\n")
            return EXIT_CANNOT_START
        # Nobody named it, and who starts the program from a menu sees no terminal.
        notice = f"{problem}, so what you do now is gone with this window. Start with --data-dir to keep it elsewhere."
        own = _stand_in(folder, stack)
        stack.callback(start_logging(own))
    from explorer.bootstrap.program import Program

    if not first:
        from explorer.bootstrap.second import ask_second_instance

        if not ask_second_instance(options, folder):
            return EXIT_OK
    return Program(options, own, notice=notice).run()


def _run_tour(options: Options) -> int:
    """Paint the pictures in a world of their own: data folder, port and seed."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with ExitStack() as stack:
        folder = _temporary_folder(stack)
        from explorer.bootstrap.program import Program
        from explorer.ui.tour.tour import Tour, tour_clock

        assert options.tour is not None  # noqa: S101 - `run` has looked
        both: tuple[ThemeChoice, ...] = ("dark", "light")
        themes = (options.theme,) if options.theme in both else both
        return Program(options, folder, clock=tour_clock).run(Tour(options.tour, themes, options.zoom or 100))


def _temporary_folder(stack: ExitStack) -> DataFolder:
    name = stack.enter_context(tempfile.TemporaryDirectory(prefix="fastapi-explorer-", ignore_cleanup_errors=True))
    folder = DataFolder(Path(name))
    folder.create()
    return folder


def _stand_in(folder: DataFolder, stack: ExitStack) -> DataFolder:
    """Return a temporary folder with what can be read of one that cannot be written."""
    own = _temporary_folder(stack)
    for name in ("settings", "drafts", "sockets", "console"):
        with suppress(OSError):
            shutil.copyfile(getattr(folder, name), getattr(own, name))
    return own


def _leave_behind_what_does_not_end(code: int) -> None:
    """End the process now if a thread would keep it: a handler that sleeps in the pool is not waited for."""
    lingering = [t for t in threading.enumerate() if t is not threading.main_thread() and not t.daemon]
    if lingering:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
