"""The lines of EXPLAIN QUERY PLAN in words. SQLite words them differently from version to version."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from explorer.database.statements import Finding

Parts = Mapping[str, str]  # of a line, by the names of the groups; empty for what it does not have
Said = tuple[str, Finding | None]  # the words, what they amount to

_TABLE = r"(?P<table>.+?)"


def _scan(parts: Parts) -> Said:
    name = parts["table"]
    if name.startswith("(") and name.endswith(")"):
        return "goes through the rows of a subquery, one by one", None
    enough = ", or up to the first that fits (EXISTS)" if parts["exists"] else ""
    if parts["index"]:
        how = (
            f"from the index {parts['index']} alone"
            if parts["covering"]
            else f"in the order of the index {parts['index']}"
        )
        return f"reads every row of {name} {how}{enough}", Finding.FULL_SCAN
    return f"reads every row of {name}{enough}", Finding.FULL_SCAN


def _search(parts: Parts) -> Said:
    name, by = parts["table"], _by(parts["terms"])
    number = ", or none: LEFT JOIN" if parts["left"] else ", and no more than one: EXISTS" if parts["exists"] else ""
    automatic, covering, index = parts["automatic"], parts["covering"], parts["index"]
    if automatic:
        words = f"finds rows of {name}{by} by an index that SQLite makes for this statement alone: a lasting one would"
        return f"{words} save that work{number}", Finding.SORTS
    if not index:
        return f"finds rows of {name} by the primary key{by}{number}", Finding.INDEX
    alone = ", without looking into the table" if covering else ""
    return f"finds rows of {name}{by} by the index {index}{alone}{number}", Finding.INDEX


def _by(terms: str) -> str:
    return f" with {terms.replace(' AND ', ' and ')}" if terms else ""


def _sort(parts: Parts) -> Said:
    what, part = parts["what"], parts["part"]
    if what == "ORDER BY" and part:
        return f"sorts by the {part.lower()}ORDER BY: an index has the order of the rest", Finding.SORTS
    if what == "ORDER BY":
        return "sorts the rows, because no index has them in this order", Finding.SORTS
    if what == "GROUP BY":
        return "sorts the rows into groups, because no index has them in this order", Finding.SORTS
    if what == "DISTINCT":
        return "keeps a list of what was seen already, to leave out what comes twice", Finding.SORTS
    return f"keeps a list of its own for {what}", Finding.SORTS


def _say(words: str, finding: Finding | None = None) -> Callable[[Parts], Said]:
    return lambda parts: (words.format(**parts), finding)


def _compound(parts: Parts) -> Said:
    kind = parts["kind"].upper()
    words = {
        "UNION ALL": "then the rows of the next SELECT, as they are (UNION ALL)",
        "UNION": "then the rows of the next SELECT that were not there yet (UNION), by a list of its own",
        "EXCEPT": "leaves out the rows that the next SELECT has, too (EXCEPT), by a list of its own",
        "INTERSECT": "keeps only the rows that the next SELECT has, too (INTERSECT), by a list of its own",
    }
    return words.get(kind, f"puts together the rows of several SELECTs ({kind})"), None


_EXISTS = r"(?P<exists> EXISTS)?"  # a join since 3.51, a subquery before
_ROWS = r"(?: \(~\d+ rows?\))?"  # older versions guess
_SCAN = (
    r"SCAN (?:TABLE |SUBQUERY )?"
    + _TABLE
    + r"(?: AS \S+)?"
    + _EXISTS
    + r"(?: USING (?P<covering>COVERING )?INDEX (?P<index>.+?))?(?: LEFT-JOIN)?"
    + _ROWS
)
_SEARCH = (
    r"SEARCH (?:TABLE |SUBQUERY )?" + _TABLE + r"(?: AS \S+)?" + _EXISTS + r" USING "
    r"(?:(?P<automatic>AUTOMATIC )?(?:PARTIAL )?(?P<covering>COVERING )?INDEX(?: (?P<index>[^(]\S*(?: [^(]\S*)*?))?"
    r"|INTEGER PRIMARY KEY|PRIMARY KEY)(?: ?\((?P<terms>.*?)\))?(?P<left> LEFT-JOIN)?" + _ROWS
)
_VIRTUAL = r"SCAN (?:TABLE )?" + _TABLE + r"(?: AS .+?)?" + _EXISTS + r" VIRTUAL TABLE INDEX .*"
_SORT = r"USE TEMP B-TREE FOR (?P<part>RIGHT PART OF |LAST (?:\d+ )?TERMS? OF )?(?P<what>.+)"
_EACH = r"(?:EXECUTE )?CORRELATED (?:SCALAR|LIST) SUBQUERY \d+"
_BLOOM = r"BLOOM FILTER ON (?P<table>.+?)(?: \(.*\))?"
_BY_ROWID = r"USING ROWID SEARCH ON TABLE (?P<table>.+?) FOR IN-OPERATOR"
_BY_INDEX = r"USING INDEX (?P<name>.+?) FOR IN-OPERATOR"

_RULES: tuple[tuple[re.Pattern[str], Callable[[Parts], Said]], ...] = tuple(
    (re.compile(pattern + r"\Z", re.IGNORECASE), said)
    for pattern, said in (
        (r"SCAN (?:\d+ )?CONSTANT ROWS?", _say("reads no table: the values stand in the statement")),
        (_VIRTUAL, _say("asks the module behind {table}, which finds the rows its own way")),
        (_SCAN, _scan),
        (_SEARCH, _search),
        (_SORT, _sort),
        (r"(?:COMPOUND SUBQUERIES .*\((?P<kind>[A-Z ]+)\))", _compound),
        (r"(?P<kind>UNION ALL|UNION|EXCEPT|INTERSECT)(?: USING TEMP B-TREE)?", _compound),
        (r"MERGE \((?P<kind>[A-Z ]+)\)", _say("puts together two sorted lists of rows ({kind})")),
        (r"COMPOUND QUERY", _say("puts together the rows of several SELECTs:")),
        (r"LEFT-MOST SUBQUERY", _say("first the rows of the first SELECT")),
        (r"LEFT", _say("the rows of the SELECT on the left")),
        (r"RIGHT", _say("the rows of the SELECT on the right")),
        (r"SETUP", _say("the rows that a recursive WITH begins with")),
        (r"RECURSIVE STEP", _say("what is added to them, again and again, until nothing comes")),
        (r"MATERIALI[ZS]E (?P<name>.+)", _say("works out {name} once and keeps its rows in a table of its own")),
        (r"CO-ROUTINE (?P<name>.+)", _say("works out {name} row by row, as its rows are needed")),
        (_EACH, _say("a subquery that runs anew for each row around it")),
        (r"(?:EXECUTE )?SCALAR SUBQUERY \d+", _say("a subquery that runs once and gives one value")),
        (r"(?:EXECUTE )?LIST SUBQUERY \d+", _say("a subquery that runs once and gives the list for IN")),
        (r"REUSE (?:LIST )?SUBQUERY \d+", _say("the same subquery again: its list is there already")),
        (r"SUBQUERY \d+", _say("a subquery")),
        (r"MULTI-INDEX OR", _say("looks for each part of the OR by an index of its own:", Finding.INDEX)),
        (r"INDEX (?P<number>\d+)", _say("part {number} of the OR")),
        (_BLOOM, _say("first makes a filter that tells quickly which rows of {table} cannot fit")),
        (_BY_ROWID, _say("looks up the values of IN in {table} by its primary key", Finding.INDEX)),
        (_BY_INDEX, _say("looks up the values of IN by the index {name}", Finding.INDEX)),
        (r"RIGHT-JOIN (?P<table>.+)", _say("then the rows of {table} that belong to nothing on the left: RIGHT JOIN")),
    )
)


def words_of(detail: str, table_of: Callable[[str], str] = str) -> tuple[str, Finding | None, str]:
    """Return what a line means, what it amounts to, and the table it speaks of by the name that it uses.

    A line that is not known is returned as it is.

    Args:
        detail: the line.
        table_of: takes that name, which may be one that the statement gave, and returns how the words shall call it.
    """
    for pattern, said in _RULES:
        match = pattern.match(detail)
        if match is not None:
            parts = match.groupdict("")
            source = parts.get("table", "")
            words, finding = said({**parts, "table": table_of(source)})
            return words, finding, source
    return detail, None, ""
