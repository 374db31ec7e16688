"""One window for one data folder."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

_HELD_BY_ANOTHER = {errno.EAGAIN, errno.EACCES, errno.EDEADLK}


class InstanceLock:
    """A lock that the operating system holds for this process and takes back when it dies, however it dies.

    Somebody may delete the data folder, and the lock's file with it, while a window is open on it. So the same lock is
    held once more elsewhere, under the folder's name: whoever starts then finds that one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._twin = _Twin(path)
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Take the lock; False when another process has it. Taking it twice is harmless.

        Raises:
            OSError: the file cannot be made.

        """
        if self._descriptor is not None:
            return True
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = _take(self._path)
        if descriptor is None:
            return False
        if not self._twin.acquire():
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Give the lock back. The file stays: removing it would race with whoever opens it next."""
        if self._descriptor is not None:
            self._twin.release()
            os.close(self._descriptor)
            self._descriptor = None


def _take(path: Path) -> int | None:
    """Return a descriptor that holds the lock; None when another process has it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor)
    except OSError as error:
        if error.errno in _HELD_BY_ANOTHER:
            os.close(descriptor)
            return None
        # Some network drives know no locks. Better two windows there than none.
    return descriptor


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    class _Twin:
        """Nothing: a file that is open cannot be deleted here."""

        def __init__(self, path: Path) -> None:
            pass

        def acquire(self) -> bool:
            return True

        def release(self) -> None:
            pass

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    class _Twin:
        """A lock of this user's beside the temporary files, whose file bears the path of another lock as its name."""

        def __init__(self, path: Path) -> None:
            name = str(path.resolve()).replace("%", "%25").replace("/", "%2F")
            self._path = Path(tempfile.gettempdir(), f"fastapi-explorer-{os.getuid()}", name)
            self._descriptor: int | None = None

        def acquire(self) -> bool:
            """Take it; False when another process has it. Where it cannot be made, the other lock has to do."""
            try:
                self._path.parent.mkdir(mode=0o700, exist_ok=True)
                if self._path.parent.stat().st_uid != os.getuid():
                    return True
                return self._take()
            except OSError:
                return True

        def release(self) -> None:
            """Give it back, and leave nothing behind."""
            if self._descriptor is not None:
                with suppress(OSError):
                    self._path.unlink()
                os.close(self._descriptor)
                self._descriptor = None

        def _take(self) -> bool:
            while (descriptor := _take(self._path)) is not None:
                with suppress(FileNotFoundError):
                    if os.path.samestat(os.fstat(descriptor), self._path.stat()):
                        self._descriptor = descriptor
                        return True
                os.close(descriptor)  # whoever had it gave it back just now, and removed the file
            return False
