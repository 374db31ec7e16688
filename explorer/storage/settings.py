"""What the program remembers of how a person likes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from explorer.storage.document import Document

ThemeChoice = Literal["system", "dark", "light"]
MIN_ZOOM = 80
MAX_ZOOM = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings as they are saved. A new field needs a default, then older files stay readable.

    Attributes:
        theme: which colours; ``system`` follows the desktop.
        zoom: percent, 80 to 200.
        layout: what each part of the window remembers of itself, as plain JSON: places, sizes, what is folded open.
        last_operation: the `Operation.key` that was open, or None.

    """

    theme: ThemeChoice = "system"
    zoom: Annotated[int, msgspec.Meta(ge=MIN_ZOOM, le=MAX_ZOOM)] = 100
    layout: Mapping[str, Any] = field(default_factory=dict)
    last_operation: str | None = None


def settings_document(path: Path) -> Document[Settings]:
    """Return the settings file at `path`."""
    return Document(path=path, version=1, kind=Settings)
