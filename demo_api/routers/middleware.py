"""Chapter 16, Middleware: code around every request, whichever route it is for.

What the shop has around it is in `middleware.py` of the project. A layer is around a whole application, so the examples
are around small applications of their own; see `mount` below, and `example_middleware.py`.
"""

import re
from collections import deque
from typing import Annotated

from fastapi import APIRouter, FastAPI, Header, Request
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.middleware.httpsredirect import HTTPSRedirectMiddleware
from fastapi.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount

from demo_api.example_middleware import (
    ETagCache,
    RequestLog,
    WayClass,
    add_security_headers,
    add_server_timing,
    way_function,
)
from demo_api.models.about import Welcome
from demo_api.models.wrapping import LoggedRequest, Permission, Way, Wrapped

TAG = "Middleware"
DESCRIPTION = "Code around every request: in which order, and what for."

TRUSTED_HOSTS = ("localhost", "127.0.0.1", "[::1]", "*.example.com")

router = APIRouter(prefix="/middleware", tags=[TAG])


@router.get("/layers", summary="See what is around each application")
async def read_layers(request: Request) -> list[Wrapped]:
    """List the layers around the shop, and around each application that is mounted in it, from the outside in.

    **Often wrong:** reading `add_middleware` from top to bottom. What is added last is the outermost.
    """
    shop: FastAPI = request.app
    mounted = [(route.path, route.app) for route in shop.routes if isinstance(route, Mount)]
    applications = [("/", shop), *((path, inner) for path, inner in mounted if isinstance(inner, FastAPI))]
    return [Wrapped(address=address, layers=name_layers(inner)) for address, inner in applications]


def name_layers(app: FastAPI) -> list[str]:
    """Return what is around an application; the outermost and the innermost layer are always there."""
    own = [getattr(layer.kwargs.get("dispatch", layer.cls), "__name__", "?") for layer in app.user_middleware]
    return ["ServerErrorMiddleware", *own, "ExceptionMiddleware", "the router"]


@router.get("/cors", summary="Ask whether a web page may read this")
async def read_permission(
    request: Request,
    origin: Annotated[
        str | None, Header(max_length=200, description="Which page asks. Browsers send it; scripts cannot change it.")
    ] = None,
) -> Permission:
    """CORS is about browsers: may a page from another address read the answer? `CORSMiddleware` says so in a header.

    The shop's own is around everything. In a mounted application a second one would come too late: the outer one has
    answered the browser's question (the preflight, an OPTIONS request) before.

    **Often wrong:** taking CORS for a lock. `curl` reads everything, and a refused page's request has still been run.
    """
    if origin is None:
        return Permission(origin=None, allowed=True, reason="No other page is asking.")
    allowed = re.fullmatch(request.app.state.settings.allowed_origins, origin) is not None
    return Permission(
        origin=origin, allowed=allowed, reason="It is on the list." if allowed else "It is not on the list."
    )


lab = APIRouter(tags=[TAG])


@lab.get("/order", summary="See the order")
async def read_order(request: Request) -> Way:
    """Compare the body, the way in, with the header `X-Way-Out`: the same layers, the other way round.

    **Often wrong:** changing the response before `call_next`. There is none yet.
    """
    return Way(way_in=request.state.way_in)


@lab.get("/large", summary="Get a long answer")
async def read_large() -> list[str]:
    """GZipMiddleware packs it, if the client says `Accept-Encoding: gzip`. Below 500 bytes it would not be worth it.

    **Often wrong:** packing pictures. They are packed already, and only cost time.
    """
    return [f"Shelf {number}: lamps, bulbs, shades" for number in range(200)]


@lab.get("/cached", summary="Get something that rarely changes")
async def read_cached() -> Welcome:
    """Send the `ETag` of this answer back in `If-None-Match`: the second answer is 304 and has no body.

    **Often wrong:** expecting the server to have less work. The route ran; it is the wire that is spared.
    """
    return Welcome(message="The same as yesterday.", docs="/docs")


@lab.get("/log", summary="Read the log of a middleware")
async def read_log(request: Request) -> list[LoggedRequest]:
    """Read what server and application said to each other in the last requests: the life cycle in ASGI's words.

    **Often wrong:** logging bodies and headers. Passwords and tokens are among them.
    """
    return list(request.app.state.book)


hello = APIRouter(tags=[TAG])


@hello.get("/hello", summary="Say hello, once the middleware lets you in")
async def say_hello() -> Welcome:
    """Answer whoever came through.

    **Often wrong:** looking for the mistake here. A layer answered 400 or 307, and this was never called.
    """
    return Welcome(message="You came through.", docs="/docs")


def mount(app: FastAPI) -> None:
    """Mount three small applications with different layers. The layer that is added last is the outermost."""
    laboratory = FastAPI(title="Middleware laboratory")
    laboratory.state.book = deque[LoggedRequest](maxlen=20)
    laboratory.add_middleware(WayClass, name="inner class")
    laboratory.middleware("http")(way_function)
    laboratory.add_middleware(WayClass, name="outer class")
    laboratory.add_middleware(ETagCache)
    laboratory.add_middleware(GZipMiddleware, minimum_size=500)
    laboratory.middleware("http")(add_security_headers)
    laboratory.middleware("http")(add_server_timing)
    laboratory.add_middleware(RequestLog, book=laboratory.state.book)
    laboratory.include_router(lab)
    app.mount("/middleware/lab", laboratory)

    trusted = FastAPI(title="Only for hosts we know", openapi_url=None, docs_url=None)
    trusted.add_middleware(TrustedHostMiddleware, allowed_hosts=TRUSTED_HOSTS)
    trusted.include_router(hello)
    app.mount("/middleware/trusted-host", trusted)

    encrypted = FastAPI(title="Only through HTTPS", openapi_url=None, docs_url=None)
    encrypted.add_middleware(HTTPSRedirectMiddleware)
    encrypted.include_router(hello)
    app.mount("/middleware/https", encrypted)
