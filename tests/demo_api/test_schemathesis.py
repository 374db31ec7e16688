"""Robustness: thousands of requests, good, bad and strange, made from the documentation by Schemathesis.

Whatever a client sends, the shop answers as it promised: no status that is not documented, no error of the server, and
bodies that fit their schema. The requests are the same each time.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from pydantic import SecretStr
from schemathesis import engine
from schemathesis.engine import events
from schemathesis.python import asgi
from starlette.routing import BaseRoute, Mount

from demo_api.main import create_app
from demo_api.services import tokens
from demo_api.settings import Settings

SECRET = "only for this test, and long enough"

# Hypothesis looks for a reference of its own among what the garbage collector watches. From Python 3.14 on it does not
# find that after the freezing in tests/conftest.py; it is there all the same.
pytestmark = pytest.mark.filterwarnings("ignore:It looks like `register_random`:hypothesis.errors.HypothesisWarning")

# Two checks ask for more than FastAPI promises.
NOT_PROMISED = {
    # Pydantic reads gently: 0 is a false, and a number a day. The chapter "Request body" shows how to read strictly.
    "negative_data_rejection": {"enabled": False},
    # Each method of a path is a route of its own, and the first of them answers 405 with its own method in `Allow`.
    "allow_header_conformance": {"enabled": False},
}

# Here the shop accepts less than JSON Schema can say.
STRICTER = {
    "/quotes/strict": "for JSON 1.0 is a whole number, for a strict model it is not",
    "/users": "an e-mail address must also be one that mail could be sent to",
    "/uploads/optional": "a file must also be sent as a file, not as text",
}

# Waiting as long as possible is tested elsewhere; here it would only take time.
SHORT = {"query.seconds": 0.001, "query.pause": 0.001}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[FastAPI]:
    url = f"sqlite:///{tmp_path / 'shop.sqlite3'}"
    yield create_app(Settings(database_url=url, secret_key=SecretStr(SECRET), upload_folder=tmp_path / "uploads"))
    asgi.shutdown_lifespans()


def read_documentation(shop: FastAPI, path: str) -> schemathesis.BaseSchema:
    """Return the documentation as Schemathesis reads it, with keys to all doors, and without what fails on purpose."""
    doors = {
        "OAuth2PasswordBearer": {"bearer": tokens.make_token(SECRET, 1, tokens.SCOPES, minutes=60)},
        "APIKeyHeader": {"api_key": tokens.make_api_key(SECRET, 1)},
    }
    config = {
        "seed": 20250301,
        "cache": {"enabled": False},
        "generation": {"deterministic": True, "max-examples": 2, "database": "none"},
        "phases": {
            # One that other paths have and one that none has; the others would ask the same router the same thing.
            "coverage": {"unexpected-methods": ["DELETE", "TRACE"]},
            "stateful": {"max-steps": 4},
        },
        "checks": NOT_PROMISED,
        "operations": [
            {"include-path": path, "checks": {"positive_data_acceptance": {"enabled": False}}} for path in STRICTER
        ],
        "parameters": SHORT,
        "auth": {"openapi": doors},
    }
    schema = schemathesis.openapi.from_asgi(path, shop, config=schemathesis.Config.from_dict(config))
    return schema.exclude(lambda context: "x-fails-on-purpose" in context.operation.definition.raw)


def find_mistakes(shop: FastAPI, path: str) -> Iterator[str]:
    """Send everything, and yield each answer that is not as it should be, in words."""
    for event in engine.from_schema(read_documentation(shop, path)).execute():
        if isinstance(event, events.NonFatalError):
            yield f"{event.label}: {event.value!r}"
        elif isinstance(event, events.FatalError):
            yield repr(event.exception)
        elif isinstance(event, events.ScenarioFinished):
            for number, checks in event.recorder.checks.items():
                case = event.recorder.cases[number].value
                for check in checks:
                    if check.failure_info and not is_another_route(shop, check.name, case):
                        failure = check.failure_info.failure
                        yield f"{case.method} {case.formatted_path}: {failure.title}. {failure.message}"


def is_another_route(shop: FastAPI, check: str, case: schemathesis.Case[Any]) -> bool:
    """Return whether a method that a path does not have is fine, because the path fits another route that has it.

    So it is with `PUT /items/search`: the route for searching has no PUT, but `/items/{item_id}` has.
    """
    paths: dict[str, dict[str, Any]] = shop.openapi()["paths"]
    return check == "unsupported_method" and any(
        re.fullmatch(re.sub(r"\{[^}]*\}", "[^/]+", path), case.formatted_path)
        for path, operations in paths.items()
        if case.method.lower() in operations
    )


@pytest.mark.timeout(300)
def test_that_the_shop_keeps_the_promises_of_its_documentation(shop: FastAPI) -> None:
    assert list(find_mistakes(shop, "/openapi.json")) == []


def test_that_the_applications_inside_it_keep_theirs(shop: FastAPI) -> None:
    paths = list(find_documentation(shop.routes))
    assert {"/manual/schema.json", "/warehouse/openapi.json"} <= set(paths)
    assert {path: list(find_mistakes(shop, path)) for path in paths} == {path: [] for path in paths}


def find_documentation(routes: Sequence[BaseRoute], prefix: str = "") -> Iterator[str]:
    """Yield where each mounted application that documents itself does so, those inside others too."""
    for route in routes:
        if isinstance(route, Mount) and isinstance(route.app, FastAPI):
            if route.app.openapi_url:
                yield f"{prefix}{route.path}{route.app.openapi_url}"
            yield from find_documentation(route.app.routes, f"{prefix}{route.path}")
