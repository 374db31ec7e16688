"""Why SQLite reads a whole table: what in the statement kept it from using an index, as far as that can be told."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence

from explorer.database.names import quoted
from explorer.database.sql_tokens import Token, TokenKind, tokens

_COMPARED = ("=", "==", "<", "<=", ">", ">=", "is", "in", "between")
_END_OF_WHERE = ("group", "order", "limit", "union", "except", "intersect", "window", "returning", ";")
_END_OF_NAME = (
    *("where", "on", "using", "join", "left", "right", "full", "inner", "outer", "cross", "natural", "set", "values"),
    *("select", "default", "not", "indexed", "do", *_END_OF_WHERE),
)
_BEFORE_A_TABLE = ("from", "join", "update", "into")


def aliases(sql: str) -> Mapping[str, str]:
    """Return the tables of a statement by the names that it gives them, and by their own, in lower case.

    A name that means one table here and another there is empty.
    """
    found: dict[str, str] = {}
    pieces = tokens(sql)
    for number, token in enumerate(pieces):
        word = token.word
        listed = word in _BEFORE_A_TABLE or (token.text == "," and _in_from(pieces, number))
        if not listed or number + 1 >= len(pieces) or pieces[number + 1].kind is not TokenKind.NAME:
            continue
        at = number + 1
        if at + 2 < len(pieces) and pieces[at + 1].text == ".":
            at += 2
        table = pieces[at].word
        found[table] = table
        at += 1
        if at < len(pieces) and pieces[at].word == "as":
            at += 1
        if at < len(pieces) and pieces[at].word and pieces[at].word not in _END_OF_NAME:
            name = pieces[at].word
            found[name] = table if found.get(name, table) == table else ""
    return found


def why_scanned(connection: sqlite3.Connection, sql: str, source: str, table: str) -> tuple[str, bool]:
    """Return why every row of a table is read, and whether that is harmless, as in ``SELECT … LIMIT 10``.

    Args:
        connection: of the database.
        sql: the statement.
        source: the table as the statement calls it.
        table: its own name; empty when it has none.
    """
    pieces = tokens(sql)
    words = [piece.word for piece in pieces]
    where = _where(pieces)
    if not where:
        joined = "join" in words
        few = "limit" in words and not {"group", "order", "distinct", "join", "count", "sum"} & set(words)
        if few:
            return "it stops as soon as it has as many as LIMIT says", True
        return ("" if joined else "the statement has no WHERE"), False
    columns = _columns(connection, table)
    for number, token in enumerate(where):
        found = _spoiled(where, number, token, columns)
        if found:
            return found, False
    asked = [
        token.word
        for number, token in enumerate(where)
        if token.word in columns and _qualifier(where, number) in {"", source.lower(), table.lower()}
        if number + 1 < len(where) and where[number + 1].text.lower() in _COMPARED
    ]
    first = _indexed(connection, table)
    missing = [columns[name] for name in dict.fromkeys(asked) if name not in first]
    if missing:
        return f"there is no index on {' or '.join(missing)}", False
    return "", False


def _spoiled(where: Sequence[Token], number: int, token: Token, columns: Mapping[str, str]) -> str:
    """Return what keeps an index from being used at this word; empty for nothing."""
    following = where[number + 1] if number + 1 < len(where) else None
    if token.word in {"like", "glob"} and following is not None:
        wild = "%" if token.word == "like" else "*"
        begins = re.match(r"'(.?)", following.text)
        if following.kind is TokenKind.TEXT and begins and begins[1] in {wild, "_", "?"}:
            return f"a {token.word.upper()} that starts with {begins[1]} cannot use an index"
        if following.kind is TokenKind.PLACEHOLDER or (begins and token.word == "like"):
            return (
                "an index helps a LIKE only if it is COLLATE NOCASE and the pattern starts with letters"
                if token.word == "like"
                else "an index helps a GLOB only if the pattern starts with letters"
            )
    if token.kind is TokenKind.NAME and following is not None and following.text == "(" and number + 2 < len(where):
        at = number + 2
        if at + 2 < len(where) and where[at + 1].text == ".":
            at += 2
        inside = where[at].word
        if inside in columns and token.word not in {"in", "and", "or", "not", "on", "where", "between", "exists"}:
            column = columns[inside]
            return f"an index on {column} does not help, because it is asked for {token.text}({column})"
    return ""


def _where(pieces: Sequence[Token]) -> Sequence[Token]:
    """Return the conditions: what stands behind WHERE and behind ON."""
    found: list[Token] = []
    inside = False
    for piece in pieces:
        if piece.word in {"where", "on"}:
            inside = True
        elif inside and piece.text.lower() in _END_OF_WHERE:
            inside = False
        elif inside:
            found.append(piece)
    return found


def _in_from(pieces: Sequence[Token], number: int) -> bool:
    for piece in reversed(pieces[:number]):
        if piece.word == "from":
            return True
        if piece.word in _END_OF_NAME or piece.text in {"(", ")"}:
            return False
    return False


def _qualifier(where: Sequence[Token], number: int) -> str:
    return where[number - 2].word if number >= 2 and where[number - 1].text == "." else ""


def _columns(connection: sqlite3.Connection, table: str) -> Mapping[str, str]:
    if not table:
        return {}
    rows = connection.execute("SELECT name FROM pragma_table_xinfo(?)", (table,))
    return {str(row[0]).lower(): str(row[0]) for row in rows}


def _indexed(connection: sqlite3.Connection, table: str) -> set[str]:
    """Return the columns that an index or the primary key begins with, in lower case."""
    found = {
        str(row[0]).lower()
        for row in connection.execute("SELECT name FROM pragma_table_info(?) WHERE pk = 1", (table,))
    }
    for name, partial in connection.execute("SELECT name, partial FROM pragma_index_list(?)", (table,)).fetchall():
        first = connection.execute(f"PRAGMA index_info({quoted(str(name))})").fetchone()
        if first is not None and first[2] is not None and not partial:
            found.add(str(first[2]).lower())
    return found
