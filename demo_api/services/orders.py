"""What the shop does with orders, in SQLAlchemy's ORM: rows are objects, and they know each other."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, select, update
from sqlalchemy.orm import Session, selectinload
from sqlmodel import col

from demo_api.errors import NotFoundError, SoldOutError
from demo_api.models.item import Item
from demo_api.models.order import Order, OrderCreate, OrderLine, OrderStatus
from demo_api.models.tag import ItemTag, Tag


def list_orders(session: Session, *, status: OrderStatus | None, skip: int, limit: int) -> Sequence[Order]:
    """Return one page of orders with their lines: `selectinload` reads all lines with one statement more."""
    statement = select(Order).options(selectinload(Order.lines)).order_by(Order.id).offset(skip).limit(limit)
    if status is not None:
        statement = statement.where(Order.status == status)
    return session.scalars(statement).all()


def list_orders_lazily(session: Session, limit: int) -> Sequence[Order]:
    """Return orders without their lines: each order reads its own when they are looked at, one by one."""
    return session.scalars(select(Order).order_by(Order.id).limit(limit)).all()


def get_order(session: Session, order_id: int) -> Order:
    """Return an order.

    Raises:
        NotFoundError: no order has this number.
    """
    order = session.get(Order, order_id)
    if order is None:
        raise NotFoundError(f"There is no order {order_id}.")
    return order


def add_order(session: Session, data: OrderCreate, user_id: int) -> Order:
    """Store an order with its lines, at today's prices, and take what was sold from the stock: all of it or nothing.

    Raises:
        NotFoundError: there is no such item.
        SoldOutError: there are not enough.
    """
    order = Order(user_id=user_id)
    for wanted in data.lines:
        item = session.get(Item, wanted.item_id)
        if item is None:
            raise NotFoundError(f"There is no item {wanted.item_id}.")
        order.lines.append(OrderLine(item=item, name=item.name, quantity=wanted.quantity, unit_price=item.price))
    session.add(order)
    # In one order everywhere, so that two customers never wait for each other.
    for line in sorted(order.lines, key=lambda line: (line.item and line.item.id) or 0):
        take_from_stock(session, line)
    session.commit()
    return order


def take_from_stock(session: Session, line: OrderLine) -> None:
    """Let the database count down, and only if enough are there: two customers cannot both get the last one."""
    item = line.item
    assert item is not None  # noqa: S101 - it was just put there
    enough = (col(Item.id) == item.id) & (col(Item.stock) >= line.quantity)
    if session.execute(update(Item).where(enough).values(stock=Item.stock - line.quantity)).rowcount == 0:  # type: ignore[attr-defined]
        raise SoldOutError(item.name, line.quantity, item.stock)


def remove_order(session: Session, order: Order) -> None:
    """Remove an order; its lines go with it, since nobody else has them."""
    session.delete(order)
    session.commit()


def items_with_tag(session: Session, name: str, *, skip: int, limit: int) -> Sequence[Item]:
    """Return the items that have a tag: from items over links to tags.

    Raises:
        NotFoundError: no tag has this name.
    """
    tag = session.scalars(select(Tag).where(col(Tag.name) == name)).one_or_none()
    if tag is None:
        raise NotFoundError(f"There is no tag {name}.")
    has_it = col(Item.tag_links).any(col(ItemTag.tag_id) == tag.id)
    return session.scalars(select(Item).where(has_it).order_by(col(Item.id)).offset(skip).limit(limit)).all()


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """Collect the SQL statements that a session sends while the `with` block runs."""
    statements: list[str] = []

    def remember(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", remember)
    try:
        yield statements
    finally:
        event.remove(connection, "before_cursor_execute", remember)
