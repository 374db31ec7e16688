"""A server in a thread of this process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from explorer.server.asgi import ASGIApp, Instrumenter
from explorer.server.hub import EventHub
from explorer.server.interface import ServerEvent, ServerState, StatusChanged
from explorer.server.pace import Pace
from explorer.server.ports import base_url
from explorer.server.run import Crash, Plan, Run, now_ns
from explorer.server.watch import Watch

_AT_REST = (ServerState.STOPPED, ServerState.CRASHED)
_MOVED = "Another program took port {before} meanwhile, so the server is at port {now} now."


class ThreadServer:
    """uvicorn in a daemon thread with its own event loop. See `explorer.server.interface.Server` for the methods.

    One run follows another. Only the current run is listened to: whatever an abandoned one still says is dropped.
    """

    def __init__(
        self,
        name: str,
        load: Callable[[], ASGIApp],
        *,
        host: str = "127.0.0.1",
        port: int = 8000,
        fixed_port: bool = False,
        instrument: Instrumenter | None = None,
        pace: Pace | None = None,
    ) -> None:
        """Nothing is bound or loaded yet.

        Args:
            name: how the window calls the app, such as ``demo_api``.
            load: imports and makes the app, afresh each time; called in the server's thread.
            host: the address to bind.
            port: the first TCP port to try.
            fixed_port: True when no other port may be taken instead.
            instrument: puts spies into each new app and returns them, or None when it cannot.
            pace: how long it waits for what; `Pace()` when it is left out.

        """
        self._name = name
        self._load = load
        self._host = host
        self._port = port
        self._fixed_port = fixed_port
        self._instrument = instrument
        self._pace = pace or Pace()
        self._hub = EventHub()
        self._lock = threading.RLock()
        self._status = StatusChanged(state=ServerState.STOPPED)
        self._run: Run | None = None
        self._abandoned: list[Run] = []
        self._start_again = False
        self._was_bound = False
        self._moved: str | None = None
        self._closed = False

    @property
    def state(self) -> ServerState:
        """Where the server is now."""
        return self._status.state

    @property
    def status(self) -> StatusChanged:
        """The last change of state, with its reason."""
        return self._status

    @property
    def url(self) -> str | None:
        """The base address while it is bound, else None."""
        return self._status.url

    @property
    def events(self) -> EventHub:
        """What happens, as it happens."""
        return self._hub

    def start(self) -> None:
        """Begin to start, unless it runs or was closed."""
        with self._lock:
            if self.state in _AT_REST and not self._closed:
                self._begin(self._port, fixed=self._fixed_port)

    def stop(self) -> None:
        """Begin to stop; a loop that a handler holds cannot be stopped, and then that is said."""
        with self._lock:
            self._start_again = False
            self._ask_to_stop()

    def restart(self) -> None:
        """Stop, load the app again, start; just start when it is at rest."""
        with self._lock:
            if self._run is None:
                self.start()
            else:
                self._start_again = not self._closed
                self._ask_to_stop()

    def abandon(self) -> None:
        """Leave a run that does not end, or a port that is taken, behind, and start a new one on the next free port."""
        with self._lock:
            run, self._run = self._run, None
            if run is None:
                if self._status.port_taken and not self._closed:
                    self._begin_elsewhere(self._port + 1)
                return
            run.ask_to_stop()  # should it ever come back, it ends
            self._abandoned.append(run)
            self._start_again = False
            # The old run still holds its port. Whoever abandons it has agreed to another, whatever was fixed before.
            first = (self._status.port or self._port) + 1
            self._tell(ServerState.STOPPED)
            if not self._closed:
                self._begin_elsewhere(first)

    def explain_routing(self, trace_id: str) -> None:
        """Ask which routes a recent request was held against; the answer comes as an event of its trace."""
        run = self._run
        if run is not None:
            run.explain_routing(trace_id)

    def close(self, timeout: float) -> bool:
        """Stop for good, within `timeout` seconds; True when nothing was left behind."""
        deadline = time.monotonic() + timeout
        with self._lock:
            self._closed = True
            run = self._run
            self.stop()
        runs = [*self._abandoned, run] if run is not None else self._abandoned
        clean = [each.join(max(0.0, deadline - time.monotonic())) for each in runs]
        with self._lock:
            self._run = None
            if self.state is not ServerState.STOPPED:
                self._tell(ServerState.STOPPED)
        return all(clean)

    # --- what a run and its watch have to say -------------------------------------------------------------------------

    def on_run_bound(self, run: Run, port: int) -> None:
        """Tell the address."""
        with self._lock:
            if run is self._run:
                had_to_move = self._was_bound and port != run.asked_port
                self._moved = _MOVED.format(before=run.asked_port, now=port) if had_to_move else None
                self._was_bound = True
                self._port = port or self._port  # a restart comes back to the same address
                self._tell(self.state, port=port)

    def on_run_started(self, run: Run) -> None:
        """Tell that requests are answered."""
        with self._lock:
            if run is self._run and not run.stop_asked.is_set():
                self._tell(ServerState.RUNNING, port=self._status.port, reason=self._moved)

    def on_run_blocked(self, run: Run) -> None:
        """Tell that a handler holds the event loop, and which."""
        with self._lock:
            if run is self._run:
                self._tell_blocked(run)

    def on_run_recovered(self, run: Run) -> None:
        """Tell that the event loop turns again."""
        with self._lock:
            if run is self._run and self.state is ServerState.BLOCKED:
                stopping = run.stop_asked.is_set()
                self._tell(ServerState.STOPPING if stopping else ServerState.RUNNING, port=self._status.port)

    def on_run_ended(self, run: Run, crash: Crash | None) -> None:
        """Tell that the run is over, and start the next one if that was asked for."""
        with self._lock:
            if run is not self._run:
                return
            self._run = None
            again, self._start_again = self._start_again, False
            if crash is not None:
                self._tell(ServerState.CRASHED, reason=crash.reason, details=crash.details, taken=crash.port_taken)
            else:
                self._tell(ServerState.STOPPED)
            if again:
                self.start()

    def on_run_event(self, run: Run, event: ServerEvent) -> None:
        """Pass on what happened inside a run, unless it was abandoned."""
        if run is self._run:
            self._hub.publish(event)

    # --- helpers, called with the lock held ---------------------------------------------------------------------------

    def _begin(self, port: int, *, fixed: bool) -> None:
        plan = Plan(
            name=self._name,
            load=self._load,
            host=self._host,
            port=port,
            fixed_port=fixed,
            instrument=self._instrument,
            pace=self._pace,
        )
        self._run = Run(plan, self)
        self._tell(ServerState.STARTING)
        self._run.begin()
        Watch(self._run, self, self._pace.tick).begin()

    def _begin_elsewhere(self, first: int) -> None:
        self._was_bound = False  # whichever port it gets: none was left for it
        self._begin(first, fixed=False)

    def _ask_to_stop(self) -> None:
        run = self._run
        if run is None:
            return
        blocked = self.state is ServerState.BLOCKED
        run.ask_to_stop()
        if blocked:
            self._tell_blocked(run)
        elif self.state is not ServerState.STOPPING:
            self._tell(ServerState.STOPPING, port=self._status.port)

    def _tell_blocked(self, run: Run) -> None:
        holders = run.holders()
        if not run.started:
            who = f"{self._name} is still being loaded"
        elif len(holders) == 1:
            who = f"{holders[0]} holds the event loop"
        else:
            who = f"One of {', '.join(holders)} holds the event loop" if holders else "The event loop is held"
        if run.stop_asked.is_set():
            what = "so the server cannot stop. Wait, or abandon it and start on the next free port."
        else:
            what = "so every other request waits."
        self._tell(ServerState.BLOCKED, port=self._status.port, reason=f"{who}, {what}", details=run.stack() or None)

    def _tell(
        self,
        state: ServerState,
        *,
        port: int | None = None,
        reason: str | None = None,
        details: str | None = None,
        taken: bool = False,
    ) -> None:
        # Told under the lock, so that two changes never arrive in the wrong order.
        url = base_url(self._host, port) if port is not None else None
        self._status = StatusChanged(
            state=state, url=url, port=port, reason=reason, details=details, port_taken=taken, since_ns=now_ns()
        )
        self._hub.publish(self._status)
