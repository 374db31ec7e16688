"""Which requests are under way: needed to say who holds the event loop."""

from __future__ import annotations

import asyncio

from explorer.server.asgi import ASGIApp, Receive, Scope, Send


class OpenRequests:
    """Passes every call on and remembers it until it ends. Also keeps the error with which the lifespan failed.

    Attributes:
        lifespan_error: what the app raised at its start or end, or None.

    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._open: dict[asyncio.Task[object] | None, str] = {}
        self.lifespan_error: BaseException | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, WebSocket or lifespan."""
        if scope["type"] == "lifespan":
            try:
                await self._app(scope, receive, send)
            except BaseException as error:
                self.lifespan_error = error
                raise
            return
        task = asyncio.current_task()
        self._open[task] = f"{scope.get('method', 'WebSocket')} {scope['path']}"
        try:
            await self._app(scope, receive, send)
        finally:
            self._open.pop(task, None)

    def named(self, running: asyncio.Task[object] | None) -> tuple[str, ...]:
        """Return the request that the task `running` belongs to, or all open ones, newest first, when it is unknown."""
        open_now = dict(self._open)
        if running in open_now:
            return (open_now[running],)
        return tuple(reversed(open_now.values()))
