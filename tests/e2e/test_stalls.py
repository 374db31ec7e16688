"""A handler that holds Python's lock holds the window, and is named for it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from fastapi import FastAPI

from explorer.probe.install import attach
from explorer.server.thread import ThreadServer
from explorer.storage.options import Options
from explorer.ui import names

from .conftest import Person, Start

SECONDS = 0.8


def count_for(seconds: float) -> int:
    """Return up to which number adding takes about so long; it is one call, during which no other thread runs."""
    began = time.thread_time()
    sum(range(2_000_000))
    return round(2_000_000 * seconds / (time.thread_time() - began))


def make_app() -> FastAPI:
    app = FastAPI()
    most = count_for(SECONDS)

    @app.get("/add")
    def add() -> int:
        return sum(range(most))

    @app.get("/wait")
    def wait() -> None:
        time.sleep(SECONDS)

    return app


def make_server(options: Options, _database: Path) -> ThreadServer:
    return ThreadServer(
        "adder", make_app, host=options.host, port=options.port, fixed_port=options.fixed_port, instrument=attach
    )


@pytest.fixture
def person(start: Start) -> Person:
    person = start(make_server=make_server)
    person.until_ready()
    return person


def test_that_the_request_that_held_up_the_window_is_named_and_one_that_only_waits_is_not(person: Person) -> None:
    person.request("/wait")
    assert not person.sees(names.STATUS_STALL)
    person.request("/add")
    person.until(lambda: person.sees(names.STATUS_STALL))
    said = person.read(names.STATUS_STALL)
    assert said.startswith("The window stood still for ")
    assert said.endswith("while GET /add ran.")
    person.click(names.STATUS_STALL_SHOW)
    assert person.window.current_room == "traces"
    assert person.read(names.TRACE_PATH) == "/add"
