"""Reports: what the chapter "SQLAlchemy" answers with besides orders."""

from pydantic import BaseModel, ConfigDict, Field

from demo_api.models.order import OrderPublic
from demo_api.models.types import TagName


class EngineState(BaseModel):
    """The engine, which every session borrows its connection from."""

    dialect: str = Field(description="Which database's SQL it writes.")
    driver: str = Field(description="The package that talks to the database.")
    version: str = Field(description="The database's own version.")
    pool: str = Field(description="How it keeps connections.")
    in_use: int = Field(description="How many are lent right now: this request has one of them.")


class Compiled(BaseModel):
    """One query, as it is written for one database."""

    dialect: str = Field(description="The database.")
    sql: str = Field(description="What it is sent.")
    parameters: dict[str, str | int | float] = Field(description="What is sent beside it, and never pasted into it.")


class Sales(BaseModel):
    """What one user ordered."""

    name: str = Field(description="The user's name.")
    orders: int = Field(description="How many orders.")
    total: float = Field(description="What they cost together, in euros.")


class TagCreate(BaseModel):
    """What a client sends to add a tag."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "gift"}]})

    name: TagName = Field(description="The word: 1–30 characters.")


class Removed(BaseModel):
    """How many rows went."""

    rows: int = Field(description="How many.")


class OrdersRead(BaseModel):
    """Orders, and what it took to read them."""

    statements: int = Field(description="How many SQL statements it took.")
    orders: list[OrderPublic] = Field(description="What was read.")
