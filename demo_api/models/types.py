"""Column types and small types that several models share."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import StringConstraints
from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator

LARGEST_ID = 2**53 - 1
"""The largest whole number that every client can hold: in JavaScript, as in JSON, 2**53 + 1 is rounded to 2**53.

Python's numbers have no end and those of databases end at 2**63, so the models and routes must set the limit."""

TagName = Annotated[str, StringConstraints(min_length=1, max_length=30)]


class UtcDateTime(TypeDecorator[datetime]):
    """A point in time. SQLite forgets the time zone, so it is stored in UTC, and gets its zone back when it is read."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Turn what the program has into what the database stores."""
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Turn what the database stored into what the program has."""
        return value and value.replace(tzinfo=UTC)


def now() -> datetime:
    """Return the time with its zone, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
