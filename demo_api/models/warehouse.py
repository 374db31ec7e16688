"""The warehouse: a sub-application, and what it answers with."""

from pydantic import BaseModel, Field


class Shelf(BaseModel):
    """A shelf in the warehouse."""

    number: int = Field(description="The shelf's number.")
    holds: str = Field(description="What is on it.")


class Mounted(BaseModel):
    """What hangs below a path of the shop."""

    path: str = Field(description="Where it begins.")
    name: str = Field(description="What it is called.")
    docs: str | None = Field(description="Where its own documentation is; null if it has none.")


class Position(BaseModel):
    """How one path is taken apart when an application is inside another."""

    root_path: str = Field(description="What the application outside has used up.")
    path: str = Field(description="The whole path, as the client asked for it.")
    title: str = Field(description="Which application answers.")
