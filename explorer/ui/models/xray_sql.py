"""What the X-ray says of the SQL that a request caused."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath

from explorer.database.sql_text import headline, one_line, parameters_text, shortened
from explorer.trace.journey import STATEMENT, Journey, Stop
from explorer.trace.statements import N_PLUS_ONE


def statement_title(stop: Stop) -> str:
    """Return what a statement does, and how often."""
    count = stop.facts["count"]
    title = headline(str(stop.facts.get("statement", "")))
    return f"{count} × {title}" if count > 1 else title


def statement_note(stop: Stop) -> str:
    """Return what came of it."""
    facts = stop.facts
    if stop.failed:
        return str(facts.get("error", "an error"))
    if facts["changed"] is not None:
        return changed_text(facts["changed"])
    rows = facts["rows"]
    said = "" if rows is None else f"{rows:,} row{'' if rows == 1 else 's'}"
    if facts["count"] > 1:
        why = "once for each row: N+1" if facts["pattern"] == N_PLUS_ONE else "the same again and again"
        return f"{said}, {why}" if said else why
    many = facts.get("many", 1)
    return f"{said}, {many:,} times" if said and many > 1 else said


def changed_text(counts: tuple[int, int, int]) -> str:
    """Return what a transaction changed: ``+1 ~1 −1 rows``."""
    signs = [f"{sign}{count:,}" for sign, count in zip("+~−", counts, strict=True) if count]
    return f"{' '.join(signs)} row{'' if sum(counts) == 1 else 's'}" if signs else "no rows changed"


def statement_lines(stop: Stop) -> tuple[str, str]:
    """Return the statement on one line and its values; the ends of transactions have neither."""
    if stop.facts["verb"] in ("COMMIT", "ROLLBACK"):
        return "", ""
    values = parameters_text(stop.facts.get("parameters"))
    if stop.facts["pattern"] == N_PLUS_ONE:
        values = f"{values}; then others" if values else ""
    return shortened(str(stop.facts.get("statement", ""))), values


def statement_tip(stop: Stop) -> str:
    """Return the technical truth of a statement, in lines."""
    facts = stop.facts
    lines = [one_line(str(facts.get("statement", "")))]
    values = parameters_text(facts.get("parameters"))
    if values:
        lines.append(f"Values: {values}")
    if stop.failed and facts.get("message"):
        lines.append(f"{facts.get('error')}: {facts['message']}")
    place = place_of(stop)
    if place:
        lines.append(f"Caused by {facts.get('function', '')}(), {facts.get('file')}:{facts.get('line')}")
    if facts["pattern"] == N_PLUS_ONE:
        lines.append("One statement for each row of an earlier one. A join, or selectinload, asks once for all.")
    return "\n".join(lines)


def place_of(stop: Stop) -> str:
    """Return the app's own line that caused a statement: ``services/items.py:114``; empty when it is not known."""
    file = stop.facts.get("file")
    if not file:
        return ""
    where = PurePath(str(file))
    return f"{where.parent.name}/{where.name}:{stop.facts.get('line', '')}"


def repeated_key(journey: Journey) -> str:
    """Return the key of the stop at which the statement that ran most often ran first; empty when none ran twice."""
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for stop in journey.stops:
        statement = str(stop.facts.get("statement", "")) if stop.kind == STATEMENT else ""
        if statement:
            counts[statement] += int(stop.facts["count"])
            first.setdefault(statement, stop.key)
    statement, count = max(counts.items(), key=lambda item: item[1], default=("", 0))
    return first[statement] if count > 1 else ""


def statements_text(journey: Journey) -> str:
    """Return how many statements a journey has, for its summary; empty for none."""
    count = sum(int(stop.facts["count"]) for stop in journey.stops if stop.kind == STATEMENT)
    return f"{count} SQL statement{'' if count == 1 else 's'}" if count else ""
