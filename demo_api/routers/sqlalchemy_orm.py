"""Chapter 13, second half: the ORM. Rows are objects, and relationships lead from one to the next."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query, status

from demo_api.dependencies import CurrentUserDep, PaginationDep, SessionDep
from demo_api.errors import BODY_ERRORS, CONFLICT, NOT_FOUND, UNAVAILABLE
from demo_api.models.item import Item, ItemPublic
from demo_api.models.order import Order, OrderCreate, OrderPublic, OrderStatus
from demo_api.models.report import OrdersRead
from demo_api.models.types import LARGEST_ID
from demo_api.services import orders

router = APIRouter()

OrderId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The order's number.", examples=[1])]
Limit = Annotated[int, Query(ge=1, le=100, description="How many orders to read at most.")]


@router.get("/orders", summary="List orders", response_model=list[OrderPublic], responses=UNAVAILABLE)
def list_orders(
    session: SessionDep,
    page: PaginationDep,
    status: Annotated[OrderStatus | None, Query(description="Only those that have come so far.")] = None,
) -> Sequence[Order]:
    """Select objects: `select(Order).where(Order.status == …)`. A request has one session, and closes it at its end.

    **Often wrong:** one session for all requests. Sessions remember objects, and two threads cannot share one.
    """
    return orders.list_orders(session, status=status, skip=page.skip, limit=page.limit)


@router.get("/sql/lazy", summary="Read lines lazily: N+1", responses=UNAVAILABLE)
def read_orders_lazily(session: SessionDep, limit: Limit = 10) -> OrdersRead:
    """**Slow on purpose.** One statement for the orders, and then one for each order's lines: N+1.

    **Often wrong:** not noticing. With three rows on your machine it is fast; count the statements, not the seconds.
    """
    with orders.counted(session) as statements:
        found = orders.list_orders_lazily(session, limit)
        public = [OrderPublic.model_validate(order, from_attributes=True) for order in found]
    return OrdersRead(statements=len(statements), orders=public)


@router.get("/sql/eager", summary="Read lines at once", responses=UNAVAILABLE)
def read_orders_eagerly(session: SessionDep, limit: Limit = 10) -> OrdersRead:
    """Give the same answer with `selectinload`: two statements, however many orders there are.

    **Often wrong:** loading everything eagerly, always. What nobody looks at need not be read.
    """
    with orders.counted(session) as statements:
        found = orders.list_orders(session, status=None, skip=0, limit=limit)
        public = [OrderPublic.model_validate(order, from_attributes=True) for order in found]
    return OrdersRead(statements=len(statements), orders=public)


@router.get(
    "/orders/{order_id}", summary="Read an order", response_model=OrderPublic, responses=NOT_FOUND | UNAVAILABLE
)
def read_order(order_id: OrderId, session: SessionDep) -> Order:
    """One to many: `order.lines` is a list, and each `line.order` leads back.

    **Often wrong:** touching `order.lines` after the session is closed: `DetachedInstanceError`.
    """
    return orders.get_order(session, order_id)


@router.post(
    "/orders",
    summary="Order something",
    status_code=status.HTTP_201_CREATED,
    response_model=OrderPublic,
    responses=BODY_ERRORS | CONFLICT | NOT_FOUND | UNAVAILABLE,
)
def create_order(data: OrderCreate, user: CurrentUserDep, session: SessionDep) -> Order:
    """Put lines into the list of a new order: SQLAlchemy stores all, in the right order, in one transaction.

    **Often wrong:** taking the price from the client. It only says what and how many.
    """
    return orders.add_order(session, data, user_id=user.id or 0)


@router.delete(
    "/orders/{order_id}",
    summary="Delete an order",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=NOT_FOUND | UNAVAILABLE,
)
def delete_order(order_id: OrderId, session: SessionDep) -> None:
    """Delete the order, and its lines with it: `cascade="all, delete-orphan"`, and `ON DELETE CASCADE` in the database.

    **Often wrong:** a relationship without either. The foreign key refuses, or lines of no order stay behind.
    """
    orders.remove_order(session, orders.get_order(session, order_id))


@router.get(
    "/tags/{tag_name}/items",
    summary="List items with a tag",
    response_model=list[ItemPublic],
    responses=NOT_FOUND | UNAVAILABLE,
)
def list_items_with_tag(
    tag_name: Annotated[str, Path(min_length=1, max_length=30, description="The tag.", examples=["kitchen"])],
    session: SessionDep,
    page: PaginationDep,
) -> Sequence[Item]:
    """Many to many: an item has many tags, a tag has many items, and a third table holds the pairs.

    **Often wrong:** a text with commas in one column. Then no index finds a tag, and no foreign key checks it.
    """
    return orders.items_with_tag(session, tag_name, skip=page.skip, limit=page.limit)
