"""What a statement is about to do, told from its text: SQLite says so only once it is prepared."""

from __future__ import annotations

import re
from functools import lru_cache

READ = "read"
WRITE = "write"  # rows
SCHEMA = "schema"  # tables, indexes, attached databases: whatever may not meet a trigger of ours
BEGIN = "begin"
END = "end"  # of a transaction, one way or the other
SAVEPOINT = "savepoint"
RELEASE = "release"
ROLLBACK_TO = "rollback_to"

_SPACE = re.compile(r"(?:\s+|--[^\n]*(?:\n|$)|/\*.*?(?:\*/|$)|;)*", re.DOTALL)
_WORD = re.compile(r"[A-Za-z]+")
_WRITES = re.compile(r"\b(?:INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
_TO = re.compile(r"ROLLBACK(?:\s+TRANSACTION)?\s+TO(?:\s+SAVEPOINT)?\s+(.+)", re.IGNORECASE | re.DOTALL)
_SAVEPOINT = re.compile(r"(?:SAVEPOINT|RELEASE(?:\s+SAVEPOINT)?)\s+(.+)", re.IGNORECASE | re.DOTALL)
_TELLING_PRAGMA = re.compile(
    r"PRAGMA\s+(?:\S+\.)?(?:temp_store|recursive_triggers|writable_schema|schema_version)\b", re.IGNORECASE
)

_KINDS = {
    "SELECT": READ, "VALUES": READ, "EXPLAIN": READ, "PRAGMA": READ,
    "INSERT": WRITE, "UPDATE": WRITE, "DELETE": WRITE, "REPLACE": WRITE,
    "BEGIN": BEGIN, "COMMIT": END, "END": END, "ROLLBACK": END, "SAVEPOINT": SAVEPOINT, "RELEASE": RELEASE,
}  # fmt: skip


@lru_cache(maxsize=2000)
def classify(statement: str) -> tuple[str, str, str]:
    """Return (kind, first word in capitals, name of the savepoint or empty).

    A word that is not known counts as a change of the schema, which is the careful guess.
    """
    start = _SPACE.match(statement)
    rest = statement[start.end() if start is not None else 0 :]
    found = _WORD.match(rest)
    word = found[0].upper() if found is not None else ""
    if word == "WITH":
        return (WRITE if _WRITES.search(rest) else READ), word, ""
    if word == "PRAGMA" and _TELLING_PRAGMA.match(rest):
        return SCHEMA, word, ""
    kind = _KINDS.get(word, SCHEMA if word else READ)
    if word == "ROLLBACK":
        back_to = _TO.match(rest)
        return (ROLLBACK_TO, word, _name(back_to[1])) if back_to is not None else (END, word, "")
    if kind in (SAVEPOINT, RELEASE):
        named = _SAVEPOINT.match(rest)
        return kind, word, _name(named[1]) if named is not None else ""
    return kind, word, ""


def _name(text: str) -> str:
    """Return a savepoint's name as SQLite compares it: without quotes, in small letters."""
    text = text.strip().rstrip(";").strip()
    if len(text) > 1 and text[0] in "\"'`[":
        close = "]" if text[0] == "[" else text[0]
        end = text.rfind(close)
        return text[1:end].replace(close * 2, close).lower()
    return text.split()[0].lower() if text else ""
