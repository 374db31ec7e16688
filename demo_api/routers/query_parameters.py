"""Chapter 3, Query parameters: what comes after the question mark."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from demo_api.dependencies import ItemId, PaginationDep, SessionDep, UserId
from demo_api.errors import NOT_FOUND, UNAVAILABLE
from demo_api.models.item import Item, ItemPublic
from demo_api.models.queries import Converted, Label
from demo_api.models.types import LARGEST_ID
from demo_api.services import items, users

TAG = "Query parameters"
DESCRIPTION = "What comes after the question mark: with a default, optional, or required."

router = APIRouter(tags=[TAG])


@router.get("/items", summary="List items", response_model=list[ItemPublic], responses=UNAVAILABLE)
def list_items(page: PaginationDep, session: SessionDep) -> Sequence[Item]:
    """One page of the shop. `skip` and `limit` have defaults, so you may leave them out.

    **Often wrong:** no upper limit. `?limit=1000000` would read the whole table for anyone who asks.
    """
    return items.list_items(session, skip=page.skip, limit=page.limit)


@router.get("/items/search", summary="Search items", response_model=list[ItemPublic], responses=UNAVAILABLE)
def search_items(
    session: SessionDep,
    text: Annotated[str, Query(min_length=1, max_length=80, description="A part of the name.", examples=["lamp"])],
    max_price: Annotated[float | None, Query(gt=0, description="The highest price, in euros.")] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="How many to show at most.")] = 10,
) -> Sequence[Item]:
    """`text` has no default: it is required. `max_price` may be None: it is optional.

    **Often wrong:** `max_price: float | None` without `= None`. It may *be* None then, but it must be sent.
    """
    return items.search_items(session, text=text, max_price=max_price, limit=limit)


@router.get("/items/{item_id}/label", summary="Print a price tag", responses=NOT_FOUND | UNAVAILABLE)
def read_label(
    item_id: ItemId,
    session: SessionDep,
    short: Annotated[bool, Query(description="Only the name.")] = False,
) -> Label:
    """Read a boolean, which in a URL is a word: `1`, `true`, `on`, `yes` are True; `0`, `false`, `off`, `no` are False.

    **Often wrong:** `?short=maybe` is a 422, and an empty `?short=` is one too.
    """
    return Label(text=items.label(items.get_item(session, item_id), short=short))


@router.get(
    "/users/{user_id}/items",
    summary="List a user's items",
    response_model=list[ItemPublic],
    responses=NOT_FOUND | UNAVAILABLE,
)
def list_items_of_user(
    user_id: UserId,
    session: SessionDep,
    text: Annotated[str | None, Query(max_length=80, description="A part of the name.")] = None,
    newest_first: Annotated[bool, Query(description="The newest at the top.")] = False,
) -> Sequence[Item]:
    """Path and query together. FastAPI tells them apart by name: what is in the path is a path parameter.

    **Often wrong:** a user without items is an empty list and 200; only a user that is not there is a 404.
    """
    users.get_user(session, user_id)  # not there: 404
    return items.list_items_of(session, user_id, text=text, newest_first=newest_first)


@router.get("/convert", summary="See values being converted")
async def convert(
    whole: Annotated[int, Query(ge=-LARGEST_ID, le=LARGEST_ID, description="A whole number.")] = 1,
    decimal: Annotated[float, Query(allow_inf_nan=False, description="A number with decimals.")] = 9.99,
    day: Annotated[date | None, Query(description="A day, as in 2025-03-01.", examples=["2025-03-01"])] = None,
    word: Annotated[list[str] | None, Query(max_length=10, description="As often as you like.")] = None,
) -> dict[str, Converted]:
    """In the URL everything is text; the type hint says what becomes of it.

    **Often wrong:** `?word=a,b` is one word. For two, write the name twice: `?word=a&word=b`.
    """
    values = {"whole": whole, "decimal": decimal, "day": day, "word": word}
    return {name: Converted(value=repr(value), type=type(value).__name__) for name, value in values.items()}
