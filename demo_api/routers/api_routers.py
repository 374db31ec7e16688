"""Chapter 17, APIRouter: many routes that have something in common."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, HTTPException, Request, Response, status

from demo_api.errors import ErrorMessage
from demo_api.example_dependencies import TrailDep, draw
from demo_api.models.injection import Catalogue, Ran, Report

TAG = "APIRouter"
DESCRIPTION = "Routes that share a prefix, a tag, their errors and their dependencies; and versions."

STAFF_ONLY: dict[int | str, dict[str, Any]] = {
    403: {"model": ErrorMessage, "description": "This is for the staff."},
}

router = APIRouter(tags=[TAG])


def check_badge(x_badge: Annotated[str, Header(max_length=40, description="Say `staff`.", examples=["staff"])]) -> None:
    """Let only the staff in. A real shop would ask for more than a word."""
    if x_badge != "staff":
        raise HTTPException(status.HTTP_403_FORBIDDEN, "This badge opens no door.")


backstage = APIRouter(prefix="/backstage", responses=STAFF_ONLY, dependencies=[Depends(check_badge)])


@backstage.get("/report", summary="Read the staff's report")
async def read_report() -> Report:
    """Take three things from the router: the prefix `/backstage`, the documented 403, and the check of the badge.

    **Often wrong:** `prefix="/backstage/"`. A prefix begins with a slash and never ends with one.
    """
    return Report(text="Sales are fine.")


catalogue = APIRouter(prefix="/catalogue")


@catalogue.get("", summary="Read the catalogue of a version")
async def read_catalogue(request: Request) -> Catalogue:
    """One router, included twice: under `/v1` and under `/v2`. What differs comes from what it is included with.

    **Often wrong:** copying the routes for a new version. Then each mistake has to be mended twice.
    """
    return Catalogue(version=request.state.version, path=request.url.path)


class Version:
    """A dependency that says which version was asked for."""

    def __init__(self, number: int, *, successor: str | None = None) -> None:
        self.number = number
        self.successor = successor

    def __call__(self, request: Request, response: Response) -> None:
        """Tell the route; and tell the client, if it should move on."""
        request.state.version = self.number
        if self.successor is not None:
            response.headers["Link"] = f'<{self.successor}>; rel="successor-version"'


router.include_router(backstage)
router.include_router(
    catalogue, prefix="/v1", dependencies=[Depends(Version(1, successor="/v2/catalogue"))], deprecated=True
)
router.include_router(catalogue, prefix="/v2", dependencies=[Depends(Version(2))])


@router.get("/v2/new", summary="Read what only version 2 has")
async def read_new() -> Catalogue:
    """Add what is new under the new prefix, and leave the old one as it was: a version is no more than that.

    **Often wrong:** changing what `/v1` answers. Programs that nobody maintains any more depend on it.
    """
    return Catalogue(version=2, path="/v2/new")


counted = APIRouter(prefix="/counted", dependencies=[Depends(draw)])


@counted.get("/shared", summary="Declare a dependency twice", dependencies=[Depends(draw)])
async def read_shared(trail: TrailDep) -> Ran:
    """Declare one dependency on the router and on the route: it runs once, the second time it comes from the cache.

    **Often wrong:** fearing the double work, and taking the check away from the router.
    """
    return Ran(times=len(trail), declared=["router", "route"])


@counted.get("/again", summary="Run it twice")
async def read_again(trail: TrailDep, _: Annotated[int, Depends(draw, use_cache=False)]) -> Ran:
    """With `use_cache=False` it runs for the router, and once more for the parameter.

    **Often wrong:** `use_cache=False` within `dependencies=[…]`. FastAPI overlooks it there; only a parameter counts.
    """
    return Ran(times=len(trail), declared=["router", "parameter, use_cache=False"])


router.include_router(counted)
