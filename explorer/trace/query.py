"""The language in which a person filters requests: ``status:5xx sql>10 path:/items -client:browser``.

All terms must hold. A term is a word that method and path contain, or a field, a sign and a value:

=========  ==============================================================
field      meaning
=========  ==============================================================
method     of HTTP, or ``ws``
path       part of the path and query; ``*`` stands for anything
status     a code, or a class such as ``5xx``; ``none`` for no answer yet
ms         how long the server had it, in milliseconds
sql        how many statements of SQL it caused
client     the word for who sent it
is         ``failed``, ``running``, ``n+1``, ``ws``
=========  ==============================================================

Signs are ``:`` (is, or contains) and, for numbers, ``>``, ``>=``, ``<``, ``<=``. ``-`` before a term turns it round,
and quotes keep a value with blanks together. Behind a field, ``=`` means ``:``, and ``!=`` turns it round; behind any
other word they are part of it, since the queries of URLs are full of them: ``skip=3``.
"""

from __future__ import annotations

import fnmatch
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from .summary import WEBSOCKET_METHOD, Summary

Test = Callable[[Summary], bool]

FIELDS = ("method", "path", "status", "ms", "sql", "client", "is")
STATES: Mapping[str, Test] = {
    "failed": lambda summary: summary.failed,
    "running": lambda summary: summary.ns is None,
    "n+1": lambda summary: summary.looks_like_n_plus_one,
    "ws": lambda summary: summary.method == WEBSOCKET_METHOD,
}
_TERM = re.compile(r'(?P<not>-?)(?:(?P<field>[A-Za-z]+)(?P<sign>[>!<]=|[:=><]))?(?P<value>"[^"]*"?|\S*)')
_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    ":": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
_JOINING = ("AND", "OR", "NOT")  # people know them from other tools; in small letters they are words of paths
_CLASS = re.compile(r"[1-5]xx", re.IGNORECASE)


class QueryError(ValueError):
    """A filter that says nothing.

    Attributes:
        sentence: what is wrong, and what to write instead.
        start: where in the text the term begins.
        length: of the term.
    """

    def __init__(self, sentence: str, start: int, length: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.start = start
        self.length = length


@dataclass(frozen=True, slots=True)
class Query:
    """A filter that was understood.

    Attributes:
        text: as it was typed.
    """

    text: str = ""
    _tests: tuple[Test, ...] = field(default=(), repr=False, compare=False)

    def matches(self, summary: Summary) -> bool:
        """Tell whether all terms hold."""
        return all(test(summary) for test in self._tests)


def parse(text: str) -> Query:
    """Understand a filter; an empty one lets everything pass.

    Raises:
        QueryError: a term has no sense.
    """
    return Query(text, tuple(_tests(text)))


def narrowed(text: str, name: str, value: str) -> str:
    """Return a filter that asks besides for a value of a field, in place of what it asked of that field before."""
    terms = (term for term in _TERM.finditer(text) if term[0])
    kept = [term[0] for term in terms if (term["field"] or "").lower() != name]
    quoted = f'"{value}"' if " " in value else value
    return " ".join([*kept, f"{name}:{quoted}"])


def _tests(text: str) -> Iterator[Test]:
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        term = _TERM.match(text, at)
        if term is None:  # the pattern takes any text
            return
        try:
            test = _test_of(term)
        except ValueError as error:
            raise QueryError(str(error), at, term.end() - at) from None
        yield _not(test) if term["not"] else test
        at = max(term.end(), at + 1)


def _test_of(term: re.Match[str]) -> Test:
    name, sign, value = term["field"], term["sign"], term["value"].strip('"')
    if sign not in ("=", "!="):
        if term[0] in _JOINING:
            raise ValueError(f"Leave “{term[0]}” out: all terms have to hold. A - before a term turns it round.")
        return _test(name, sign, value)
    if name.lower() not in FIELDS:
        return _test(None, None, f"{name}{sign}{value}")
    test = _test(name, ":", value)
    return test if sign == "=" else _not(test)


def _not(test: Test) -> Test:
    return lambda summary: not test(summary)


def _test(name: str | None, sign: str | None, value: str) -> Test:
    if name is None or sign is None:
        wanted = value.lower()
        return lambda summary: wanted in f"{summary.method} {summary.path}".lower()
    name = name.lower()
    if name not in FIELDS:
        raise ValueError(f"There is no field “{name}”. There are {', '.join(FIELDS[:-1])} and {FIELDS[-1]}.")
    if not value:
        raise ValueError(f"Write what “{name}” should be, such as {_EXAMPLES[name]}.")
    if name in _NUMBERS:
        return _number(name, sign, value)
    if name == "status":
        return _status(sign, value)
    if sign != ":":
        raise ValueError(f"“{name}” is no number: write {name}:{value}.")
    return _WORDS[name](value.lower())


_EXAMPLES = {
    "method": "method:post",
    "path": "path:/items",
    "status": "status:5xx",
    "ms": "ms>100",
    "sql": "sql>10",
    "client": "client:curl",
    "is": "is:failed",
}
_NUMBERS: Mapping[str, Callable[[Summary], float | None]] = {
    "ms": lambda summary: None if summary.ns is None else summary.ns / 1e6,
    "sql": lambda summary: summary.statements,
}


def _number(name: str, sign: str, value: str) -> Test:
    try:
        wanted = float(value)
    except ValueError:
        raise ValueError(f"“{value}” is no number. Write for example {_EXAMPLES[name]}.") from None
    read, compare = _NUMBERS[name], _COMPARE[sign]

    def test(summary: Summary) -> bool:
        found = read(summary)
        return found is not None and compare(found, wanted)

    return test


def _status(sign: str, value: str) -> Test:
    if sign == ":" and value.lower() == "none":
        return lambda summary: summary.status is None
    if sign == ":" and _CLASS.fullmatch(value):
        hundreds = int(value[0])
        return lambda summary: summary.status is not None and summary.status // 100 == hundreds
    try:
        wanted = int(value)
    except ValueError:
        raise ValueError(f"“{value}” is no status. Write a code such as 404, or a class such as 5xx.") from None
    compare = _COMPARE[sign]
    return lambda summary: summary.status is not None and compare(summary.status, wanted)


def _method(value: str) -> Test:
    return lambda summary: summary.method.lower() == value


def _path(value: str) -> Test:
    if "*" in value:
        return lambda summary: fnmatch.fnmatchcase(summary.path.lower(), value)
    return lambda summary: value in summary.path.lower()


def _client(value: str) -> Test:
    return lambda summary: value in summary.caller.lower()


def _state(value: str) -> Test:
    state = STATES.get(value)
    if state is None:
        raise ValueError(f"“is:{value}” is unknown. There are {', '.join(f'is:{known}' for known in STATES)}.")
    return state


_WORDS: Mapping[str, Callable[[str], Test]] = {"method": _method, "path": _path, "client": _client, "is": _state}
