"""What stands around the app on its way to the socket."""

from __future__ import annotations

from explorer.server.asgi import ASGIApp
from explorer.server.host_guard import HostGuard
from explorer.server.offline_docs import OfflineDocs
from explorer.server.open_requests import OpenRequests


def assemble(app: ASGIApp, host: str) -> tuple[ASGIApp, OpenRequests]:
    """Return the app with our layers around it, outermost the guard, and the record of open requests."""
    requests = OpenRequests(OfflineDocs(app))
    return HostGuard(requests, host), requests
