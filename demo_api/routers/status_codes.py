"""Chapter 4, Status codes: the first thing a client reads of an answer."""

from typing import Annotated

from fastapi import APIRouter, Path, Response, status
from fastapi.responses import JSONResponse

from demo_api.errors import NOT_FOUND, ON_PURPOSE, ErrorMessage
from demo_api.models.status import StatusCode
from demo_api.services import status_codes

TAG = "Status codes"
DESCRIPTION = "Three digits that tell a client how it went, before it reads anything else."

router = APIRouter(prefix="/status", tags=[TAG])


@router.get("", summary="List status codes")
async def list_status_codes() -> list[StatusCode]:
    """Show the codes a client meets, in five ranges. The first digit says who has to act.

    **Often wrong:** answering 200 with `{"error": …}`. Programs look at the code, and take it for a success.
    """
    return status_codes.all_codes()


@router.post("/created", summary="Answer 201", status_code=status.HTTP_201_CREATED)
async def answer_created() -> StatusCode:
    """Put the code in the decorator, `status_code=…`, as a constant of `fastapi.status`.

    **Often wrong:** putting it among the function's parameters, where it becomes a query parameter.
    """
    return status_codes.describe(status.HTTP_201_CREATED)


@router.delete("/nothing", summary="Answer 204", status_code=status.HTTP_204_NO_CONTENT)
async def answer_nothing() -> None:
    """204 means: done, and there is no body. So the function returns None.

    **Often wrong:** returning `{"ok": true}` with 204. A body there would be read as the next response.
    """


@router.get(
    "/{code}",
    summary="Answer with any status code",
    responses=NOT_FOUND
    | {
        400: {"model": ErrorMessage, "description": "This code cannot end a response."},
        "default": {"model": StatusCode, "description": "The code you asked for."},
    },
    openapi_extra=ON_PURPOSE,
    response_model=StatusCode,
)
async def answer_with(
    code: Annotated[int, Path(ge=100, le=599, description="The code to answer with.", examples=[418])],
) -> Response:
    """When the code depends on the request, the route returns a `Response` of its own.

    **Often wrong:** trying this with 1xx. Such a code comes before the answer and never ends it: 400 says so.
    """
    entry = status_codes.describe(code)
    if code < status.HTTP_200_OK:
        return JSONResponse({"detail": f"{code} {entry.phrase} cannot end a response. {entry.meaning}"}, 400)
    headers = status_codes.HEADERS.get(code)
    if code in status_codes.WITHOUT_BODY:
        return Response(status_code=code, headers=headers)
    return JSONResponse(entry.model_dump(), status_code=code, headers=headers)
