"""The clients of WebSockets that a person has set up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from explorer.storage.document import Document, Plain

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSockets:
    """All clients, immutable, so that a saving thread and the window may hold the same ones.

    Attributes:
        clients: in plain JSON, from left to right. Whoever makes one leaves secrets out.
        chosen: the id of the one that is chosen; empty for none.
        endpoint: the path of the endpoint that is chosen; empty for none.
        held: whether the server is asked what it holds.
    """

    clients: tuple[Mapping[str, Any], ...] = ()
    chosen: str = ""
    endpoint: str = ""
    held: bool = True

    @classmethod
    def from_plain(cls, data: Plain) -> Self:
        """Return clients from their file; raises KeyError, TypeError or ValueError when something is none."""
        return cls(
            clients=tuple(dict(client) for client in data.get("clients", ())),
            chosen=str(data.get("chosen", "")),
            endpoint=str(data.get("endpoint", "")),
            held=data.get("held") is not False,
        )

    def to_plain(self) -> Plain:
        """Return plain JSON for the file."""
        return {"clients": list(self.clients), "chosen": self.chosen, "endpoint": self.endpoint, "held": self.held}


def sockets_document(path: Path) -> Document[SavedSockets]:
    """Return the file of clients at `path`."""
    return Document(path=path, version=VERSION, kind=SavedSockets)
