"""Categories: the shelves of the shop. One category has many items, an item has one category or none."""

from typing import TYPE_CHECKING

from pydantic.config import JsonDict
from sqlmodel import Field, Relationship, SQLModel

if TYPE_CHECKING:
    from demo_api.models.item import Item

LIGHTING: JsonDict = {"name": "Lighting", "description": "Lamps, bulbs and candles."}


class CategoryBase(SQLModel):
    """What everybody knows of a category."""

    name: str = Field(min_length=1, max_length=40, unique=True, description="What it is called; no two share a name.")
    description: str | None = Field(default=None, max_length=200, description="What belongs into it; null if obvious.")


class CategoryCreate(CategoryBase):
    """What a client sends to add a category, or to replace one."""

    model_config = {"json_schema_extra": {"examples": [LIGHTING]}}


class CategoryUpdate(SQLModel):
    """What a client sends to change a category. A field that is left out stays; a description of null goes."""

    model_config = {"json_schema_extra": {"examples": [{"name": "Lamps"}]}}

    name: str | None = Field(default=None, min_length=1, max_length=40, description="A new name; null keeps the old.")
    description: str | None = Field(default=None, max_length=200, description="A new description; null for none.")


class CategoryPublic(CategoryBase):
    """What a client may see of a category."""

    id: int = Field(description="The category's number.")


class CategoryPreview(SQLModel):
    """What a change would make of a category."""

    right: dict[str, int | str | None] = Field(description="With `exclude_unset=True`: only what was sent changes.")
    wrong: dict[str, int | str | None] = Field(description="Without it: what was left out becomes null.")


class Category(CategoryBase, table=True):
    """A row of the table `categories`: `table=True` makes the difference."""

    __tablename__ = "categories"
    __mapper_args__ = {"confirm_deleted_rows": False}  # two requests may delete the same row at once: it is gone

    id: int | None = Field(default=None, primary_key=True)

    # No column: SQLAlchemy finds the items by their `category_id`. If the category goes, the database nulls that.
    items: list["Item"] = Relationship(back_populates="category", passive_deletes="all")
