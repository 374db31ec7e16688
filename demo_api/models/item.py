"""Items: what the shop sells."""

from datetime import datetime

from pydantic.config import JsonDict
from sqlalchemy import JSON, CheckConstraint
from sqlmodel import Field, SQLModel

from demo_api.models.types import Tag, UtcDateTime, now

DESK_LAMP: JsonDict = {"name": "Desk lamp", "price": 39.9, "tags": ["home", "light"]}


class ItemBase(SQLModel):
    """What everybody knows of an item."""

    name: str = Field(min_length=1, max_length=80, description="What it is called: 1–80 characters.")
    price: float = Field(gt=0, le=1_000_000, description="What it costs, in euros; more than 0.")
    tags: list[Tag] = Field(
        default_factory=list, max_length=10, sa_type=JSON, description="Words to find it by; at most ten."
    )


class ItemCreate(ItemBase):
    """What a client sends to add an item, or to replace one."""

    model_config = {"json_schema_extra": {"examples": [DESK_LAMP]}}


class ItemUpdate(SQLModel):
    """What a client sends to change an item. A field that is left out, or null, stays as it is."""

    model_config = {"json_schema_extra": {"examples": [{"price": 34.5}]}}

    name: str | None = Field(default=None, min_length=1, max_length=80, description="A new name.")
    price: float | None = Field(default=None, gt=0, le=1_000_000, description="A new price, in euros.")
    tags: list[Tag] | None = Field(default=None, max_length=10, description="New tags, in place of all the old ones.")


class ItemPublic(ItemBase):
    """What a client may see of an item."""

    id: int = Field(description="The item's number.")
    owner_id: int = Field(description="The number of the user who sells it.")
    stock: int = Field(description="How many are there.")
    created_at: datetime = Field(description="When it was added.")


class Item(ItemBase, table=True):
    """A row of the table `items`."""

    __tablename__ = "items"
    __table_args__ = (CheckConstraint("stock >= 0", name="ck_items_stock"),)

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    stock: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
