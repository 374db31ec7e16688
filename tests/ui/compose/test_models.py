"""The item models of the Compose room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from explorer.openapi.operations import Catalogue, Group, Operation
from explorer.ui.models.headers_model import HeadersModel
from explorer.ui.models.operations_filter import OperationsFilter
from explorer.ui.models.operations_model import OperationRole, OperationsModel

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal

CATALOGUE = Catalogue(
    title="Shop",
    version="1",
    groups=(
        Group(
            name="Items",
            description="Things to buy",
            operations=(
                Operation(method="GET", path="/items", summary="List items", function="list_items", tags=("Items",)),
                Operation(method="POST", path="/items", summary="Create an item", tags=("Items", "writing")),
                Operation(method="DELETE", path="/items/{item_id}", summary="Drop it", deprecated=True),
            ),
        ),
        Group(
            name="Users",
            description="",
            operations=(Operation(method="GET", path="/users/{user_id}", summary="One user", function="read_user"),),
        ),
        Group(name="Empty", description="", operations=()),
    ),
)


def keys(filtered: OperationsFilter) -> list[str]:
    return [
        str(filtered.index(row, 0, group).data(OperationRole.KEY))
        for group in (filtered.index(g, 0) for g in range(filtered.rowCount()))
        for row in range(filtered.rowCount(group))
    ]


@pytest.fixture
def model(qtbot: QtBot) -> OperationsModel:
    return OperationsModel()


def test_that_the_tree_follows_qts_rules_while_it_changes(model: OperationsModel) -> None:
    QAbstractItemModelTester(model, FATAL, model)
    filtered = OperationsFilter()
    filtered.setSourceModel(model)
    QAbstractItemModelTester(filtered, FATAL, filtered)

    for catalogue in (CATALOGUE, Catalogue(title="", version=""), CATALOGUE):
        model.set_catalogue(catalogue)
        for text in ("items", "nothing of this", ""):
            filtered.set_text(text)
    assert filtered.operation_count() == 4


def test_that_groups_hold_their_operations(model: OperationsModel) -> None:
    model.set_catalogue(CATALOGUE)
    items = model.index(0, 0)
    assert items.data() == "Items"
    assert items.data(OperationRole.IS_GROUP) is True
    assert model.rowCount(items) == 3
    deleted = model.index(2, 0, items)
    assert deleted.data(OperationRole.METHOD) == "DELETE"
    assert deleted.data(OperationRole.PATH) == "/items/{item_id}"
    assert "Deprecated" in deleted.data(Qt.ItemDataRole.ToolTipRole)
    assert model.parent(deleted) == items


def test_that_an_operation_is_found_by_its_key(model: OperationsModel) -> None:
    model.set_catalogue(CATALOGUE)
    assert model.index_of("GET /users/{user_id}").data(OperationRole.KEY) == "GET /users/{user_id}"
    assert model.index_of("GET /nowhere") == QModelIndex()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("users/", ["GET /users/{user_id}"]),
        ("POST", ["POST /items"]),
        ("writing", ["POST /items"]),
        ("list_ITEMS", ["GET /items"]),
        ("create an", ["POST /items"]),
        ("get item", ["GET /items"]),
        ("item_id delete", ["DELETE /items/{item_id}"]),
        ("zebra", []),
    ],
)
def test_that_every_word_must_occur_somewhere(model: OperationsModel, text: str, expected: list[str]) -> None:
    filtered = OperationsFilter()
    filtered.setSourceModel(model)
    model.set_catalogue(CATALOGUE)
    filtered.set_text(text)
    assert keys(filtered) == expected
    assert filtered.operation_count() == len(expected)


def test_that_headers_are_rows_in_the_order_of_the_wire(qtbot: QtBot) -> None:
    model = HeadersModel()
    QAbstractItemModelTester(model, FATAL, model)
    model.set_headers((("content-type", "application/json"), ("x-a", "1"), ("x-a", "2")))
    assert [model.index(row, 1).data() for row in range(model.rowCount())] == ["application/json", "1", "2"]
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Name"
