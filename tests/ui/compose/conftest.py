"""The room with the operations of a real FastAPI app."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal, TypeVar

import pytest
from fastapi import Body, Cookie, FastAPI, Header, Path
from pydantic import BaseModel, Field
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from explorer.openapi.operations import Catalogue
from explorer.openapi.read import read_catalogue
from explorer.ui.panels.compose_room import ComposeRoom
from explorer.ui.panels.response_panel import ResponsePanel
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.body_section import BodySection

Part = TypeVar("Part", bound=QWidget)


class ItemCreate(BaseModel):
    name: Annotated[str, Field(min_length=1, max_length=80)]
    price: Annotated[float, Field(gt=0)]


def make_app() -> FastAPI:
    app = FastAPI(title="Shop", openapi_tags=[{"name": "Items"}, {"name": "Users"}])

    @app.get("/items", tags=["Items"])
    def list_items(limit: int = 10, q: str | None = None) -> None:
        """Show items."""

    @app.post("/users/{user_id}/items", tags=["Users"], summary="Create an item for a user")
    def create_item(
        user_id: Annotated[int, Path(ge=1, description="Owner of the new item")],
        item: ItemCreate,
        size: Literal["s", "m", "l"] = "m",
        lang: str | None = None,
        x_token: Annotated[str | None, Header()] = None,
        visits: Annotated[int | None, Cookie()] = None,
    ) -> None:
        """Make an item."""

    @app.get("/health", tags=["Other things"])
    def health() -> None:
        """Say that all is well."""

    @app.post("/echo", tags=["Other things"])
    def echo(text: Annotated[str, Body(media_type="text/plain")]) -> None:
        """Send text back."""

    return app


CREATE = "POST /users/{user_id}/items"


@pytest.fixture(scope="session")
def document() -> dict[str, Any]:
    return make_app().openapi()


@pytest.fixture(scope="session")
def catalogue(document: dict[str, Any]) -> Catalogue:
    return read_catalogue(document)


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, themes: Themes, catalogue: Catalogue) -> Iterator[ComposeRoom]:
    room = ComposeRoom(themes)
    qtbot.addWidget(room)
    room.resize(1388, 830)
    room.operations.set_catalogue(catalogue)
    with qtbot.waitExposed(room):
        room.show()
    room.activateWindow()
    yield room
    themes.set_zoom(100)


@pytest.fixture
def alone(qtbot: QtBot, qapp: QApplication, themes: Themes) -> Iterator[Callable[[Part, int, int], Part]]:
    """Show one part of the room in a window of its own, as large as in the room: most tests need no other part."""

    def show(part: Part, width: int, height: int) -> Part:
        qtbot.addWidget(part)
        part.resize(width, height)
        with qtbot.waitExposed(part):
            part.show()
        part.activateWindow()
        return part

    yield show
    themes.set_zoom(100)


@pytest.fixture
def response_panel(themes: Themes, alone: Callable[[ResponsePanel, int, int], ResponsePanel]) -> ResponsePanel:
    return alone(ResponsePanel(themes), 686, 317)


@pytest.fixture
def section(qtbot: QtBot, themes: Themes) -> Iterator[BodySection]:
    """Return the Body section in a window of its own, without an operation yet."""
    section = BodySection(themes)
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(section)
    area.resize(700, 900)
    with qtbot.waitExposed(area):
        area.show()
    area.activateWindow()
    yield section
    section.json_form.builder.clear()
