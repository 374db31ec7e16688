"""The application: everything is put together here, and nothing else happens.

Run it with `fastapi dev demo_api/main.py`, or with `uvicorn demo_api.main:app --reload`.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool

from demo_api.db.engine import open_database
from demo_api.errors import add_error_handlers
from demo_api.middleware import add_middleware
from demo_api.routers import (
    api_routers,
    background_tasks,
    body_fields,
    cookies,
    dependency_injection,
    error_handling,
    files,
    first_steps,
    forms,
    headers,
    lifespan_state,
    metadata,
    middleware,
    migrations,
    path_parameters,
    query_parameters,
    request_body,
    response_model,
    security,
    shop_settings,
    sqlalchemy_core,
    sqlmodel_crud,
    static_files,
    status_codes,
    streaming,
    sub_applications,
    templates,
    waiting,
    websockets,
)
from demo_api.services.big_file import BigFile
from demo_api.services.memory import Memory
from demo_api.settings import Settings

DESCRIPTION = """A small shop that shows FastAPI chapter by chapter.

Each group below is one chapter. Change what you like: delete the database file, and the shop opens as new.
"""

# As the chapters are read, and as the documentation shows them.
CHAPTERS = (
    first_steps,
    path_parameters,
    query_parameters,
    status_codes,
    request_body,
    body_fields,
    cookies,
    headers,
    response_model,
    forms,
    files,
    error_handling,
    sqlalchemy_core,
    migrations,
    sqlmodel_crud,
    middleware,
    api_routers,
    dependency_injection,
    background_tasks,
    websockets,
    static_files,
    templates,
    metadata,
    lifespan_state,
    waiting,
    security,
    streaming,
    shop_settings,
    sub_applications,
)

# As the router asks them: the first path that fits wins. `/items/search` (query parameters) also fits
# `/items/{item_id}` (path parameters), so it has to be asked before.
ROUTERS = (query_parameters, *(chapter for chapter in CHAPTERS if chapter is not query_parameters))

# Chapters that bring applications of their own, each below an address.
MOUNTS = (error_handling, middleware, dependency_injection, static_files, metadata, sub_applications)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Memory]]:
    """Open the database before the first request, and close it after the last.

    What is yielded is the lifespan's state: each request finds it again in `request.state`.
    """
    settings: Settings = app.state.settings
    # Opening may take a moment, since an empty database is filled: in a thread, so that the event loop stays free.
    engine = await run_in_threadpool(open_database, settings.database_url)
    app.state.engine = engine
    app.state.async_engine = None  # made when a route needs it
    app.state.memory = Memory()
    with BigFile() as app.state.big_file:
        yield {"memory": app.state.memory}
    engine.dispose()
    if app.state.async_engine is not None:
        await app.state.async_engine.dispose()


def create_app(settings: Settings | None = None) -> FastAPI:
    """Build the application; a test builds its own, with its own settings.

    Args:
        settings: what to run with; by default from the environment.
    """
    app = FastAPI(
        title="Demo shop",
        version="1.0.0",
        summary="FastAPI, chapter by chapter.",
        description=DESCRIPTION,
        terms_of_service=metadata.TERMS,
        contact=metadata.CONTACT,
        license_info=metadata.LICENCE,
        openapi_tags=[{"name": chapter.TAG, "description": chapter.DESCRIPTION} for chapter in CHAPTERS],
        lifespan=lifespan,
        max_body_size=1_000_000,  # in bytes; chapters that take files set another
    )
    app.state.settings = settings or Settings()
    add_middleware(app, app.state.settings)
    add_error_handlers(app)
    for chapter in ROUTERS:
        app.include_router(chapter.router)
    for mounting in MOUNTS:
        mounting.mount(app)
    return app


app = create_app()
