"""What the shop says of itself in the chapter "First steps"."""

from typing import Literal

from pydantic import BaseModel, Field


class Welcome(BaseModel):
    """The first answer."""

    message: str = Field(description="A greeting.")
    docs: str = Field(description="Where the interactive documentation is.")


class Versions(BaseModel):
    """What this server runs on."""

    python: str = Field(description="The version of Python.")
    packages: dict[str, str] = Field(description="The version of each package the shop is built on.")


class Place(BaseModel):
    """One file or folder of the project."""

    path: str = Field(description="The file or folder.")
    purpose: str = Field(description="What is in it.")
    mvc: Literal["model", "view", "controller", "none"] = Field(description="What Model-View-Controller would call it.")


class Addresses(BaseModel):
    """Who talks to whom."""

    client: str | None = Field(description="The address and port the request came from.")
    server: str | None = Field(description="The address and port it arrived at.")
    url: str = Field(description="The URL as the client wrote it.")


class Health(BaseModel):
    """Whether the shop can work."""

    status: Literal["ok", "attention"] = Field(description="`ok` when nothing is missing.")
    revision: str | None = Field(description="The database's Alembic revision; null when it has none.")
    pending: int = Field(description="How many migrations the database still needs.")
    advice: str | None = Field(description="What to do about it; null when there is nothing to do.")
