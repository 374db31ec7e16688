"""The draft that an operation starts with."""

from typing import Annotated

import pytest
from fastapi import FastAPI, Header, Query
from pydantic import BaseModel, Field

from explorer.client.draft import RequestDraft, Value
from explorer.client.starting import fitted_draft, starting_draft
from explorer.openapi.operations import Catalogue, Location, Operation
from explorer.openapi.read import read_catalogue


class ItemCreate(BaseModel):
    name: Annotated[str, Field(examples=["Desk lamp"])]
    price: Annotated[float, Field(gt=0)] = 1.5


@pytest.fixture
def catalogue() -> Catalogue:
    app = FastAPI()

    @app.put("/users/{user_id}/items")
    def put_item(
        user_id: Annotated[int, Field(ge=1)],
        item: ItemCreate,
        kind: str,
        lang: str | None = None,
        size: Annotated[int, Query()] = 3,
        x_token: Annotated[str | None, Header()] = None,
    ) -> None:
        """Put an item."""

    return read_catalogue(app.openapi())


@pytest.fixture
def operation(catalogue: Catalogue) -> Operation:
    (only,) = catalogue.operations
    return only


def test_that_what_is_required_is_filled_and_the_rest_is_not_sent(catalogue: Catalogue, operation: Operation) -> None:
    draft = starting_draft(operation, catalogue.document)

    assert draft.value(Location.PATH, "user_id") == "1"
    assert draft.value(Location.QUERY, "kind") is not None
    assert draft.value(Location.QUERY, "lang") is None
    assert draft.value(Location.QUERY, "size") is None
    assert draft.value(Location.HEADER, "x-token") is None
    assert '"Desk lamp"' in (draft.body or "")


def test_that_a_saved_draft_gets_rows_for_new_parameters_and_keeps_all_it_had(
    catalogue: Catalogue, operation: Operation
) -> None:
    saved = RequestDraft(
        method="PUT",
        path="/users/{user_id}/items",
        values=(
            Value(location=Location.PATH, name="user_id", text="42"),
            Value(location=Location.QUERY, name="gone", text="kept"),
        ),
        body="{ my own",
    )

    draft = fitted_draft(saved, operation, catalogue.document)

    assert draft.value(Location.PATH, "user_id") == "42"
    assert draft.value(Location.QUERY, "gone") == "kept"
    assert draft.value(Location.QUERY, "kind") is not None
    assert draft.body == "{ my own"
