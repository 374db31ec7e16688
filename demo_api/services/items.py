"""What the shop does with items."""

from collections.abc import Sequence

from sqlalchemy.orm import joinedload
from sqlmodel import Session, col, select

from demo_api.errors import ConflictError, NotFoundError
from demo_api.models.item import Item, ItemCreate, ItemEntry, ItemUpdate
from demo_api.models.stock import StockChange, StockLevel
from demo_api.services import tags


def list_items(session: Session, *, skip: int, limit: int) -> Sequence[Item]:
    """Return one page of items with their tags, in one statement.

    Without an order, a database may return rows as it likes, twice or never. `joinedload` brings the tags along in the
    same rows, so an item with three tags comes three times: `unique` makes one of them again.
    """
    with_tags = joinedload(Item.tag_links)  # type: ignore[arg-type]  # on the class it is no list
    statement = select(Item).options(with_tags).order_by(col(Item.id)).offset(skip).limit(limit)
    return session.exec(statement).unique().all()


def search_items(session: Session, *, text: str, max_price: float | None, limit: int) -> Sequence[Item]:
    """Return items with `text` in their name, the cheapest first."""
    # autoescape: a % in the text stands for itself, and not for anything at all
    statement = select(Item).where(col(Item.name).icontains(text, autoescape=True))
    if max_price is not None:
        statement = statement.where(col(Item.price) <= max_price)
    return session.exec(statement.order_by(col(Item.price), col(Item.id)).limit(limit)).all()


def list_items_of(session: Session, user_id: int, *, text: str | None, newest_first: bool) -> Sequence[Item]:
    """Return the items of one user."""
    statement = select(Item).where(Item.owner_id == user_id)
    if text is not None:
        statement = statement.where(col(Item.name).icontains(text, autoescape=True))
    order = col(Item.created_at).desc() if newest_first else col(Item.created_at)
    return session.exec(statement.order_by(order, col(Item.id)).limit(100)).all()


def get_item(session: Session, item_id: int) -> Item:
    """Return an item.

    Raises:
        NotFoundError: no item has this number.
    """
    item = session.get(Item, item_id)
    if item is None:
        raise NotFoundError(f"There is no item {item_id}.")
    return item


def add_item(session: Session, data: ItemCreate, owner_id: int) -> Item:
    """Store a new item for the user `owner_id`."""
    item = Item.model_validate(data, update={"owner_id": owner_id})
    item.tag_links = tags.links(session, data.tags)
    return _save(session, item)


def replace_item(session: Session, item: Item, data: ItemCreate) -> Item:
    """Put `data` in place of everything a client can set: what it leaves out goes back to its default."""
    item.sqlmodel_update(data.model_dump())
    item.tag_links = tags.links(session, data.tags)
    return _save(session, item)


def replace_items_of(session: Session, user_id: int, entries: Sequence[ItemEntry]) -> Sequence[Item]:
    """Make the items of a user exactly those of the list: change what has an id, add what has none, remove the rest.

    Raises:
        NotFoundError: an id is not that of an item of this user.
        ConflictError: an id stands in the list twice.
    """
    there = {
        item.id: item for item in session.exec(select(Item).where(Item.owner_id == user_id).order_by(col(Item.id)))
    }
    wanted = [entry.id for entry in entries if entry.id is not None]
    for number in wanted:
        if number not in there:
            raise NotFoundError(f"User {user_id} has no item {number}.")
        if wanted.count(number) > 1:
            raise ConflictError(f"Item {number} is in the list twice.")
    for entry in entries:
        if entry.id is None:
            item = Item.model_validate(entry, update={"id": None, "owner_id": user_id})
            item.tag_links = tags.links(session, entry.tags)
            session.add(item)
            continue
        item = there.pop(entry.id)
        item.sqlmodel_update(entry.model_dump(exclude={"id", "tags"}))
        if item.tags != entry.tags:
            item.tag_links = tags.links(session, entry.tags)
    for left_out in there.values():
        session.delete(left_out)
    session.commit()  # all or nothing: whoever reads meanwhile sees the old list or the new one
    return session.exec(select(Item).where(Item.owner_id == user_id).order_by(col(Item.id))).all()


def change_item(session: Session, item: Item, data: ItemUpdate) -> Item:
    """Change only what the client sent: what it leaves out, or sends as null, stays."""
    item.sqlmodel_update(data.model_dump(exclude_unset=True, exclude_none=True))
    if data.tags is not None:
        item.tag_links = tags.links(session, data.tags)
    return _save(session, item)


def change_price(session: Session, item: Item, price: float) -> Item:
    """Give an item another price."""
    item.price = price
    return _save(session, item)


def remove_item(session: Session, item: Item) -> None:
    """Take an item out of the shop."""
    session.delete(item)
    session.commit()


def change_stock(session: Session, item: Item, change: StockChange, *, reason: str, dry_run: bool) -> StockLevel:
    """Count what arrived and what was sold; `dry_run` only tells what would come of it.

    Raises:
        ConflictError: more would be sold than there is, or there would be more than the shop can hold.
    """
    before = item.stock
    after = before + change.arrived - change.sold
    if after < 0:
        raise ConflictError(f"{change.sold} cannot be sold: only {before + change.arrived} are there.")
    if after > 1_000_000:
        raise ConflictError(f"The shop has room for 1000000 of an item, not for {after}.")
    if not dry_run:
        item.stock = after
        _save(session, item)
    return StockLevel(item_id=item.id or 0, before=before, after=after, reason=reason, saved=not dry_run)


def label(item: Item, *, short: bool) -> str:
    """Return the text of a price tag."""
    return item.name if short else f"{item.name}, {item.price:.2f} € ({', '.join(item.tags) or 'no tags'})"


def _save(session: Session, item: Item) -> Item:
    session.add(item)
    session.commit()
    session.refresh(item)  # a commit lets go of the values: this reads them again, with the id the database gave
    return item
