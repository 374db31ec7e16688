"""The requests a person has begun, one for each operation. Nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from explorer.storage.document import Document, Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts:
    """All drafts, immutable, so that a saving thread and the window may hold the same one.

    Attributes:
        by_operation: `Operation.key` to a draft in plain JSON. Whoever adds one leaves secrets out.

    """

    by_operation: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @classmethod
    def from_plain(cls, data: Plain) -> Self:
        """Return drafts from their file; raises TypeError or ValueError when a draft is no object."""
        return cls(by_operation={str(key): dict(draft) for key, draft in data.get("by_operation", {}).items()})

    def to_plain(self) -> Plain:
        """Return plain JSON for the file."""
        return {"by_operation": self.by_operation}

    def with_draft(self, key: str, draft: Mapping[str, Any]) -> Drafts:
        """Return drafts in which the operation `key` has this one."""
        return Drafts(by_operation={**self.by_operation, key: draft})

    def without(self, key: str) -> Drafts:
        """Return drafts in which the operation `key` has none."""
        return Drafts(by_operation={k: draft for k, draft in self.by_operation.items() if k != key})


def drafts_document(path: Path) -> Document[Drafts]:
    """Return the drafts file at `path`."""
    return Document(path=path, version=1, kind=Drafts)
