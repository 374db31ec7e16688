"""What other clients can or cannot read, one promise a test, each through the window from a real server."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from explorer.ui import names
from explorer.ui.widgets.send_button import SendButton

from .conftest import CONTROL, Person
from .trial import Trial


def table(person: Person, name: str) -> list[list[str]]:
    """Return the texts of a table's rows."""
    model = person.find(QTableView, name).model()
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


@pytest.mark.parametrize("operation", ["GET /sse", "GET /lines"])
def test_that_a_stream_is_shown_row_by_row_while_it_goes_on(trier: Person, trial: Trial, operation: str) -> None:
    trier.choose(operation)
    with trier.exchange():
        trier.press(Qt.Key.Key_Return, CONTROL)
        trier.until(lambda: trier.sees(names.RESPONSE_EVENTS) and len(table(trier, names.RESPONSE_EVENTS)) == 1)
        trial.gate.set()
    assert len(table(trier, names.RESPONSE_EVENTS)) == 3


def test_that_cancel_reaches_the_server_and_keeps_what_came(trier: Person, trial: Trial) -> None:
    trier.choose("GET /sse")
    with trier.exchange():
        trier.press(Qt.Key.Key_Return, CONTROL)
        trier.until(lambda: trier.sees(names.RESPONSE_EVENTS) and len(table(trier, names.RESPONSE_EVENTS)) == 1)
        trier.until(lambda: trier.find(SendButton, names.COMPOSE_SEND).cancels)
        trier.press(Qt.Key.Key_Escape)
    trier.until(trial.gone.is_set)
    assert len(table(trier, names.RESPONSE_EVENTS)) == 1


def test_that_an_error_of_a_422_leads_to_its_field(trier: Person) -> None:
    trier.choose("GET /parameters/{place}")
    trier.write(names.PARAMETER_VALUE.format(location="path", name="place"), "here")
    limit = names.PARAMETER_VALUE.format(location="query", name="limit")
    trier.write(limit, "0")
    trier.send()

    errors = trier.find(QTableView, names.RESPONSE_ERRORS)
    errors.setFocus()
    errors.setCurrentIndex(errors.model().index(0, 0))
    trier.press(Qt.Key.Key_Return)
    trier.until(lambda: trier.focus == limit)


def test_that_three_megabytes_on_one_line_are_read_to_their_end(trier: Person) -> None:
    trier.choose("GET /large")
    trier.send()
    assert trier.read(names.RESPONSE_STATUS) == "200 OK"
    assert trier.last_exchange.response is not None
    assert len(json.loads(trier.last_exchange.response.body.read())) == 190_000
