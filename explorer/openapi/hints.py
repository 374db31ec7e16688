"""What the schema has to say about what a person typed. Hints inform; they never stop a request."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """One remark.

    Attributes:
        message: one sentence, in the words pydantic would use where it has some.
        loc: where, as FastAPI's 422 names it, such as ``("body", "price")``.
        line: 0-based line in the body's text; None when it does not belong to a line.
        column: 0-based column where the value begins; None with `line`.
        length: how many characters the value takes on that line; 0 when unknown.
        error: True when the server would refuse it; False for advice (such as an ignored extra field).

    """

    message: str
    loc: tuple[str | int, ...]
    line: int | None = None
    column: int | None = None
    length: int = 0
    error: bool = True
