"""Coupons, reservations and shelves."""

from sqlmodel import Session

from demo_api.errors import SoldOutError
from demo_api.models.coupon import Coupon, Reservation, Shelf
from demo_api.services import items

COUPONS = {"WELCOME": Coupon(code="WELCOME", percent=10), "READER": Coupon(code="READER", percent=15)}
EXPIRED = {"SPRING": "2025-05-31"}
SHELVES = {1: "Lamps", 2: "Books", 3: "Tools"}


def reserve(session: Session, item_id: int, quantity: int) -> Reservation:
    """Return what would be kept.

    Raises:
        NotFoundError: no item has this number.
        SoldOutError: there are not so many.
    """
    item = items.get_item(session, item_id)
    if quantity > item.stock:
        raise SoldOutError(item.name, quantity, item.stock)
    return Reservation(name=item.name, quantity=quantity, left=item.stock - quantity)


def find_shelf(number: int) -> Shelf | None:
    """Return a shelf; None when there is none with this number."""
    return Shelf(number=number, holds=SHELVES[number]) if number in SHELVES else None
