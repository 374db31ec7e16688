"""Stock reports: what somebody has in the shop, added up by the database."""

from sqlmodel import Session, col, func, select

from demo_api.models.item import Item
from demo_api.models.token import StockReport


def stock_report(session: Session, user_id: int) -> StockReport:
    """Return what a user has in the shop: one row comes back, however many items there are."""
    sums = select(func.count(), func.sum(Item.stock), func.sum(Item.stock * col(Item.price)))
    items, pieces, value = session.exec(sums.where(Item.owner_id == user_id)).one()
    return StockReport(items=items, pieces=pieces or 0, value=round(value or 0, 2))
