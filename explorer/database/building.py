"""Work in the background that a view needs: begun, followed, stopped, and done anew when the data changed."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future

from explorer.database.changes import Key, Value
from explorer.database.reader import Asked, Reader
from explorer.database.trouble import DatabaseError, Trouble

Steps = Callable[[sqlite3.Connection], Iterator[None]]

_RESTS_FOR = 5.0  # times as long as it took last: a busy writer must not keep a core busy


class Building:
    """One piece of work that is done in steps; all methods may be called on any thread.

    Attributes:
        stopped: whether a person stopped it, or it failed.
        sentence: why it failed; None when it did not.
    """

    def __init__(self, reader: Reader, steps: Steps, done: Callable[[], object]) -> None:
        """Take what does it, with nothing held after each step, and what is called on that thread at the end."""
        self._reader = reader
        self._steps = steps
        self._done = done
        self._lock = threading.Lock()
        self._asked: Asked[None] | None = None
        self._wanted = False
        self._paused = False
        self._rest_until = 0.0
        self.stopped = False
        self.sentence: str | None = None

    @property
    def unwanted(self) -> bool:
        """Whether to end at the next occasion."""
        return self.stopped or self._paused

    def want(self) -> None:
        """Do it, now or as soon as it may be done again."""
        self._wanted = True
        self.keep_on()

    def keep_on(self) -> None:
        """Begin what is wanted, if it may begin; to be called now and then."""
        with self._lock:
            running = self._asked is not None and not self._asked.done()
            if not self._wanted or running or self.stopped or self._paused or time.monotonic() < self._rest_until:
                return
            self._wanted = False
            self._asked = self._reader.submit(self._work, first=True)
        self._asked.add_done_callback(self._on_done)

    def stop(self) -> None:
        """Stop it for good."""
        self.stopped = True
        self._cancel()

    def resume(self) -> None:
        """Begin it again after `stop`."""
        if self.stopped:
            self.stopped, self.sentence, self._rest_until = False, None, 0.0
            self.want()

    def pause(self) -> None:
        """Let others have the thread, because nobody looks."""
        self._paused = True
        self._cancel()

    def wake(self) -> None:
        """Go on after `pause`."""
        self._paused = False
        self.keep_on()

    def _cancel(self) -> None:
        asked = self._asked
        if asked is not None and not asked.done():
            self._wanted = True
            asked.cancel()

    def _work(self, connection: sqlite3.Connection) -> None:
        begun = time.monotonic()
        for _ in self._steps(connection):
            if self.unwanted:
                raise DatabaseError(Trouble.CANCELLED, "Stopped.")
        ended = time.monotonic()
        self._rest_until = ended + _RESTS_FOR * (ended - begun)
        self._done()

    def _on_done(self, asked: Future[None]) -> None:
        error = None if asked.cancelled() else asked.exception()
        if isinstance(error, DatabaseError) and error.trouble is not Trouble.CANCELLED:
            self.stopped, self.sentence = True, error.sentence


class Built:
    """A view that needs one piece of work."""

    _building: Building

    def stop(self) -> None:
        """Stop it, because a person wants that."""
        self._building.stop()

    def resume(self) -> None:
        """Begin again what was stopped."""
        self._building.resume()

    def pause(self) -> None:
        """Stop it while nobody looks."""
        self._building.pause()

    def wake(self) -> None:
        """Go on after a pause."""
        self._building.wake()

    def close(self) -> None:
        """Stop for good."""
        self._building.stop()

    def places_of_gone(self, _connection: sqlite3.Connection, _gone: Mapping[Key, Value]) -> Mapping[Key, int] | None:
        """Leave it to `rank`: a pass over a large table takes too long."""
        return None
