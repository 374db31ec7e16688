"""Chapter 13, SQLAlchemy: one way to speak to several databases.

Here it is Core, with tables and rows; the ORM, with objects, is in `sqlalchemy_orm.py`.
"""

from typing import Annotated

from fastapi import APIRouter, Query, status

from demo_api.dependencies import AsyncEngineDep, ConnectionDep
from demo_api.errors import BODY_ERRORS, CONFLICT, UNAVAILABLE
from demo_api.models.report import Compiled, EngineState, Removed, Sales, TagCreate
from demo_api.models.tag import TagPublic
from demo_api.routers import sqlalchemy_orm
from demo_api.services import reports

TAG = "SQLAlchemy"
DESCRIPTION = "One code for several databases: Core speaks of tables and rows, the ORM of objects that know each other."

router = APIRouter(tags=[TAG])
router.include_router(sqlalchemy_orm.router)


@router.get("/sql/dialects", summary="Write one query for two databases")
def compile_query(
    text: Annotated[str, Query(min_length=1, max_length=80, description="A part of the item's name.")] = "lamp",
    max_price: Annotated[float, Query(gt=0, le=1_000_000, description="The highest price, in euros.")] = 50,
) -> list[Compiled]:
    """Compile the same Python expression for SQLite and for PostgreSQL. It is not sent.

    **Often wrong:** putting values into the SQL with an f-string. Here they travel beside it, as parameters, and a `'`
    in a name stays a letter.
    """
    statement = reports.cheap_items(text, max_price)
    return [reports.compile_for(dialect, statement) for dialect in reports.DIALECTS]


@router.get("/sql/engine", summary="Look at the engine", responses=UNAVAILABLE)
def read_engine(connection: ConnectionDep) -> EngineState:
    """One engine for the whole program keeps connections in a pool; a request borrows one and gives it back.

    **Often wrong:** `create_engine` in a route. Each request opens connections of its own then, and nobody closes them.
    """
    pool = connection.engine.pool
    return EngineState(
        dialect=connection.dialect.name,
        driver=connection.dialect.driver,
        version=".".join(map(str, connection.dialect.server_version_info or ())),
        pool=type(pool).__name__,
        in_use=getattr(pool, "checkedout", lambda: 1)(),
    )


@router.get("/sql/sales", summary="Add up orders", responses=UNAVAILABLE)
def read_sales(
    connection: ConnectionDep,
    limit: Annotated[int, Query(ge=1, le=100, description="How many to show at most.")] = 10,
) -> list[Sales]:
    """Join three tables, group and add up with Core: the database does it, and sends one row for each user.

    **Often wrong:** reading all rows and adding up in Python. It works, until there are a million.
    """
    return reports.sales(connection, limit)


@router.get("/sql/tags", summary="Count tags", responses=UNAVAILABLE)
def count_tags(connection: ConnectionDep) -> list[TagPublic]:
    """Count items through the table between items and tags. An outer join keeps tags that no item has.

    **Often wrong:** `count("*")`. An unused tag has one row in an outer join, too: its count would be 1.
    """
    return reports.count_tags(connection)


@router.post(
    "/sql/tags",
    summary="Insert a tag",
    status_code=status.HTTP_201_CREATED,
    responses=BODY_ERRORS | CONFLICT | UNAVAILABLE,
)
def insert_tag(data: TagCreate, connection: ConnectionDep) -> TagPublic:
    """Send `INSERT` with Core, and commit.

    **Often wrong:** forgetting `commit()`. The answer says 201, and the row is gone when the connection goes back.
    """
    return reports.add_tag(connection, data.name)


@router.delete("/sql/tags/unused", summary="Delete unused tags", responses=UNAVAILABLE)
def delete_unused_tags(connection: ConnectionDep) -> Removed:
    """Delete any number of rows with one statement, without reading them before.

    **Often wrong:** a loop that deletes object by object: two statements for each, and slow with thousands.
    """
    return Removed(rows=reports.remove_unused_tags(connection))


@router.get("/sql/async", summary="Count tags, and wait with await", responses=UNAVAILABLE)
async def count_tags_async(engine: AsyncEngineDep) -> list[TagPublic]:
    """Send the same query with an async engine: the event loop serves others while the database works.

    **Often wrong:** a sync session in an `async def`. The whole server stands still until the database answers.
    """
    async with engine.connect() as connection:
        return await connection.run_sync(reports.count_tags)
