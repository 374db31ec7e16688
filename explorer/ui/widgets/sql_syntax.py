"""Which colour each part of a line of SQL has; and of Python, in which a migration is written."""

from __future__ import annotations

import re
from collections.abc import Mapping

from explorer.ui.widgets.json_syntax import Run

_WORDS = """
    ABORT ACTION ADD AFTER ALL ALTER ALWAYS ANALYZE AND AS ASC ATTACH AUTOINCREMENT BEFORE BEGIN BETWEEN BY CASCADE CASE
    CAST CHECK COLLATE COLUMN COMMIT CONFLICT CONSTRAINT CREATE CROSS CURRENT CURRENT_DATE CURRENT_TIME
    CURRENT_TIMESTAMP DATABASE DEFAULT DEFERRABLE DEFERRED DELETE DESC DETACH DISTINCT DO DROP EACH ELSE END ESCAPE
    EXCEPT EXCLUDE EXCLUSIVE EXISTS EXPLAIN FAIL FALSE FILTER FIRST FOLLOWING FOR FOREIGN FROM FULL GENERATED GLOB GROUP
    GROUPS HAVING IF IGNORE IMMEDIATE IN INDEX INDEXED INITIALLY INNER INSERT INSTEAD INTERSECT INTO IS ISNULL JOIN KEY
    LAST LEFT LIKE LIMIT MATCH MATERIALIZED NATURAL NO NOT NOTHING NOTNULL NULL NULLS OF OFFSET ON OR ORDER OTHERS OUTER
    OVER PARTITION PLAN PRAGMA PRECEDING PRIMARY QUERY RAISE RANGE RECURSIVE REFERENCES REGEXP REINDEX RELEASE RENAME
    REPLACE RESTRICT RETURNING RIGHT ROLLBACK ROW ROWS SAVEPOINT SELECT SET STRICT TABLE TEMP TEMPORARY THEN TIES TO
    TRANSACTION TRIGGER TRUE UNBOUNDED UNION UNIQUE UPDATE USING VACUUM VALUES VIEW VIRTUAL WHEN WHERE WINDOW WITH
    WITHOUT
"""
_TYPE_WORDS = """
    BIGINT BLOB BOOLEAN CHAR CHARACTER CLOB DATE DATETIME DECIMAL DOUBLE FLOAT INT INTEGER JSON MEDIUMINT NUMERIC REAL
    SMALLINT TEXT TIMESTAMP TINYINT VARCHAR
"""
_PYTHON_WORDS = """
    False None True and as assert async await break class continue def del elif else except finally for from global if
    import in is lambda nonlocal not or pass raise return try while with yield
"""
KEYWORDS = frozenset(_WORDS.split())
"""The words of SQLite's language."""
TYPES = frozenset(_TYPE_WORDS.split())
"""The words by which columns are declared."""
_PYTHON_KEYWORDS = frozenset(_PYTHON_WORDS.split())

_TOKEN = re.compile(
    r"""
    (?P<com>--.*|/\*.*?(?:\*/|$))
  | (?P<blob>[xX]'[0-9A-Fa-f]*'?)
  | (?P<str>'(?:[^']|'')*'?)
  | (?P<name>"(?:[^"]|"")*"?|`(?:[^`]|``)*`?|\[[^\]]*\]?)
  | (?P<num>\b(?:0[xX][0-9A-Fa-f]+|\d[\d_]*(?:\.\d*)?(?:[eE][+-]?\d+)?)|\.\d+)
  | (?P<par>\?\d*|[:@$][A-Za-z_]\w*)
  | (?P<word>[A-Za-z_\u0080-\uffff][\w$]*)
  | (?P<pun>(?:(?!--|/\*)[-+*/%=<>!|&~(),.;])+)
    """,
    re.VERBOSE,
)
_SQL_OPEN = {
    "/*": ("*/", "c_com"),
    "'": ("'", "c_str"),
    '"': ('"', "c_key"),
    "`": ("`", "c_key"),
    "[": ("]", "c_key"),
}
"""What may go on over several lines: by the sign it begins with, the one it ends with, and its colour."""
_PYTHON_OPEN = {'"""': ('"""', "c_str"), "'''": ("'''", "c_str")}
_COLORS = {
    "com": "c_com",
    "blob": "c_num",
    "str": "c_str",
    "name": "c_key",
    "num": "c_num",
    "par": "c_num",
    "pun": "c_pun",
}
_PYTHON = re.compile(
    r"""
    (?P<com>\#.*)
  | (?P<str>[rbfRBF]{0,2}(?:\"\"\".*?(?:\"\"\"|$)|'''.*?(?:'''|$)|"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?))
  | (?P<dec>^\s*@[\w.]+)
  | (?P<num>\b\d[\d_.]*\b)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<pun>[-+*/%=<>!|&~()\[\]{},.:;]+)
    """,
    re.VERBOSE,
)
_PYTHON_COLORS = {"com": "c_com", "str": "c_str", "dec": "c_dec", "num": "c_num", "pun": "c_pun"}


def sql_runs(line: str, inside: str = "") -> list[Run]:
    """Return the coloured parts of one line of SQL, from left to right; a plain name has no run.

    `inside` is what the line begins in, as `sql_inside` says of the line before.
    """
    start, found = _rest(line, inside, _SQL_OPEN)
    pairs = ((match, _sql_color(line, match)) for match in _TOKEN.finditer(line, start))
    return found + [Run(match.start(), match.end() - match.start(), color) for match, color in pairs if color]


def python_runs(line: str, inside: str = "") -> list[Run]:
    """Return the coloured parts of one line of Python, from left to right; as `sql_runs`."""
    start, found = _rest(line, inside, _PYTHON_OPEN)
    pairs = ((match, _python_color(line, match)) for match in _PYTHON.finditer(line, start))
    return found + [Run(match.start(), match.end() - match.start(), color) for match, color in pairs if color]


def sql_inside(line: str, inside: str = "") -> str:
    """Return what goes on in the line after this one: the sign that began a comment, a text or a name, or nothing."""
    start = _end(line, inside, _SQL_OPEN)
    if start < 0:
        return inside
    for match in _TOKEN.finditer(line, start):
        text = match.group()
        for sign, (end, _color) in _SQL_OPEN.items():
            if text.startswith(sign) and not _is_closed(text, sign, end):
                return sign
    return ""


def python_inside(line: str, inside: str = "") -> str:
    """Return what goes on in the line after this one, as `sql_inside`: a text in three quotes."""
    start = _end(line, inside, _PYTHON_OPEN)
    if start < 0:
        return inside
    for match in _PYTHON.finditer(line, start):
        text = match.group().lstrip("rbfRBF")
        if match.lastgroup == "str" and text[:3] in _PYTHON_OPEN and not _is_closed(text, text[:3], text[:3]):
            return text[:3]
    return ""


def _end(line: str, inside: str, kinds: Mapping[str, tuple[str, str]]) -> int:
    """Return where in a line that ends which it begins in; -1 when it goes on beyond."""
    if not inside:
        return 0
    end = kinds[inside][0]
    place = 0
    while (found := line.find(end, place)) >= 0:
        place = found + len(end)
        if end in "'\"`" and line[place : place + 1] == end:
            place += 1  # twice: it stands for itself
            continue
        return place
    return -1


def _rest(line: str, inside: str, kinds: Mapping[str, tuple[str, str]]) -> tuple[int, list[Run]]:
    """Return where a line's own parts begin, and what belongs to the line before."""
    if not inside:
        return 0, []
    end = _end(line, inside, kinds)
    length = len(line) if end < 0 else end
    return length, [Run(0, length, kinds[inside][1])] if length else []


def _is_closed(text: str, sign: str, end: str) -> bool:
    return _end(text[len(sign) :], sign, {sign: (end, "")}) >= 0


def _sql_color(line: str, match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    if kind != "word":
        return _COLORS[kind]
    word = match.group().upper()
    if word in KEYWORDS:
        return "c_kw"
    if word in TYPES:
        return "c_type"
    return "c_fn" if line[match.end() : match.end() + 1] == "(" else ""


def _python_color(line: str, match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    if kind != "word":
        return _PYTHON_COLORS[kind]
    if match.group() in _PYTHON_KEYWORDS:
        return "c_kw"
    return "c_fn" if line[match.end() : match.end() + 1] == "(" else ""
