"""Why a database cannot be read or changed now, in words that say what to do."""

from __future__ import annotations

import enum


class Trouble(enum.StrEnum):
    """What is wrong."""

    LOCKED = "locked"  # another connection writes, or holds it
    MISSING = "missing"  # there is no such file, or not any more
    DENIED = "denied"  # this user may not read it
    READ_ONLY = "read_only"  # this user may not write it, or its folder
    CORRUPT = "corrupt"
    NO_DATABASE = "no_database"  # the file is something else
    NEEDS_WRITER = "needs_writer"  # a writer was killed; SQLite has to open it for writing once to mend it
    NO_SPACE = "no_space"
    CANCELLED = "cancelled"
    REFUSED = "refused"  # SQLite said no to the statement: a wrong name, a wrong word, a broken view


class DatabaseError(Exception):
    """A database could not do what was asked.

    Attributes:
        trouble: what is wrong.
        sentence: what happened and what to do, for a person.
        position: the character in the statement that SQLite complains about, from 0; None when it does not say.
    """

    def __init__(self, trouble: Trouble, sentence: str, position: int | None = None) -> None:
        super().__init__(sentence)
        self.trouble = trouble
        self.sentence = sentence
        self.position = position
