from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sys
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx
import psutil
import pytest
from fastapi import FastAPI
from starlette.routing import BaseRoute

from explorer.openapi.operations import Presence
from explorer.openapi.read import read_catalogue_json
from explorer.server.interface import AppDescription, LogLine, ServerState, StatusChanged
from explorer.server.thread import ThreadServer
from tests.ports import HOST, free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.core.server.conftest import ServerMaker

S = ServerState


def hello_app() -> FastAPI:
    app = FastAPI()

    @app.get("/hello")
    async def hello() -> str:
        return "hi"

    return app


def test_that_a_server_starts_answers_and_stops(make_server: ServerMaker) -> None:
    server, recorder = make_server(hello_app)
    assert (server.state, server.url) == (S.STOPPED, None)
    server.start()
    running = recorder.wait_state(S.RUNNING)
    assert running.url == server.url == f"http://127.0.0.1:{running.port}"
    assert httpx.get(f"{running.url}/hello").json() == "hi"
    server.stop()
    stopped = recorder.wait_state(S.STOPPED)
    assert (stopped.url, stopped.reason) == (None, None)
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{running.url}/hello")


def test_that_states_arrive_in_order(make_server: ServerMaker) -> None:
    server, recorder = make_server(hello_app)
    server.start()
    recorder.wait_state(S.RUNNING)
    server.stop()
    recorder.wait_state(S.STOPPED)
    states = [status.state for status in recorder.of(StatusChanged)]
    assert states == [S.STARTING, S.STARTING, S.RUNNING, S.STOPPING, S.STOPPED]
    times = [status.since_ns for status in recorder.of(StatusChanged)]
    assert times == sorted(times)


def test_that_a_taken_port_is_passed_over(run_server: ServerMaker) -> None:
    taken = free_port()
    with socket.create_server((HOST, taken)):
        server, recorder = run_server(hello_app, port=taken)
        port = recorder.wait_state(S.RUNNING).port
        assert port is not None
        assert port > taken
        assert httpx.get(f"{server.url}/hello").status_code == 200


def test_that_a_named_port_that_is_taken_is_said_in_a_sentence(make_server: ServerMaker) -> None:
    taken = free_port()
    with socket.create_server((HOST, taken)):
        server, recorder = make_server(hello_app, port=taken, fixed_port=True)
        server.start()
        crash = recorder.wait_state(S.CRASHED)
    assert crash.reason is not None
    assert crash.reason.startswith(f"Port {taken} is in use by another program.")
    server.start()  # the other program is gone
    assert recorder.wait_state(S.RUNNING).port == taken


def test_that_a_port_lost_while_the_server_was_stopped_is_named_and_the_next_one_is_offered(
    make_server: ServerMaker,
) -> None:
    server, recorder = make_server(hello_app, port=free_port(), fixed_port=True)
    server.start()
    port = recorder.wait_state(S.RUNNING).port
    assert port is not None
    server.stop()
    recorder.wait_state(S.STOPPED)
    with socket.create_server((HOST, port)), socket.create_server((HOST, port + 1)):
        seen = len(recorder.events)
        server.start()
        crash = recorder.wait_state(S.CRASHED, after=seen)
        assert crash.port_taken
        assert f"Port {port} is in use by another program." in str(crash.reason)
        server.abandon()
        after = recorder.wait_state(S.RUNNING, after=seen)
    assert after.port is not None
    assert after.port > port + 1
    assert after.reason is None  # the person asked for it
    assert httpx.get(f"{after.url}/hello").status_code == 200


def test_that_a_restart_that_finds_its_port_taken_says_where_the_server_went(make_server: ServerMaker) -> None:
    other: list[socket.socket] = []

    server, recorder = make_server(hello_app, port=free_port())
    server.start()
    port = recorder.wait_state(S.RUNNING).port
    assert port is not None

    def take(event: object) -> None:
        if isinstance(event, StatusChanged) and event.state is S.STOPPED and not other:
            other.append(socket.create_server((HOST, port)))  # in the moment between the two

    server.events.subscribe(take)
    seen = len(recorder.events)
    server.restart()
    after = recorder.wait_state(S.RUNNING, after=seen)
    other[0].close()
    assert after.reason == f"Another program took port {port} meanwhile, so the server is at port {after.port} now."
    assert httpx.get(f"{after.url}/hello").status_code == 200


@pytest.mark.parametrize("path", ["/stop", "/cancel", "/callback"])
def test_that_a_server_whose_loop_an_app_ends_says_so_and_starts_again(run_server: ServerMaker, path: str) -> None:
    def load() -> FastAPI:
        app = hello_app()

        @app.get("/stop")
        async def stop() -> None:
            asyncio.get_running_loop().stop()

        @app.get("/cancel")
        async def cancel() -> None:
            for task in asyncio.all_tasks():
                task.cancel()

        @app.get("/callback")
        async def callback() -> None:
            asyncio.get_running_loop().call_soon(sys.exit, 3)

        return app

    server, recorder = run_server(load)
    seen = len(recorder.events)
    with contextlib.suppress(httpx.HTTPError):
        httpx.get(f"{server.url}{path}")
    crash = recorder.wait_state(S.CRASHED, after=seen)
    assert str(crash.reason).startswith("demo ended ")
    seen = len(recorder.events)
    server.restart()
    again = recorder.wait_state(S.RUNNING, after=seen)
    assert httpx.get(f"{again.url}/hello").status_code == 200


def test_that_a_foreign_address_is_said_in_a_sentence(make_server: ServerMaker) -> None:
    server, recorder = make_server(hello_app, host="192.0.2.1")
    server.start()
    assert "“192.0.2.1” is not an address of this machine" in str(recorder.wait_state(S.CRASHED).reason)


def test_that_an_app_that_cannot_be_imported_crashes_with_its_reason(make_server: ServerMaker) -> None:
    def load() -> Any:
        import no_such_module_of_ours  # type: ignore[import-not-found]

        return no_such_module_of_ours

    server, recorder = make_server(load)
    server.start()
    crash = recorder.wait_state(S.CRASHED)
    assert crash.reason == ("demo could not be loaded. ModuleNotFoundError: No module named 'no_such_module_of_ours'.")
    assert crash.details is not None
    assert "Traceback" in crash.details
    assert crash.url is None


def test_that_a_module_that_ends_python_only_crashes_the_server(make_server: ServerMaker) -> None:
    def load() -> Any:
        sys.exit("settings are missing")

    server, recorder = make_server(load)
    server.start()
    assert "SystemExit: settings are missing." in str(recorder.wait_state(S.CRASHED).reason)


def test_that_a_failing_lifespan_crashes_with_its_own_words(make_server: ServerMaker) -> None:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if app.title:
            raise RuntimeError("The database is on strike")
        yield

    server, recorder = make_server(lambda: FastAPI(lifespan=lifespan))
    server.start()
    crash = recorder.wait_state(S.CRASHED)
    assert crash.reason == "demo failed while it started. RuntimeError: The database is on strike."
    assert "in lifespan" in str(crash.details)


def test_that_a_mended_app_starts_after_a_crash(make_server: ServerMaker) -> None:
    broken = [True]

    def load() -> FastAPI:
        if broken:
            raise ValueError("broken")
        return hello_app()

    server, recorder = make_server(load)
    server.start()
    recorder.wait_state(S.CRASHED)
    broken.clear()
    server.restart()
    recorder.wait_state(S.RUNNING)
    assert httpx.get(f"{server.url}/hello").status_code == 200


def test_that_a_restart_loads_the_app_again_at_the_same_address(run_server: ServerMaker) -> None:
    loads: list[FastAPI] = []

    def load() -> FastAPI:
        loads.append(hello_app())
        return loads[-1]

    server, recorder = run_server(load)
    url, seen = server.url, len(recorder.events)
    server.restart()
    recorder.wait_state(S.RUNNING, after=seen)
    assert server.url == url
    assert len(loads) == 2
    assert httpx.get(f"{url}/hello").status_code == 200


def test_that_a_lifespan_that_hangs_can_be_stopped(make_server: ServerMaker) -> None:
    waiting = threading.Event()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        import asyncio

        waiting.set()
        await asyncio.Event().wait()
        yield

    server, recorder = make_server(lambda: FastAPI(lifespan=lifespan))
    server.start()
    assert waiting.wait(10)
    server.stop()
    assert recorder.wait_state(S.STOPPED, S.CRASHED, S.BLOCKED).state is S.STOPPED


def test_that_twenty_starts_leave_no_thread_and_no_socket(make_server: ServerMaker) -> None:
    process = psutil.Process()
    server, recorder = make_server(hello_app)

    def once() -> None:
        seen = len(recorder.events)
        server.start()
        recorder.wait_state(S.RUNNING, after=seen)
        httpx.get(f"{server.url}/hello")
        recorder.wait(AppDescription, lambda _: True, after=seen)
        server.stop()
        recorder.wait_state(S.STOPPED, after=seen)

    once()
    for thread in _server_threads():
        thread.join(1)
    files, sockets = process.num_fds(), len(process.net_connections())
    others = _server_threads()  # what tests before this one have not yet ended is not ours to judge
    for _ in range(20):
        once()
    ours = [thread for thread in _server_threads() if thread not in others]
    for thread in ours:
        thread.join(5)
    assert [thread for thread in ours if thread.is_alive()] == []
    assert process.num_fds() <= files
    assert len(process.net_connections()) <= sockets


def _server_threads() -> list[threading.Thread]:
    names = ("server", "asyncio_", "AnyIO")  # not the portals of a TestClient
    return [thread for thread in threading.enumerate() if thread.name.startswith(names)]


def test_that_the_app_is_described_once_it_is_up(run_server: ServerMaker) -> None:
    _, recorder = run_server(hello_app)
    about = recorder.wait(AppDescription, lambda _: True)
    assert about.name == "demo"
    assert about.openapi is not None
    assert b'"/hello"' in about.openapi
    assert about.problem is None
    assert about.docs_url == "/docs"
    assert about.route_count == 5  # four of FastAPI's own pages and one of ours
    assert about.framework.startswith("FastAPI 0.")
    hidden = read_catalogue_json(about.openapi, about.hidden).find("GET /docs")
    assert hidden is not None
    assert hidden.presence is Presence.HIDDEN
    assert about.python.startswith("Python 3.")


def test_that_an_app_whose_attributes_raise_says_so_and_answers(run_server: ServerMaker) -> None:
    class Odd(FastAPI):
        @property
        def routes(self) -> list[BaseRoute]:
            raise RuntimeError("ask me later")

    def load() -> FastAPI:
        app = Odd()

        @app.get("/hello")
        def hello() -> str:
            return "Hello"

        return app

    server, recorder = run_server(load)
    about = recorder.wait(AppDescription, lambda _: True)
    assert about.problem == "The app could not say what it offers. RuntimeError: ask me later"
    assert httpx.get(f"{server.url}/hello").status_code == 200


def test_that_an_app_without_a_document_says_why(run_server: ServerMaker) -> None:
    def load() -> FastAPI:
        app = hello_app()

        def fail() -> dict[str, Any]:
            raise TypeError("a schema that cannot be")

        app.openapi = fail  # type: ignore[method-assign]
        return app

    server, recorder = run_server(load)
    about = recorder.wait(AppDescription, lambda _: True)
    assert about.openapi is None
    assert about.problem == "The app failed to make its OpenAPI document. TypeError: a schema that cannot be"
    assert read_catalogue_json(b"{}", about.hidden).find("GET /hello") is not None
    assert httpx.get(f"{server.url}/hello").status_code == 200


def test_that_a_keep_alive_connection_sends_without_delay(run_server: ServerMaker) -> None:
    seen: list[int] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        connections = [c for c in psutil.Process().net_connections("tcp4") if c.status == psutil.CONN_ESTABLISHED]
        fds = [c.fd for c in connections if c.raddr.port == scope["client"][1]]
        duplicate = socket.socket(fileno=os.dup(fds[0]))
        seen.append(duplicate.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        duplicate.close()
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    server, _ = run_server(lambda: app)
    assert httpx.get(f"{server.url}/").status_code == 204
    assert seen[0] != 0


def test_that_spies_are_put_in_and_taken_out_with_each_run(run_server: ServerMaker) -> None:
    class Spy:
        def __init__(self, emit: Any) -> None:
            self.emit, self.detached, self.asked = emit, False, [""]

        def detach(self) -> None:
            self.detached = True

        def explain_routing(self, trace_id: str) -> None:
            self.emit((trace_id, 1, 0, "routing", "noted", 1, 0, "candidates", {}))

    spies: list[Spy] = []

    def instrument(app: object, emit: Any) -> Spy:
        assert isinstance(app, FastAPI)
        spies.append(Spy(emit))
        return spies[-1]

    server, recorder = run_server(hello_app, instrument=instrument)
    server.explain_routing("ab" * 16)
    assert recorder.wait(tuple, lambda _: True)[0] == "ab" * 16
    seen = len(recorder.events)
    server.restart()
    recorder.wait_state(S.RUNNING, after=seen)
    assert [spy.detached for spy in spies] == [True, False]
    count = len(recorder.events)
    spies[0].explain_routing("old")  # an event of an old run goes nowhere
    spies[1].explain_routing("new")
    assert [e[0] for e in recorder.events[count:] if isinstance(e, tuple)] == ["new"]


def test_that_importing_the_server_imports_no_framework() -> None:
    import subprocess

    code = (
        "import sys, explorer.server.thread\n"
        "print([m for m in ('uvicorn', 'fastapi', 'starlette', 'pydantic', 'msgspec') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_that_a_failing_listener_harms_neither_the_server_nor_the_other_listeners(make_server: ServerMaker) -> None:
    server = ThreadServer("demo", hello_app, port=0)
    try:

        def fail(_: object) -> None:
            raise RuntimeError("a listener's own mistake")

        server.events.subscribe(fail)
        heard: list[object] = []
        up = threading.Event()
        server.events.subscribe(heard.append)
        server.events.subscribe(lambda e: up.set() if getattr(e, "state", None) is S.RUNNING else None)
        server.start()
        assert up.wait(10)
        assert len(heard) >= 3
    finally:
        assert server.close(5)


def test_that_a_removed_listener_hears_nothing_more(run_server: ServerMaker) -> None:
    server, recorder = run_server(hello_app)
    recorder.wait(AppDescription, lambda _: True)
    recorder.unsubscribe()
    recorder.unsubscribe()
    count = len(recorder.events)
    httpx.get(f"{server.url}/hello")
    assert len(recorder.events) == count
    assert not [line for line in recorder.of(LogLine) if "/hello" in line.message]
