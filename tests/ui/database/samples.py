"""A small schema and rows, as values."""

from __future__ import annotations

from explorer.database.changes import ChangeSet
from explorer.database.grid import GridRow, Mark, Page
from explorer.database.schema import Column, ForeignKey, Index, Schema, Table, TableKind

USERS = Table(
    name="users",
    kind=TableKind.TABLE,
    columns=(Column(name="id", type="INTEGER", key=1), Column(name="email", type="VARCHAR(200)")),
    indexes=(Index(name="ix_users_email", table="users", columns=("email",), unique=True, sql="CREATE …"),),
)
ITEMS = Table(
    name="items",
    kind=TableKind.TABLE,
    columns=(
        Column(name="id", type="INTEGER", key=1),
        Column(name="name", type="VARCHAR(80)"),
        Column(name="price", type="NUMERIC(10, 2)"),
        Column(name="owner_id", type="INTEGER"),
        Column(name="secret", type="TEXT", hidden=True),
    ),
    foreign_keys=(ForeignKey(columns=("owner_id",), table="users", to=("id",)),),
)
BROKEN = Table(name="broken", kind=TableKind.VIEW, problem="This view reads the table gone, which does not exist.")
SCHEMA = Schema(tables=(ITEMS, USERS, BROKEN))
PUT = ChangeSet(
    trace_id="8f33a0bc1234",
    label="PUT /users/42/items",
    at=0.0,
    columns={"items": ("id", "name", "price", "owner_id")},
    counts={"items": (1, 1, 1), "users": (0, 1, 0)},
)
ROWS = (
    GridRow((1,), (1, "Teapot", 18.0, 42)),
    GridRow((2,), (2, "Lamp", 34.9, 42), Mark.CHANGED, (2, "Lamp", 39.9, 42)),
    GridRow((3,), (3, "Ink", None, 42), Mark.DELETED),
    GridRow((4,), (4, "Pen", 9.8, None), Mark.ADDED),
)
PAGE = Page(first=0, rows=ROWS, total=4, exact=True)
