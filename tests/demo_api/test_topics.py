"""Chapter 24's own promise: every topic of the course runs somewhere in this project."""

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from demo_api.main import create_app

ROOT = Path(__file__).parents[2]
TOPICS: dict[str, dict[str, list[str]]] = tomllib.loads(Path(__file__).with_name("topics.toml").read_text("utf-8"))


def walk(routes: Sequence[Any], prefix: str = "") -> Iterator[str]:
    """Yield every route as the table writes it, those of mounted applications too."""
    for route in iter_route_contexts(routes):
        path = prefix + (route.path or "")
        inner: Any = getattr(route, "app", None) if not route.methods else None
        if route.methods:
            yield from (f"{method} {path}" for method in route.methods)
        elif hasattr(inner, "routes"):
            yield f"MOUNT {path}"
            yield from walk(inner.routes, path)
        else:
            yield f"WS {path}"
            yield f"MOUNT {path}"


@pytest.fixture(scope="module")
def routes() -> set[str]:
    """Return all routes of the app."""
    app: FastAPI = create_app()
    return set(walk(app.routes))


def test_that_every_chapter_is_in_the_table() -> None:
    numbers = [name.split("-")[0] for name in TOPICS]

    assert numbers == [*map(str, range(1, 25)), "beyond"]


@pytest.mark.parametrize(("chapter", "topic"), [(c, t) for c, topics in TOPICS.items() for t in topics])
def test_that_the_topic_runs_somewhere(chapter: str, topic: str, routes: set[str]) -> None:
    places = TOPICS[chapter][topic]

    assert places, f"no place for “{topic}”"
    for place in places:
        assert place in routes or (ROOT / place).exists(), f"{place} is neither a route nor a file"
