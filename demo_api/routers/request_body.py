"""Chapter 5, Request body: data that a client sends, and the models that read it."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Body, Query, Response, status

from demo_api.dependencies import CurrentUserDep, ItemId, SessionDep, UserId
from demo_api.errors import BODY_ERRORS, CONFLICT, NOT_FOUND, UNAVAILABLE
from demo_api.models.item import READING_LAMP, Item, ItemCreate, ItemEntry, ItemPublic, ItemUpdate
from demo_api.models.quote import Quote, QuoteRequest, StrictQuoteRequest
from demo_api.models.user import User, UserCreate, UserPublic
from demo_api.services import items, users
from demo_api.services.quotes import quote
from demo_api.services.receipts import receipt

TAG = "Request body"
DESCRIPTION = "Data that a client sends: a Pydantic model reads it, checks it, and documents it."

RECEIPT_HEADER = {"X-Receipt": {"description": "With `notify`: a short receipt.", "schema": {"type": "string"}}}

router = APIRouter(tags=[TAG])


@router.post(
    "/items",
    summary="Create an item",
    status_code=status.HTTP_201_CREATED,
    response_model=ItemPublic,
    responses=BODY_ERRORS | NOT_FOUND | UNAVAILABLE,
)
def create_item(data: ItemCreate, user: CurrentUserDep, session: SessionDep) -> Item:
    """Read a parameter whose type is a model from the body. The current user owns the new item.

    **Often wrong:** a body without `Content-Type: application/json`. It is not read as JSON then: 422.
    """
    return items.add_item(session, data, owner_id=user.id or 0)


@router.post(
    "/users/{user_id}/items",
    summary="Create an item for a user",
    status_code=status.HTTP_201_CREATED,
    response_model=ItemPublic,
    responses=BODY_ERRORS | NOT_FOUND | {201: {"headers": RECEIPT_HEADER}} | UNAVAILABLE,
)
def create_item_for_user(
    user_id: UserId,
    data: ItemCreate,
    session: SessionDep,
    response: Response,
    notify: Annotated[bool, Query(description="Add a receipt, in the header X-Receipt.")] = False,
    lang: Annotated[
        str | None, Query(pattern="^[a-z]{2}$", description="The receipt's language.", examples=["de"])
    ] = None,
) -> Item:
    """Path, query and body in one route: FastAPI finds each by its name and its type.

    **Often wrong:** thinking that the order of the parameters matters. It does not.
    """
    user = users.get_user(session, user_id)
    item = items.add_item(session, data, owner_id=user.id or 0)
    if notify:
        response.headers["X-Receipt"] = receipt(item, lang)
    return item


@router.put(
    "/items/{item_id}",
    summary="Replace an item",
    response_model=ItemPublic,
    responses=BODY_ERRORS | NOT_FOUND | UNAVAILABLE,
)
def replace_item(item_id: ItemId, data: ItemCreate, session: SessionDep) -> Item:
    """PUT puts the new item in place of the old one: what you leave out goes back to its default.

    **Often wrong:** sending only the price. The name is missing then: 422. For a part, use PATCH.
    """
    return items.replace_item(session, items.get_item(session, item_id), data)


@router.put(
    "/users/{user_id}/items",
    summary="Replace all items of a user",
    response_model=list[ItemPublic],
    responses=BODY_ERRORS | CONFLICT | NOT_FOUND | UNAVAILABLE,
)
def replace_items_of_user(
    user_id: UserId,
    entries: Annotated[
        list[ItemEntry],
        Body(
            max_length=50,
            description="The whole list.",
            examples=[[READING_LAMP, {"name": "Ink, green", "price": 9.8}]],
        ),
    ],
    session: SessionDep,
) -> Sequence[Item]:
    """Read a list of models: what has an id is changed, what has none is added, what is left out is deleted.

    **Often wrong:** sending only what is new. PUT replaces the whole list, so everything else is gone.
    """
    user = users.get_user(session, user_id)
    return items.replace_items_of(session, user.id or 0, entries)


@router.patch(
    "/items/{item_id}",
    summary="Change an item",
    response_model=ItemPublic,
    responses=BODY_ERRORS | NOT_FOUND | UNAVAILABLE,
)
def change_item(item_id: ItemId, data: ItemUpdate, session: SessionDep) -> Item:
    """PATCH changes what you send, and nothing else.

    **Often wrong:** `model_dump()` without `exclude_unset=True`. Every field that was left out would become null.
    """
    return items.change_item(session, items.get_item(session, item_id), data)


@router.delete(
    "/items/{item_id}",
    summary="Delete an item",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=NOT_FOUND | UNAVAILABLE,
)
def delete_item(item_id: ItemId, session: SessionDep) -> None:
    """Delete without a body, and answer without one.

    **Often wrong:** expecting 204 the second time. The item is gone, so that is a 404.
    """
    items.remove_item(session, items.get_item(session, item_id))


@router.post(
    "/users",
    summary="Create a user",
    status_code=status.HTTP_201_CREATED,
    response_model=UserPublic,
    responses=BODY_ERRORS | CONFLICT | UNAVAILABLE,
)
def create_user(data: UserCreate, session: SessionDep) -> User:
    """One model for what comes in, another for what goes out: the password is only in the first.

    **Often wrong:** one model for both. Sooner or later the password is in an answer.
    """
    return users.add_user(session, data)


@router.post("/quotes", summary="Ask what an order costs", responses=BODY_ERRORS | NOT_FOUND | UNAVAILABLE)
def create_quote(data: QuoteRequest, session: SessionDep) -> Quote:
    """Pydantic reads gently: `"quantity": "3"` becomes 3, and a field it does not know is ignored.

    **Often wrong:** a misspelt optional field. Nobody complains; the default is used.
    """
    return quote(items.get_item(session, data.item_id), data.quantity)


@router.post("/quotes/strict", summary="Ask the same, strictly", responses=BODY_ERRORS | NOT_FOUND | UNAVAILABLE)
def create_strict_quote(data: StrictQuoteRequest, session: SessionDep) -> Quote:
    """`strict=True` wants a number where a number is declared; `extra="forbid"` refuses unknown fields.

    **Often wrong:** thinking that strict is safer everywhere. A form can only send text.
    """
    return quote(items.get_item(session, data.item_id), data.quantity)


@router.get("/quotes", summary="Ask with GET and a body", responses=BODY_ERRORS | NOT_FOUND | UNAVAILABLE)
def read_quote(data: QuoteRequest, session: SessionDep) -> Quote:
    """FastAPI reads a body with GET too. Use it only when you must.

    **Often wrong:** relying on it. Browsers, proxies and this page's own form drop the body: 422.
    """
    return quote(items.get_item(session, data.item_id), data.quantity)
