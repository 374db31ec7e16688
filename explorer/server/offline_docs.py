"""Makes /docs and /redoc work with no network: FastAPI's pages load their scripts from a CDN, ours come from disk."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field

from explorer.server.asgi import ASGIApp, Message, Receive, Scope, Send
from explorer.storage.resources import resource

PREFIX = "/_fastapi_explorer/docs/"
_ASSETS = {
    "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
    "swagger-ui.css": "text/css; charset=utf-8",
    "redoc.standalone.js": "text/javascript; charset=utf-8",
    "favicon.png": "image/png",
}
# Redoc's script asks for its maker's logo and hides the picture when it does not come.
_REDOC_LOGO = b"https://cdn.redoc.ly/redoc/logo-mini.svg"
_EXTERNAL_TAG = re.compile(rb"""<(link|script)\b[^>]*?\b(?:href|src)=["'](https?:)?//([^"']*)["'][^>]*>""")
_EXTERNAL_URL = re.compile(rb"""((?:href|src)=["'])(?:https?:)?//[^"']*(["'])""")


class OfflineDocs:
    """Rewrites the app's two documentation pages and serves their files. Every other response passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, rewrite or pass on one request."""
        pages = self._pages()
        if not pages or scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
        elif scope["path"].startswith(PREFIX):
            await _send_asset(scope["path"].removeprefix(PREFIX), send)
        elif scope["path"].removeprefix(getattr(self._app, "root_path", "")) in pages:
            # A compressed page could not be rewritten, so the app is not told that the browser takes one.
            plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            await self._app({**scope, "headers": plain}, receive, _Rewriter(send))
        else:
            await self._app(scope, receive, send)

    def _pages(self) -> set[str]:
        return {page for name in ("docs_url", "redoc_url") if (page := getattr(self._app, name, None))}


@dataclass(slots=True)
class _Rewriter:
    """Holds an HTML response back until it is complete, then sends it with our addresses."""

    send: Send
    start: Message | None = None
    chunks: list[bytes] = field(default_factory=list)

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            self.start = message
        elif message["type"] == "http.response.body" and self.start is not None:
            self.chunks.append(message.get("body", b""))
            if not message.get("more_body", False):
                await self._send_rewritten(self.start)
        else:
            await self.send(message)

    async def _send_rewritten(self, start: Message) -> None:
        body = _EXTERNAL_TAG.sub(_local_tag, b"".join(self.chunks))
        headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
        headers.append((b"content-length", str(len(body)).encode()))
        await self.send({**start, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})


def _is_html(start: Message) -> bool:
    return any(name.lower() == b"content-type" and b"text/html" in value for name, value in start["headers"])


def _local_tag(tag: re.Match[bytes]) -> bytes:
    """Return a tag with our address; nothing for a link that only beautifies, such as a web font."""
    name = tag[3].split(b"?")[0].rsplit(b"/", 1)[-1].decode("ascii", "replace")
    if name.startswith("favicon"):
        name = "favicon.png"
    if name in _ASSETS:
        return _EXTERNAL_URL.sub(rb"\g<1>" + (PREFIX + name).encode() + rb"\g<2>", tag[0])
    return b"" if tag[1] == b"link" else tag[0]


async def _send_asset(name: str, send: Send) -> None:
    media_type = _ASSETS.get(name)
    body, status = b"There is no such file here.\n", 404
    if media_type is not None:
        body, status = await asyncio.to_thread(_read_asset, name), 200
    headers = [
        (b"content-type", (media_type or "text/plain; charset=utf-8").encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"max-age=3600"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _read_asset(name: str) -> bytes:
    return resource(f"docs-assets/{name}").read_bytes().replace(_REDOC_LOGO, b"data:,")
