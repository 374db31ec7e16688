"""Typing into requests with long forms, opening them, and going from one to another: how long the window is at work."""

from __future__ import annotations

from benchmarks.figures import median
from benchmarks.form_document import FIELDS, PARAMETERS, ROWS, form_document
from benchmarks.processes import Child, scratch
from benchmarks.report import Row

WHAT = "typing into long requests, opening them, and changing the colours"
_MOST_KEY = 8.0
_MOST_OPENED = 100.0
_MOST_COLOURS = 250.0
_TYPED = (
    ("address", "a key in the address", "address", "bare QLineEdit"),
    ("parameter", f"a key in one of {PARAMETERS} parameters", "address", "bare QLineEdit"),
    ("field", f"a key in a JSON form of {FIELDS} fields", "address", "bare QLineEdit"),
    ("text", "a key in a body of 200 KB", "text", "bare QPlainTextEdit"),
)
_OPENED = (
    ("reopen", f"an operation with {PARAMETERS} parameters chosen", "GET /parameters POST /text"),
    ("reopen", f"one with a form of {ROWS} rows chosen", "POST /rows GET /others"),
    ("switch", f"from one request with {PARAMETERS} parameters to another", "GET /parameters GET /others"),
)


def measure(*, quick: bool) -> list[Row]:
    """Use the real window, and bare widgets of Qt in the same process."""
    turns = 4 if quick else 16
    with scratch() as folder, Child("program", folder / "data") as program:
        document = folder / "forms.json"
        document.write_bytes(form_document())
        program.tell()
        program.tell()
        program.ask(f"catalogue {document}")
        bare = {what: median(program.ask(f"bare {what}")["milliseconds"]) for what in ("address", "text")}
        rows = [
            _row(
                f"{what} → painted", median(program.ask(f"type {where}")["milliseconds"]), _MOST_KEY, bare[floor], name
            )
            for where, what, floor, name in _TYPED
        ]
        for order, what, keys in _OPENED:
            took = program.ask(f"{order} {turns} {keys}")["milliseconds"]
            rows.append(_row(f"{what} → painted", median(took[::2]), _MOST_OPENED))
        program.ask("reopen 1 GET /parameters")
        took = program.ask(f"colours {turns}")["milliseconds"]
        rows.append(_row(f"other colours with {PARAMETERS} parameters in sight → painted", median(took), _MOST_COLOURS))
    return rows


def _row(what: str, ours: float, most: float, floor: float | None = None, floor_name: str = "") -> Row:
    return Row(
        what=f"{what}, p50",
        ours=f"{ours:.1f} ms",
        peer=f"{floor_name}: {floor:.1f} ms" if floor is not None else "",
        result=f"{ours:.1f} ms",
        budget=f"≤ {most:g} ms",
        kept=ours <= most,
    )
