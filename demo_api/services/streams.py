"""Streams: rows that leave one by one."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from demo_api.models.item import Item


def each_item(session: Session, limit: int) -> Iterator[Item]:
    """Yield items one by one; only fifty are in memory at once, however many the shop has."""
    statement = select(Item).order_by(col(Item.id)).limit(limit).execution_options(yield_per=50)
    yield from session.exec(statement)
