"""One run of a server: from binding the port and loading the app to the end of its thread."""

from __future__ import annotations

import asyncio
import itertools
import sys
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from socket import socket
from typing import TYPE_CHECKING, Protocol

from explorer.server.asgi import ASGIApp, Instrument, Instrumenter
from explorer.server.interface import ServerEvent
from explorer.server.logs import ServerLogs
from explorer.server.loop_end import CLEANUP_SECONDS, close_loop
from explorer.server.pace import Pace
from explorer.server.ports import PortError, listen

if TYPE_CHECKING:
    from explorer.server.engine import Engine
    from explorer.server.open_requests import OpenRequests
    from explorer.trace.events import RawEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run is made of.

    Attributes:
        name: how the window calls the app.
        load: imports and makes the app; called in the run's thread.
        host: the address to bind.
        port: the first port to try.
        fixed_port: whether another port may not be taken.
        instrument: puts spies into the app, or None.
        pace: how long it waits for what.

    """

    name: str
    load: Callable[[], ASGIApp]
    host: str
    port: int
    fixed_port: bool
    instrument: Instrumenter | None
    pace: Pace


@dataclass(frozen=True, slots=True)
class Crash:
    """Why a run ended unasked: one sentence, the traceback or None, and whether another program has its port."""

    reason: str
    details: str | None = None
    port_taken: bool = False


class Listener(Protocol):
    """Who wants to know what becomes of a run. Called on the run's thread."""

    def on_run_bound(self, run: Run, port: int) -> None:
        """Take note that the port is ours."""
        ...

    def on_run_started(self, run: Run) -> None:
        """Take note that requests are answered."""
        ...

    def on_run_ended(self, run: Run, crash: Crash | None) -> None:
        """Take note that the loop is closed; no event follows."""
        ...

    def on_run_event(self, run: Run, event: ServerEvent) -> None:
        """Take an event from inside."""
        ...


class Run:
    """A daemon thread with an asyncio loop of its own.

    Attributes:
        beats: grows while the event loop turns; a watcher compares.
        ended: set when the run is over.
        stop_asked: set when the run was asked to end.
        started: whether requests are, or were, answered.
        asked_port: the first port that was tried.

    """

    def __init__(self, plan: Plan, listener: Listener) -> None:
        self.beats = 0
        self.started = False
        self.asked_port = plan.port
        self.ended = threading.Event()
        self.stop_asked = threading.Event()
        self._plan = plan
        self._listener = listener
        self._loop: asyncio.AbstractEventLoop | None = None
        self._main: asyncio.Task[None] | None = None
        self._engine: Engine | None = None
        self._requests: OpenRequests | None = None
        self._instrument: Instrument | None = None
        self._logs = ServerLogs(self._publish)
        self._stubborn: list[asyncio.Task[object]] = []
        self._worker_name = f"{plan.name} worker {next(_numbers)}"
        self._thread = threading.Thread(target=self._live, name=f"server {plan.name}", daemon=True)

    def begin(self) -> None:
        """Start the thread."""
        self._thread.start()

    def ask_to_stop(self) -> None:
        """Let open requests end within a second, then leave. Returns at once; may be called at any time and again."""
        self.stop_asked.set()
        self._logs.stopping = True
        self._call(self._leave)

    def cut_off(self) -> None:
        """End now, whatever the app is still waiting for."""
        self._call(self._cancel_main)

    def explain_routing(self, trace_id: str) -> None:
        """Ask the instrument, on the loop, about a recent request."""
        instrument = self._instrument
        if instrument is not None:
            self._call(lambda: instrument.explain_routing(trace_id))

    def join(self, timeout: float) -> bool:
        """Wait for the end of the thread; True when it came and no task or worker thread outlived it."""
        self._thread.join(timeout)
        if self._thread.is_alive():
            return False
        for worker in self._workers():
            worker.join(min(timeout, CLEANUP_SECONDS))  # an idle one ends as soon as it gets a turn
        return not self._stubborn and not self._workers()

    def holders(self) -> tuple[str, ...]:
        """Return the request that holds the event loop, or the open ones when that cannot be told."""
        if self._requests is None or self._loop is None:
            return ()
        return self._requests.named(asyncio.current_task(self._loop))

    def stack(self) -> str:
        """Return where the run's thread is at this moment, as a traceback reads."""
        frame = sys._current_frames().get(self._thread.ident or 0)  # noqa: SLF001 - documented, for exactly this
        return "".join(traceback.format_stack(frame)) if frame is not None else ""

    def _workers(self) -> list[threading.Thread]:
        """Return the living threads in which the app's sync functions run: asyncio's, and those anyio made."""
        return [
            thread
            for thread in threading.enumerate()
            if thread.name.startswith(self._worker_name)
            or (self._loop is not None and getattr(thread, "loop", None) is self._loop)
        ]

    # --- in the run's thread ------------------------------------------------------------------------------------------

    def _live(self) -> None:
        crash: Crash | None = None
        try:
            with self._logs:
                crash = self._bind_and_serve()
        except BaseException as error:  # noqa: BLE001 - SystemExit included: the thread's end must be told
            crash = self._crash(f"{self._plan.name} ended unexpectedly.", error)
        finally:
            self.ended.set()
            self._listener.on_run_ended(self, None if self.stop_asked.is_set() else crash)

    def _bind_and_serve(self) -> Crash | None:
        try:
            sock = listen(self._plan.host, self._plan.port, fixed=self._plan.fixed_port)
        except PortError as error:
            return Crash(str(error), port_taken=error.taken)
        with sock:
            self._listener.on_run_bound(self, sock.getsockname()[1])
            try:
                app = self._plan.load()
            except BaseException as error:  # noqa: BLE001 - a module may call sys.exit() while it is imported
                return self._crash(f"{self._plan.name} could not be loaded.", error)
            if self.stop_asked.is_set():
                return None
            return self._serve(app, sock)

    def _serve(self, app: ASGIApp, sock: socket) -> Crash | None:
        loop = asyncio.new_event_loop()
        try:
            asyncio.set_event_loop(loop)
            # Of our own, so that its threads are known by name.
            loop.set_default_executor(ThreadPoolExecutor(thread_name_prefix=self._worker_name))
            self._main = loop.create_task(self._answer(app, sock))
            self._loop = loop
            loop.run_until_complete(self._main)
        except asyncio.CancelledError:
            pass  # by us, or by an app that cancels all there is
        finally:
            if self._instrument is not None:
                self._instrument.detach()
            self._stubborn = close_loop(loop)
        return self._why_it_ended()

    async def _answer(self, app: ASGIApp, sock: socket) -> None:
        from explorer.server.assembly import assemble
        from explorer.server.engine import Engine

        if self._plan.instrument is not None:
            self._instrument = self._plan.instrument(app, self._publish)
        served, self._requests = assemble(app, self._plan.host)
        self._logs.renew()
        self._engine = Engine(served, lambda: self._on_started(app), self._plan.pace.grace)
        beat = asyncio.create_task(self._beat())
        try:
            if not self.stop_asked.is_set():
                await self._engine.serve(sockets=[sock])
        except SystemExit:
            pass  # uvicorn's way to say that the lifespan failed; `_why_it_ended` knows the reason
        finally:
            self._engine.cut_connections()
            beat.cancel()

    def _on_started(self, app: ASGIApp) -> None:
        from explorer.server.describe import describe

        self._logs.renew()
        self.started = True
        self._listener.on_run_started(self)
        # A large app needs seconds for its document, and requests need not wait for it.
        loop = asyncio.get_running_loop()
        loop.run_in_executor(None, lambda: self._publish(describe(self._plan.name, app)))

    async def _beat(self) -> None:
        while True:
            self.beats += 1
            await asyncio.sleep(self._plan.pace.beat)

    def _leave(self) -> None:
        if self._engine is not None and self._engine.started:
            self._engine.leave()
        else:
            self._cancel_main()

    def _cancel_main(self) -> None:
        if self._main is not None:
            self._main.cancel()

    def _why_it_ended(self) -> Crash | None:
        if self.stop_asked.is_set():
            return None
        error = self._requests.lifespan_error if self._requests is not None else None
        if error is not None and not self.started:
            return self._crash(f"{self._plan.name} failed while it started.", error)
        return Crash(f"{self._plan.name} ended without being asked. Start it again.")

    def _crash(self, what: str, error: BaseException) -> Crash:
        return Crash(f"{what} {describe_error(error)}", "".join(traceback.format_exception(error)))

    def _publish(self, event: ServerEvent | RawEvent) -> None:
        self._listener.on_run_event(self, event)

    def _call(self, callback: Callable[[], object]) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            try:
                loop.call_soon_threadsafe(callback)
            except RuntimeError:
                return  # it closed in between, which is what was wanted


_numbers = itertools.count(1)


def describe_error(error: BaseException) -> str:
    """Return an exception as one sentence: its type, and the first line of its own message."""
    text = str(error).strip().splitlines()
    sentence = f"{type(error).__name__}: {text[0]}" if text else type(error).__name__
    return sentence if sentence.endswith((".", "!", "?")) else sentence + "."


def now_ns() -> int:
    """Return the time on the clock of all events."""
    return time.perf_counter_ns()
