"""Refuses requests that come by a foreign name.

A web page can point its own name at 127.0.0.1 and then talk to this server from a visitor's browser (DNS rebinding).
The Host header still carries that foreign name, so that is what is looked at.
"""

from __future__ import annotations

import ipaddress

from explorer.server.asgi import ASGIApp, Receive, Scope, Send


class HostGuard:
    """Answers 421 Misdirected Request unless Host is a name of this machine's loopback or the bound address."""

    def __init__(self, app: ASGIApp, bound_host: str) -> None:
        self._app = app
        self._bound = bound_host.lower()
        self._network = not _is_loopback(self._bound)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        names = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        # Without the header it is no browser: HTTP/1.1 makes it send one.
        if len(names) <= 1 and all(self._is_ours(_without_port(name), scope) for name in names):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": "foreign Host"})
        else:
            await _refuse(send)

    def _is_ours(self, name: str, scope: Scope) -> bool:
        if name == self._bound or _is_loopback(name):
            return True
        # Once a person has opened the server to the network, it is also reached by the address of the interface that
        # the connection came in on. An address cannot be rebound, a name can.
        server = scope.get("server")
        return self._network and server is not None and _same_address(name, str(server[0]))


def _without_port(host: str) -> str:
    host = host.strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].rstrip(".")


def _is_loopback(name: str) -> bool:
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _same_address(left: str, right: str) -> bool:
    try:
        return ipaddress.ip_address(left) == ipaddress.ip_address(right)
    except ValueError:
        return False


async def _refuse(send: Send) -> None:
    body = b"This server answers only to names of this machine, such as 127.0.0.1 and localhost.\n"
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 421, "headers": headers})
    await send({"type": "http.response.body", "body": body})
