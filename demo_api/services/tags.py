"""What the shop does with tags."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlmodel import Session, col, select

from demo_api.models.tag import ItemTag, Tag

# Two requests may add the same new word at once. Whoever comes second finds it there, which is no conflict.
ADD_IF_MISSING = text("INSERT INTO tags (name) VALUES (:name) ON CONFLICT DO NOTHING")


def links(session: Session, names: Sequence[str]) -> list[ItemTag]:
    """Return what ties an item to these words, in their order; words that are new are stored."""
    known = find(session, names)
    missing = sorted(set(names) - known.keys())  # in one order everywhere, so that two requests never wait in a ring
    if missing:
        session.connection().execute(ADD_IF_MISSING, [{"name": name} for name in missing])
        known = find(session, names)
    return [ItemTag(position=position, tag=known[name]) for position, name in enumerate(names)]


def find(session: Session, names: Sequence[str]) -> dict[str, Tag]:
    """Return the tags that exist, by their words."""
    return {tag.name: tag for tag in session.exec(select(Tag).where(col(Tag.name).in_(names)))} if names else {}
