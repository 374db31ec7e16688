"""Chapter 12, Errors: saying what went wrong, in one form, and to the right one."""

from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, HTTPException, Path, Query, status

from demo_api.dependencies import SessionDep
from demo_api.errors import (
    BODY_ERRORS,
    NOT_FOUND,
    ON_PURPOSE,
    SERVER_ERROR,
    UNAVAILABLE,
    ErrorMessage,
    Responses,
)
from demo_api.models.coupon import Coupon, Reservation, ReservationRequest, Share
from demo_api.models.types import LARGEST_ID
from demo_api.routers import own_errors, shelves
from demo_api.services import coupons

TAG = "Errors"
DESCRIPTION = "HTTPException, an error of our own, handlers replaced under `/errors/own`, and what a 500 hides."

TEXT = {"schema": {"type": "string"}}
EXPIRED: dict[str, Any] = {"detail": {"reason": "expired", "since": "2025-05-31"}}
COUPON_ERRORS: Responses = {
    404: NOT_FOUND[404] | {"headers": {"X-Coupon-Hint": {"description": "Where to look.", **TEXT}}},
    410: {"description": "It has expired.", "content": {"application/json": {"example": EXPIRED}}},
}
SOLD_OUT: Responses = {
    409: {
        "model": ErrorMessage,
        "description": "There are not so many.",
        "headers": {"X-In-Stock": {"description": "How many there are.", "schema": {"type": "integer"}}},
    }
}

router = APIRouter(prefix="/errors", tags=[TAG])


@router.get("/coupons/{code}", summary="Raise an HTTPException", responses=COUPON_ERRORS)
async def read_coupon(
    code: Annotated[str, Path(max_length=20, description="WELCOME, READER, or SPRING.", examples=["WELCOME"])],
) -> Coupon:
    """Raise, and the request is over: status code, headers, and `detail`, which may be anything JSON can say.

    **Often wrong:** `return HTTPException(…)`. An error that is returned is no error.
    """
    if code in coupons.EXPIRED:
        raise HTTPException(status.HTTP_410_GONE, {"reason": "expired", "since": coupons.EXPIRED[code]})
    if code not in coupons.COUPONS:
        hint = {"X-Coupon-Hint": "It stands on the back of your receipt."}
        raise HTTPException(status.HTTP_404_NOT_FOUND, "There is no such coupon.", headers=hint)
    return coupons.COUPONS[code]


@router.post(
    "/reservations",
    summary="Raise an error of our own",
    responses=NOT_FOUND | SOLD_OUT | BODY_ERRORS | UNAVAILABLE,
)
def reserve(data: ReservationRequest, session: SessionDep) -> Reservation:
    """Let the service raise: `SoldOutError` knows nothing of HTTP. A handler in `errors.py` makes 409 of it.

    **Often wrong:** `try` and `except` in every route. One handler serves all of them.
    """
    return coupons.reserve(session, data.item_id, data.quantity)


@router.get("/share", summary="Fail with a 500 (on purpose)", responses=SERVER_ERROR, openapi_extra=ON_PURPOSE)
async def share(
    people: Annotated[int, Query(ge=0, le=LARGEST_ID, description="Among how many; 0 is the mistake.")] = 4,
) -> Share:
    """Divide 100 euros. **This route is wrong, so that you can see it:** nobody thought of 0.

    The client reads three words; the log has the line and the reason.

    **Often wrong:** sending the text of the exception, or `debug=True` in production. It tells strangers your paths,
    your tables, sometimes your passwords.
    """
    return Share(each=100 / people)


# The same routes twice: here with FastAPI's handlers, and on the application under /errors/own with others.
router.include_router(shelves.router, prefix="/usual", responses=NOT_FOUND)


def mount(app: FastAPI) -> None:
    """Mount the application whose built-in error handlers are replaced, so that both answers can be compared."""
    app.mount(own_errors.PATH, own_errors.create_own_errors())
