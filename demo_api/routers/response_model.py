"""Chapter 9, Response model: what leaves the server, and nothing more."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response, status
from fastapi.responses import PlainTextResponse

from demo_api.errors import BODY_ERRORS, NOT_FOUND, ON_PURPOSE, SERVER_ERROR
from demo_api.models.member import ZOE, MemberCreate, MemberPrivate, MemberPublic
from demo_api.services.client_code import python_client
from demo_api.services.members import join

TAG = "Response model"
DESCRIPTION = "What leaves the server: validated, filtered and documented. One route leaks, so that you see it."

# The names of operations become the names of functions in a generated client. FastAPI's own are unique, but long:
# `read_member_members_safe_get`. Here they are the functions' names.
router = APIRouter(prefix="/members", tags=[TAG], generate_unique_id_function=lambda route: route.name)


@router.post(
    "",
    summary="Join the club",
    status_code=status.HTTP_201_CREATED,
    response_model=MemberPublic,
    responses=BODY_ERRORS,
)
async def join_club(data: MemberCreate) -> MemberPrivate:
    """One model comes in, another goes out; nothing is stored.

    **Often wrong:** `MemberCreate` for both. Whoever joins gets the password back, past every log and proxy on the way.
    """
    return join(data)


@router.get("/safe", summary="Read a member, safely")
async def read_member() -> MemberPublic:
    """Let the return type be the response model: FastAPI leaves out what it does not name, also of a subclass.

    **Often wrong:** returning a `JSONResponse`. It goes out as it is: not validated, not filtered, not documented.
    """
    return ZOE


@router.get("/leaky", summary="Leak a password (on purpose)")
async def leak_member() -> MemberPrivate:
    """Return the object of `/members/safe` under the wrong type.

    **This route is wrong, so that you can see it.** The docs show what leaks, before anybody calls it.

    **Often wrong:** the server's own model as the return type. The password is on the wire; that no page shows it helps
    nobody. (Zoe and her password are made up.)
    """
    return ZOE


@router.get("/both", summary="Return type and response_model together", response_model=MemberPublic)
async def read_member_as_dictionary() -> dict[str, Any]:
    """With both, `response_model` wins: it validates, filters and documents. The return type is for your editor.

    **Often wrong:** thinking that the return type is checked too. Here it is a dictionary, and nobody minds.
    """
    return ZOE.model_dump()


@router.get(
    "/checked",
    summary="Let FastAPI check the answer",
    response_model=MemberPublic,
    responses=SERVER_ERROR,
    openapi_extra=ON_PURPOSE,
)
async def read_checked_member(
    right: Annotated[bool, Query(description="With `false` the answer does not fit its own model.")] = True,
) -> dict[str, Any]:
    """Validate the answer like a request. If it does not fit, that is the server's mistake: 500, not 422.

    **Often wrong:** looking for the reason in the answer. It stands in the server's log: a client has no use for it.
    """
    return {"name": "Zoe", "since": "2025-03-01", "points": 120 if right else "many"}


@router.get(
    "/client.py",
    summary="Get a client made from the schema",
    response_class=Response,
    responses=NOT_FOUND | {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def read_client(
    request: Request,
    chapter: Annotated[str, Query(max_length=40, description="Whose routes.", examples=["Query parameters"])] = TAG,
) -> Response:
    """Everything here was read from `/openapi.json`: functions from operations, types from response models.

    **Often wrong:** routes without a response model. A generated client can only say that it does not know what comes.
    """
    return PlainTextResponse(python_client(request.app.openapi(), chapter))
