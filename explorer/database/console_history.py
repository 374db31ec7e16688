"""What was run in the console, kept in the data folder: the newest first, each statement once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Self

from explorer.client.secret_names import WEB_TOKEN, is_secret_name
from explorer.database.sql_tokens import Token, TokenKind, tokens
from explorer.storage.document import Document
from explorer.storage.writer import Writer

VERSION: Final = 1
KEPT: Final = 1_000
_HIDDEN: Final = "'•••'"
_BETWEEN: Final = ("=", "==", "<>", "!=", "is", "not", "like", "glob", "in", "(", ",")
_LONGEST: Final = 20_000  # characters of a statement that is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleEntry:
    """One statement that was run.

    Attributes:
        statement: as it was typed.
        at: seconds since the epoch, of the last time.
        rows: how many came; None when it failed.
        ns: how long it took.
    """

    statement: str
    at: float
    rows: int | None = None
    ns: int = 0


@dataclass(frozen=True, slots=True)
class ConsoleEntries:
    """All of them, the newest first, and what stands in the editor."""

    entries: tuple[ConsoleEntry, ...] = ()
    text: str = ""

    @classmethod
    def from_plain(cls, data: dict[str, Any]) -> Self:
        """Return the value; raises ValueError, TypeError or KeyError when `data` does not fit."""
        return cls(
            tuple(
                ConsoleEntry(
                    statement=str(one["statement"]),
                    at=float(one["at"]),
                    rows=None if one["rows"] is None else int(one["rows"]),
                    ns=int(one["ns"]),
                )
                for one in data["entries"]
            ),
            str(data["text"]),
        )

    def to_plain(self) -> dict[str, Any]:
        """Return it as plain JSON, without the secrets in it."""
        return {
            "entries": [
                {"statement": without_secrets(one.statement), "at": one.at, "rows": one.rows, "ns": one.ns}
                for one in self.entries
            ],
            "text": without_secrets(self.text),
        }


class ConsoleHistory:
    """The history as the window uses it: in memory, and written in the background after each statement."""

    def __init__(self, path: Path, writer: Writer) -> None:
        """Read the file at `path`; `notice` says so when it could not be used."""
        self._document = Document(path=path, version=VERSION, kind=ConsoleEntries)
        self._writer = writer
        self._content, self.notice = self._document.load()

    @property
    def entries(self) -> tuple[ConsoleEntry, ...]:
        """All of it, the newest first."""
        return self._content.entries

    @property
    def text(self) -> str:
        """What stands in the editor, or stood there when the program ended."""
        return self._content.text

    def keep_text(self, text: str) -> None:
        """Keep what stands in the editor."""
        self._save(replace(self._content, text=text))

    def add(self, entry: ConsoleEntry) -> None:
        """Put a statement on top; one that was there goes up."""
        if not entry.statement.strip() or len(entry.statement) > _LONGEST:
            return
        others = tuple(one for one in self.entries if one.statement != entry.statement)
        self._keep((entry, *others)[:KEPT])

    def find(self, text: str) -> tuple[ConsoleEntry, ...]:
        """Return the entries that hold every word of `text`, in whatever case."""
        words = text.lower().split()
        return tuple(one for one in self.entries if all(word in one.statement.lower() for word in words))

    def remove(self, statement: str) -> Callable[[], None]:
        """Take a statement out; the function that is returned brings it back."""
        before = self.entries
        self._keep(tuple(one for one in before if one.statement != statement))
        return lambda: self._keep(before)

    def clear(self) -> Callable[[], None]:
        """Take everything out; the function that is returned brings it back."""
        before = self.entries
        self._keep(())
        return lambda: self._keep(before)

    def _keep(self, entries: tuple[ConsoleEntry, ...]) -> None:
        self._save(replace(self._content, entries=entries))

    def _save(self, content: ConsoleEntries) -> None:
        self._content = content
        self._writer.save(self._document.path, lambda: self._document.encode(content))


def without_secrets(sql: str) -> str:
    """Return a statement in which texts that are compared with, or given to, a secret's column are hidden."""
    done: list[str] = []
    end = 0
    before: list[Token] = []
    for token in tokens(sql):
        if token.kind is TokenKind.TEXT and (_is_for_secret(before) or WEB_TOKEN.search(token.text)):
            done += [sql[end : token.start], _HIDDEN]
            end = token.end
        before.append(token)
    done.append(sql[end:])
    return "".join(done)


def _is_for_secret(before: list[Token]) -> bool:
    for token in reversed(before):
        if token.text.lower() in _BETWEEN or token.kind is TokenKind.TEXT:
            continue
        return bool(token.word) and is_secret_name(token.word)
    return False
