"""What SQLite says of a wrong statement, as a sentence and a place: it names a word, not where that word is."""

from __future__ import annotations

import re
import sqlite3

from explorer.database.sql_tokens import Token, first_word, tokens

_NEAR = re.compile(r'near "(?P<word>.*)": syntax error', re.DOTALL)
_NAMED = re.compile(
    r"(?:no such (?:column|table|view|function|index|collation sequence|module)|ambiguous column name"
    r"|wrong number of arguments to function|misuse of aggregate(?: function)?|misuse of window function"
    r"|unrecognized token|unknown function)[:\s]+\"?(?P<name>[^\"()]+)"
)
_TABLES_OWN = re.compile(r"no such (?:table|view): (?P<name>.+)")


def position_of(connection: sqlite3.Connection, sql: str, message: str) -> int | None:
    """Return the first character of what SQLite complains about, from 0; None when that cannot be told.

    Args:
        connection: to ask SQLite again with a shorter statement: nothing is run.
        sql: the statement that failed.
        message: SQLite's words.
    """
    pieces = tokens(sql)
    if message == "incomplete input":
        return pieces[-1].end if pieces else 0
    near = _NEAR.search(message)
    if near is not None:
        return _first_wrong(connection, sql, [piece for piece in pieces if piece.text == near["word"]], message)
    named = _NAMED.search(message)
    if named is None:
        return None
    name = named["name"].strip()
    last = name.rpartition(".")[2].lower()
    for number, piece in enumerate(pieces):
        if (piece.word or piece.text.lower()) != last:
            continue
        qualified = number >= 2 and pieces[number - 1].text == "."
        if qualified and "." in name and pieces[number - 2].word == name.split(".")[-2].lower():
            return pieces[number - 2].start
        if not qualified:
            return piece.start
    found = sql.find(name)
    return found if found >= 0 else None


def sentence_of(sql: str, message: str) -> str:
    """Return SQLite's words as one sentence that says what to do, where that can be said."""
    near = _NEAR.search(message)
    if near is not None:
        return (
            f"SQLite does not understand the statement at “{near['word']}”. Look at what stands there and just before."
        )
    if message == "incomplete input":
        return "The statement is not complete: something is missing at its end, such as a bracket or a name."
    if message.startswith("unrecognized token"):
        return f"SQLite cannot read this: {message.partition(':')[2].strip() or message}. Is a quotation mark missing?"
    table = _TABLES_OWN.search(message)
    if table is not None:
        return f"There is no table or view “{table['name'].removeprefix('main.')}” in this database."
    if message.startswith("no such column: "):
        name = message.removeprefix("no such column: ")
        hint = " Text stands in 'single' quotation marks." if f'"{name}"' in sql else ""
        return f"None of the tables of the statement has a column “{name}”.{hint}"
    if message.startswith("no such function: "):
        return f"SQLite has no function “{message.removeprefix('no such function: ')}”."
    if message.startswith("ambiguous column name: "):
        name = message.removeprefix("ambiguous column name: ")
        return f"Several tables have a column “{name}”: write the table before it, as in table.{name}."
    return f"SQLite says: {message}."


def _first_wrong(connection: sqlite3.Connection, sql: str, candidates: list[Token], message: str) -> int | None:
    """Return which of several equal words is meant: the first one with which SQLite says the same already."""
    if len(candidates) <= 1:
        return candidates[0].start if candidates else None
    explain = "" if first_word(sql) == "explain" else "EXPLAIN "
    for candidate in candidates:
        try:
            connection.execute(explain + sql[: candidate.end]).close()
        except sqlite3.Error as error:
            if str(error) == message:
                return candidate.start
    return candidates[-1].start
