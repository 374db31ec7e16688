"""Problems: what kind of trouble a database is in, whichever database it is."""

from enum import Enum, auto

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError


class Problem(Enum):
    """A kind of trouble."""

    OUTDATED = auto()
    """A table or a column is missing, or one is filled that the code no longer knows: a migration is pending."""
    BUSY = auto()
    """Another program, or another request, holds what is needed. Later it works."""
    COLLISION = auto()
    """Another request changed something at the same moment that this one relied on. A second try sees it."""
    UNREACHABLE = auto()
    """The file or the server is gone."""
    BAD_VALUE = auto()
    """The database cannot store a value, such as a text with a zero byte in PostgreSQL."""


# SQLite says it in words ...
WORDS = {
    "locked": Problem.BUSY,
    "no such table": Problem.OUTDATED,
    "no such column": Problem.OUTDATED,
    "has no column named": Problem.OUTDATED,
    "NOT NULL constraint failed": Problem.OUTDATED,
    "unable to open": Problem.UNREACHABLE,
    "readonly": Problem.UNREACHABLE,
}

# ... and PostgreSQL in codes of five letters, which the SQL standard calls SQLSTATE.
STATES = {
    "42P01": Problem.OUTDATED,  # no such table
    "42703": Problem.OUTDATED,  # no such column
    "23502": Problem.OUTDATED,  # null in a column that must have a value
    "55P03": Problem.BUSY,  # a lock was not available
    "40P01": Problem.BUSY,  # two transactions wait for each other
    "40001": Problem.BUSY,  # two transactions at once do not add up to one after the other
    "53300": Problem.BUSY,  # too many connections
}


def problem_of(error: DBAPIError) -> Problem | None:
    """Return which kind of trouble an error speaks of; None when it is a mistake in our own SQL."""
    state = getattr(error.orig, "sqlstate", None)
    if state in STATES:
        return STATES[state]
    words = str(error.orig)
    for part, problem in WORDS.items():
        if part in words:
            return problem
    if isinstance(error, IntegrityError):
        return Problem.COLLISION
    if isinstance(error, DataError):
        return Problem.BAD_VALUE
    # psycopg has no code when there is no server to give one
    lost = error.connection_invalidated or (isinstance(error, OperationalError) and hasattr(error.orig, "sqlstate"))
    return Problem.UNREACHABLE if lost else None
