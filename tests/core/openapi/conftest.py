"""A FastAPI app with a little of everything, and the catalogue that comes of it."""

from __future__ import annotations

import datetime
import enum
import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

import pytest
from fastapi import APIRouter, Body, Cookie, FastAPI, Form, Header, Path, Query, UploadFile
from fastapi.testclient import TestClient
from pydantic import AnyUrl, BaseModel, ConfigDict, EmailStr, Field

from explorer.openapi.operations import Catalogue
from explorer.openapi.read import read_catalogue


class Color(enum.StrEnum):
    RED = "red"
    DARK_BLUE = "dark blue"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog"]
    bark: bool


class Owner(BaseModel):
    name: str
    boss: Owner | None = None


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")
    a: int = 1


class ItemCreate(BaseModel):
    name: str = Field(min_length=1, max_length=80)
    price: float = Field(gt=0)
    tags: list[str] = []
    count: int = Field(default=1, ge=1, le=10)
    sold: bool = False
    when: datetime.datetime | None = None
    day: datetime.date | None = None
    wait: datetime.timedelta | None = None
    key: uuid.UUID | None = None
    color: Color = Color.RED
    level: Level | None = None
    owner: Owner | None = None
    scores: dict[str, int] = {}
    pair: tuple[int, str] | None = None
    size: Literal["S", "M"] = "M"
    cost: Decimal | None = None
    code: str | None = Field(default=None, pattern="^[A-Z]{2}$")
    parts: list[Owner] = Field(default=[], max_length=2)
    step: int = Field(default=5, multiple_of=5)
    pet: Annotated[Cat | Dog, Field(discriminator="kind")] | None = None
    closed: Closed | None = None
    email: EmailStr | None = None
    site: AnyUrl | None = None
    flags: set[str] = set()
    either: int | str | None = None
    at: datetime.time | None = None


class Page(BaseModel):
    limit: int = Field(10, ge=1, le=100, description="How many")


def make_app() -> FastAPI:
    app = FastAPI(title="Shop", version="2.1", openapi_tags=[{"name": "users", "description": "People"}])
    router = APIRouter()

    @app.get("/health")
    def health() -> None:
        """Say that it lives."""

    @router.post("/users/{user_id}/items", tags=["items"])
    def create_item(
        user_id: Annotated[int, Path(ge=1, description="Owner of the new item")],
        item: ItemCreate,
        notify: bool = False,
        lang: str | None = None,
    ) -> None: ...

    @router.get("/items", tags=["items", "users"], summary="All items", deprecated=True)
    def read_items(
        page: Annotated[Page, Query()],
        ratio: Annotated[float, Query(gt=0, lt=1)] = 0.5,
        day: datetime.date | None = None,
        color: Color | None = None,
        level: Level = Level.LOW,
        size: Literal["S", "M"] = "M",
        tags: Annotated[list[str], Query()] = [],  # noqa: B006 (as FastAPI's tutorial writes it)
        numbers: Annotated[list[int] | None, Query()] = None,
        name: Annotated[str, Query(min_length=2, examples=["Ada"])] = "Bob",
        x_token: Annotated[str | None, Header()] = None,
        session: Annotated[str, Cookie()] = "none",
        key: uuid.UUID | None = None,
    ) -> None: ...

    @router.get("/users/{user_id}", tags=["users"])
    def read_user(user_id: uuid.UUID) -> None: ...

    @router.put("/both", tags=["items"])
    def replace_both(item: ItemCreate, importance: Annotated[int, Body(gt=1)]) -> None: ...

    @router.put("/both/{item_id}/now", tags=["items"])
    def replace_now(item_id: int, item: ItemCreate, importance: Annotated[int, Body()]) -> None: ...

    @router.put("/list", tags=["items"])
    def replace_list(items: list[Owner]) -> None: ...

    @router.put("/maybe", tags=["items"])
    def maybe(owner: Owner | None = None) -> None: ...

    @router.post("/form", tags=["items"])
    def form(user: Annotated[str, Form()], picture: UploadFile) -> None: ...

    @router.get("/files/{file_path:path}", tags=["items"])
    def read_file(file_path: str) -> None: ...

    app.include_router(router)
    return app


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read_catalogue(make_app().openapi())


@pytest.fixture(scope="session")
def server() -> Iterator[TestClient]:
    """Give the app itself, to hold what we say against what it says."""
    with TestClient(make_app()) as client:
        yield client
