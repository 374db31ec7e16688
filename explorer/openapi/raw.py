"""Looking into a document that may be anything: what is not of the kind that is asked for counts as absent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_LONGEST = 10_000  # characters


def mapping(value: object) -> Mapping[str, Any]:
    """Return an object; an empty one in place of anything else."""
    return value if isinstance(value, Mapping) else {}


def listing(value: object) -> list[Any]:
    """Return a list; an empty one in place of anything else."""
    return value if isinstance(value, list) else []


def text(source: Mapping[str, Any], key: str) -> str:
    """Return a text under a key; an empty one in place of anything else."""
    value = source.get(key)
    return value if isinstance(value, str) else ""


def documentation(source: Mapping[str, Any]) -> str:
    """Return the description; of one that nobody reads to its end the beginning."""
    return shortened(text(source, "description"))


def shortened(words: str) -> str:
    """Return a text that widgets can lay out at once: some documents hold a book."""
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "…"


def texts(value: object) -> tuple[str, ...]:
    """Return the texts of a list."""
    return tuple(found for found in listing(value) if isinstance(found, str))
