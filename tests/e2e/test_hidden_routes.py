"""What OpenAPI hides stands in the tree, marked, and can be sent like anything else."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QTreeView

from explorer.probe.install import attach
from explorer.server.thread import ThreadServer
from explorer.storage.options import Options
from explorer.ui import names
from explorer.ui.models.operations_model import OperationRole

from .conftest import Person, Start

MESSAGE = names.NOTICE_TEXT.format(kind="message")


def row(person: Person, key: str) -> QModelIndex:
    model = person.find(QTreeView, names.OPERATIONS_TREE).model()
    groups = [model.index(number, 0) for number in range(model.rowCount())]
    rows = [model.index(number, 0, group) for group in groups for number in range(model.rowCount(group))]
    return next(index for index in rows if index.data(OperationRole.KEY) == key)


def test_that_a_hidden_route_and_a_mounted_apps_operation_are_listed_marked_and_sent(person: Person) -> None:
    for key, mark in (("GET /metadata/hidden", "hidden"), ("GET /warehouse/shelves", "mount")):
        assert row(person, key).data(OperationRole.MARK) == mark
        assert "OpenAPI document" in row(person, key).data(Qt.ItemDataRole.AccessibleTextRole)
        person.choose(key)
        person.send()
        assert person.read(names.RESPONSE_STATUS) == "200 OK"
        assert person.last_exchange.request.url.endswith(key.removeprefix("GET "))
    assert row(person, "GET /items").data(OperationRole.MARK) == ""


class Opaque:
    """A class that pydantic has no schema for."""


class Odd(BaseModel):
    model_config = ConfigDict(arbitrary_types_allowed=True)
    opaque: Opaque | None = None


def make_app() -> FastAPI:
    app = FastAPI()

    @app.get("/hello")
    def hello() -> str:
        return "Hello"

    @app.post("/odd")
    def odd(body: Odd) -> None: ...

    return app


def test_that_an_app_that_cannot_describe_itself_can_still_be_asked(start: Start) -> None:
    def make_server(options: Options, _database: Path) -> ThreadServer:
        return ThreadServer(
            "odd", make_app, host=options.host, port=options.port, fixed_port=options.fixed_port, instrument=attach
        )

    person = start(make_server=make_server)
    person.until_ready()
    person.until(lambda: person.sees(MESSAGE))
    assert person.read(MESSAGE).startswith("The app failed to make its OpenAPI document. PydanticInvalidForJsonSchema")
    person.choose("GET /hello")
    person.send()
    assert person.read(names.RESPONSE_STATUS) == "200 OK"
    assert row(person, "POST /odd").data(OperationRole.MARK) == "hidden"
