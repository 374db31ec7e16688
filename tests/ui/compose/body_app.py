"""An app with every kind of body, and helpers to fill its forms in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal, TypeVar

from fastapi import Body, FastAPI, File, Form, UploadFile
from pydantic import BaseModel, Field, create_model
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from explorer.client.draft import RequestDraft
from explorer.client.starting import starting_draft
from explorer.openapi.operations import Catalogue
from explorer.openapi.read import read_catalogue
from explorer.ui.widgets.body_section import BodySection

W = TypeVar("W", bound=QWidget)


class Color(StrEnum):
    RED = "red"
    GREEN = "green"


class Address(BaseModel):
    street: str
    city: str
    zip: str | None = None


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog"]
    good: bool = True


class Node(BaseModel):
    name: str
    children: list["Node"] = []


class Thing(BaseModel):
    name: Annotated[str, Field(min_length=1, description="What it is called")]
    price: float
    color: Color | None = None
    ready: bool = True
    day: date | None = None
    seen_at: datetime | None = None
    tags: list[str] = []
    address: Address | None = None
    pet: Annotated[Cat | Dog | None, Field(discriminator="kind")] = None
    limits: dict[str, int] = {}
    tree: Node | None = None
    old: Annotated[str | None, Field(deprecated=True)] = None


Wide = create_model("Wide", **{f"field_{number}": (str | None, None) for number in range(300)})  # type: ignore[call-overload]


def make_app() -> FastAPI:
    app = FastAPI()

    @app.post("/things")
    def make_thing(thing: Thing) -> None: ...

    @app.post("/upload")
    def upload(
        avatar: Annotated[UploadFile, File(description="A picture")],
        photos: list[UploadFile],
        title: Annotated[str, Form()],
        tags: Annotated[list[str], Form()],
        size: Annotated[Literal["s", "m"] | None, Form()] = None,
        extra: UploadFile | None = None,
    ) -> None: ...

    @app.post("/login")
    def login(user: Annotated[str, Form()], tags: Annotated[list[str], Form()]) -> None: ...

    @app.post("/raw")
    def raw(data: Annotated[bytes, Body(media_type="application/octet-stream")]) -> None: ...

    @app.post("/numbers")
    def numbers(values: list[int]) -> None: ...

    @app.post("/wide")
    def wide(wide: Wide) -> None: ...  # type: ignore[valid-type]

    return app


DOCUMENT = make_app().openapi()
CATALOGUE: Catalogue = read_catalogue(DOCUMENT)


def open_section(section: BodySection, key: str, change: Callable[[RequestDraft], RequestDraft]) -> None:
    """Show an operation with its starting draft, changed."""
    operation = CATALOGUE.find(key)
    assert operation is not None
    section.set_operation(operation, DOCUMENT)
    section.set_draft(change(starting_draft(operation, DOCUMENT)))


def open_json(section: BodySection, text: str, *, form: bool = True, key: str = "POST /things") -> None:
    """Show a JSON body, as a form or as text."""
    section.restore({"form": form})
    open_section(section, key, lambda draft: replace(draft, body=text))
    section.json_form.builder.finish()


def find(section: BodySection, kind: type[W], name: str) -> W:
    """Return the control on show that has a name."""
    section.json_form.builder.finish()
    found = [widget for widget in section.findChildren(kind, name) if widget.isVisible()]
    assert len(found) == 1, f"{len(found)} controls are called {name}"
    return found[0]


def has(section: BodySection, name: str) -> bool:
    """Tell whether a control is on show."""
    section.json_form.builder.finish()
    return any(widget.isVisible() for widget in section.findChildren(QWidget, name))


def write(qtbot: QtBot, widget: QWidget, text: str) -> None:
    """Type over what is in a field, key by key."""
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(QApplication.focusWidget() or widget, text)


def choose(section: BodySection, button: str, label: str) -> None:
    """Open the menu of a row, and choose from it."""
    find(section, QWidget, button).click()  # type: ignore[attr-defined]
    menus = [menu for menu in section.findChildren(QMenu) if menu.isVisible()]
    assert len(menus) == 1
    action = next(action for action in menus[0].actions() if action.text().startswith(label))
    action.trigger()
    menus[0].close()
