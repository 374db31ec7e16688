"""Tags move out of the items into tables of their own: a data migration.

It speaks to the tables as they are at this revision, and never uses the models: those go on changing, and this file
must do the same in ten years.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from demo_api.db.keeping import put_aside, take_back

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BATCH = 10_000

items = sa.table("items", sa.column("id", sa.Integer), sa.column("tags", sa.JSON))
tags = sa.table("tags", sa.column("id", sa.Integer), sa.column("name", sa.String))
item_tags = sa.table(
    "item_tags",
    sa.column("item_id", sa.Integer),
    sa.column("position", sa.Integer),
    sa.column("tag_id", sa.Integer),
)


def upgrade() -> None:
    """Make the tables, copy every tag of every item in its order, and only then drop the old column."""
    if not take_back("tags"):
        op.create_table(
            "tags",
            sa.Column("id", sa.Integer(), primary_key=True),
            sa.Column("name", sa.String(length=30), nullable=False),
            sa.UniqueConstraint("name"),
        )
    op.create_table(
        "item_tags",
        sa.Column("item_id", sa.Integer(), sa.ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("tag_id", sa.Integer(), sa.ForeignKey("tags.id", ondelete="CASCADE"), nullable=False),
    )
    connection = op.get_bind()
    for rows in batches(connection, sa.select(items.c.id, items.c.tags), items.c.id):
        copy_to_links(connection, rows)
    op.create_index("ix_item_tags_tag_id", "item_tags", ["tag_id"])
    with op.batch_alter_table("items") as table:
        table.drop_column("tags")


def downgrade() -> None:
    """Write the words back into the items; the words that no item uses are kept for the way back."""
    op.add_column("items", sa.Column("tags", sa.JSON(), nullable=True))
    connection = op.get_bind()
    for rows in batches(connection, sa.select(items.c.id), items.c.id):
        copy_to_items(connection, [row.id for row in rows])
    with op.batch_alter_table("items") as table:
        table.alter_column("tags", existing_type=sa.JSON(), nullable=False)
    op.drop_table("item_tags")
    put_aside("tags")


def copy_to_links(connection: sa.Connection, rows: Sequence[sa.Row[Any]]) -> None:
    """Store what these items have in their lists as links, and words that are new as tags."""
    ids = {name: tag_id for tag_id, name in connection.execute(sa.select(tags.c.id, tags.c.name))}
    names = dict.fromkeys(name for row in rows for name in row.tags)  # each once, in the order of the items
    new = [{"name": name} for name in names if name not in ids]
    if new:
        connection.execute(sa.insert(tags), new)
        ids = {name: tag_id for tag_id, name in connection.execute(sa.select(tags.c.id, tags.c.name))}
    found = [
        {"item_id": row.id, "position": position, "tag_id": ids[name]}
        for row in rows
        for position, name in enumerate(row.tags)
    ]
    if found:
        connection.execute(sa.insert(item_tags), found)


def copy_to_items(connection: sa.Connection, item_ids: Sequence[int]) -> None:
    """Store what these items have as links as lists; an item without tags gets an empty one."""
    lists: dict[int, list[str]] = {item_id: [] for item_id in item_ids}
    statement = (
        sa.select(item_tags.c.item_id, tags.c.name)
        .join_from(item_tags, tags, tags.c.id == item_tags.c.tag_id)
        .where(item_tags.c.item_id.between(item_ids[0], item_ids[-1]))
        .order_by(item_tags.c.item_id, item_tags.c.position)
    )
    for item_id, name in connection.execute(statement):
        lists[item_id].append(name)
    change = sa.update(items).where(items.c.id == sa.bindparam("item_id")).values(tags=sa.bindparam("names"))
    connection.execute(change, [{"item_id": item_id, "names": names} for item_id, names in lists.items()])


def batches(connection: sa.Connection, statement: sa.Select[Any], key: sa.ColumnElement[int]) -> Iterator[Any]:
    """Read a large table piece by piece: all of it at once might not fit into memory."""
    last = -1
    while rows := connection.execute(statement.where(key > last).order_by(key).limit(BATCH)).all():
        yield rows
        last = rows[-1].id
