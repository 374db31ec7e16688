from __future__ import annotations

import logging
import logging.config
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fastapi import FastAPI

from explorer.server.interface import LogLine, ServerState
from explorer.server.logs import ServerLogs

if TYPE_CHECKING:
    from tests.core.server.conftest import ServerMaker

_app_log = logging.getLogger("shop.orders")


@pytest.fixture(autouse=True)
def logging_stays_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)
    for name in root.manager.loggerDict:  # a dictConfig switches off all that it does not know
        logging.getLogger(name).disabled = False


def logging_app() -> FastAPI:
    app = FastAPI()

    @app.get("/sync")
    def sync() -> None:
        _app_log.warning("from a worker thread")

    @app.get("/async")
    async def on_loop() -> None:
        _app_log.error("order %s failed", 7, exc_info=ValueError("no stock"))

    return app


def test_that_records_of_the_app_and_of_uvicorn_become_lines(run_server: ServerMaker) -> None:
    server, recorder = run_server(logging_app)
    for path in ("/sync", "/async"):
        assert httpx.get(f"{server.url}{path}").status_code == 200
    worker = recorder.wait(LogLine, lambda line: line.logger == "shop.orders")
    assert (worker.message, worker.level, worker.traceback) == ("from a worker thread", logging.WARNING, None)
    failed = recorder.wait(LogLine, lambda line: line.message == "order 7 failed")
    assert failed.traceback == "ValueError: no stock"
    access = recorder.wait(LogLine, lambda line: line.logger == "uvicorn.access")
    assert '"GET /sync HTTP/1.1" 200' in access.message


def test_that_a_record_whose_arguments_do_not_fit_is_shown_as_it_is(capfd: pytest.CaptureFixture[str]) -> None:
    lines: list[LogLine] = []
    logging.getLogger().handlers[:] = []  # pytest's own handlers would raise
    with ServerLogs(lines.append):
        _app_log.error("%d and %d", "one")
    assert [line.message for line in lines] == ["%d and %d ('one',)"]
    assert capfd.readouterr() == ("", "")


def test_that_records_of_other_threads_are_not_the_servers(run_server: ServerMaker) -> None:
    _, recorder = run_server(logging_app)
    _app_log.warning("from the test itself")
    logging.getLogger("uvicorn.error").warning("from the test itself")
    assert [line for line in recorder.of(LogLine) if "test itself" in line.message] == []


def test_that_two_servers_keep_their_records_apart(run_server: ServerMaker) -> None:
    first, first_ear = run_server(logging_app)
    second, second_ear = run_server(logging_app)
    httpx.get(f"{first.url}/sync")
    first_ear.wait(LogLine, lambda line: line.logger == "shop.orders")
    assert [line for line in second_ear.of(LogLine) if line.logger == "shop.orders"] == []
    httpx.get(f"{second.url}/sync")
    second_ear.wait(LogLine, lambda line: line.logger == "shop.orders")


def test_that_an_app_that_configures_logging_is_heard_all_the_same(run_server: ServerMaker) -> None:
    def load() -> Any:
        logging.config.dictConfig({"version": 1, "root": {"handlers": [], "level": "WARNING"}})
        return logging_app()

    server, recorder = run_server(load)
    logging.getLogger("shop.orders").disabled = False  # dictConfig switched off what it did not know; the app's matter
    httpx.get(f"{server.url}/sync")
    recorder.wait(LogLine, lambda line: line.logger == "shop.orders")
    recorder.wait(LogLine, lambda line: line.logger == "uvicorn.access")


def test_that_an_app_that_configures_logging_does_not_silence_us(run_server: ServerMaker) -> None:
    ours = logging.getLogger("explorer.ui")

    def load() -> Any:
        logging.config.dictConfig({"version": 1, "root": {"handlers": [], "level": "WARNING"}})
        return logging_app()

    run_server(load)

    assert not ours.disabled


def test_that_no_handler_stays_after_the_end(run_server: ServerMaker) -> None:
    before = set(logging.getLogger().handlers)
    server, recorder = run_server(logging_app)
    assert set(logging.getLogger().handlers) != before
    server.stop()
    recorder.wait_state(ServerState.STOPPED)
    assert set(logging.getLogger().handlers) == before
