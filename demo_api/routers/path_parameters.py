"""Chapter 2, Path parameters: values that are a part of the address."""

from pathlib import PurePosixPath
from typing import Annotated

from fastapi import APIRouter, Path

from demo_api.dependencies import CurrentUserDep, ItemId, SessionDep, UserId
from demo_api.errors import NOT_FOUND, UNAVAILABLE, ErrorMessage
from demo_api.models.item import Item, ItemPublic
from demo_api.models.paths import FilePath, Shipping, ShippingSpeed
from demo_api.models.user import User, UserPublic
from demo_api.services import items, users
from demo_api.services.shipping import OFFERS

TAG = "Path parameters"
DESCRIPTION = "Values in the address itself: converted, checked, and asked in order."

router = APIRouter(tags=[TAG])


@router.get("/items/{item_id}", summary="Read an item", response_model=ItemPublic, responses=NOT_FOUND | UNAVAILABLE)
def read_item(item_id: ItemId, session: SessionDep) -> Item:
    """Let the type hint convert: `"7"` in the address is the number 7 here.

    **Often wrong:** expecting 404 for `/items/seven`. The path fits, the value does not: that is 422, and the function
    is never called.
    """
    return items.get_item(session, item_id)


@router.get("/users/me", summary="Read the current user", response_model=UserPublic, responses=NOT_FOUND | UNAVAILABLE)
def read_current_user(user: CurrentUserDep) -> User:
    """FastAPI asks routes in the order they are declared, and takes the first whose path fits.

    **Often wrong:** declaring this after `/users/{user_id}`. That path fits too, with `me` as the number: 422.
    """
    return user


@router.get("/users/{user_id}", summary="Read a user", response_model=UserPublic, responses=NOT_FOUND | UNAVAILABLE)
def read_user(user_id: UserId, session: SessionDep) -> User:
    """Return the row as it is, password hash and all; `response_model=UserPublic` leaves the hash out.

    **Often wrong:** trusting the return type of the function alone. FastAPI filters by `response_model` first.
    """
    return users.get_user(session, user_id)


@router.get("/shipping/{speed}", summary="Choose a way of shipping")
async def read_shipping(
    speed: Annotated[ShippingSpeed, Path(description="How quickly it travels.", examples=["express"])],
) -> Shipping:
    """Accept a closed list, an Enum: anything else is a 422 that names the choices. The documentation shows a menu.

    **Often wrong:** comparing with `speed == "EXPRESS"`. The *value* travels, which is `express`; the name does not.
    """
    return OFFERS[speed]


@router.get(
    "/files/{file_path:path}",
    summary="Take a path apart",
    responses={404: {"model": ErrorMessage, "description": "The path has a line break, which no route fits."}},
)
async def read_file_path(
    file_path: Annotated[
        str, Path(max_length=500, description="Any path, slashes included.", examples=["home/ada/notes.txt"])
    ],
) -> FilePath:
    """`:path` lets a parameter hold slashes. Try `/files//home/ada/notes.txt` as well: the second slash belongs to it.

    **Often wrong:** opening what a client names. `../../etc/passwd` is a path too; here it is only looked at.
    """
    path = PurePosixPath(file_path)
    folders = [part for part in path.parts[:-1] if part != "/"]
    return FilePath(path=file_path, folders=folders, name=path.name, absolute=path.is_absolute())
