"""The chain as a person sees it: revisions of the code, and which of them the database has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from explorer.database.migrations.revisions import Chain, Revision

BASE = ""
HEADS = "heads"


def make_chain(
    revisions: Sequence[Mapping[str, Any]],
    current: Sequence[str],
    applied_at: Mapping[str, float],
    *,
    has_tables: bool = True,
) -> Chain:
    """Return the chain.

    Args:
        revisions: the newest first, as the helper process tells them.
        current: where the database stands: none, one, or several on branches.
        applied_at: when we ran a revision, in seconds since the epoch.
        has_tables: whether there is anything in the database.
    """
    by_id = {str(one["id"]): one for one in revisions}
    applied = _with_parents(by_id, current)
    found = tuple(
        Revision(
            id=name,
            title=str(one["title"]),
            parents=tuple(one["parents"]),
            created=str(one["created"]),
            applied=name in applied,
            current=name in current,
            head=bool(one["head"]),
            applied_at=applied_at.get(name) if name in applied else None,
            path=str(one["path"]),
            source=str(one["source"]),
        )
        for name, one in by_id.items()
    )
    unknown = [name for name in current if name not in by_id]
    notice = None
    if unknown:
        notice = f"The database is at revision {', '.join(unknown)}, which this code does not know: use newer code."
    elif not current and has_tables and found:
        notice = "The database has tables, but no revision: these migrations did not make it."
    pending = 0 if unknown else len(by_id) - len(applied)
    return Chain(revisions=found, pending=pending, notice=notice)


def goes_up(chain: Chain, target: str) -> bool:
    """Tell whether the way to a target is an upgrade.

    Raises:
        ValueError: there is no such revision.
    """
    if target in {BASE, HEADS}:
        return target == HEADS
    found = next((one for one in chain.revisions if one.id == target), None)
    if found is None:
        raise ValueError(target)
    return not found.applied


def _with_parents(by_id: Mapping[str, Mapping[str, Any]], current: Sequence[str]) -> set[str]:
    applied: set[str] = set()
    waiting = [name for name in current if name in by_id]
    while waiting:
        name = waiting.pop()
        if name not in applied:
            applied.add(name)
            one = by_id[name]
            waiting += [parent for parent in (*one["parents"], *one["depends"]) if parent in by_id]
    return applied
