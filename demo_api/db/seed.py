"""The first rows of a new database, and as many more as wanted: the same ones every time.

The shop opens with a few. For a shop as large as a real one,

    python -m demo_api.db.seed --rows 1_000_000

goes on until there are so many items, with users and orders to match. It writes to the database of the settings.
"""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from typing import Any, cast

from sqlalchemy import Connection, func, insert, select, text
from sqlmodel import SQLModel

import demo_api.models  # noqa: F401 - the registry of all models: fills SQLModel.metadata
from demo_api.db.engine import DatabaseNotReadyError, open_database
from demo_api.db.revisions import read_state
from demo_api.db.seed_data import CATEGORIES, ITEMS, ORDERS, USERS
from demo_api.settings import Settings

OPENED = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)
TAGS = tuple(dict.fromkeys(tag for item in ITEMS for tag in item[3]))
CATEGORY_IDS = {name: number for number, (name, _) in enumerate(CATEGORIES, start=1)}
TAG_IDS = {name: number for number, name in enumerate(TAGS, start=1)}
USER_IDS = {name: number for number, (name, _) in enumerate(USERS, start=1)}

MOST = 10_000_000
ITEMS_OF_ONE = 100
"""How many items one user sells, in a large shop."""

BATCH = 20_000
"""How many rows go to the database with one statement. A million at once would have to be in memory together."""

Row = dict[str, Any]


def add_seed(connection: Connection) -> None:
    """Store what a new shop begins with. Tables that others point to come first."""
    users, items, orders = (range(1, len(rows) + 1) for rows in (USERS, ITEMS, ORDERS))
    store(connection, "users", map(user, users))
    store(
        connection,
        "categories",
        ({"id": CATEGORY_IDS[name], "name": name, "description": words} for name, words in CATEGORIES),
    )
    store(connection, "tags", ({"id": number, "name": name} for name, number in TAG_IDS.items()))
    store(connection, "items", (item(number, len(USERS)) for number in items))
    store(connection, "item_tags", (link for number in items for link in links(number)))
    store(connection, "orders", (order(number) for number in orders))
    store(connection, "order_lines", (line for number in orders for line in lines(number)))
    count_on(connection)


def add_more(connection: Connection, rows: int) -> None:
    """Add items to a new shop until there are `rows`, and users who sell them and order."""
    users = max(len(USERS), rows // ITEMS_OF_ONE)
    new_users, new_items = range(len(USERS) + 1, users + 1), range(len(ITEMS) + 1, rows + 1)
    new_orders = range(len(ORDERS) + 1, len(ORDERS) + len(new_users) + 1)
    store(connection, "users", map(user, new_users))
    store(connection, "items", (item(number, users) for number in new_items))
    copy_links(connection)
    store(connection, "orders", (order(number) for number in new_orders))
    store(connection, "order_lines", (line for number in new_orders for line in lines(number)))
    count_on(connection)


def store(connection: Connection, table: str, rows: Iterable[Row]) -> None:
    """Insert rows in bulk: one statement for thousands of them, without an object of a model for each."""
    waiting = iter(rows)
    if connection.dialect.name == "postgresql":
        copy_in(connection, table, waiting)
        return
    statement = insert(SQLModel.metadata.tables[table])
    while batch := list(islice(waiting, BATCH)):
        connection.execute(statement, batch)


def copy_in(connection: Connection, table: str, rows: Iterator[Row]) -> None:
    """Send rows as PostgreSQL likes them best: `COPY`, which SQLAlchemy has no word for, but the driver has."""
    first = next(rows, None)
    if first is None:
        return
    with (
        cast("Any", connection.connection).cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(first)}) FROM STDIN") as copy,
    ):
        for row in chain([first], rows):
            copy.write_row(tuple(row.values()))


def copy_links(connection: Connection) -> None:
    """Give each variation of an item the tags of the first one. The database does it alone: no row travels."""
    links, items = (SQLModel.metadata.tables[name] for name in ("item_tags", "items"))
    first = (items.c.id - 1) % len(ITEMS) + 1
    rows = (
        select(items.c.id, links.c.position, links.c.tag_id)
        .join_from(items, links, links.c.item_id == first)
        .where(items.c.id > len(ITEMS))
    )
    connection.execute(insert(links).from_select(["item_id", "position", "tag_id"], rows))


def count_on(connection: Connection) -> None:
    """Let PostgreSQL give the next rows the numbers after ours. SQLite looks for the largest one by itself."""
    if connection.dialect.name != "postgresql":
        return
    for name, table in SQLModel.metadata.tables.items():
        if "id" in table.c:
            largest = select(func.max(table.c.id)).scalar_subquery()
            connection.execute(select(func.setval(func.pg_get_serial_sequence(name, "id"), largest)))


def user(number: int) -> Row:
    """Return the user with this number. Those of a large shop have no password, so nobody can sign in as them."""
    name, password_hash = USERS[(number - 1) % len(USERS)]
    if number <= len(USERS):
        email, joined = f"{name.lower()}@example.com", OPENED + timedelta(days=number)
    else:
        email, joined = f"{name.lower()}.{number}@example.com", OPENED + timedelta(days=6, seconds=number)
        name, password_hash = f"{name} {number}", "none"
    return {"id": number, "name": name, "email": email, "password_hash": password_hash, "created_at": joined}


def item(number: int, users: int) -> Row:
    """Return the item with this number; after the first ones come variations of them."""
    name, price, category, _, stock = ITEMS[(number - 1) % len(ITEMS)]
    added = OPENED + timedelta(days=10, hours=number - 1)
    if number > len(ITEMS):
        name, price, stock = f"{name} {number}", round(price * (80 + number % 41) / 100, 2), number % 50
        added = OPENED + timedelta(days=12, seconds=number)
    return {
        "id": number,
        "name": name,
        "price": price,
        "category_id": CATEGORY_IDS.get(category or ""),
        "stock": stock,
        "owner_id": (number - 1) % users + 1,
        "created_at": added,
    }


def links(number: int) -> Iterator[Row]:
    """Yield what ties an item to its tags."""
    for position, tag in enumerate(ITEMS[(number - 1) % len(ITEMS)][3]):
        yield {"item_id": number, "position": position, "tag_id": TAG_IDS[tag]}


def order(number: int) -> Row:
    """Return the order with this number; in a large shop each user has one."""
    name, status, _ = ORDERS[(number - 1) % len(ORDERS)]
    user_id = USER_IDS[name] if number <= len(ORDERS) else number - len(ORDERS) + len(USERS)
    return {"id": number, "user_id": user_id, "status": status, "created_at": OPENED + timedelta(days=20, hours=number)}


def lines(number: int) -> Iterator[Row]:
    """Yield the lines of an order. Their numbers leave room, so that no order needs to know those before it."""
    for position, (item_id, quantity) in enumerate(ORDERS[(number - 1) % len(ORDERS)][2]):
        yield {
            "id": number * 10 + position - 9,
            "order_id": number,
            "item_id": item_id,
            "name": ITEMS[item_id - 1][0],
            "quantity": quantity,
            "unit_price": ITEMS[item_id - 1][1],
        }


def main(arguments: list[str] | None = None) -> int:
    """Fill the database as the command line says, and return 0 if that worked."""
    parser = argparse.ArgumentParser(prog="python -m demo_api.db.seed", description="Fill the shop's database.")
    parser.add_argument("--rows", type=int, default=len(ITEMS), help=f"how many items there shall be; at most {MOST:_}")
    parser.add_argument("--database-url", default=Settings().database_url, help="by default from the settings")
    options = parser.parse_args(arguments)
    if not len(ITEMS) <= options.rows <= MOST:
        parser.error(f"--rows must be {len(ITEMS)} to {MOST:_}")
    started = time.perf_counter()
    try:
        fill(options.database_url, options.rows)
    except DatabaseNotReadyError as error:
        print(error, file=sys.stderr)  # noqa: T201 - a program for the terminal
        return 1
    print(f"{options.rows:,} items in {time.perf_counter() - started:.1f} s.")  # noqa: T201 - a program for the terminal
    return 0


def fill(database_url: str, rows: int) -> None:
    """Open the shop's database, which makes a new one, and add what is missing to `rows` items.

    Raises:
        DatabaseNotReadyError: it cannot be opened, or somebody has worked with it already.
    """
    engine = open_database(database_url)
    try:
        if advice := read_state(engine).advice:
            raise DatabaseNotReadyError(advice)
        with engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.execute(text("PRAGMA cache_size=-200000"))  # 200 MB: the indexes stay in memory
            count, largest = connection.execute(text("SELECT count(*), max(id) FROM items")).one()
            if count != len(ITEMS) or largest != len(ITEMS):
                raise DatabaseNotReadyError(f"This shop has {count} items, so it is not new. Name a new database.")
            add_more(connection, rows)
    finally:
        engine.dispose()


if __name__ == "__main__":
    sys.exit(main())
