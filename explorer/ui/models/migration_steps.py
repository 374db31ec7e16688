"""Where the buttons of the migrations lead, and what stands beside each revision."""

from __future__ import annotations

from explorer.database.migrations.chain import BASE, HEADS
from explorer.database.migrations.revisions import Chain, Revision, SchemaLine, SchemaLineKind, StepPreview
from explorer.ui.wording import count_text, day_text

_MOST_NAMED = 3


def revision(chain: Chain, identifier: str) -> Revision | None:
    """Return a revision by its id, or None."""
    return next((each for each in chain.revisions if each.id == identifier), None)


def current_revisions(chain: Chain) -> tuple[Revision, ...]:
    """Return where the database stands: nowhere, at one revision, or at one of each branch."""
    return tuple(each for each in chain.revisions if each.current)


def down_target(chain: Chain) -> str | None:
    """Return where one step back leads; None when there is no way, or several."""
    current = current_revisions(chain)
    if len(current) != 1 or len(current[0].parents) > 1:
        return None
    return current[0].parents[0] if current[0].parents else BASE


def up_target(chain: Chain) -> str | None:
    """Return where one step ahead leads; None when there is none, or several."""
    current = {each.id for each in current_revisions(chain)}
    ahead = [
        each
        for each in chain.revisions
        if not each.applied and (current & set(each.parents) if current else not each.parents)
    ]
    return ahead[0].id if len(ahead) == 1 else None


def head_target(chain: Chain) -> str | None:
    """Return where all that is pending leads; None when nothing is."""
    heads = [each for each in chain.revisions if each.head and not each.current]
    if not chain.pending or not heads:
        return None
    all_heads = [each for each in chain.revisions if each.head]
    return heads[0].id if len(all_heads) == 1 else HEADS


def goes_back(chain: Chain, target: str) -> bool:
    """Tell whether going to a revision takes something back."""
    found = revision(chain, target)
    return target == BASE or (found is not None and found.applied)


def short_id(identifier: str) -> str:
    """Return a revision as short as it is still known by: a hash loses its end, a name that was given does not."""
    return identifier[:8] if len(identifier) == 12 and set(identifier) <= set("0123456789abcdef") else identifier


def side_words(each: Revision, *, reachable_up: bool = True) -> str:
    """Return what stands at the right of a revision."""
    if each.current:
        return "you are here"
    if not each.applied:
        return "not applied yet" if reachable_up else "not applied"
    return f"applied {day_text(each.applied_at)}" if each.applied_at is not None else "applied"


def created_words(each: Revision) -> str:
    """Return the day in a revision's Create Date; empty when it has none."""
    return f"created {each.created[:10]}" if each.created else ""


def preview_title(chain: Chain, preview_target: str, source: str) -> str:
    """Return what stands above a preview."""
    if preview_target == HEADS:
        return "What the heads will change"
    if preview_target == BASE:
        return "Going back before the first revision"
    short = short_id(preview_target)
    found = revision(chain, preview_target)
    if found is not None and found.applied and preview_target != source:
        return f"Going back to {short}"
    return f"What {short} will change"


def remark(preview: StepPreview) -> tuple[str, bool]:
    """Return what stands below a preview, and whether it warns."""
    if preview.lost_rows:
        lost = ", ".join(f"{count:,} of {table}" for table, count in preview.lost_rows[:_MOST_NAMED])
        more = len(preview.lost_rows) - _MOST_NAMED
        and_more = f" and of {count_text(more, 'more table')}" if more > 0 else ""
        return f"Rows are lost: {lost}{and_more}. A snapshot is taken before each step.", True
    tables = {line.table for line in preview.lines if line.kind is SchemaLineKind.REMOVED and not line.part}
    gone = [f"{line.table}.{line.part}" for line in preview.lines if _takes_values(line) and line.table not in tables]
    if gone:
        more = len(gone) - _MOST_NAMED
        named = ", ".join(gone[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        return f"The values of {named} go, unless this step keeps them elsewhere. A snapshot is taken before.", True
    return "No data is lost. A snapshot is taken before each step.", False


def _takes_values(line: SchemaLine) -> bool:
    """Tell whether a line is about a column that goes. Of a table that goes the rows are counted, on the copy."""
    return line.kind is SchemaLineKind.REMOVED and bool(line.part) and not is_index(line)


def is_index(line: SchemaLine) -> bool:
    """Tell whether a line is about something that holds no values of its own: an index or a constraint."""
    return bool(line.part) and line.detail.upper().lstrip().startswith(
        ("INDEX", "UNIQUE", "FOREIGN KEY", "CHECK", "PRIMARY KEY", "TRIGGER", "VIEW", "CONSTRAINT", "→")
    )
