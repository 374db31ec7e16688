"""What the program remembers of how a person likes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self, get_args

from explorer.storage.document import Document, Plain

ThemeChoice = Literal["system", "dark", "light"]
MIN_ZOOM = 80
MAX_ZOOM = 200
_FARTHEST = 1_000_000  # pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings as they are saved. A new field needs a default, then older files stay readable.

    Attributes:
        theme: which colours; ``system`` follows the desktop.
        zoom: percent, 80 to 200.
        contrast: whether borders and text are stronger than usual; None follows the desktop.
        layout: what each part of the window remembers of itself, as plain JSON: places, sizes, what is folded open.
        last_operation: the `Operation.key` that was open, or None.
        keys: of commands, by their ids, the keys that a person chose in place of the usual ones.
        keep_history: whether what is sent is kept.

    """

    theme: ThemeChoice = "system"
    zoom: int = 100
    contrast: bool | None = None
    layout: Mapping[str, Any] = field(default_factory=dict)
    last_operation: str | None = None
    keys: Mapping[str, Any] = field(default_factory=dict)
    keep_history: bool = True

    @classmethod
    def from_plain(cls, data: Plain) -> Self:
        """Return settings from their file, unknown ones left out; raises ValueError when one has no sense."""
        given = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        if not isinstance(given.get("keys", {}), dict):
            del given["keys"]  # the usual keys do, and nothing else of the file need be lost
        known = cls(**given)
        if known.theme not in get_args(ThemeChoice):
            raise ValueError("theme")
        if type(known.zoom) is not int or not MIN_ZOOM <= known.zoom <= MAX_ZOOM:
            raise ValueError("zoom")
        if not isinstance(known.contrast, bool | None):
            raise ValueError("contrast")
        if not isinstance(known.layout, dict) or not isinstance(known.last_operation, str | None):
            raise ValueError("layout or last_operation")
        if type(known.keep_history) is not bool:
            raise ValueError("keep_history")
        if not _fits_a_screen(known.layout):
            raise ValueError("layout")
        return known

    def to_plain(self) -> Plain:
        """Return plain JSON for the file."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def _fits_a_screen(value: object) -> bool:
    """Tell whether plain JSON holds no number that Qt could not take for a place or a size."""
    if isinstance(value, int | float):
        return abs(value) <= _FARTHEST
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return all(map(_fits_a_screen, inner))


def settings_document(path: Path) -> Document[Settings]:
    """Return the settings file at `path`."""
    return Document(path=path, version=1, kind=Settings)
