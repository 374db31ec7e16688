"""Helpers for migrations that go back: what the older version has no place for is put aside, and not thrown away.

A downgrade that drops a table or a column loses what was in it, and the next upgrade begins with nothing. Here each
downgrade leaves it in a table `kept_…`, and the upgrade takes it back: down and up again, every row is as it was.
The foreign keys of such a table stay in force, so what is deleted meanwhile is deleted there too.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op


def put_aside(*tables: str) -> None:
    """Take tables out of use: `orders` becomes `kept_orders`. Foreign keys that lead there follow."""
    for table in tables:
        op.rename_table(table, f"kept_{table}")


def take_back(*tables: str) -> bool:
    """Put tables that were put aside back into use; return False if there are none, so that they have to be made."""
    if not is_kept(tables[0]):
        return False
    for table in tables:
        op.rename_table(f"kept_{table}", table)
    return True


def put_values_aside(table: str, column: str, column_type: sa.types.TypeEngine[Any]) -> None:
    """Copy a column that is about to be dropped: `users.email` into `kept_users_email`."""
    kept = op.create_table(
        f"kept_{table}_{column}",
        sa.Column("id", sa.Integer(), sa.ForeignKey(f"{table}.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("value", column_type),
    )
    old = sa.table(table, sa.column("id", sa.Integer), sa.column(column, column_type))
    rows = sa.select(old.c.id, old.c[column])
    op.execute(sa.insert(kept).from_select(["id", "value"], rows))


def take_values_back(table: str, column: str) -> None:
    """Fill a column that was just added with what was put aside, if anything was; rows that are newer stay."""
    if not is_kept(f"{table}_{column}"):
        return
    kept = sa.table(f"kept_{table}_{column}", sa.column("id"), sa.column("value"))
    target = sa.table(table, sa.column("id"), sa.column(column))
    value = sa.select(kept.c.value).where(kept.c.id == target.c.id).scalar_subquery()
    op.execute(sa.update(target).where(target.c.id.in_(sa.select(kept.c.id))).values({column: value}))
    op.drop_table(kept.name)


def is_kept(name: str) -> bool:
    """Tell whether there is a table `kept_…` of this name."""
    return sa.inspect(op.get_bind()).has_table(f"kept_{name}")
