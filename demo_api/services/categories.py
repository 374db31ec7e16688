"""What the shop does with categories."""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, col, create_engine, select
from sqlmodel.sql.expression import SelectOfScalar

from demo_api.errors import ConflictError, NotFoundError
from demo_api.models.category import Category, CategoryCreate, CategoryPreview, CategoryPublic, CategoryUpdate
from demo_api.models.item import Item


def page_of_categories(skip: int, limit: int) -> SelectOfScalar[Category]:
    """Return a query for one page; whether it is sent with or without `await` makes no difference to it."""
    return select(Category).order_by(col(Category.id)).offset(skip).limit(limit)


def get_category(session: Session, category_id: int) -> Category:
    """Return a category.

    Raises:
        NotFoundError: no category has this number.
    """
    category = session.get(Category, category_id)
    if category is None:
        raise NotFoundError(f"There is no category {category_id}.")
    return category


def add_category(session: Session, data: CategoryCreate) -> Category:
    """Store a new category."""
    return _save(session, Category.model_validate(data))


def replace_category(session: Session, category: Category, data: CategoryCreate) -> Category:
    """Put `data` in place of everything a client can set."""
    return _save(session, category.sqlmodel_update(data))


def change_category(session: Session, category: Category, data: CategoryUpdate) -> Category:
    """Change only what the client sent."""
    return _save(session, category.sqlmodel_update(sent(data)))


def preview(category: Category, data: CategoryUpdate) -> CategoryPreview:
    """Return what a change would make of a category, done well and done badly. Nothing is stored."""
    before = CategoryPublic.model_validate(category).model_dump()
    return CategoryPreview(right=before | sent(data), wrong=before | data.model_dump())


def sent(data: CategoryUpdate) -> dict[str, str | None]:
    """Return what the client sent. A description of null is meant so; a category without a name cannot be."""
    changes = data.model_dump(exclude_unset=True)
    if changes.get("name", "") is None:
        del changes["name"]
    return changes


def remove_category(session: Session, category: Category) -> None:
    """Remove a category; its items stay, without one."""
    session.delete(category)
    session.commit()


def items_in(session: Session, category: Category, *, skip: int, limit: int) -> Sequence[Item]:
    """Return one page of the items in a category."""
    statement = select(Item).where(Item.category_id == category.id).order_by(col(Item.id)).offset(skip).limit(limit)
    return session.exec(statement).all()


def put_into(session: Session, category: Category, item: Item) -> Item:
    """Put an item into a category, out of the one it was in."""
    item.category = category
    session.commit()
    return item


def try_out(data: CategoryCreate) -> list[CategoryPublic]:
    """Store and read a category in a database that exists only in memory, and only for a moment."""
    engine = create_engine("sqlite://")
    try:
        SQLModel.metadata.create_all(engine)  # all tables of all models; there, nobody waits for a migration
        with Session(engine) as session:
            session.add(Category.model_validate(data))
            session.commit()
            return [CategoryPublic.model_validate(category) for category in session.exec(select(Category))]
    finally:
        engine.dispose()


def _save(session: Session, category: Category) -> Category:
    name = category.name
    session.add(category)
    try:
        session.commit()
    except IntegrityError as error:
        raise ConflictError(f"There is a category {name} already.") from error
    session.refresh(category)
    return category
