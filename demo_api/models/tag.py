"""Tags: words to find items by. An item has many tags and a tag has many items, so a third table is between them."""

from sqlmodel import Field, Relationship, SQLModel


class TagPublic(SQLModel):
    """What a client may see of a tag."""

    name: str = Field(description="The word.")
    items: int = Field(description="How many items have it.")


class Tag(SQLModel, table=True):
    """A row of the table `tags`: each word once."""

    __tablename__ = "tags"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=30, unique=True)


class ItemTag(SQLModel, table=True):
    """A row of the table `item_tags`: this item has that tag, at this place of its list."""

    __tablename__ = "item_tags"
    __mapper_args__ = {"confirm_deleted_rows": False}  # two requests may delete the same row at once: it is gone

    item_id: int | None = Field(default=None, foreign_key="items.id", ondelete="CASCADE", primary_key=True)
    position: int = Field(primary_key=True)
    tag_id: int | None = Field(default=None, foreign_key="tags.id", ondelete="CASCADE", index=True, nullable=False)

    # A link is of no use without its word, so both are read with one statement.
    tag: Tag = Relationship(sa_relationship_kwargs={"lazy": "joined", "innerjoin": True})
