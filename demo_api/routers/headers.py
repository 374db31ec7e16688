"""Chapter 8, Headers: what is said about a request, beside the request."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Response

from demo_api.middleware import EXPOSED_HEADERS
from demo_api.models.header import ClientHeaders, ExposedHeaders, HeaderValue, HeaderValues, ShortText

TAG = "Headers"
DESCRIPTION = "What is said about a request, beside the request: read, repeated, grouped, and sent back."

TEXT = {"schema": {"type": "string"}}
SHOP_HEADERS: dict[str, Any] = {
    "X-Shop": {"description": "Who answers.", **TEXT},
    "Cache-Control": {"description": "How long the answer may be kept.", **TEXT},
    "Link": {"description": "Where to go next; twice.", **TEXT},
}
STOCK_HEADERS: dict[str, Any] = {
    "X-Total-Count": {"description": "Pages may read it.", **TEXT},
    "X-Warehouse": {"description": "Pages may not.", **TEXT},
}

router = APIRouter(prefix="/headers", tags=[TAG])


@router.get("/language", summary="Read a header")
async def read_language_header(
    accept_language: Annotated[
        str | None, Header(max_length=200, description="What the client would like.", examples=["de, en;q=0.8"])
    ] = None,
) -> HeaderValue:
    """`Header()` finds `accept_language` in the header `Accept-Language`: a hyphen cannot be in a Python name.

    **Often wrong:** `Header(alias="accept_language")`. An alias is taken as it stands, and no client sends that.
    """
    return HeaderValue(parameter="accept_language", header="accept-language", value=accept_language)


@router.get("/token", summary="Read a header with an underscore")
async def read_token_headers(
    x_token: Annotated[str | None, Header(max_length=200, description="The header `X-Token`.")] = None,
    X_Token: Annotated[  # noqa: N803 - the name of the header, letter by letter
        str | None,
        Header(convert_underscores=False, max_length=200, description="The header `X_Token`, underscore and all."),
    ] = None,
) -> list[HeaderValue]:
    """`convert_underscores=False` looks for the name as it is written. Upper and lower case are the same in headers.

    **Often wrong:** using such a name. Many proxies, nginx among them, drop headers with underscores: it works on your
    machine, and is gone in production.
    """
    return [
        HeaderValue(parameter="x_token", header="x-token", value=x_token),
        HeaderValue(parameter="X_Token", header="x_token", value=X_Token),
    ]


@router.get("/tags", summary="Read a header that comes often")
async def read_tag_headers(
    x_tag: Annotated[list[ShortText] | None, Header(max_length=20, description="As often as you like.")] = None,
) -> HeaderValues:
    """Take every line of the same name into a list. Without the list it would be one of them.

    **Often wrong:** expecting `X-Tag: a, b` to be two. FastAPI splits nothing: that is one value with a comma in it.
    """
    return HeaderValues(header="x-tag", values=x_tag or [])


@router.get("/client", summary="Read headers as a model")
async def read_client_headers(headers: Annotated[ClientHeaders, Header()]) -> ClientHeaders:
    """Declare one model for several headers; the rules for underscores and lists hold for each field.

    **Often wrong:** `extra="forbid"` in such a model. Every client sends headers you never heard of: 422 for all.
    """
    return headers


@router.get("/answer", summary="Set headers on the answer", responses={200: {"headers": SHOP_HEADERS}})
async def set_headers(response: Response) -> HeaderValues:
    """Ask for the `Response` and write on it; what the function returns is still the body.

    **Often wrong:** assigning the same name twice. The second replaces the first; `append` adds a line.
    """
    response.headers["X-Shop"] = "Demo shop"
    response.headers["Cache-Control"] = "max-age=60"
    response.headers["Link"] = '</items>; rel="next"'
    response.headers.append("Link", '</docs>; rel="help"')
    return HeaderValues(header="link", values=response.headers.getlist("Link"))


@router.get("/exposed", summary="Show what a page may read", responses={200: {"headers": STOCK_HEADERS}})
async def read_exposed_headers(response: Response) -> ExposedHeaders:
    """Send two headers. A page from another address sees few of an answer; CORS names the others it may see.

    **Often wrong:** looking for the mistake in the route. The header arrives, the browser shows it, and the script
    reads `null`, because `expose_headers` of the middleware does not name it.
    """
    response.headers["X-Total-Count"] = "24"
    response.headers["X-Warehouse"] = "B"
    names = ["X-Process-Time", "X-Request-ID", *STOCK_HEADERS]
    readable = [name for name in names if name in EXPOSED_HEADERS]
    return ExposedHeaders(readable=readable, hidden=[name for name in names if name not in readable])
