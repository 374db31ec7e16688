"""The window's side of the helper process of migrations: starts it when it is needed, and ends it at any moment."""

from __future__ import annotations

import json
import subprocess
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

from explorer.database.migrations.setup import MigrationSetup
from explorer.database.trouble import DatabaseError, Trouble

Message = dict[str, Any]
_LAST = ("done", "error", "revisions")


class MigrationProcess:
    """One helper process at a time; it answers one request after the other. Methods may be called on any thread."""

    def __init__(self, setup: MigrationSetup) -> None:
        self.setup = setup
        self._one_at_a_time = threading.Lock()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._words: IO[bytes] | None = None
        self._killed: subprocess.Popen[bytes] | None = None
        self._closed = False

    def ask(
        self,
        request: Message,
        on_message: Callable[[Message], object] | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Message:
        """Send a request and return its last answer; blocks.

        Args:
            request: as `worker` knows it.
            on_message: takes every answer before the last one.
            stopped: whether `cancel` meant this request, rather than one before it or beside it.

        Raises:
            DatabaseError: it was cancelled, or the process cannot be started or died.
        """
        with self._one_at_a_time:
            for last_try in (False, True):
                process = self._started(stopped)
                answer = self._exchange(process, request, on_message)
                if answer is not None:
                    return answer
                code, words = self._ended(process)
                if stopped() or self._closed:
                    raise DatabaseError(Trouble.CANCELLED, "Stopped.")
                if last_try or (code != 0 and process is not self._killed):
                    said = f": {words}" if words else "."
                    raise DatabaseError(Trouble.REFUSED, f"The process of the migrations ended with code {code}{said}")
            raise AssertionError  # the loop always returns or raises

    def cancel(self) -> None:
        """End what is under way, whatever it does."""
        with self._lock:
            self._killed = self._process
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """End the process for good."""
        self._closed = True
        self.cancel()
        with self._one_at_a_time, self._lock:
            process = self._process
        if process is not None:
            self._ended(process)

    def _started(self, stopped: Callable[[], bool]) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise DatabaseError(Trouble.CANCELLED, "Stopped.")
            if self._process is not None and self._process.poll() is None:
                return self._process
        if self._process is not None:
            self._ended(self._process)  # it had nothing to do for long
        words: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the process has ended
        try:
            process = subprocess.Popen(  # noqa: S603 - our own module
                self.setup.command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=words,
                env=self.setup.process_environment(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            words.close()
            raise DatabaseError(
                Trouble.REFUSED, f"The migrations need a process of their own, which could not start: {error.strerror}."
            ) from error
        with self._lock:
            self._process, self._words = process, words
            if stopped():
                process.kill()
        return process

    def _exchange(
        self, process: subprocess.Popen[bytes], request: Message, on_message: Callable[[Message], object] | None
    ) -> Message | None:
        assert process.stdin is not None  # noqa: S101 - it is a pipe
        assert process.stdout is not None  # noqa: S101
        with suppress(OSError):  # it ended just now
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
            for line in process.stdout:
                message: Message = json.loads(line)
                if any(key in message for key in _LAST):
                    return message
                if on_message is not None:
                    on_message(message)
        return None

    def _ended(self, process: subprocess.Popen[bytes]) -> tuple[int, str]:
        """Clear away a process that ends; returns its code and its last words."""
        assert process.stdin is not None  # noqa: S101 - it is a pipe
        assert process.stdout is not None  # noqa: S101
        with suppress(OSError):
            process.stdin.close()
        process.stdout.close()
        code = process.wait()
        with self._lock:
            words, self._process, self._words = self._words, None, None
        if words is None:
            return code, ""
        with words:
            words.seek(0)
            lines = words.read()[-4_000:].decode("utf-8", "replace").strip().splitlines()
        return code, lines[-1] if lines else ""
