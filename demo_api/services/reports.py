"""Reports: questions to several tables at once, in SQLAlchemy Core. Core speaks of tables and rows, not of objects."""

from sqlalchemy import Connection, Dialect, Select, delete, func, insert, select
from sqlalchemy.dialects import registry
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from demo_api.errors import ConflictError
from demo_api.models.report import Compiled, Sales
from demo_api.models.tag import TagPublic

TABLES = SQLModel.metadata.tables
DIALECTS = ("sqlite", "postgresql")


def cheap_items(text: str, max_price: float) -> Select[tuple[int, str]]:
    """Return a query that is not sent yet: a statement in Core is a value."""
    items = TABLES["items"]
    wanted = items.c.name.icontains(text, autoescape=True) & (items.c.price <= max_price)
    return select(items.c.id, items.c.name).where(wanted).order_by(items.c.price).limit(10)


def compile_for(dialect_name: str, statement: Select[tuple[int, str]]) -> Compiled:
    """Write a query as one database wants it. No such database is needed for that, nor its driver."""
    dialect: Dialect = registry.load(dialect_name)(paramstyle="named")
    compiled = statement.compile(dialect=dialect)
    return Compiled(dialect=dialect_name, sql=str(compiled), parameters=compiled.params)


def tag_counts() -> Select[tuple[str, int]]:
    """Return a query for all tags, those that many items have first; outer, so that unused tags are in it."""
    tags, links = TABLES["tags"], TABLES["item_tags"]
    count = func.count(links.c.item_id.distinct())
    return (
        select(tags.c.name, count.label("items"))
        .outerjoin_from(tags, links, links.c.tag_id == tags.c.id)
        .group_by(tags.c.id, tags.c.name)
        .order_by(count.desc(), tags.c.name)
        .limit(100)
    )


def count_tags(connection: Connection) -> list[TagPublic]:
    """Return how many items have each tag. A row of Core has its columns as attributes."""
    return [TagPublic(name=row.name, items=row.items) for row in connection.execute(tag_counts())]


def sales(connection: Connection, limit: int) -> list[Sales]:
    """Return who ordered for how much: three tables joined, and the database adds up."""
    users, orders, lines = TABLES["users"], TABLES["orders"], TABLES["order_lines"]
    total = func.sum(lines.c.quantity * lines.c.unit_price)
    statement = (
        select(users.c.name, func.count(orders.c.id.distinct()).label("orders"), total.label("total"))
        .join_from(users, orders, orders.c.user_id == users.c.id)
        .join(lines, lines.c.order_id == orders.c.id)
        .group_by(users.c.id, users.c.name)
        .order_by(total.desc(), users.c.id)
        .limit(limit)
    )
    rows = connection.execute(statement)
    return [Sales(name=row.name, orders=row.orders, total=round(row.total, 2)) for row in rows]


def add_tag(connection: Connection, name: str) -> TagPublic:
    """Store a tag that no item has yet. A connection of Core commits by itself only when it is told to.

    Raises:
        ConflictError: there is one already.
    """
    try:
        connection.execute(insert(TABLES["tags"]).values(name=name))
    except IntegrityError as error:
        raise ConflictError(f"There is a tag {name} already.") from error
    connection.commit()
    return TagPublic(name=name, items=0)


def remove_unused_tags(connection: Connection) -> int:
    """Remove all tags that no item has, with one statement, and return how many they were."""
    tags, links = TABLES["tags"], TABLES["item_tags"]
    result = connection.execute(delete(tags).where(~select(links).where(links.c.tag_id == tags.c.id).exists()))
    connection.commit()
    return result.rowcount
