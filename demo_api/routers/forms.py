"""Chapter 10, Forms: what the page of a browser sends when somebody presses the button."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, params

from demo_api.errors import BODY_ERRORS
from demo_api.models.form import Complaint, FormReceived, ParameterKind

TAG = "Forms"
DESCRIPTION = "What a page sends when somebody presses the button: fields of text, in one of two wrappings."

Name = Annotated[str, Form(min_length=1, max_length=40, description="Who writes.", examples=["Ada"])]
Stars = Annotated[int, Form(ge=1, le=5, description="From 1 to 5; in a form it is text.", examples=[5])]

MULTIPART = "multipart/form-data"

# A form has few and short fields; more than that is no person's.
router = APIRouter(
    prefix="/forms", tags=[TAG], max_body_size=100_000, form_limits={"max_fields": 20, "max_part_size": 10_000}
)


def sent_as(request: Request) -> str:
    """Return how the client says that it sent the body."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


@router.post("/review", summary="Send a form", responses=BODY_ERRORS)
async def send_review(
    request: Request,
    name: Name,
    stars: Stars,
    text: Annotated[str, Form(max_length=500, description="What you think.", examples=["Bright & sturdy."])] = "",
) -> FormReceived:
    """Read each field with `Form()`. It travels as a query does, `name=Ada&stars=5`, but in the body.

    **Often wrong:** sending JSON. The fields are not found in it: 422 for each that is required.
    """
    return FormReceived(sent_as=sent_as(request), fields={"name": name, "stars": stars, "text": text})


@router.post("/review/multipart", summary="Send a form as multipart", responses=BODY_ERRORS)
async def send_multipart_review(
    request: Request,
    name: Annotated[str, Form(media_type=MULTIPART, min_length=1, max_length=40, description="Who writes.")],
    stars: Annotated[int, Form(media_type=MULTIPART, ge=1, le=5, description="From 1 to 5.")],
) -> FormReceived:
    """Multipart puts each field into a part of its own. It is longer, and the only wrapping that can carry files.

    **Often wrong:** setting `Content-Type: multipart/form-data` by hand. It needs the boundary between the parts, which
    your client makes up while it writes: without it 400.
    """
    return FormReceived(sent_as=sent_as(request), fields={"name": name, "stars": stars})


@router.post("/complaint", summary="Send a form that is a model", responses=BODY_ERRORS)
async def send_complaint(request: Request, complaint: Annotated[Complaint, Form()]) -> FormReceived:
    """Read all fields at once with a model and `Form()`; `extra="forbid"` refuses those it does not know.

    **Often wrong:** `complaint: Complaint` alone. A model without `Form()` is a JSON body.
    """
    return FormReceived(sent_as=sent_as(request), fields=complaint.model_dump(mode="json"))


@router.post("/review/query", summary="Leave Form out")
async def send_review_without_form(
    request: Request,
    name: Annotated[str, Query(min_length=1, max_length=40, description="Without `Form()`: in the URL.")],
    stars: Annotated[int, Query(ge=1, le=5, description="Without `Form()`: in the URL.")],
) -> FormReceived:
    """Almost the same function as "Send a form", but `name: str` without `Form()` is a query parameter.

    **Often wrong:** leaving it out, and wondering about 422 while the form is filled in. The fields are in the body,
    and nobody looks there.
    """
    return FormReceived(sent_as=sent_as(request), fields={"name": name, "stars": stars})


@router.get("/kinds", summary="Show that Form is a kind of Body")
async def read_kinds() -> list[ParameterKind]:
    """`Form` is made from `Body`, and `File` from `Form`: so a form *is* the body, and there is only one.

    **Often wrong:** a form and a JSON model in one route. A request has one body with one `Content-Type`.
    """
    kinds: tuple[type[params.Body], ...] = (params.Body, params.Form, params.File)
    return [
        ParameterKind(
            name=kind.__name__,
            is_a=[base.__name__ for base in kind.__mro__[1:] if issubclass(base, params.Body)],
            media_type=kind(default=None).media_type,
        )
        for kind in kinds
    ]
