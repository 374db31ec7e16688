"""What may stand next in a statement: the names of the database first, the words of the language after them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from explorer.database.schema import Schema, Table
from explorer.ui.widgets.sql_syntax import KEYWORDS

_WORD = re.compile(r"(?:(?P<owner>\w+|\"(?:[^\"]|\"\")+\")\s*\.\s*)?(?P<prefix>\w*)$")
_SOURCE = re.compile(
    r"\b(?:from|join|update|into|,)\s+(?P<table>\w+|\"(?:[^\"]|\"\")+\")(?:\s+(?:as\s+)?(?P<alias>\w+))?", re.IGNORECASE
)
_WANTS_TABLE = re.compile(r"\b(?:from|join|into|update|table)\s+\w*$", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_MOST = 200


@dataclass(frozen=True, slots=True)
class Completion:
    """What can be put in.

    Attributes:
        prefix: what stands there of it already.
        words: whole words, the likeliest first; names that need quotes have them.
    """

    prefix: str
    words: tuple[str, ...] = ()


def quoted(name: str) -> str:
    """Return a name as SQL has it: in double quotes when it is a word of the language, or no plain word."""
    return name if _PLAIN.match(name) and name.upper() not in KEYWORDS else '"' + name.replace('"', '""') + '"'


def complete(schema: Schema, text: str, position: int) -> Completion:
    """Return what may stand at a place of a text; in strings and comments nothing does."""
    before = text[:position]
    if _in_string_or_comment(before):
        return Completion("")
    match = _WORD.search(before)
    if match is None:
        return Completion("")
    prefix, owner = match["prefix"], match["owner"]
    if owner:
        table = _sources(schema, text).get(_bare(owner).lower()) or schema.find(_bare(owner))
        return Completion(prefix, _fitting(prefix, [column.name for column in table.columns] if table else []))
    if prefix[:1].isdigit():
        return Completion(prefix)
    tables = [table.name for table in schema.tables]
    used = {table.name: table for table in _sources(schema, text).values()}
    columns = [column.name for table in used.values() for column in table.columns]
    names = tables + columns if _WANTS_TABLE.search(before) else columns + tables
    words = [*_fitting(prefix, names)]
    if prefix:
        words += [word for word in sorted(KEYWORDS) if word.startswith(prefix.upper()) and word != prefix.upper()]
    return Completion(prefix, tuple(dict.fromkeys(words))[:_MOST])


def _fitting(prefix: str, names: list[str]) -> tuple[str, ...]:
    """Return the names that go on from a prefix, in their order, and after them those that hold it elsewhere."""
    low = prefix.lower()
    starting = [name for name in names if name.lower().startswith(low)]
    holding = [name for name in names if low and low in name.lower()[1:] and name not in starting]
    found = dict.fromkeys(quoted(name) for name in (*starting, *holding))
    return tuple(word for word in found if word != prefix)[:_MOST]


def _sources(schema: Schema, text: str) -> dict[str, Table]:
    """Return the tables that a text reads from, by their lower-case names and aliases."""
    found: dict[str, Table] = {}
    for match in _SOURCE.finditer(text):
        table = schema.find(_bare(match["table"]))
        if table is not None:
            found[table.name.lower()] = table
            alias = match["alias"]
            if alias and alias.upper() not in KEYWORDS:
                found[alias.lower()] = table
    return found


def _bare(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def _in_string_or_comment(before: str) -> bool:
    """Tell whether a text ends within a string or a comment."""
    i = 0
    while i < len(before):
        if before.startswith("--", i):
            end = before.find("\n", i)
        elif before.startswith("/*", i):
            end = before.find("*/", i + 2)
        elif before[i] == "'":
            end = before.find("'", i + 1)
        else:
            i += 1
            continue
        if end < 0:
            return True
        i = end + 1
    return False
