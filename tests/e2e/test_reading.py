"""What other clients can or cannot read, one promise a test, each through the window from a real server."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QListView,
    QPlainTextEdit,
    QTableView,
    QTextBrowser,
    QTreeView,
    QWidget,
)

from explorer.ui import names
from explorer.ui.widgets.counted_tabs import CountedTabs
from explorer.ui.widgets.segmented import Segmented
from explorer.ui.widgets.send_button import SendButton
from explorer.ui.widgets.virtual_text import VirtualText

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


def test_that_every_view_of_a_response_has_something_to_say(trier: Person) -> None:
    trier.choose("GET /items")
    trier.send()
    tabs = trier.find(CountedTabs, names.RESPONSE_TABS)
    assert {"pretty", "tree", "raw", "headers", "hex", "timing", "wire"} <= set(tabs.keys)
    trier.choose_tab(names.RESPONSE_TABS, "wire")
    trier.until(lambda: "HTTP/1.1 200 OK" in visible_text(trier))
    trier.choose_tab(names.RESPONSE_TABS, "tree")
    trier.until(lambda: trier.find(QTreeView, names.RESPONSE_TREE_ROWS).model().rowCount() > 0)


def test_that_a_page_is_shown_without_loading_anything_and_a_picture_is_painted(trier: Person) -> None:
    trier.choose("GET /page")
    trier.send()
    trier.choose_tab(names.RESPONSE_TABS, "preview")
    page = trier.find(QTextBrowser, names.RESPONSE_PREVIEW_TEXT)
    trier.until(lambda: page.toPlainText().startswith("Hello"))
    loaded = page.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl("file:///etc/hostname"))
    assert isinstance(loaded, QImage), "a square in the place of the file"
    trier.choose("GET /pixel")
    trier.send()
    trier.choose_tab(names.RESPONSE_TABS, "preview")
    trier.until(lambda: trier.sees(names.RESPONSE_PREVIEW_PICTURE))


def test_that_the_phases_of_time_are_shown_and_joined_with_the_servers(trier: Person) -> None:
    trier.choose("GET /items")
    trier.send()
    trier.choose_tab(names.RESPONSE_TABS, "timing")
    steps = [row[0] for row in table(trier, names.RESPONSE_TIMING)]
    assert steps[-3:] == ["Send", "Wait", "Receive"]
    titles = [stop.title for stop in trier.stops]
    assert titles.index("Client sends") < titles.index("items()") < titles.index("Client receives")


def test_that_each_hop_of_a_redirect_is_shown_with_its_headers(trier: Person) -> None:
    trier.choose("GET /hops/{left}")
    trier.write(names.PARAMETER_VALUE.format(location="path", name="left"), "2")
    trier.send()
    trier.choose_tab(names.RESPONSE_TABS, "redirects")
    hops = trier.find(QTableView, names.RESPONSE_REDIRECTS)
    assert hops.model().rowCount() == 4, "three redirects and where they lead"
    hops.setCurrentIndex(hops.model().index(1, 0))
    trier.until(lambda: ["x-left", "1"] in [row[:2] for row in table(trier, names.RESPONSE_REDIRECT_HEADERS)])


def test_that_a_response_is_searched_by_words_and_by_jsonpath(trier: Person) -> None:
    trier.choose("GET /items")
    trier.send()
    trier.choose_tab(names.RESPONSE_TABS, "pretty")
    page = trier.find(QWidget, names.RESPONSE_PRETTY)
    next(view for view in page.findChildren(QAbstractScrollArea) if view.isVisible()).setFocus()
    trier.press(Qt.Key.Key_F, CONTROL)
    line = names.FIND_LINE.format(view=names.RESPONSE_PRETTY)
    trier.until(lambda: trier.focus == line)
    trier.write(line, "lamp")
    trier.until(lambda: trier.read(names.FIND_RESULT.format(view=names.RESPONSE_PRETTY)) == "1 of 1")
    trier.find(Segmented, names.FIND_MODE.format(view=names.RESPONSE_PRETTY)).buttons[1].click()
    trier.write(line, "$[?@.id > 1].name")
    hits = trier.find(QListView, names.FIND_HITS.format(view=names.RESPONSE_PRETTY))
    trier.until(lambda: hits.model().rowCount() == 1 and "Kettle" in hits.model().index(0, 0).data())


def test_that_a_response_is_held_against_what_the_documentation_says(trier: Person) -> None:
    trier.choose("GET /items")
    trier.send()
    trier.until(lambda: trier.read(names.RESPONSE_VERDICT).startswith("Matches"))
    trier.choose("GET /broken-promise")
    trier.send()
    trier.until(lambda: "2 differences" in trier.read(names.RESPONSE_VERDICT))


def test_that_routes_which_the_document_hides_are_listed_and_sent(trier: Person) -> None:
    trier.choose("GET /hidden")
    trier.write(names.PARAMETER_VALUE.format(location="query", name="word"), "here")
    trier.send()
    assert trier.read(names.RESPONSE_PRETTY) == '"here"'
    trier.choose("GET /mounted/inner")
    trier.send()
    assert trier.read(names.RESPONSE_PRETTY) == '"inside"'


def test_that_a_request_is_copied_as_curl_without_its_secrets(trier: Person) -> None:
    trier.choose("GET /key")
    trier.choose_tab(names.REQUEST_TABS, "auth")
    trier.write(names.AUTH_FIELD.format(name="key_value"), "s3cr3t-key")
    trier.send()
    assert trier.read(names.RESPONSE_PRETTY) == '"s3cr3t-key"'
    trier.trigger(names.RESPONSE_MENU_ENTRY.format(entry="copy_curl"))
    copied = QApplication.clipboard().text()
    assert copied.startswith("curl ")
    assert f"{trier.rooms.server.url}/key" in copied
    assert "s3cr3t-key" not in copied


def visible_text(person: Person) -> str:
    """Return what the views of the response show."""
    panel = person.find(QWidget, names.RESPONSE_PANEL)
    return "\n".join(
        [view.toPlainText() for view in panel.findChildren(QPlainTextEdit) if view.isVisible()]
        + [view.text() for view in panel.findChildren(VirtualText) if view.isVisible()]
    )
