from __future__ import annotations

import asyncio
import gc
import socket
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fastapi import FastAPI, WebSocket
from fastapi.responses import StreamingResponse

from explorer.server.interface import LogLine, ServerState
from explorer.server.pace import Pace
from explorer.server.thread import ThreadServer

if TYPE_CHECKING:
    from tests.core.server.conftest import ServerMaker

S = ServerState

# What is told is the same at any pace. Where nothing may be told, and where a promise is a time, the real one is kept.
BRISK = Pace(beat=0.02, tick=0.05, grace=0)


class Gate:
    """A handler's door: it says when somebody came in, and holds them until it is opened."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.open = threading.Event()


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.open.set()


def app_with(gate: Gate) -> FastAPI:
    app = FastAPI()

    @app.get("/hello")
    async def hello() -> str:
        return "hi"

    @app.get("/block")
    async def block() -> str:
        gate.entered.set()
        gate.open.wait(30)
        return "at last"

    @app.get("/worker")
    def worker() -> str:
        gate.entered.set()
        gate.open.wait(30)
        return "at last"

    @app.get("/slow")
    async def slow() -> None:
        gate.entered.set()
        await asyncio.Event().wait()

    @app.get("/stream")
    async def stream() -> StreamingResponse:
        async def chunks() -> AsyncIterator[bytes]:
            while True:
                yield b"tick\n"
                gate.entered.set()
                await asyncio.sleep(0.01)

        return StreamingResponse(chunks())

    return app


def get_in_background(url: str) -> threading.Thread:
    """Send a request that nobody waits for; whatever comes of it is fine."""

    def get() -> None:
        try:
            with httpx.stream("GET", url, timeout=30) as response:
                for _ in response.iter_raw():
                    pass
        except httpx.HTTPError:
            return

    thread = threading.Thread(target=get, daemon=True)
    thread.start()
    return thread


def test_that_a_blocked_loop_is_said_with_the_request_that_blocks_it(run_server: ServerMaker, gate: Gate) -> None:
    server, recorder = run_server(lambda: app_with(gate), pace=BRISK)
    client = get_in_background(f"{server.url}/block")
    blocked = recorder.wait_state(S.BLOCKED)
    assert blocked.reason == "GET /block holds the event loop, so every other request waits."
    assert "gate.open.wait" in str(blocked.details)
    assert blocked.url == server.url
    seen = len(recorder.events)
    gate.open.set()
    recorder.wait_state(S.RUNNING, after=seen)
    assert httpx.get(f"{server.url}/hello").json() == "hi"
    client.join(5)


def test_that_the_blocking_request_is_told_from_one_that_only_waits(run_server: ServerMaker, gate: Gate) -> None:
    server, recorder = run_server(lambda: app_with(gate), pace=BRISK)
    get_in_background(f"{server.url}/slow")
    assert gate.entered.wait(10)
    get_in_background(f"{server.url}/block")
    assert str(recorder.wait_state(S.BLOCKED).reason).startswith("GET /block holds the event loop")


def test_that_a_slow_request_does_not_count_as_blocking(run_server: ServerMaker, gate: Gate) -> None:
    server, _ = run_server(lambda: app_with(gate), pace=Pace(grace=0))
    get_in_background(f"{server.url}/worker")
    assert gate.entered.wait(10)
    get_in_background(f"{server.url}/slow")
    # Long enough for the watch to look many times: each answer proves that the loop turns.
    until = time.monotonic() + 2
    while time.monotonic() < until:
        assert httpx.get(f"{server.url}/hello").json() == "hi"
    assert server.state is S.RUNNING


def test_that_a_blocked_server_that_cannot_stop_says_so_and_is_abandoned(run_server: ServerMaker, gate: Gate) -> None:
    server, recorder = run_server(lambda: app_with(gate), pace=BRISK)
    old = recorder.wait_state(S.RUNNING)
    get_in_background(f"{server.url}/block")
    recorder.wait_state(S.BLOCKED)
    seen = len(recorder.events)
    server.stop()
    stuck = recorder.wait_state(S.BLOCKED, after=seen)
    assert stuck.reason == (
        "GET /block holds the event loop, so the server cannot stop. "
        "Wait, or abandon it and start on the next free port."
    )
    seen = len(recorder.events)
    server.abandon()
    new = recorder.wait_state(S.RUNNING, after=seen)
    assert new.port is not None
    assert old.port is not None
    assert new.port > old.port
    assert httpx.get(f"{server.url}/hello").json() == "hi"
    gate.open.set()
    assert server.close(5)
    assert [line.message for line in recorder.of(LogLine) if "/block" in line.message] == []


def test_that_a_stop_asked_while_blocked_happens_when_the_loop_turns_again(run_server: ServerMaker, gate: Gate) -> None:
    server, recorder = run_server(lambda: app_with(gate), pace=BRISK)
    get_in_background(f"{server.url}/block")
    recorder.wait_state(S.BLOCKED)
    server.stop()
    gate.open.set()
    recorder.wait_state(S.STOPPED)


def test_that_an_app_that_never_finishes_loading_can_be_abandoned(make_server: ServerMaker, gate: Gate) -> None:
    def load() -> FastAPI:
        if not gate.entered.is_set():
            gate.entered.set()
            gate.open.wait(30)
        return app_with(gate)

    server, recorder = make_server(load, pace=BRISK)
    server.start()
    assert gate.entered.wait(10)
    server.stop()
    stuck = recorder.wait_state(S.BLOCKED)
    assert str(stuck.reason).startswith("demo is still being loaded, so the server cannot stop.")
    server.abandon()
    recorder.wait_state(S.RUNNING)


@pytest.mark.parametrize("path", ["/stream", "/slow", "/worker", "/block"])
def test_that_closing_leaves_in_time_whatever_is_open(run_server: ServerMaker, gate: Gate, path: str) -> None:
    server, _ = run_server(lambda: app_with(gate))
    get_in_background(f"{server.url}{path}")
    assert gate.entered.wait(10)
    began = time.monotonic()
    clean = server.close(2)
    # The limit is the promise itself; the rest is room for a busy machine.
    assert time.monotonic() - began < 3
    assert server.state is S.STOPPED
    assert clean is (path in {"/stream", "/slow"})  # a thread that waits cannot be ended
    server.start()
    assert server.state is S.STOPPED


def test_that_a_server_that_never_ran_closes() -> None:
    server = ThreadServer("demo", FastAPI)
    assert server.close(1)
    server.abandon()
    server.stop()
    server.restart()
    assert server.state is S.STOPPED


def test_that_stopping_twice_and_starting_twice_is_harmless(run_server: ServerMaker, gate: Gate) -> None:
    server, recorder = run_server(lambda: app_with(gate))
    server.start()
    server.stop()
    server.stop()
    recorder.wait_state(S.STOPPED)
    seen = len(recorder.events)
    server.start()
    server.start()
    recorder.wait_state(S.RUNNING, after=seen)
    assert httpx.get(f"{server.url}/hello").json() == "hi"


def test_that_a_restart_cuts_off_what_is_under_way(run_server: ServerMaker, gate: Gate) -> None:
    server, recorder = run_server(lambda: app_with(gate), pace=BRISK)
    get_in_background(f"{server.url}/stream")
    assert gate.entered.wait(10)
    seen = len(recorder.events)
    server.restart()
    recorder.wait_state(S.RUNNING, after=seen)
    assert httpx.get(f"{server.url}/hello").json() == "hi"


def test_that_a_websocket_is_served_and_closed(run_server: ServerMaker) -> None:
    from websockets.sync.client import connect

    def load() -> FastAPI:
        app = FastAPI()

        @app.websocket("/ws")
        async def ws(socket: WebSocket) -> None:
            await socket.accept()
            async for text in socket.iter_text():
                await socket.send_text(text.upper())

        return app

    server, recorder = run_server(load)
    with connect(str(server.url).replace("http", "ws") + "/ws") as socket:
        socket.send("hi")
        assert socket.recv(timeout=5) == "HI"
        assert server.close(3)
    assert [line for line in recorder.of(LogLine) if line.traceback] == []


def test_that_a_client_that_never_reads_leaves_no_connection_open_behind_a_stopped_server(
    run_server: ServerMaker, gate: Gate
) -> None:
    def load() -> FastAPI:
        app = FastAPI()

        @app.websocket("/ws")
        async def ws(flood: WebSocket) -> None:
            await flood.accept()
            try:
                async with asyncio.timeout(0.2):
                    while True:
                        await flood.send_bytes(bytes(1_000_000))
            finally:
                gate.entered.set()  # the network takes nothing more

        return app

    gc.collect()
    server, _ = run_server(load, pace=BRISK)
    host, port = str(server.url).removeprefix("http://").split(":")
    key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13"
    with (
        warnings.catch_warnings(record=True, action="always", category=ResourceWarning) as said,
        socket.create_connection((host, int(port))) as silent,
    ):
        silent.sendall(
            f"GET /ws HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{key}\r\n\r\n".encode()
        )
        assert gate.entered.wait(10)
        assert server.close(5)
        del server
        gc.collect()
    assert [str(warning.message) for warning in said] == []


def test_that_nothing_is_written_to_the_terminal(
    run_server: ServerMaker, gate: Gate, capfd: pytest.CaptureFixture[str]
) -> None:
    def load() -> Any:
        app = app_with(gate)

        @app.get("/fail")
        async def fail() -> None:
            raise RuntimeError("on purpose")

        return app

    server, recorder = run_server(load, pace=BRISK)
    assert httpx.get(f"{server.url}/fail").status_code == 500
    get_in_background(f"{server.url}/slow")
    assert gate.entered.wait(10)
    server.close(3)
    assert capfd.readouterr() == ("", "")
    assert [line for line in recorder.of(LogLine) if "RuntimeError: on purpose" in str(line.traceback)]
    assert [line for line in recorder.of(LogLine) if "CancelledError" in str(line.traceback)] == []


def test_that_a_process_whose_server_left_something_behind_still_ends_quietly() -> None:
    code = """
import asyncio, threading, httpx
from fastapi import FastAPI
from explorer.server.pace import Pace
from explorer.server.thread import ThreadServer

entered, up = threading.Event(), threading.Event()
app = FastAPI()

@app.get("/stubborn")
async def stubborn():
    entered.set()
    while True:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            pass

def get():
    try:
        httpx.get(server.url + "/stubborn")
    except httpx.HTTPError:
        pass

server = ThreadServer("demo", lambda: app, port=0, pace=Pace(grace=0))
server.events.subscribe(lambda e: up.set() if getattr(e, "state", "") == "running" else None)
server.start()
assert up.wait(20)
threading.Thread(target=get, daemon=True).start()
assert entered.wait(20)
print(server.close(5))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=50, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "False\n", "")
