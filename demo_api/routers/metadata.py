"""Chapter 23, Metadata and docs: what the documentation says, where it is, and what it leaves out."""

from collections import Counter
from typing import Annotated, Any, Final

from fastapi import APIRouter, Body, FastAPI, Request, status
from fastapi.openapi.models import Example

from demo_api.errors import BODY_ERRORS, ErrorMessage, NotFoundError, Responses
from demo_api.models.metadata import About, Chapter, Note, Redeemed, Voucher

TAG = "Metadata and docs"
DESCRIPTION = """What the documentation says, where it is, and what it leaves out.

Two applications are mounted beside: [/manual/](/manual/) has moved its documentation, [/quiet/](/quiet/) has none."""

TERMS: Final = "https://example.com/terms"
CONTACT: Final = {"name": "The demo shop", "url": "https://example.com/contact", "email": "shop@example.com"}
LICENCE: Final = {"name": "MIT", "identifier": "MIT"}

VOUCHERS: Final = {"SPRING": 0.9, "FRIENDS": 0.8}
EXAMPLES: Final[dict[str, Example]] = {
    "good": {"summary": "A voucher that is good", "value": {"code": "SPRING", "total": 40}},
    "over": {"summary": "One that nobody knows", "value": {"code": "WINTER", "total": 40}},
}
UNKNOWN_VOUCHER: Responses = {
    404: {
        "model": ErrorMessage,
        "description": "There is no such voucher.",
        "content": {"application/json": {"example": {"detail": "There is no voucher WINTER."}}},
    }
}

router = APIRouter(prefix="/metadata", tags=[TAG])


def mount(app: FastAPI) -> None:
    """Mount two applications that show other ways to document."""
    moved = FastAPI(title="Manual", docs_url="/read-me", redoc_url=None, openapi_url="/schema.json")
    moved.get("/", summary="Say where the documentation is")(read_manual)
    app.mount("/manual", moved)
    quiet = FastAPI(title="Quiet", openapi_url=None)  # no document, and so no pages that draw it
    quiet.get("/", summary="Say that there is none")(read_quiet)
    app.mount("/quiet", quiet)


@router.get("", summary="Read what the documentation says of the shop")
async def read_about(request: Request) -> About:
    """Show what `FastAPI(title=…, version=…, …)` was told: it stands at the top of the documentation.

    **Often wrong:** taking `version` for the version of FastAPI. It is the version of *your* API, for those who use it.
    """
    app: FastAPI = request.app
    info = app.openapi()["info"]
    return About(
        title=info["title"],
        version=info["version"],
        summary=info["summary"],
        terms=info["termsOfService"],
        contact=f"{info['contact']['name']} <{info['contact']['email']}>",
        licence=info["license"]["name"],
        docs=[url for url in (app.docs_url, app.redoc_url, app.openapi_url) if url],
    )


@router.get("/tags", summary="List the tags")
async def list_tags(request: Request) -> list[Chapter]:
    """Show the groups of operations, in the order of `openapi_tags`, which is the order of the documentation.

    **Often wrong:** a misspelt tag. FastAPI does not complain: it makes a new group without a description.
    """
    document: dict[str, Any] = request.app.openapi()
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    used = Counter(tag for operation in operations for tag in operation["tags"])
    return [
        Chapter(name=tag["name"], description=tag["description"], operations=used[tag["name"]])
        for tag in document["tags"]
    ]


@router.post("/vouchers", summary="Redeem a voucher", responses=BODY_ERRORS | UNKNOWN_VOUCHER)
async def redeem_voucher(voucher: Annotated[Voucher, Body(openapi_examples=EXAMPLES)]) -> Redeemed:
    """Name examples with `openapi_examples`: the documentation offers them in a menu. `responses` tells of the 404.

    **Often wrong:** documenting only what goes well. Clients are written from the documentation, and then meet a 404.
    """
    if voucher.code not in VOUCHERS:
        raise NotFoundError(f"There is no voucher {voucher.code}.")
    return Redeemed(total=round(voucher.total * VOUCHERS[voucher.code], 2))


@router.get("/old", summary="Read the news of last year", deprecated=True)
async def read_old_news() -> Note:
    """`deprecated=True` strikes it through in the documentation. It still answers: nobody's program breaks.

    **Often wrong:** removing a route without a warning. A deprecated one tells clients to move first.
    """
    return Note(message="We have lamps.")


@router.get("/hidden", include_in_schema=False, status_code=status.HTTP_200_OK)
async def read_hidden() -> Note:
    """Leave this route out of the documentation.

    **Often wrong:** taking that for a lock. Whoever knows or guesses the address gets an answer.
    """
    return Note(message="Hidden is not locked: you found me.")


async def read_manual() -> Note:
    """Answer for the application whose documentation has moved."""
    return Note(message="Read /manual/read-me, which is drawn from /manual/schema.json. /manual/docs is a 404.")


async def read_quiet() -> Note:
    """Answer for the application without documentation."""
    return Note(message="I have no documentation: openapi_url=None. I answer all the same.")
