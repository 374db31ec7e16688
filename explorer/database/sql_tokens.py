"""SQL cut into its words, as far as a console has to understand it: statements, placeholders, where a word stands."""

from __future__ import annotations

import enum
import re
import sqlite3
from dataclasses import dataclass


class TokenKind(enum.Enum):
    """What a piece of SQL is."""

    SPACE = enum.auto()  # comments included
    TEXT = enum.auto()  # '…'
    NAME = enum.auto()  # a word, or a name in "…", `…` or […]
    NUMBER = enum.auto()
    BLOB = enum.auto()  # x'…'
    PLACEHOLDER = enum.auto()  # ?, ?1, :name, @name, $name
    SIGN = enum.auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One piece.

    Attributes:
        kind: what it is.
        text: as it stands there.
        start: its first character in the SQL, from 0.
    """

    kind: TokenKind
    text: str
    start: int

    @property
    def end(self) -> int:
        """The character after its last."""
        return self.start + len(self.text)

    @property
    def word(self) -> str:
        """The name that is meant, in lower case and without quotes; empty for what is no name."""
        if self.kind is not TokenKind.NAME:
            return ""
        if self.text[0] in '"`':
            quote = self.text[0]
            return self.text[1:-1].replace(quote * 2, quote).lower()
        return (self.text[1:-1] if self.text[0] == "[" else self.text).lower()


_TOKENS = re.compile(
    r"""
    (?P<SPACE>\s+|--[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<BLOB>[xX]'[0-9A-Fa-f]*')
    |(?P<TEXT>'(?:[^']|'')*(?:'|\Z))
    |(?P<NAME>"(?:[^"]|"")*(?:"|\Z)|`(?:[^`]|``)*(?:`|\Z)|\[[^\]]*(?:\]|\Z)|[^\W\d][\w$]*)
    |(?P<NUMBER>0[xX][0-9A-Fa-f]+|(?:\d+(?:_\d+)*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<PLACEHOLDER>\?\d*|[:@$][\w$]+(?:::\w+)*)
    |(?P<SIGN>\|\||<=|>=|<>|!=|==|<<|>>|->>|->|.)
    """,
    re.VERBOSE | re.DOTALL,
)


def tokens(sql: str) -> tuple[Token, ...]:
    """Return the pieces of `sql` without spaces and comments."""
    return tuple(
        Token(TokenKind[match.lastgroup or "SIGN"], match.group(), match.start())
        for match in _TOKENS.finditer(sql)
        if match.lastgroup != "SPACE"
    )


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of several, with its place among them.

    Attributes:
        sql: without the semicolon, and without space and comments around it.
        start: its first character in the whole text, from 0.
    """

    sql: str
    start: int

    @property
    def end(self) -> int:
        """The character after its last."""
        return self.start + len(self.sql)


def split(sql: str) -> tuple[Statement, ...]:
    """Return the statements of a text. A semicolon inside a string, a comment or a trigger ends none."""
    found: list[Statement] = []
    first: Token | None = None
    last: Token | None = None
    for token in tokens(sql):
        if token.text != ";":
            first, last = first or token, token
        elif first is not None and last is not None:
            if sqlite3.complete_statement(sql[first.start : token.end]):
                found.append(Statement(sql[first.start : last.end], first.start))
                first = last = None
            else:
                last = token
    if first is not None and last is not None:
        found.append(Statement(sql[first.start : last.end], first.start))
    return tuple(found)


def placeholders(sql: str) -> tuple[str, ...]:
    """Return what has to be filled in, each once: ``:name`` as written, and ``?1`` for the first question mark."""
    found: dict[str, None] = {}
    number = 0
    for token in tokens(sql):
        if token.kind is not TokenKind.PLACEHOLDER:
            continue
        if token.text.startswith("?"):
            asked = int(token.text[1:]) if len(token.text) > 1 else number + 1
            number = max(number, asked)
            found[f"?{asked}"] = None
        else:
            if token.text not in found:
                number += 1  # SQLite numbers these, too
            found[token.text] = None
    return tuple(found)


def first_word(sql: str) -> str:
    """Return the word that a statement begins with, in lower case; empty for none."""
    found = tokens(sql)
    return found[0].text.lower() if found else ""
