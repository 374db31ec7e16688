"""The draft that an operation starts with: as little as the server accepts, so that Send works at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from explorer.client.draft import RequestDraft, Value
from explorer.openapi.examples import example_body_text
from explorer.openapi.operations import Operation, Parameter


def starting_draft(operation: Operation, document: Mapping[str, Any]) -> RequestDraft:
    """Return a row for every declared parameter, required ones filled with an example, and an example body."""
    body = operation.body
    return RequestDraft(
        method=operation.method,
        path=operation.path,
        values=tuple(Value(location=p.location, name=p.name, text=_starting_text(p)) for p in operation.parameters),
        body=example_body_text(body, document) if body is not None else None,
        media_type=body.media_type if body is not None else "application/json",
    )


def fitted_draft(saved: RequestDraft, operation: Operation, document: Mapping[str, Any]) -> RequestDraft:
    """Return a saved draft with rows for parameters that the operation got since; nothing saved is dropped."""
    fresh = starting_draft(operation, document)
    have = {(value.location, value.name) for value in saved.values}
    added = tuple(value for value in fresh.values if (value.location, value.name) not in have)
    return replace(saved, values=saved.values + added, body=saved.body if saved.body is not None else fresh.body)


def _starting_text(parameter: Parameter) -> str | None:
    if not parameter.required:
        return None
    return parameter.example if parameter.example is not None else next(iter(parameter.choices), "")
