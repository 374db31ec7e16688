"""Chapter 6, Several bodies and Field: how a body is put together, and what its fields allow."""

from typing import Annotated

from fastapi import APIRouter, Body, Query, status

from demo_api.dependencies import ItemId, SessionDep
from demo_api.errors import BODY_ERRORS, CONFLICT, NOT_FOUND, UNAVAILABLE
from demo_api.models.feedback import Feedback
from demo_api.models.gift import GiftCard, Present, Recipient
from demo_api.models.item import Item, ItemPublic
from demo_api.models.parcel import Parcel, ParcelReceipt
from demo_api.models.stock import StockChange, StockLevel
from demo_api.services import items, shipping

TAG = "Several bodies and Field"
DESCRIPTION = "Two models in one body, single values with Body(), and what Field says of a value."

router = APIRouter(tags=[TAG], responses=BODY_ERRORS)


@router.post("/gifts", summary="Send a gift", status_code=status.HTTP_201_CREATED)
async def create_gift(present: Present, recipient: Recipient) -> GiftCard:
    """Two models share one body: each is under the name of its parameter.

    **Often wrong:** sending the fields of both side by side. FastAPI looks for `present` and `recipient`: 422.
    """
    paper = "in paper" if present.wrapped else "as it is"
    return GiftCard(text=f"For {recipient.name} in {recipient.city}: {present.name}, {paper}.")


@router.post("/items/{item_id}/stock", summary="Change the stock", responses=NOT_FOUND | CONFLICT | UNAVAILABLE)
def change_stock(
    item_id: ItemId,
    change: StockChange,
    reason: Annotated[str, Body(min_length=1, max_length=80, description="Why.", examples=["Delivery"])],
    session: SessionDep,
    dry_run: Annotated[bool, Query(description="Only tell what would come of it.")] = False,
) -> StockLevel:
    """Path, query and body together. `Body()` puts the single value `reason` into the body, beside the model.

    **Often wrong:** leaving out `Body()`. A single value without it is a query parameter.
    """
    item = items.get_item(session, item_id)
    return items.change_stock(session, item, change, reason=reason, dry_run=dry_run)


@router.put(
    "/items/{item_id}/price", summary="Set the price", response_model=ItemPublic, responses=NOT_FOUND | UNAVAILABLE
)
def set_price(
    item_id: ItemId,
    price: Annotated[float, Body(gt=0, le=1_000_000, description="The new price, in euros.", examples=[29.9])],
    session: SessionDep,
) -> Item:
    """One single value is the whole body: `29.9`, with nothing around it.

    **Often wrong:** sending `{"price": 29.9}`. That would need `Body(embed=True)`.
    """
    return items.change_price(session, items.get_item(session, item_id), price)


@router.post("/feedback", summary="Give feedback, embedded")
async def give_feedback(feedback: Annotated[Feedback, Body(embed=True)]) -> Feedback:
    """`embed=True` wants the name around the model: `{"feedback": {"stars": 5}}`.

    **Often wrong:** sending `{"stars": 5}` alone. The answer says that `feedback` is missing.
    """
    return feedback


@router.post("/feedback/plain", summary="Give feedback, plain")
async def give_plain_feedback(feedback: Feedback) -> Feedback:
    """One model alone *is* the body: `{"stars": 5}`. A second model would change that for both.

    **Often wrong:** adding a parameter later. With it the body gets names, and every client breaks.
    """
    return feedback


@router.post("/parcels", summary="Hand in a parcel", status_code=status.HTTP_201_CREATED)
async def create_parcel(parcel: Parcel) -> ParcelReceipt:
    """`Field` says what a value may be; the documentation shows it, and Pydantic checks it.

    **Often wrong:** checking by hand in the route. The client finds out about one mistake at a time, and never from the
    documentation.
    """
    return shipping.accept_parcel(parcel)
