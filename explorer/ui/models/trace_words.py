"""What the list of requests says of each, in words."""

from __future__ import annotations

from explorer.client.status import meaning
from explorer.trace.callers import BROWSER, OURS, PHONE, UNKNOWN
from explorer.trace.summary import WEBSOCKET_METHOD, Summary
from explorer.ui.models.xray_words import format_ms
from explorer.ui.tool_tip import as_written
from explorer.ui.wording import count_text, duration_text

UNDER_WAY = "…"
_NO_SQL = "–"
_MOST_SPOKEN = 2_000  # characters of a path in a tool tip
_CALLERS = {
    OURS: "Sent from this window",
    BROWSER: "A web browser",
    PHONE: "A browser on a phone or tablet",
    UNKNOWN: "It does not say what it is",
}


def cell_text(summary: Summary, column: int) -> str:
    """Return what stands in a column; see `explorer.ui.models.traces_model.Column`."""
    match column:
        case 0:
            return summary.method
        case 1:
            return summary.path
        case 2:
            return status_text(summary)
        case 3:
            return format_ms(summary.ns) if summary.ns is not None else UNDER_WAY
        case 4:
            return summary.caller
        case _:
            return str(summary.statements) if summary.statements else _NO_SQL


def cell_tip(summary: Summary, column: int) -> str:
    """Return what the tool tip of a column says."""
    match column:
        case 0 | 1:
            return as_written(f"{summary.method} {summary.path[:_MOST_SPOKEN]}")
        case 2:
            return _status_tip(summary)
        case 3:
            if summary.ns is not None:
                return f"The server had it for {duration_text(summary.ns)}"
            return "The WebSocket is open" if summary.method == WEBSOCKET_METHOD else "It is still under way"
        case 4:
            return as_written(_CALLERS.get(summary.caller, f"It calls itself {summary.caller}"))
        case _:
            return _sql_tip(summary)


def status_text(summary: Summary) -> str:
    """Return the status code; dots while there is none."""
    return str(summary.status) if summary.status is not None else UNDER_WAY


def line_text(summary: Summary) -> str:
    """Return a request as one line of plain text, such as ``GET /items?limit=20  200  4.1 ms  curl  1 SQL``."""
    took = duration_text(summary.ns) if summary.ns is not None else "under way"
    parts = [f"{summary.method} {summary.path}", status_text(summary), took, summary.caller]
    return "  ".join([*parts, f"{summary.statements} SQL"] if summary.statements else parts)


def n_plus_one_text(summary: Summary) -> str:
    """Return the sentence about a request that executed one statement again and again."""
    path = summary.path.partition("?")[0]
    return f"{summary.method} {path}: {summary.statements} SQL statements look like N+1"


def _status_tip(summary: Summary) -> str:
    if summary.status is None:
        return "There is no answer yet" if summary.ns is None else "It ended without an answer"
    phrase, sentence = meaning(summary.status)
    failed = "\nAn exception left the app" if summary.failed else ""
    return f"{summary.status} {phrase}\n{sentence}{failed}"


def _sql_tip(summary: Summary) -> str:
    if not summary.statements:
        return "It asked nothing of the database"
    told = count_text(summary.statements, "SQL statement")
    if not summary.looks_like_n_plus_one:
        return told
    return f"{told}, one of them {summary.repeated} times: this looks like N+1, one for each row of another"
