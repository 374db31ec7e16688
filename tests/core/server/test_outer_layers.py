from __future__ import annotations

import re
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import httpx
import psutil
import pytest
from fastapi import FastAPI, WebSocket
from fastapi.responses import HTMLResponse
from starlette.middleware.gzip import GZipMiddleware
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from explorer.server.host_guard import HostGuard
from explorer.server.thread import ThreadServer

if TYPE_CHECKING:
    from tests.core.server.conftest import ServerMaker

EXTERNAL = re.compile(r"""(?:src|href)=["'](?:https?:)?//""")


def docs_app(*, root_path: str = "", **options: Any) -> FastAPI:
    app = FastAPI(**options)
    app.root_path = root_path

    @app.get("/page")
    async def page() -> HTMLResponse:
        return HTMLResponse(
            '<script src="https://cdn.jsdelivr.net/npm/swagger-ui-dist@5/swagger-ui-bundle.js"></script>'
        )

    @app.websocket("/ws")
    async def ws(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text(websocket.headers["host"])

    return app


def port_of(server: ThreadServer) -> int:
    port = server.status.port
    assert port is not None
    return port


# --- the Host header --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1", "127.0.0.2:80", "[::1]:80", "a.localhost"])
def test_that_names_of_this_machine_are_answered(run_server: ServerMaker, host: str) -> None:
    server, _ = run_server(docs_app)
    assert httpx.get(f"{server.url}/openapi.json", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost.evil.example", "192.0.2.7", "", "[::2]"]
)
def test_that_foreign_names_are_refused(run_server: ServerMaker, host: str) -> None:
    server, _ = run_server(docs_app)
    refused = httpx.get(f"{server.url}/openapi.json", headers={"Host": host})
    assert refused.status_code == 421
    assert refused.text.startswith("This server answers only to names of this machine")


def test_that_two_host_headers_are_refused(run_server: ServerMaker) -> None:
    server, _ = run_server(docs_app)
    with socket.create_connection(("127.0.0.1", port_of(server))) as raw:
        raw.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n")
        assert b" 421 " in raw.recv(1000).splitlines()[0]


def test_that_a_websocket_by_a_foreign_name_is_refused(run_server: ServerMaker) -> None:
    server, _ = run_server(docs_app)
    url = str(server.url).replace("http", "ws") + "/ws"
    with connect(url) as ours:
        assert str(ours.recv(timeout=5)).startswith("127.0.0.1")
    port = port_of(server)
    with socket.create_connection(("127.0.0.1", port)) as raw, pytest.raises(InvalidStatus, match="403"):
        connect(f"ws://evil.example:{port}/ws", sock=raw)


def test_that_a_server_open_to_the_network_answers_to_its_address_and_to_no_name(run_server: ServerMaker) -> None:
    addresses = [a.address for each in psutil.net_if_addrs().values() for a in each if a.family.name == "AF_INET"]
    own = [address for address in addresses if not address.startswith("127.")]
    if not own:
        pytest.skip("This machine has no address but loopback.")
    server, _ = run_server(docs_app, host="0.0.0.0")  # noqa: S104 - that is what is tested
    assert server.url is not None
    assert server.url.startswith("http://127.0.0.1:")
    url = server.url.replace("127.0.0.1", own[0]) + "/openapi.json"
    assert httpx.get(url).status_code == 200
    assert httpx.get(url, headers={"Host": "evil.example"}).status_code == 421


async def test_that_the_guard_leaves_the_lifespan_alone() -> None:
    seen: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    async def nothing(*_: Any) -> Any:
        return {}

    await HostGuard(app, "127.0.0.1")({"type": "lifespan"}, nothing, nothing)
    assert seen == ["lifespan"]


# --- documentation without a network ----------------------------------------------------------------------------------


def assets_of(html: str) -> list[str]:
    return re.findall(r"""(?:src|href)=["'](/_fastapi_explorer/docs/[^"']+)["']""", html)


@pytest.mark.parametrize(
    ("options", "path", "names"),
    [
        ({}, "/docs", {"swagger-ui-bundle.js", "swagger-ui.css", "favicon.png"}),
        ({}, "/redoc", {"redoc.standalone.js", "favicon.png"}),
        ({"docs_url": "/api/help"}, "/api/help", {"swagger-ui-bundle.js", "swagger-ui.css", "favicon.png"}),
        ({"root_path": "/v1"}, "/v1/docs", {"swagger-ui-bundle.js", "swagger-ui.css", "favicon.png"}),
    ],
)
def test_that_documentation_needs_no_network(
    run_server: ServerMaker, options: dict[str, Any], path: str, names: set[str]
) -> None:
    server, _ = run_server(lambda: docs_app(**options))
    page = httpx.get(f"{server.url}{path}")
    assert page.status_code == 200
    assert not EXTERNAL.search(page.text)
    found = assets_of(page.text)
    assert {url.rpartition("/")[2] for url in found} == names
    for url in found:
        asset = httpx.get(f"{server.url}{url}")
        assert asset.status_code == 200
        assert len(asset.content) > 500
        expected = {"js": "text/javascript", "css": "text/css", "png": "image/png"}[url.rpartition(".")[2]]
        assert asset.headers["content-type"].startswith(expected)


def test_that_the_script_of_redoc_asks_nobody_for_a_logo(run_server: ServerMaker) -> None:
    server, _ = run_server(docs_app)
    assert b"cdn.redoc.ly" not in httpx.get(f"{server.url}/_fastapi_explorer/docs/redoc.standalone.js").content


def test_that_a_compressed_page_is_rewritten_too(run_server: ServerMaker) -> None:
    def load() -> FastAPI:
        app = docs_app()
        app.add_middleware(GZipMiddleware, minimum_size=10)
        return app

    server, _ = run_server(load)
    assert not EXTERNAL.search(httpx.get(f"{server.url}/docs").text)
    assert httpx.get(f"{server.url}/openapi.json").headers["content-encoding"] == "gzip"


def test_that_the_head_of_a_page_matches_its_body(run_server: ServerMaker) -> None:
    server, _ = run_server(docs_app)
    get, head = httpx.get(f"{server.url}/docs"), httpx.head(f"{server.url}/docs")
    if head.status_code == 200:
        assert head.headers["content-length"] == get.headers["content-length"]
    assert int(get.headers["content-length"]) == len(get.content)


def test_that_other_pages_of_the_app_are_not_touched(run_server: ServerMaker) -> None:
    server, _ = run_server(docs_app)
    assert "https://cdn.jsdelivr.net/npm/swagger-ui-dist@5/swagger-ui-bundle.js" in httpx.get(f"{server.url}/page").text


@pytest.mark.parametrize(
    "target",
    ["../favicon.png", "../../../pyproject.toml", "%2e%2e/%2e%2e/pyproject.toml", "README.md", "", "swagger-ui.css/"],
)
def test_that_only_the_files_of_the_pages_are_served(run_server: ServerMaker, target: str) -> None:
    server, _ = run_server(docs_app)
    raw = f"/_fastapi_explorer/docs/{target}".encode()
    with httpx.Client() as client:
        answer = client.send(client.build_request("GET", str(server.url), extensions={"target": raw}))
    assert answer.status_code == 404


@pytest.mark.parametrize("make", [lambda: docs_app(docs_url=None, redoc_url=None), lambda: docs_app(openapi_url=None)])
def test_that_an_app_without_pages_gets_none(run_server: ServerMaker, make: Callable[[], FastAPI]) -> None:
    server, _ = run_server(make)
    assert httpx.get(f"{server.url}/docs").status_code == 404
    if make().docs_url is None:
        asset = httpx.get(f"{server.url}/_fastapi_explorer/docs/favicon.png")
        assert asset.json() == {"detail": "Not Found"}
