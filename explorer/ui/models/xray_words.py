"""What the X-ray says of each stop. Words are for students ("Client sends"); the technical truth is in the tool tip."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explorer.client.sockets.close_codes import close_code
from explorer.trace.answers import SWITCHED
from explorer.trace.events import CANDIDATES
from explorer.trace.journey import (
    CLIENT_RECEIVES,
    CLIENT_SENDS,
    CLOSED,
    CONVERSATION,
    LAYER_IN,
    LAYER_OUT,
    RESPONSE_SENT,
    ROUTE,
    ROUTER,
    SOCKET,
    STATEMENT,
    WRAP_UP,
    Stop,
)
from explorer.ui.models.xray_sql import statement_note, statement_tip, statement_title
from explorer.ui.wording import count_text, size_text

_KNOWN_IN = {
    "ServerErrorMiddleware": "catches crashes",
    "ExceptionMiddleware": "catches HTTPException",
    "CORSMiddleware": "checks the Origin",
    "GZipMiddleware": "checks Accept-Encoding",
    "TrustedHostMiddleware": "checks the Host",
    "HTTPSRedirectMiddleware": "checks the scheme",
    "SessionMiddleware": "reads the session cookie",
}
_TITLES = {
    CLIENT_SENDS: "Client sends",
    SOCKET: "Socket",
    ROUTER: "Router",
    RESPONSE_SENT: "Response sent",
    CLIENT_RECEIVES: "Client receives",
    CONVERSATION: "Conversation",
    CLOSED: "Closed",
    WRAP_UP: "Wrap-up",
}
_LONG_MS = 10_000
_FINE_NS = 10_000_000
_BLIND_TO_SOCKETS = ("ServerErrorMiddleware", "CORSMiddleware", "GZipMiddleware")
_CATCHERS = ("ServerErrorMiddleware", "ExceptionMiddleware")
_BEFORE_THE_HANDLER = (401, 403, 422)  # with these security and validation answer, before the function is called


def format_ms(nanoseconds: int | None) -> str:
    """Return a time as the panel shows it, in milliseconds or with its unit; an em dash for one that is not known."""
    if nanoseconds is None:
        return "—"
    ms = nanoseconds / 1e6
    if ms >= _LONG_MS:
        return f"{ms / 1000:.0f} s"
    if ms < 10:
        return f"{ms:.2f}" if ms < 0.1 else f"{ms:.1f}"
    return f"{ms:.0f}" if ms >= 100 else f"{ms:.1f}"


def fine_ms(nanoseconds: int | None) -> str:
    """Return a time as `format_ms` does, with two decimals as long as it is short."""
    if nanoseconds is None or nanoseconds >= _FINE_NS:
        return format_ms(nanoseconds)
    return f"{nanoseconds / 1e6:.2f}"


def ms_text(nanoseconds: int | None) -> str:
    """Return a time as `format_ms` does, with its unit in any case."""
    said = format_ms(nanoseconds)
    return f"{said} ms" if said[-1:].isdigit() else said


def title_of(stop: Stop) -> str:
    """Return the name of a stop."""
    if stop.kind == STATEMENT:
        return statement_title(stop)
    if stop.kind == ROUTE:
        function = str(stop.facts.get("function", "route"))
        if "line" not in stop.facts:  # an application has no line of its own
            return function
        return f"{function}()" if is_handler_sure(stop) else f"Route {function}"
    if stop.kind == RESPONSE_SENT and stop.facts.get("websocket"):
        return "Accepted" if stop.facts.get("status") == SWITCHED else "Refused"
    return _TITLES.get(stop.kind) or stop.span.name.removesuffix("Middleware") or stop.span.name


def note_of(stop: Stop) -> str:
    """Return what happened at a stop, in a few words."""
    notes = {
        CLIENT_SENDS: _note_client_sends,
        SOCKET: _note_socket,
        LAYER_IN: _note_layer_in,
        LAYER_OUT: _note_layer_out,
        ROUTER: _note_router,
        ROUTE: _note_route,
        RESPONSE_SENT: _note_response,
        CLIENT_RECEIVES: _note_response,
        CONVERSATION: _note_conversation,
        CLOSED: _note_closed,
        WRAP_UP: _note_wrap_up,
        STATEMENT: statement_note,
    }
    return notes[stop.kind](stop)


def _note_client_sends(stop: Stop) -> str:
    if stop.failed:
        return "stopped by you" if is_stopped(stop) else "no connection"
    size = int(stop.facts.get("body_size") or 0)
    method = str(stop.facts.get("method", ""))
    return f"{method}, {size_text(size)}" if size else method


def _note_socket(stop: Stop) -> str:
    count = len(stop.facts.get("headers", ()))
    return f"the server reads {count} headers"


def _note_layer_in(stop: Stop) -> str:
    if stop.facts.get("answered_itself"):
        return "answers itself, goes no further"
    if stop.facts.get("websocket") and (stop.facts.get("http_only") or stop.span.name in _BLIND_TO_SOCKETS):
        return "does not look at WebSockets"
    return _KNOWN_IN.get(stop.span.name, "your middleware" if stop.facts.get("role") == "user" else "")


def _note_layer_out(stop: Stop) -> str:
    facts = stop.facts
    if stop.failed:
        return f"{facts.get('error', 'an exception')} passes through"
    if facts.get("caught"):
        return f"{facts['caught']} → {facts.get('status')}"
    said = []
    if facts.get("added"):
        said.append("adds " + _header_names(facts["added"]))
    elif facts.get("changed"):
        said.append("changes " + _header_names(facts["changed"]))
    if facts.get("size_before") != facts.get("size_after"):
        said.append(f"{size_text(facts['size_before'])} → {size_text(facts['size_after'])}")
    if said:
        return ", ".join(said)
    return "nothing to catch" if stop.span.name in _CATCHERS else "passes it on"


def _note_router(stop: Stop) -> str:
    candidates = candidates_of(stop)
    chosen = chosen_of(candidates)
    if stop.ends_ns is None:
        return "looks for a route"
    if stop.failed:
        if stop.facts.get("status") == 405:
            return "path fits, method does not"
        return f"none of {len(candidates)} routes fits" if candidates else "no route fits"
    if chosen is None:
        return "matched"
    return f"{_ordinal(chosen + 1)} of {len(candidates)} routes matched"


def _note_route(stop: Stop) -> str:
    if stop.failed:
        return f"{stop.facts.get('error', 'an exception')} was raised"
    status = stop.facts.get("status")
    if isinstance(status, int) and status >= 400:
        return f"answers {status}"
    if stop.facts.get("websocket") and status == SWITCHED:
        return "accepts"
    if stop.facts.get("mounted"):
        return "in a mounted application"
    return "your code" if "line" in stop.facts else "a mounted application"


def _note_response(stop: Stop) -> str:
    status = stop.facts.get("status")
    size = stop.facts.get("size")
    said = [str(status)] if status is not None else []
    if stop.kind == RESPONSE_SENT and stop.facts.get("subprotocol"):
        said.append(f"subprotocol {stop.facts['subprotocol']}")
    if stop.failed:
        said.append("stopped by you" if is_stopped(stop) else "broken off" if said else "no answer")
    elif size is not None:
        said.append(size_text(int(size)))
    return ", ".join(said)


def _note_conversation(stop: Stop) -> str:
    received, sent = int(stop.facts["received"]), int(stop.facts["sent"])
    said = f"{received:,} in, {sent:,} out"
    return said if stop.ends_ns is not None else f"open, {said}"


def _note_closed(stop: Stop) -> str:
    facts = stop.facts
    if stop.failed:
        return f"{facts.get('error', 'an exception')} was raised"
    code = int(facts.get("code", 0))
    if facts.get("closed_by") == "lost":
        return "connection lost"
    if facts.get("closed_by") == "server" and code == 1006:
        return "the function ended without close()"
    return f"{code} {close_code(code).name}, by the {facts.get('closed_by')}"


def _note_wrap_up(stop: Stop) -> str:
    if stop.failed:
        after = "was not caught" if stop.facts.get("websocket") else "after the response"
        return f"{stop.facts.get('error', 'an exception')} {after}"
    return "tasks and clean-up"


def tip_of(stop: Stop) -> str:
    """Return the technical truth of a stop, in lines."""
    if stop.kind == STATEMENT:
        return statement_tip(stop)
    facts = stop.facts
    lines = [stop.span.name if stop.kind in (LAYER_IN, LAYER_OUT) else title_of(stop)]
    if stop.kind in (ROUTE, LAYER_IN, WRAP_UP) and facts.get("file"):
        lines.append(f"{facts.get('module', '')}, {facts['file']}:{facts.get('line', '')}")
    if facts.get("message") and stop.failed:
        lines.append(f"{facts.get('error')}: {facts['message']}")
    if stop.kind == LAYER_OUT:
        news = [what for what in ("added", "changed", "removed") if facts.get(what)]
        lines += [f"Headers {what}: {', '.join(facts[what])}" for what in news]
    if facts.get("messages_after", 0) > facts.get("messages_before", 0) > 0:
        lines.append(
            f"{facts['messages_before']} body message came in, {facts['messages_after']} went out: "
            "BaseHTTPMiddleware streams the body on and closes it with an empty message."
        )
    if stop.kind == ROUTE and is_handler_sure(stop):
        lines.append("Dependencies, validation, the function itself and the response model.")
    elif stop.kind == ROUTE:
        lines.append("Dependencies and validation; the function itself only if they let the request pass.")
    if stop.kind == CONVERSATION:
        received, sent = (count_text(int(facts[key]), "message") for key in ("received", "sent"))
        lines.append(f"{received} from the client, {sent} to it.")
    if stop.kind == CLOSED and "code" in facts:
        lines.append(f"{facts['code']}: {close_code(int(facts['code'])).meaning}")
        lines.append(f"Reason: {facts['reason']}" if facts.get("reason") else "")
    if stop.kind == WRAP_UP:
        function = facts.get("function", "the function")
        lines.append(f"{function}(): background tasks run here, and code after yield in dependencies.")
    return "\n".join(line for line in lines if line)


def is_handler_sure(stop: Stop) -> bool:
    """Tell whether nothing speaks against a route's function having been called.

    What happens inside a route is not recorded, and the function may give the same answers as those who come before it.
    """
    return stop.facts.get("status") not in _BEFORE_THE_HANDLER


def is_stopped(stop: Stop) -> bool:
    """Tell whether a stop of the client failed because the person wanted it to."""
    return stop.facts.get("error") == "CancelledError"


def candidates_of(stop: Stop) -> tuple[Mapping[str, Any], ...]:
    """Return what the router looked at, in its order; empty while nobody asked."""
    note = stop.span.first_note(CANDIDATES)
    return tuple(note.data["candidates"]) if note is not None else ()


def chosen_of(candidates: tuple[Mapping[str, Any], ...]) -> int | None:
    """Return the number of the candidate that was chosen, or None."""
    return next((i for i, candidate in enumerate(candidates) if candidate["verdict"] == "full"), None)


def _header_names(names: tuple[str, ...]) -> str:
    shown = "-".join(part.capitalize() for part in names[0].split("-"))
    return shown if len(names) == 1 else f"{shown} and {len(names) - 1} more"


def _ordinal(number: int) -> str:
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
