"""The item models of the Compose room."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from explorer.client.cookies import Cookie
from explorer.client.validation_errors import ValidationError
from explorer.openapi.operations import Catalogue, Group, Operation, Presence
from explorer.openapi.read import read_catalogue
from explorer.ui.models.cookies_model import CookiesModel
from explorer.ui.models.errors_model import ErrorsModel
from explorer.ui.models.headers_model import HeadersModel
from explorer.ui.models.operations_model import OperationRole, OperationsModel
from explorer.ui.tool_tip import as_written

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


def keys(model: OperationsModel) -> list[str]:
    return [
        str(model.index(row, 0, group).data(OperationRole.KEY))
        for group in (model.index(g, 0) for g in range(model.rowCount()))
        for row in range(model.rowCount(group))
    ]


@pytest.fixture
def model(qtbot: QtBot) -> OperationsModel:
    return OperationsModel()


def test_that_the_tree_follows_qts_rules_while_it_changes(model: OperationsModel) -> None:
    QAbstractItemModelTester(model, FATAL, model)

    for catalogue in (CATALOGUE, Catalogue(title="", version=""), CATALOGUE):
        model.set_catalogue(catalogue)
        for text in ("items", "nothing of this", ""):
            model.set_filter(text)
    assert model.operation_count() == 4


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
    model.set_catalogue(CATALOGUE)
    model.set_filter(text)
    assert keys(model) == expected
    assert model.operation_count() == len(expected)
    assert all(model.index_of(key).data(OperationRole.KEY) == key for key in expected)
    assert not model.set_filter(f"  {text.upper()} ")


def test_that_the_filter_holds_for_the_next_catalogue_too(model: OperationsModel) -> None:
    model.set_filter("users")
    model.set_catalogue(CATALOGUE)
    assert keys(model) == ["GET /users/{user_id}"]
    assert model.index_of("GET /items") == QModelIndex()
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Users, 1 operation"


@pytest.mark.parametrize(
    ("presence", "mark", "told"),
    [
        (Presence.DOCUMENTED, "", ""),
        (Presence.HIDDEN, "hidden", "Hidden: not in the OpenAPI document"),
        (Presence.MOUNT, "mount", "From a mount: not in the app's own OpenAPI document"),
    ],
)
def test_that_what_is_not_documented_is_marked_for_the_eye_and_the_ear(
    model: OperationsModel, presence: Presence, mark: str, told: str
) -> None:
    operation = Operation(method="GET", path="/a", summary="See <b>it</b>", description="At last.", presence=presence)
    model.set_catalogue(
        Catalogue(title="", version="", groups=(Group(name="G", description="", operations=(operation,)),))
    )
    index = model.index_of("GET /a")
    assert index.data(OperationRole.MARK) == mark
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == ", ".join(filter(None, ("GET /a", "See <b>it</b>", told)))
    tool_tip = unescape(index.data(Qt.ItemDataRole.ToolTipRole))
    assert all(part in tool_tip for part in ("See <b>it</b>", "GET /a", "At last.", told))
    assert "&lt;b&gt;" in index.data(Qt.ItemDataRole.ToolTipRole)  # nobody's HTML counts but our own
    model.set_filter(mark)
    assert keys(model) == ["GET /a"]


def test_that_a_thousand_operations_are_listed_and_filtered_without_their_details(model: OperationsModel) -> None:
    told = {"tags": ["all"], "parameters": [{"name": "q", "in": "query"}]}
    catalogue = read_catalogue({"paths": {f"/items/{number}": {"get": told} for number in range(1_223)}})
    model.set_catalogue(catalogue)
    assert model.operation_count() == 1_223
    model.set_filter("items/77")
    assert model.operation_count() == 11
    parameters = vars(Operation)["parameters"]
    for operation in catalogue.operations:
        with pytest.raises(AttributeError):
            parameters.__get__(operation)  # the slot is still empty
    assert [parameter.name for parameter in catalogue.operations[0].parameters] == ["q"]


def test_that_headers_are_rows_in_the_order_of_the_wire(qtbot: QtBot) -> None:
    model = HeadersModel()
    QAbstractItemModelTester(model, FATAL, model)
    model.set_headers((("content-type", "application/json"), ("x-a", "1"), ("x-a", "2")))
    assert [model.index(row, 1).data() for row in range(model.rowCount())] == ["application/json", "1", "2"]
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Name"


def _headers(text: str) -> QAbstractItemModel:
    model = HeadersModel()
    model.set_headers((("X", text),))
    return model


def _errors(text: str) -> QAbstractItemModel:
    model = ErrorsModel()
    model.set_errors((ValidationError(loc=("body", text), message=text),))
    return model


def _cookies(text: str) -> QAbstractItemModel:
    model = CookiesModel()
    model.set_cookies((Cookie(name=text, value=text, domain="localhost"),))
    return model


@pytest.mark.parametrize("make", [_headers, _errors, _cookies])
def test_that_no_tool_tip_loads_what_a_server_wrote_as_html(make: Callable[[str], QAbstractItemModel]) -> None:
    hostile = '<img src="file:///etc/passwd"> a  b'
    model = make(hostile)
    for column in range(model.columnCount()):
        tip = model.index(0, column).data(Qt.ItemDataRole.ToolTipRole) or ""
        page = QTextDocument()
        if GuiQt.mightBeRichText(tip):
            page.setHtml(tip)
            assert "\ufffc" not in page.toPlainText(), "a picture"
            assert hostile in page.toPlainText()
        else:
            assert hostile not in tip


def test_that_a_tool_tip_of_plain_words_stays_as_it_is() -> None:
    assert as_written("float < 5\nlist<int>") == "float < 5\nlist<int>"
