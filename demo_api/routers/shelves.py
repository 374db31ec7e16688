"""One route for the chapter "Errors", served twice: with FastAPI's own handlers, and with others in their place."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, status

from demo_api.models.coupon import Shelf
from demo_api.services.coupons import find_shelf

router = APIRouter()


@router.get("/shelves/{number}", summary="Read a shelf, as FastAPI answers")
async def read_shelf(
    number: Annotated[int, Path(ge=0, le=999, description="1 to 3; others are not there.", examples=[1])],
) -> Shelf:
    """Ask for 9, and for `nine`: 404 and 422, as FastAPI writes them.

    `/errors/own/shelves/9` is the same route with other handlers.

    **Often wrong:** two forms of errors in one API. Clients have to know both.
    """
    shelf = find_shelf(number)
    if shelf is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, f"There is no shelf {number}.")
    return shelf
