"""The requests a person has begun: those that are open, those just closed, and the last one of each operation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from explorer.storage.document import Document, Plain

VERSION = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedRequest:
    """One request that is, or was, open.

    Attributes:
        id: unlike any other's.
        draft: in plain JSON. Whoever makes one leaves secrets out.
        operation: the `Operation.key` it was opened for; empty for one that was begun by hand.
        touched: whether it was changed or sent since it was opened.
        unsent: whether it was changed since it was last sent.
    """

    id: str
    draft: Mapping[str, Any]
    operation: str = ""
    touched: bool = False
    unsent: bool = False

    @classmethod
    def from_plain(cls, data: Plain) -> Self:
        """Return a request from its place in the file; raises KeyError, TypeError or ValueError when it is none."""
        return cls(
            id=str(data["id"]),
            draft=dict(data["draft"]),
            operation=str(data.get("operation", "")),
            touched=data.get("touched") is True,
            unsent=data.get("unsent") is True,
        )

    def to_plain(self) -> Plain:
        """Return plain JSON for the file."""
        return {
            "id": self.id,
            "operation": self.operation,
            "touched": self.touched,
            "unsent": self.unsent,
            "draft": self.draft,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts:
    """All drafts, immutable, so that a saving thread and the window may hold the same ones.

    Attributes:
        open: the open requests, from left to right.
        current: the id of the one in front; empty for none.
        closed: what can be opened again, the one closed last at the end.
        by_operation: `Operation.key` to its last draft in plain JSON, without secrets.
    """

    open: tuple[SavedRequest, ...] = ()
    current: str = ""
    closed: tuple[SavedRequest, ...] = ()
    by_operation: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @classmethod
    def from_plain(cls, data: Plain) -> Self:
        """Return drafts from their file; raises KeyError, TypeError or ValueError when something is no draft."""
        return cls(
            open=tuple(SavedRequest.from_plain(dict(request)) for request in data.get("open", ())),
            current=str(data.get("current", "")),
            closed=tuple(SavedRequest.from_plain(dict(request)) for request in data.get("closed", ())),
            by_operation={str(key): dict(draft) for key, draft in data.get("by_operation", {}).items()},
        )

    def to_plain(self) -> Plain:
        """Return plain JSON for the file."""
        return {
            "open": [request.to_plain() for request in self.open],
            "current": self.current,
            "closed": [request.to_plain() for request in self.closed],
            "by_operation": self.by_operation,
        }


def drafts_document(path: Path) -> Document[Drafts]:
    """Return the drafts file at `path`."""
    return Document(path=path, version=VERSION, kind=Drafts, migrations={1: _to_version_2})


def _to_version_2(data: Plain) -> Plain:
    """Version 1 knew one draft for each operation, and nothing of open requests."""
    return {"by_operation": data.get("by_operation", {})}
