"""The request in the making, as a person uses it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from explorer.client.draft import RequestDraft
from explorer.client.urls import build_target
from explorer.openapi.hints import Hint
from explorer.openapi.operations import Catalogue, Location
from explorer.ui import names
from explorer.ui.panels.compose_room import ComposeRoom
from explorer.ui.panels.request_panel import RequestPanel
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.code_editor import CodeEditor
from explorer.ui.widgets.send_button import SendButton
from explorer.ui.widgets.url_line import UrlLine
from explorer.ui.widgets.value_edit import ValueEdit

CREATE = "POST /users/{user_id}/items"
BASE = "http://127.0.0.1:8000"
BODY = '{\n  "name": "Desk lamp",\n  "price": "cheap"\n}'
DRAFT = RequestDraft(method="POST", path="/users/{user_id}/items", body=BODY).with_value(Location.PATH, "user_id", "42")
TOO_SMALL = Hint(message="Input should be greater than or equal to 1", loc=("path", "user_id"))
NO_NUMBER = Hint(message="Input should be a valid number", loc=("body", "price"), line=2, column=11, length=7)


def prepared(panel: RequestPanel, catalogue: Catalogue) -> RequestPanel:
    operation = catalogue.find(CREATE)
    assert operation is not None
    panel.set_operation(operation)
    panel.set_draft(DRAFT, build_target(DRAFT), BASE)
    return panel


@pytest.fixture
def panel(
    themes: Themes, catalogue: Catalogue, alone: Callable[[RequestPanel, int, int], RequestPanel]
) -> RequestPanel:
    return prepared(alone(RequestPanel(themes), 686, 476), catalogue)


@pytest.fixture
def panel_in_room(room: ComposeRoom, catalogue: Catalogue) -> RequestPanel:
    return prepared(room.request, catalogue)


def value(panel: RequestPanel, location: Location, name: str) -> ValueEdit:
    found = panel.findChild(QLineEdit, names.PARAMETER_VALUE.format(location=location, name=name))
    assert isinstance(found, ValueEdit)
    return found


def body(panel: RequestPanel) -> CodeEditor:
    found = panel.findChild(CodeEditor, names.REQUEST_BODY)
    assert isinstance(found, CodeEditor)
    return found


def send_button(panel: RequestPanel) -> SendButton:
    found = panel.findChild(SendButton, names.COMPOSE_SEND)
    assert isinstance(found, SendButton)
    return found


def url_line(panel: RequestPanel) -> UrlLine:
    found = panel.findChild(UrlLine, names.REQUEST_URL)
    assert isinstance(found, UrlLine)
    return found


def click(qtbot: QtBot, panel: RequestPanel, name: str) -> None:
    button = panel.findChild(QAbstractButton, name)
    assert isinstance(button, QAbstractButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def comes_back(panel: RequestPanel) -> None:
    """Let each edit come back to the panel, as the program does."""
    panel.draft_edited.connect(lambda draft: panel.set_draft(draft, build_target(draft), BASE))


def sent_after(qtbot: QtBot, panel: RequestPanel, act: Callable[[], object]) -> str | None:
    """Return what is sent as the language after the person did something."""
    with qtbot.waitSignal(panel.draft_edited) as edited:
        act()
    draft = edited.args[0]
    assert isinstance(draft, RequestDraft)
    return draft.value(Location.QUERY, "lang")


def test_that_every_declared_parameter_has_a_row(panel: RequestPanel) -> None:
    assert [name for _, name in panel.table.rows] == ["user_id", "size", "lang", "x-token", "visits"]
    assert panel.tabs.keys == ("path", "query", "header", "cookie", "body", "auth", "options")
    assert panel.tabs.chosen == "path"
    assert value(panel, Location.PATH, "user_id").text() == "42"
    assert url_line(panel).text() == f"{BASE}/users/42/items"


def test_that_not_sent_empty_and_text_are_three_states(qtbot: QtBot, panel: RequestPanel) -> None:
    edit = value(panel, Location.QUERY, "lang")
    assert edit.value is None
    assert edit.placeholderText() == "not sent"

    assert sent_after(qtbot, panel, lambda: qtbot.keyClick(edit, "a")) == "a"
    assert sent_after(qtbot, panel, lambda: qtbot.keyClick(edit, Qt.Key.Key_Backspace)) == ""
    assert edit.placeholderText() == "empty text"
    assert sent_after(qtbot, panel, lambda: qtbot.keyClick(edit, Qt.Key.Key_Backspace)) is None
    assert edit.placeholderText() == "not sent"


def test_that_the_small_button_takes_a_value_out_and_puts_it_in_again(qtbot: QtBot, panel: RequestPanel) -> None:
    edit = value(panel, Location.QUERY, "lang")
    edit.setFocus()
    qtbot.keyClicks(edit, "en")
    cross = next(child for child in edit.findChildren(QWidget) if child.accessibleName() == "Do not send it")
    assert sent_after(qtbot, panel, lambda: qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)) is None
    assert sent_after(qtbot, panel, lambda: qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)) == ""


def test_that_a_part_of_the_path_cannot_be_left_out(qtbot: QtBot, panel: RequestPanel) -> None:
    edit = value(panel, Location.PATH, "user_id")
    edit.set_value("")
    with qtbot.assertNotEmitted(panel.draft_edited):
        qtbot.keyClick(edit, Qt.Key.Key_Backspace)


def test_that_a_choice_can_be_picked_and_a_wrong_one_typed(qtbot: QtBot, panel: RequestPanel) -> None:
    edit = value(panel, Location.QUERY, "size")
    combo = edit.parentWidget()
    assert isinstance(combo, QComboBox)
    assert edit.value is None, "a list must not send its first entry by itself"
    assert edit.text() == ""
    with qtbot.waitSignal(panel.draft_edited) as edited:
        combo.showPopup()
        qtbot.keyClick(combo.view(), Qt.Key.Key_Down)
        qtbot.keyClick(combo.view(), Qt.Key.Key_Return)
    assert edited.args[0].value(Location.QUERY, "size") == edit.text()
    assert edit.text() in ("s", "m", "l")
    edit.selectAll()
    qtbot.keyClicks(edit, "huge")
    assert edit.value == "huge"


def test_that_a_draft_shows_nothing_as_a_change(qtbot: QtBot, panel: RequestPanel) -> None:
    other = (
        replace(DRAFT, body="{}").with_value(Location.QUERY, "size", "l").with_value(Location.HEADER, "x-token", "t")
    )
    with qtbot.assertNotEmitted(panel.draft_edited):
        panel.set_draft(other, build_target(other), BASE)
    assert value(panel, Location.QUERY, "size").value == "l"
    assert value(panel, Location.HEADER, "x-token").value == "t"
    assert body(panel).toPlainText() == "{}"


def test_that_the_cursor_stays_while_the_draft_comes_back(qtbot: QtBot, panel: RequestPanel) -> None:
    comes_back(panel)
    edit = value(panel, Location.PATH, "user_id")
    edit.setCursorPosition(1)
    qtbot.keyClick(edit, "7")
    assert (edit.text(), edit.cursorPosition()) == ("472", 2)
    assert url_line(panel).text() == f"{BASE}/users/472/items"


def test_that_the_cursor_of_the_url_stays_while_the_draft_comes_back(qtbot: QtBot, panel: RequestPanel) -> None:
    line = url_line(panel)

    def come_back(text: str) -> None:
        panel.set_draft(replace(DRAFT, url_override=text.removeprefix(BASE)), text.removeprefix(BASE), BASE)

    panel.url_edited.connect(come_back)
    line.setCursorPosition(len(f"{BASE}/users/42"))
    with qtbot.waitSignal(panel.url_edited) as edited:
        qtbot.keyClick(line, "7")
    assert edited.args == [f"{BASE}/users/427/items"]
    assert line.cursorPosition() == len(f"{BASE}/users/427")


def test_that_a_whole_url_can_be_typed_over_the_old_one(qtbot: QtBot, panel: RequestPanel) -> None:
    typed = "http://127.0.0.1:8000/users/7/items"
    line = url_line(panel)

    def come_back(text: str) -> None:  # what is typed first is no address yet, and is taken for a path
        target = text.removeprefix(BASE)
        panel.set_draft(replace(DRAFT, url_override=target), target, BASE)

    panel.url_edited.connect(come_back)
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, typed)
    assert line.text() == typed
    body(panel).setFocus()
    assert line.text() == typed


def test_that_the_url_is_put_right_when_the_person_leaves_it(qtbot: QtBot, panel: RequestPanel) -> None:
    line = url_line(panel)
    panel.url_edited.connect(lambda _: panel.set_draft(DRAFT, "/users/42/items?q=a%20b", BASE))
    line.setFocus()
    line.setText(f"{BASE}/users/42/items?q=a ")
    qtbot.keyClicks(line, "b")
    assert line.text() == f"{BASE}/users/42/items?q=a b"
    body(panel).setFocus()
    assert line.text() == f"{BASE}/users/42/items?q=a%20b"


def test_that_typing_in_the_body_is_announced_and_keeps_the_indent(qtbot: QtBot, panel: RequestPanel) -> None:
    editor = body(panel)
    comes_back(panel)
    cursor = editor.textCursor()
    cursor.setPosition(len('{\n  "name": "Desk lamp",'))
    editor.setTextCursor(cursor)
    with qtbot.waitSignal(panel.draft_edited):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, '"x": 1,')
    assert editor.toPlainText() == '{\n  "name": "Desk lamp",\n  "x": 1,\n  "price": "cheap"\n}'


def test_that_an_example_can_be_undone(qtbot: QtBot, panel: RequestPanel) -> None:
    panel.set_draft(replace(DRAFT, body='{"name": "other"}'), "/x", BASE)
    editor = body(panel)
    editor.undo()
    assert editor.toPlainText() == BODY


def test_that_another_operation_cannot_be_undone_into(panel: RequestPanel, catalogue: Catalogue) -> None:
    other = catalogue.find("POST /echo")
    assert other is not None
    panel.set_operation(other)
    panel.set_draft(RequestDraft(method="POST", path="/echo", body="hello"), "/echo", BASE)
    body(panel).undo()
    assert body(panel).toPlainText() == "hello"


def test_that_hints_mark_rows_tabs_and_lines_and_never_stop_a_request(qtbot: QtBot, panel: RequestPanel) -> None:
    panel.set_parameter_hints({(Location.PATH, "user_id"): (TOO_SMALL,)})
    panel.set_body_hints((NO_NUMBER,), {1: "str, 1–80 characters"})

    assert value(panel, Location.PATH, "user_id").property("state") == "invalid"
    hint = panel.findChild(QWidget, names.PARAMETER_HINT.format(location=Location.PATH, name="user_id"))
    assert isinstance(hint, QWidget)
    assert hint.isVisible()
    notes = [body(panel).note_of(line) for line in range(4)]
    assert [note.text if note else None for note in notes] == [
        None,
        "str, 1–80 characters",
        "Input should be a valid number — body › price",
        None,
    ]
    assert panel.body.verdict.text.startswith("1 problem against ItemCreate. You may still send it")
    assert panel.tabs.accessibleTabName(0) == "Path, 1 error"
    assert send_button(panel).isEnabled()

    panel.set_parameter_hints({})
    panel.set_body_hints((), {1: "str, 1–80 characters", 2: "float > 0"})
    assert not hint.isVisible()
    assert not value(panel, Location.PATH, "user_id").property("state")
    assert panel.body.verdict.text.startswith("Matches ItemCreate · ")
    assert panel.tabs.accessibleTabName(4) == "Body, 2"


def test_that_a_path_parameter_in_the_url_leads_to_its_row(qtbot: QtBot, panel: RequestPanel) -> None:
    line = url_line(panel)
    span = next(span for span in line._spans if span.parameter)
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=line._chip(span).center().toPoint())
    edit = value(panel, Location.PATH, "user_id")
    assert edit.hasFocus()
    assert edit.selectedText() == "42"


def test_that_the_chip_stands_under_its_text(qtbot: QtBot, panel: RequestPanel) -> None:
    line = url_line(panel)
    span = next(span for span in line._spans if span.parameter)
    assert line.text()[span.start : span.end] == "42"
    chip = line._chip(span)
    assert line.cursorPositionAt(QPoint(round(chip.left()) + 3, line.height() // 2)) == span.start
    assert line.cursorPositionAt(QPoint(round(chip.right()) - 3, line.height() // 2)) == span.end


def test_that_send_turns_into_cancel_after_a_moment(qtbot: QtBot, panel: RequestPanel) -> None:
    button = send_button(panel)
    with qtbot.waitSignal(panel.send_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    width = button.width()
    panel.set_sending(True)
    with qtbot.assertNotEmitted(panel.send_requested), qtbot.assertNotEmitted(panel.cancel_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)  # the second half of a double click
    qtbot.waitUntil(lambda: button.cancels)
    assert button.accessibleName() == "Cancel"
    assert button.sizeHint().width() == width
    with qtbot.waitSignal(panel.cancel_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    panel.set_sending(False)
    assert button.accessibleName() == "Send"


def test_that_a_server_that_is_down_is_said_and_nothing_can_be_sent(qtbot: QtBot, panel: RequestPanel) -> None:
    panel.set_server_running(False, "The server has stopped. Start it to send.")
    assert not send_button(panel).isEnabled()
    sentence = panel.findChild(QWidget, names.REQUEST_SERVER)
    assert isinstance(sentence, QWidget)
    assert sentence.isVisible()
    with qtbot.assertNotEmitted(panel.send_requested):
        qtbot.keyClick(url_line(panel), Qt.Key.Key_Return)
    panel.set_server_running(True)
    assert not sentence.isVisible()
    with qtbot.waitSignal(panel.send_requested):
        qtbot.keyClick(url_line(panel), Qt.Key.Key_Return)


def test_that_a_tab_leads_to_its_section_and_scrolling_moves_the_tab(
    qtbot: QtBot, room: ComposeRoom, panel_in_room: RequestPanel
) -> None:
    room.resize(1388, 500)
    scroll = panel_in_room._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: scroll.maximum() > 0)
    panel_in_room.tabs.setCurrentIndex(4)
    assert scroll.value() > 0
    assert panel_in_room.tabs.chosen == "body"
    scroll.setValue(0)
    assert panel_in_room.tabs.chosen == "path"
    scroll.setValue(panel_in_room._section_top("query"))
    assert panel_in_room.tabs.chosen == "query"
    scroll.setValue(scroll.maximum())
    assert panel_in_room.tabs.chosen == "body"


def test_that_an_operation_opens_at_its_first_tab(panel: RequestPanel, catalogue: Catalogue) -> None:
    for key in ("GET /items", CREATE):
        operation = catalogue.find(key)
        assert operation is not None
        panel.set_operation(operation)
        assert panel.tabs.chosen == panel.tabs.keys[0]


def test_that_the_title_gives_way_to_the_form_in_a_low_window(
    qtbot: QtBot, room: ComposeRoom, panel_in_room: RequestPanel
) -> None:
    title = panel_in_room.findChild(QWidget, names.REQUEST_TITLE)
    assert isinstance(title, QWidget)
    assert title.isVisible()
    room.resize(1388, 300)
    qtbot.waitUntil(lambda: not title.isVisible())
    assert value(panel_in_room, Location.PATH, "user_id").isVisible()
    room.resize(1388, 830)
    qtbot.waitUntil(title.isVisible)


def test_that_an_operation_without_values_still_takes_added_rows(
    qtbot: QtBot, panel: RequestPanel, catalogue: Catalogue
) -> None:
    operation = catalogue.find("GET /health")
    assert operation is not None
    panel.set_operation(operation)
    panel.set_draft(RequestDraft(method="GET", path="/health"), "/health", BASE)
    comes_back(panel)
    assert panel.tabs.keys == ("query", "header", "cookie", "body", "auth", "options")
    assert panel.tabs.accessibleTabName(0) == "Query"

    click(qtbot, panel, names.PARAMETERS_ADD.format(location=Location.QUERY))
    name = panel.focusWidget()
    assert isinstance(name, QLineEdit)
    assert name.accessibleName() == "Name of query parameter 1"
    qtbot.keyClicks(name, "debug")
    qtbot.keyClicks(value(panel, Location.QUERY, "+0"), "1")
    assert url_line(panel).text() == f"{BASE}/health?debug=1"
    assert panel.tabs.accessibleTabName(0) == "Query, 1"

    click(qtbot, panel, names.PARAMETER_REMOVE.format(location=Location.QUERY, name="+0"))
    assert url_line(panel).text() == f"{BASE}/health"
    assert panel.findChild(QLineEdit, names.PARAMETER_NAME.format(location=Location.QUERY, name="+0")) is None


def test_that_the_tab_key_goes_from_url_to_send_to_form_to_body(
    qtbot: QtBot, room: ComposeRoom, panel_in_room: RequestPanel
) -> None:
    url_line(panel_in_room).setFocus()
    seen: list[str] = []
    while len(seen) < 60 and names.REQUEST_BODY not in seen:
        widget = room.focusWidget()
        seen.append(widget.objectName())
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    wanted = [
        names.REQUEST_URL,
        names.COMPOSE_SEND,
        names.PARAMETER_VALUE.format(location=Location.PATH, name="user_id"),
        names.PARAMETER_VALUE.format(location=Location.QUERY, name="lang"),
        names.REQUEST_BODY,
    ]
    assert [name for name in seen if name in wanted] == wanted
