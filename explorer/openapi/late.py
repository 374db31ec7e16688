"""Operations whose details are read when somebody first asks for them: a tree of a thousand needs only their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from explorer.openapi.operations import Operation

DETAILS = frozenset({"parameters", "body", "other_bodies", "responses", "security"})


class LateOperation(Operation):
    """An operation like any other, except that `DETAILS` are read late."""

    __slots__ = ("_read_details",)
    _read_details: Callable[[], Mapping[str, Any]]

    @classmethod
    def of(cls, read_details: Callable[[], Mapping[str, Any]], **known: Any) -> Self:
        """Return an operation of which everything but its details is known; `read_details` returns them all."""
        operation = cls.__new__(cls)
        object.__setattr__(operation, "_read_details", read_details)
        for name, value in known.items():
            object.__setattr__(operation, name, value)
        return operation

    def __getattr__(self, name: str) -> Any:
        """Read the details; Python asks here only for what is not yet there."""
        if name not in DETAILS:
            raise AttributeError(name)
        for detail, value in self._read_details().items():
            object.__setattr__(self, detail, value)
        return object.__getattribute__(self, name)
