"""Dependencies that show how FastAPI treats dependencies. Those that the shop works with are in `dependencies.py`."""

import threading
from typing import Annotated

from fastapi import Depends, Query

from demo_api.models.injection import Basket


def new_trail() -> list[str]:
    """Begin a list. Within one request everybody gets the same one, since FastAPI keeps what a dependency returned."""
    return []


TrailDep = Annotated[list[str], Depends(new_trail)]


def greet(name: Annotated[str, Query(max_length=40, description="Whom to greet.")] = "Ada") -> str:
    """Be an ordinary function. Its parameters are read from the request, just as those of a route."""
    return f"Hello, {name}"


def name_thread() -> str:
    """Tell which thread runs a plain `def`."""
    return threading.current_thread().name


async def name_loop_thread() -> str:
    """Tell which thread runs an `async def`."""
    return threading.current_thread().name


def find_customer(
    trail: TrailDep, customer: Annotated[str, Query(max_length=40, description="Who buys.")] = "Ada"
) -> str:
    """Be the innermost dependency."""
    trail.append("find_customer")
    return customer


def find_discount(trail: TrailDep, customer: Annotated[str, Depends(find_customer)]) -> int:
    """Need the customer: Ada and Grace are friends of the shop."""
    trail.append("find_discount")
    return 10 if customer in {"Ada", "Grace"} else 0


def work_out_price(
    trail: TrailDep,
    customer: Annotated[str, Depends(find_customer)],
    discount: Annotated[int, Depends(find_discount)],
) -> Basket:
    """Need both."""
    trail.append("work_out_price")
    return Basket(customer=customer, discount=discount, price=100 - discount, order=trail)


def draw(trail: TrailDep) -> int:
    """Return how often this ran for the request."""
    trail.append("draw")
    return len(trail)


class AtMost:
    """A dependency with a setting: the object is made once, and called for each request."""

    def __init__(self, limit: float) -> None:
        self.limit = limit

    def __call__(
        self, price: Annotated[float, Query(ge=0, le=1_000_000, description="A price, in euros.")] = 39.9
    ) -> bool:
        """Return whether the price is within the limit."""
        return price <= self.limit


class Mark:
    """A dependency that only writes down where it was declared."""

    def __init__(self, level: str) -> None:
        self.level = level

    def __call__(self, trail: TrailDep) -> None:
        """Write it down."""
        trail.append(self.level)
