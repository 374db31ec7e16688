"""Items: what the shop sells."""

from datetime import datetime

from pydantic.config import JsonDict
from sqlalchemy import CheckConstraint
from sqlmodel import Field, Relationship, SQLModel

from demo_api.models.category import Category
from demo_api.models.tag import ItemTag
from demo_api.models.types import LARGEST_ID, TagName, UtcDateTime, now
from demo_api.models.user import User

DESK_LAMP: JsonDict = {"name": "Desk lamp", "price": 39.9, "tags": ["home", "light"]}
READING_LAMP: JsonDict = {"id": 1, "name": "Reading lamp", "price": 29.9, "tags": ["home", "light"]}


class ItemBase(SQLModel):
    """What everybody knows of an item."""

    name: str = Field(min_length=1, max_length=80, description="What it is called: 1–80 characters.")
    price: float = Field(gt=0, le=1_000_000, description="What it costs, in euros; more than 0.")


class ItemCreate(ItemBase):
    """What a client sends to add an item, or to replace one."""

    model_config = {"json_schema_extra": {"examples": [DESK_LAMP]}}

    tags: list[TagName] = Field(default_factory=list, max_length=10, description="Words to find it by; at most ten.")


class ItemEntry(ItemCreate):
    """One line of a user's whole list: with an id it is an item that is there already, without one it is new."""

    model_config = {"json_schema_extra": {"examples": [DESK_LAMP]}}

    id: int | None = Field(default=None, ge=1, le=LARGEST_ID, description="Which item to change; null adds one.")


class ItemUpdate(SQLModel):
    """What a client sends to change an item. A field that is left out, or null, stays as it is."""

    model_config = {"json_schema_extra": {"examples": [{"price": 34.5}]}}

    name: str | None = Field(default=None, min_length=1, max_length=80, description="A new name.")
    price: float | None = Field(default=None, gt=0, le=1_000_000, description="A new price, in euros.")
    tags: list[TagName] | None = Field(default=None, max_length=10, description="New tags; the old ones go.")


class ItemPublic(ItemBase):
    """What a client may see of an item."""

    tags: list[str] = Field(description="Words to find it by.")
    id: int = Field(description="The item's number.")
    owner_id: int = Field(description="The number of the user who sells it.")
    stock: int = Field(description="How many are there.")
    created_at: datetime = Field(description="When it was added.")


class Item(ItemBase, table=True):
    """A row of the table `items`."""

    __tablename__ = "items"
    __mapper_args__ = {"confirm_deleted_rows": False}  # two requests may delete the same row at once: it is gone
    __table_args__ = (CheckConstraint("stock >= 0", name="stock"),)

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    category_id: int | None = Field(default=None, foreign_key="categories.id", ondelete="SET NULL", index=True)
    stock: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)

    owner: User = Relationship()
    category: Category | None = Relationship(back_populates="items")

    # "selectin": the tags of all items that a statement finds are read with one more, and not with one for each item.
    tag_links: list[ItemTag] = Relationship(
        cascade_delete=True, sa_relationship_kwargs={"lazy": "selectin", "order_by": "ItemTag.position"}
    )

    @property
    def tags(self) -> list[str]:
        """The words alone, which is all that a client gets to see."""
        return [link.tag.name for link in self.tag_links]
