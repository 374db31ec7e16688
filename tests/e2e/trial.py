"""An app with one route for each thing that people ask of a client; most answer with what they saw."""

from __future__ import annotations

import asyncio
import enum
import json
import threading
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import Cookie, Depends, FastAPI, File, Form, Header, HTTPException, Query, Request, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from fastapi.security import APIKeyHeader, HTTPBasic, HTTPBasicCredentials, OAuth2PasswordBearer
from fastapi.security import OAuth2PasswordRequestForm as SignIn
from pydantic import BaseModel, Field

from explorer.probe.install import attach
from explorer.server.thread import ThreadServer
from explorer.storage.options import Options

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944"
    "415478da6360a8ccfe0f00034501e461a0beef0000000049454e44ae426082"
)

TOKEN = OAuth2PasswordBearer(tokenUrl="token", scopes={"read": "Read items", "write": "Change items"})


class Size(enum.StrEnum):
    SMALL = "small"
    LARGE = "large"


class Address(BaseModel):
    street: str
    city: str | None = None


class Card(BaseModel):
    kind: Literal["card"] = "card"
    number: str


class Invoice(BaseModel):
    kind: Literal["invoice"] = "invoice"
    days: int = 30


class Order(BaseModel):
    customer: Annotated[str, Field(min_length=2)]
    address: Address
    lines: list[Annotated[int, Field(gt=0)]]
    payment: Annotated[Card | Invoice, Field(discriminator="kind")]
    size: Size | None = None


class Item(BaseModel):
    id: int
    name: str


class Trial:
    """Makes the app and its server, and lets a test see into it.

    Attributes:
        gate: streams go on past their first row once it is set.
        gone: set when a stream saw its client leave.
    """

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gone = threading.Event()

    def make_server(self, options: Options, _database: Path) -> ThreadServer:
        return ThreadServer(
            "trial",
            self.make_app,
            host=options.host,
            port=options.port,
            fixed_port=options.fixed_port,
            instrument=attach,
        )

    def make_app(self) -> FastAPI:
        app = FastAPI(title="Trial")
        for add_routes in (_parameters, _bodies, _cookies, _hops, _security, _answers, _hidden, self._streams):
            add_routes(app)
        return app

    def _streams(self, app: FastAPI) -> None:
        @app.get("/sse", tags=["Streams"])
        async def sse() -> StreamingResponse:
            rows = [f"event: tick\ndata: {number}\n\n" for number in range(3)]
            return StreamingResponse(self._rows(rows), media_type="text/event-stream")

        @app.get("/lines", tags=["Streams"])
        async def lines() -> StreamingResponse:
            rows = [json.dumps({"row": number}) + "\n" for number in range(3)]
            return StreamingResponse(self._rows(rows), media_type="application/jsonl")

    async def _rows(self, rows: Iterable[str]) -> AsyncIterator[str]:
        try:
            for row in rows:
                yield row
                while not self.gate.is_set():  # noqa: ASYNC110 - a thread sets it
                    await asyncio.sleep(0.01)
        except asyncio.CancelledError:
            self.gone.set()
            raise


def _parameters(app: FastAPI) -> None:
    @app.get("/parameters/{place}", tags=["Parameters"])
    async def parameters(
        request: Request,
        place: str,
        tag: Annotated[list[str] | None, Query()] = None,
        size: Size | None = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 10,
        x_token: Annotated[str | None, Header()] = None,
        visits: Annotated[int | None, Cookie()] = None,
    ) -> dict[str, Any]:
        """Answer with what came."""
        return {"place": place, "tag": tag, "size": size, "limit": limit, "x_token": x_token, "visits": visits}

    @app.get("/declared-headers", tags=["Parameters"])
    async def declared_headers(
        authorization: Annotated[str | None, Header()] = None,
        accept: Annotated[str | None, Header()] = None,
        content_type: Annotated[str | None, Header()] = None,
    ) -> dict[str, Any]:
        """Answer with three headers that documentation pages drop."""
        return {"authorization": authorization, "accept": accept, "content_type": content_type}

    @app.post("/seen", tags=["Parameters"])
    async def seen(request: Request) -> dict[str, Any]:
        """Answer with all of the request."""
        return {
            "method": request.method,
            "query": request.query_params.multi_items(),
            "headers": request.headers.items(),
            "body": (await request.body()).decode(),
        }


def _bodies(app: FastAPI) -> None:
    @app.post("/orders", tags=["Bodies"])
    async def create_order(order: Order) -> Order:
        """Answer with the order as it was understood."""
        return order

    @app.post("/tags", tags=["Bodies"])
    async def tags(tags: Annotated[list[str], Form()]) -> list[str]:
        """Answer with the tags."""
        return tags

    @app.post("/many-files", tags=["Bodies"])
    async def many_files(files: list[UploadFile]) -> list[tuple[str | None, int]]:
        """Answer with names and sizes."""
        return [(file.filename, len(await file.read())) for file in files]

    @app.post("/optional-file", tags=["Bodies"])
    async def optional_file(note: Annotated[str, Form()], file: Annotated[UploadFile | None, File()] = None) -> str:
        """Say which file came."""
        return f"{note}: {file.filename if file is not None else 'none'}"

    @app.get("/search", tags=["Bodies"])
    async def search(item: Item) -> Item:
        """Take a body with GET."""
        return item


def _cookies(app: FastAPI) -> None:
    @app.post("/cookies", tags=["Cookies"])
    async def set_cookie(response: Response) -> str:
        """Set two cookies."""
        response.set_cookie("flavour", "vanilla", httponly=True, samesite="lax")
        response.set_cookie("theme", "dark", max_age=3600)
        return "set"

    @app.get("/cookies", tags=["Cookies"])
    async def cookies(request: Request, flavour: Annotated[str | None, Cookie()] = None) -> dict[str, str]:
        """Answer with the cookies that came."""
        return dict(request.cookies)


def _hops(app: FastAPI) -> None:
    @app.get("/hops/{left}", tags=["Hops"])
    async def hops(left: int) -> RedirectResponse:
        """Lead on, as often as asked for."""
        target = f"/hops/{left - 1}" if left else "/cookies"
        return RedirectResponse(target, headers={"X-Left": str(left)})


def _security(app: FastAPI) -> None:
    @app.post("/token", tags=["Security"])
    async def sign_in(form: Annotated[SignIn, Depends()]) -> dict[str, Any]:
        """Give a token to Ada."""
        if (form.username, form.password) != ("ada", "engine"):
            raise HTTPException(400, "Wrong name or password")
        return {"access_token": "t-1815", "token_type": "bearer", "expires_in": 900}

    @app.get("/me", tags=["Security"])
    async def me(token: Annotated[str, Depends(TOKEN)]) -> dict[str, str]:
        """Need a token."""
        if token != "t-1815":
            raise HTTPException(401, "Not this token", headers={"WWW-Authenticate": "Bearer"})
        return {"user": "ada"}

    @app.get("/basic", tags=["Security"])
    async def basic(credentials: Annotated[HTTPBasicCredentials, Depends(HTTPBasic())]) -> str:
        """Need a name and a password."""
        return f"{credentials.username} {credentials.password}"

    @app.get("/key", tags=["Security"])
    async def key(key: Annotated[str, Depends(APIKeyHeader(name="X-Shop-Key"))]) -> str:
        """Need a key."""
        return key


def _answers(app: FastAPI) -> None:
    @app.get("/items", tags=["Answers"])
    async def items() -> list[Item]:
        """List items."""
        return [Item(id=1, name="Desk lamp"), Item(id=2, name="Kettle")]

    @app.get("/broken-promise", tags=["Answers"], response_model=Item)
    async def broken_promise() -> JSONResponse:
        """Answer other than the documentation says."""
        return JSONResponse({"id": "one", "title": "Desk lamp"})

    @app.get("/page", tags=["Answers"], response_class=HTMLResponse)
    async def page() -> str:
        """Answer with a page that would like to load something."""
        return '<h1>Hello</h1><img src="file:///etc/hostname"><img src="/pixel">'

    @app.get("/pixel", tags=["Answers"])
    async def pixel() -> Response:
        """Answer with a picture."""
        return Response(PIXEL, media_type="image/png")

    @app.get("/large", tags=["Answers"])
    async def large() -> Response:
        """Answer with 3 MB of JSON on one line."""
        return Response(b"[" + b",".join([b'{"name":"lamp"}'] * 190_000) + b"]", media_type="application/json")


def _hidden(app: FastAPI) -> None:
    @app.get("/hidden", include_in_schema=False)
    async def hidden(word: str) -> str:
        """Be there without being told of."""
        return word

    inside = FastAPI()

    @inside.get("/inner")
    async def inner() -> str:
        """Answer from inside."""
        return "inside"

    app.mount("/mounted", inside)
