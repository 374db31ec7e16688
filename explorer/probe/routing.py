"""A spy around the router: when a route was chosen and which, and why the others were not."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from typing import Any
from uuid import UUID

from starlette.routing import Host, Match, Mount, Router, WebSocketRoute
from starlette.types import Receive, Scope, Send

from ..trace.events import CANDIDATES, MATCHED, NOTED, ROUTING, Source
from . import describe
from .middleware import HERE, record_layer

_REMEMBERED = 512
_MATCHING_KEYS = ("type", "method", "path", "root_path", "headers", "path_params", "app_root_path")


class RouterSpy:
    """Stands between the innermost middleware and the router."""

    def __init__(self, router: Router, *, source: Source) -> None:
        self.app = router
        self._source = source
        self._asked: OrderedDict[str, dict[str, Any]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Route a traced request and record when the router had made its choice."""
        here = HERE.get()
        if here is None:
            await self.app(scope, receive, send)
            return
        trace_id, parent_id = here
        span_id = self._source.new_span_id()
        self._remember(trace_id, span_id, parent_id, scope)
        record = self._source.record

        def on_matched(chosen: Scope) -> None:
            record(trace_id, ROUTING, NOTED, span_id, parent_id, MATCHED, _describe_choice(chosen))

        await record_layer(
            self.app,
            _WatchedScope(scope, on_matched),
            receive,
            send,
            source=self._source,
            here=here,
            kind=ROUTING,
            name=type(self.app).__name__,
            data={},
            span_id=span_id,
        )

    def explain(self, trace_id: str) -> bool:
        """Work out what each route said to a recent request, as a note of its trace; False when it is forgotten.

        Matching is done again on a copy of what the router was asked, so it costs the request itself nothing.
        """
        asked = self._asked.get(trace_id)
        if asked is None:
            return False
        candidates = explain_candidates(self.app.routes, asked["scope"])
        self._source.record(
            trace_id, ROUTING, NOTED, asked["span_id"], asked["parent_id"], CANDIDATES, {"candidates": candidates}
        )
        return True

    def _remember(self, trace_id: str, span_id: int, parent_id: int, scope: Scope) -> None:
        snapshot = {key: scope[key] for key in _MATCHING_KEYS if key in scope}
        self._asked[trace_id] = {"scope": snapshot, "span_id": span_id, "parent_id": parent_id}
        if len(self._asked) > _REMEMBERED:
            self._asked.popitem(last=False)


class _WatchedScope(dict[str, Any]):
    """A request's scope that tells when a router writes its choice into it: twice or more with mounted applications.

    Every change is made to the original as well, because middleware outside may read the route there.
    """

    __slots__ = ("_chosen", "_on_matched", "_original")

    def __init__(self, original: MutableMapping[str, Any], on_matched: Callable[[Scope], None]) -> None:
        super().__init__(original)
        self._original = original
        self._on_matched = on_matched
        self._chosen: object = None

    def update(self, *args: Any, **kwargs: Any) -> None:
        super().update(*args, **kwargs)
        self._original.update(*args, **kwargs)
        endpoint = self.get("endpoint")
        if endpoint is not self._chosen:
            self._chosen = endpoint
            self._on_matched(self)

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(key, value)
        self._original[key] = value

    def __delitem__(self, key: str) -> None:
        super().__delitem__(key)
        self._original.pop(key, None)

    def setdefault(self, key: str, default: Any = None) -> Any:
        value = super().setdefault(key, default)
        self._original.setdefault(key, value)
        return value

    def pop(self, key: str, *default: Any) -> Any:
        self._original.pop(key, None)
        return super().pop(key, *default)

    def __ior__(self, other: Any) -> _WatchedScope:  # type: ignore[override,misc]  # noqa: PYI034 - Self is 3.11
        self.update(other)
        return self


def explain_candidates(routes: Sequence[Any], scope: dict[str, Any]) -> list[dict[str, Any]]:
    """Hold a request against every route in match order.

    Returns:
        One dict a route: ``path``, ``methods``, ``name``, ``kind`` (``route``, ``websocket``, ``mount``, ``host``),
        ``verdict`` (``none``: the path does not fit, ``partial``: the path fits and the method does not, ``full``),
        and for a full match that came too late ``shadowed`` = True.

    """
    candidates: list[dict[str, Any]] = []
    chosen = False
    for route in iter_routes(routes):
        verdict = _match(route, scope)
        candidate = {
            "path": getattr(route, "path", None) or getattr(route, "host", None) or "",
            "methods": tuple(sorted(getattr(route, "methods", None) or ())),
            "name": getattr(route, "name", None) or "",
            "kind": _kind(route),
            "verdict": verdict,
            "shadowed": verdict == "full" and chosen,
        }
        chosen = chosen or verdict == "full"
        candidates.append(candidate)
    return candidates


def iter_routes(routes: Sequence[Any]) -> Iterator[Any]:
    """Yield the routes in match order, those of included routers among them.

    Since 0.141 FastAPI keeps included routers as routers and has a function that walks them; before, they were
    already one flat list.
    """
    try:
        from fastapi.routing import iter_route_contexts
    except ImportError:
        yield from routes
    else:
        yield from iter_route_contexts(routes)


def _match(route: Any, scope: dict[str, Any]) -> str:
    try:
        match, _ = route.matches(dict(scope))
    except Exception:  # noqa: BLE001 - a converter or a custom route may fail; for the router that is a failed request
        return "failed"
    return {Match.NONE: "none", Match.PARTIAL: "partial", Match.FULL: "full"}[match]


def _kind(route: Any) -> str:
    original = getattr(route, "original_route", route)
    if isinstance(original, WebSocketRoute):
        return "websocket"
    if isinstance(original, Mount):
        return "mount"
    return "host" if isinstance(original, Host) else "route"


def _describe_choice(scope: Scope) -> dict[str, Any]:
    """Return the chosen route as the router left it in the scope."""
    endpoint = scope.get("endpoint")
    choice: dict[str, Any] = {"path_params": {k: _plain(v) for k, v in scope.get("path_params", {}).items()}}
    if endpoint is not None:
        choice.update(describe.code_of(endpoint))
    return choice


def _plain(value: object) -> str:
    """Return a converted path parameter as text; of a type that we do not know, its name alone."""
    return str(value)[:200] if type(value) in (str, int, float, UUID) else type(value).__name__
