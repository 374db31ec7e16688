"""Attach to an app, and let go of it again.

This is the one place that reaches into how Starlette and FastAPI put an app together: ``user_middleware``,
``build_middleware_stack()``, ``middleware_stack`` and the ``app`` attribute by which the framework's own middleware
hold the next layer. The contract test names the versions for which that holds.
"""

from __future__ import annotations

from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.middleware.exceptions import ExceptionMiddleware

from ..trace.events import Emit, Source
from . import describe
from .middleware import ConnectionSpy, LayerSpy
from .routing import RouterSpy
from .sql import SqlProbe

USER = "user"  # the app's author added it
FRAMEWORK = "framework"  # every app has it and it matters: errors become responses here


class Probe:
    """Spies in one app. Nothing of the app is replaced but its built middleware stack, which `detach` puts back.

    Attributes:
        missing: what could not be observed in this app, one sentence each; empty when all is well.

    """

    def __init__(self, app: Starlette, emit: Emit, *, changed_rows: bool = True) -> None:
        self._app = app
        self._source = Source(emit, side=1)
        self._sql = SqlProbe(self._source, rows=changed_rows)
        self._before = app.middleware_stack
        self._router: RouterSpy | None = None
        self.missing: list[str] = []
        self._connection = ConnectionSpy(self._build(), source=self._source, on_request=self._sql.look)
        app.middleware_stack = self._connection

    def detach(self) -> None:
        """Remove every spy; requests under way end as they began."""
        self._sql.detach()
        if self._app.middleware_stack is self._connection:
            self._app.middleware_stack = self._before

    def explain_routing(self, trace_id: str) -> None:
        """Emit what each route said to a recent request; nothing when it is no longer remembered."""
        if self._router is not None:
            self._router.explain(trace_id)

    def _build(self) -> Any:
        """Build the app's stack as it would itself, with a spy outside each layer."""
        own = self._app.user_middleware
        try:
            self._app.user_middleware = self._interleaved(own)
            stack = self._app.build_middleware_stack()
        finally:
            self._app.user_middleware = own
        outermost = self._spliced(stack)
        if self._router is None:
            self.missing.append("Routing is not shown: this version of Starlette builds its app in an unknown way.")
        return outermost

    def _interleaved(self, own: list[Middleware]) -> list[Middleware]:
        spied: list[Middleware] = []
        for entry in own:
            spied.append(Middleware(LayerSpy, source=self._source, **_describe_middleware(entry)))
            spied.append(entry)
        # A marker inside the author's last layer, from where the framework's inner layers can be reached even if
        # that layer keeps its next app to itself.
        spied.append(Middleware(_Marker, probe=self))
        return spied

    def _spliced(self, node: Any) -> Any:
        """Return `node` with a spy outside it, and outside every layer below it, as far as a person knows of them.

        The framework's other layers, five in FastAPI 0.165, are in every app and do nothing that shows: spies there
        would cost each request as much as those that tell something.
        """
        if node is self._app.router:
            self._router = RouterSpy(node, source=self._source)
            return self._router
        if isinstance(node, LayerSpy):
            return node  # from here to the marker the author's layers follow, each with its spy
        inner = getattr(node, "app", None)
        if inner is None:
            return node
        if isinstance(node, _Marker):
            return self._spliced(inner)
        node.app = self._spliced(inner)
        if not isinstance(node, (ServerErrorMiddleware, ExceptionMiddleware)):
            return node
        return LayerSpy(node, source=self._source, name=type(node).__name__, data={"role": FRAMEWORK})


class _Marker:
    """Passes everything on; see `Probe._interleaved`."""

    def __init__(self, app: Any, *, probe: Probe) -> None:
        self.app = probe._spliced(app)  # noqa: SLF001 - one class in two parts

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass the call on."""
        await self.app(scope, receive, send)


def attach(app: object, emit: Emit, *, changed_rows: bool = True) -> Probe | None:
    """Put spies into an app; None when it is no Starlette or FastAPI app, and then nothing was touched.

    Args:
        app: the app, before or while it runs.
        emit: takes the events, on the thread where they happen; it must not block.
        changed_rows: whether the rows that a request changes are told, beside its statements.

    """
    if not isinstance(app, Starlette):
        return None
    return Probe(app, emit, changed_rows=changed_rows)


def _describe_middleware(entry: Middleware) -> dict[str, Any]:
    """Return name and particulars of a layer as its author wrote it."""
    dispatch = entry.kwargs.get("dispatch")
    made_by: Any = dispatch or entry.cls
    code = describe.code_of(made_by)
    if "line" not in code and isinstance(entry.cls, type):
        call = getattr(entry.cls, "dispatch", None) or entry.cls.__dict__.get("__call__")
        if call is not None:
            code = {**describe.code_of(call), "function": code["function"], "module": code["module"]}
    http_only = isinstance(entry.cls, type) and issubclass(entry.cls, BaseHTTPMiddleware)  # lets WebSockets pass
    return {"name": str(code["function"]), "data": {"role": USER, **code, **({"http_only": True} if http_only else {})}}
