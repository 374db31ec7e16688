"""Chapter 15, SQLModel: one class is a Pydantic model and a table. Create, read, update, delete."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, status

from demo_api.dependencies import AsyncSessionDep, ItemId, PaginationDep, SessionDep
from demo_api.errors import BODY_ERRORS, CONFLICT, NOT_FOUND, UNAVAILABLE
from demo_api.models.category import Category, CategoryCreate, CategoryPreview, CategoryPublic, CategoryUpdate
from demo_api.models.item import Item, ItemPublic
from demo_api.models.types import LARGEST_ID
from demo_api.services import categories, items

TAG = "SQLModel"
DESCRIPTION = "One class for the table and for the data: less to write, and the same SQLAlchemy below."

router = APIRouter(tags=[TAG], responses=UNAVAILABLE)

CategoryId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The category's number.", examples=[1])]


@router.get("/categories", summary="List categories", response_model=list[CategoryPublic])
def list_categories(session: SessionDep, page: PaginationDep) -> Sequence[Category]:
    """`session.exec(select(Category))` gives objects, and your editor knows their type.

    **Often wrong:** `select(Category)` without an order. The rows come as the database likes.
    """
    return session.exec(categories.page_of_categories(page.skip, page.limit)).all()


@router.get("/sqlmodel/async", summary="List categories, and wait with await", response_model=list[CategoryPublic])
async def list_categories_async(session: AsyncSessionDep, page: PaginationDep) -> Sequence[Category]:
    """SQLModel has an `AsyncSession`: the same query, `await`, and the event loop is free meanwhile.

    **Often wrong:** looking at a relationship that was not read. Nobody can `await` an attribute: `MissingGreenlet`.
    """
    return (await session.exec(categories.page_of_categories(page.skip, page.limit))).all()


@router.post("/sqlmodel/try-out", summary="Try it in a database of its own", responses=BODY_ERRORS)
def try_out(data: CategoryCreate) -> list[CategoryPublic]:
    """`create_engine`, `create_all`, `Session`, all in one place: the shortest SQLModel program, in memory.

    **Often wrong:** `create_all` to *change* tables. It makes those that are missing, and never touches the others.
    """
    return categories.try_out(data)


@router.post(
    "/categories",
    summary="Create a category",
    status_code=status.HTTP_201_CREATED,
    response_model=CategoryPublic,
    responses=BODY_ERRORS | CONFLICT,
)
def create_category(data: CategoryCreate, session: SessionDep) -> Category:
    """`Category.model_validate(data)` makes a row of what came in; after `refresh` it has the number.

    **Often wrong:** `Category(**data)` with what a client sent. A class with `table=True` does not validate.
    """
    return categories.add_category(session, data)


@router.get("/categories/{category_id}", summary="Read a category", response_model=CategoryPublic, responses=NOT_FOUND)
def read_category(category_id: CategoryId, session: SessionDep) -> Category:
    """`session.get(Category, number)` reads by primary key; None means that there is none.

    **Often wrong:** forgetting the None. Then the client's wrong number is the server's error, a 500.
    """
    return categories.get_category(session, category_id)


@router.put(
    "/categories/{category_id}",
    summary="Replace a category",
    response_model=CategoryPublic,
    responses=BODY_ERRORS | CONFLICT | NOT_FOUND,
)
def replace_category(category_id: CategoryId, data: CategoryCreate, session: SessionDep) -> Category:
    """PUT replaces: `sqlmodel_update(data)` copies every field, those that were left out with their defaults.

    **Often wrong:** a new object with the old number. What a client cannot set would be lost.
    """
    return categories.replace_category(session, categories.get_category(session, category_id), data)


@router.patch(
    "/categories/{category_id}",
    summary="Change a category",
    response_model=CategoryPublic,
    responses=BODY_ERRORS | CONFLICT | NOT_FOUND,
)
def change_category(category_id: CategoryId, data: CategoryUpdate, session: SessionDep) -> Category:
    """PATCH changes: `sqlmodel_update(data.model_dump(exclude_unset=True))` copies only what was sent.

    **Often wrong:** `model_dump()` alone. Each field that was left out is None in it, and becomes null in the row.
    """
    return categories.change_category(session, categories.get_category(session, category_id), data)


@router.post(
    "/categories/{category_id}/preview", summary="See a change done well and badly", responses=BODY_ERRORS | NOT_FOUND
)
def preview_change(category_id: CategoryId, data: CategoryUpdate, session: SessionDep) -> CategoryPreview:
    """Show the same change with `exclude_unset=True` and without. Nothing is stored.

    **Often wrong:** `exclude_none=True` as the cure. Then nobody can ever take a description away.
    """
    return categories.preview(categories.get_category(session, category_id), data)


@router.delete(
    "/categories/{category_id}",
    summary="Delete a category",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=NOT_FOUND,
)
def delete_category(category_id: CategoryId, session: SessionDep) -> None:
    """Delete the row. `ON DELETE SET NULL` keeps its items, without a category.

    **Often wrong:** thinking that `session.delete` is enough. Without `commit` nothing has happened.
    """
    categories.remove_category(session, categories.get_category(session, category_id))


@router.get(
    "/categories/{category_id}/items",
    summary="List a category's items",
    response_model=list[ItemPublic],
    responses=NOT_FOUND,
)
def list_items_in(category_id: CategoryId, session: SessionDep, page: PaginationDep) -> Sequence[Item]:
    """One to many from the other side: the items whose `category_id` is this one.

    **Often wrong:** `category.items` for a page of ten. It reads all of them first.
    """
    category = categories.get_category(session, category_id)
    return categories.items_in(session, category, skip=page.skip, limit=page.limit)


@router.put(
    "/categories/{category_id}/items/{item_id}",
    summary="Put an item into a category",
    response_model=ItemPublic,
    responses=NOT_FOUND,
)
def put_item_into(category_id: CategoryId, item_id: ItemId, session: SessionDep) -> Item:
    """Set the relationship, `item.category = category`, and SQLAlchemy sets the foreign key.

    **Often wrong:** setting a number that a client sent without looking whether there is such a category.
    """
    category = categories.get_category(session, category_id)
    return categories.put_into(session, category, items.get_item(session, item_id))
