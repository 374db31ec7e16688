"""The rows of the form: editors by type, repeated and added rows, and what is said about them."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Annotated, Literal

import pytest
from fastapi import Cookie, FastAPI, Header, Query
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from explorer.client.blank import without_left_over
from explorer.client.draft import BodyKind, RequestDraft, Value
from explorer.client.starting import starting_draft
from explorer.client.urls import apply_target, build_target, target_of
from explorer.openapi.hints import Hint
from explorer.openapi.operations import Catalogue, Location
from explorer.openapi.read import read_catalogue
from explorer.ui import names
from explorer.ui.panels.request_panel import RequestPanel
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.parameter_row import ParameterRow
from explorer.ui.widgets.value_edit import ValueEdit

BASE = "http://127.0.0.1:8000"
QUERY, HEADER, COOKIE = Location.QUERY, Location.HEADER, Location.COOKIE


def make_app() -> FastAPI:
    app = FastAPI()

    @app.get("/search")
    def search(
        limit: Annotated[int, Query(ge=1, le=100, description="How many at most", examples=[25])] = 10,
        price: float | None = None,
        size: Literal["s", "m"] | None = None,
        day: dt.date | None = None,
        at: dt.datetime | None = None,
        tag: Annotated[list[str] | None, Query()] = None,
        authorization: Annotated[str | None, Header()] = None,
        visits: Annotated[int | None, Cookie()] = None,
    ) -> None: ...

    @app.get("/plain")
    def plain() -> None: ...

    def many(**_: str) -> None: ...

    many.__signature__ = _signature(30)  # type: ignore[attr-defined]
    app.get("/many")(many)
    return app


def _signature(count: int) -> object:
    import inspect

    kinds: tuple[type, ...] = (str, int, bool, dt.date)
    return inspect.Signature(
        [
            inspect.Parameter(
                f"p{i}",
                inspect.Parameter.KEYWORD_ONLY,
                annotation=Annotated[kinds[i % 4], Query(description=f"The parameter number {i}")],
            )
            for i in range(count)
        ]
    )


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(make_app().openapi())


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication, themes: Themes, catalogue: Catalogue) -> Iterator[RequestPanel]:
    """Return a panel that shows the search, and takes each edit back as the program does."""
    panel = RequestPanel(themes)
    qtbot.addWidget(panel)
    panel.resize(680, 700)
    panel.draft_edited.connect(lambda draft: show(panel, draft))
    panel.url_edited.connect(lambda text: show(panel, typed(panel, target_of(text, BASE))))
    with qtbot.waitExposed(panel):
        panel.show()
    panel.activateWindow()
    open_operation(panel, catalogue, "GET /search")
    yield panel
    themes.set_zoom(100)


def typed(panel: RequestPanel, target: str) -> RequestDraft:
    declared = set(panel._editors)
    return without_left_over(panel._draft, apply_target(panel._draft, target), declared)


def open_operation(panel: RequestPanel, catalogue: Catalogue, key: str) -> None:
    operation = catalogue.find(key)
    assert operation is not None
    panel.set_operation(operation, catalogue)
    show(panel, starting_draft(operation, catalogue.document))


def show(panel: RequestPanel, draft: RequestDraft) -> None:
    panel.set_draft(draft, build_target(draft), BASE)


def edit_of(panel: RequestPanel, location: Location, name: str) -> ValueEdit:
    found = panel.findChild(QLineEdit, names.PARAMETER_VALUE.format(location=location, name=name))
    assert isinstance(found, ValueEdit)
    return found


def row_of(panel: RequestPanel, location: Location, name: str, number: int = 0) -> ParameterRow:
    row = panel.table.row(location, name, number)
    assert row is not None
    return row


def press(qtbot: QtBot, panel: RequestPanel, pattern: str, location: Location, name: str = "") -> None:
    button = panel.findChild(QAbstractButton, pattern.format(location=location, name=name))
    assert isinstance(button, QAbstractButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def pick(row: ParameterRow, starts: str) -> None:
    menu: QMenu = row.make_menu()
    next(action for action in menu.actions() if action.text().startswith(starts)).trigger()


def url(panel: RequestPanel) -> str:
    return panel.url_bar.line.text().removeprefix(BASE)


def test_that_the_arrow_keys_step_a_number_and_any_text_can_be_typed(qtbot: QtBot, panel: RequestPanel) -> None:
    edit = edit_of(panel, QUERY, "limit")
    assert edit.placeholderText() == "not sent (10)"
    edit.setFocus()
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert url(panel) == "/search?limit=1"
    qtbot.keyClick(edit, Qt.Key.Key_PageUp)
    assert url(panel) == "/search?limit=11"
    edit.selectAll()
    qtbot.keyClicks(edit, "ten")
    assert url(panel) == "/search?limit=ten"
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert url(panel) == "/search?limit=ten"


def test_that_an_optional_enum_keeps_its_drop_down(panel: RequestPanel) -> None:
    box = edit_of(panel, QUERY, "size").parentWidget()
    assert isinstance(box, QComboBox)
    assert [box.itemText(i) for i in range(box.count())] == ["s", "m"]
    box.textActivated.emit("m")
    assert url(panel) == "/search?size=m"


def test_that_a_date_can_be_chosen_from_a_calendar(qtbot: QtBot, panel: RequestPanel) -> None:
    edit = edit_of(panel, QUERY, "day")
    edit.setFocus()
    qtbot.keyClicks(edit, "2025-03-01")
    qtbot.keyClick(edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = edit.findChild(QCalendarWidget, names.MOMENT_CALENDAR)
    assert isinstance(calendar, QCalendarWidget)
    assert calendar.selectedDate() == QDate(2025, 3, 1)
    calendar.clicked.emit(QDate(2025, 3, 1))
    assert not calendar.isVisible()
    calendar.setSelectedDate(QDate(2025, 3, 9))
    calendar.activated.emit(QDate(2025, 3, 9))
    assert url(panel) == "/search?day=2025-03-09"


def test_that_a_moment_keeps_its_time_zone_when_the_day_changes(qtbot: QtBot, panel: RequestPanel) -> None:
    edit = edit_of(panel, QUERY, "at")
    edit.enter_value("2025-03-01T16:04:31Z")
    edit.choose_moment()
    calendar = edit.findChild(QCalendarWidget, names.MOMENT_CALENDAR)
    assert isinstance(calendar, QCalendarWidget)
    calendar.setSelectedDate(QDate(2025, 3, 2))
    use = calendar.window().findChild(QAbstractButton, names.MOMENT_USE)
    assert isinstance(use, QAbstractButton)
    qtbot.mouseClick(use, Qt.MouseButton.LeftButton)
    assert edit.value == "2025-03-02T16:04:31Z"


def test_that_an_array_has_a_row_for_each_of_its_values_in_order(qtbot: QtBot, panel: RequestPanel) -> None:
    first = edit_of(panel, QUERY, "tag")
    qtbot.keyClicks(first, "a")
    press(qtbot, panel, names.PARAMETER_ADD, QUERY, "tag")
    second = edit_of(panel, QUERY, "tag.1")
    assert second.hasFocus()
    qtbot.keyClicks(second, "b")
    assert url(panel) == "/search?tag=a&tag=b"
    assert second.accessibleName() == "Value of tag, 2 of 2, list[str] | None"

    pick(row_of(panel, QUERY, "tag", 1), "Move up")
    assert url(panel) == "/search?tag=b&tag=a"
    press(qtbot, panel, names.PARAMETER_REMOVE, QUERY, "tag")
    assert url(panel) == "/search?tag=a"


def test_that_repeated_keys_typed_into_the_url_become_rows(qtbot: QtBot, panel: RequestPanel) -> None:
    line = panel.url_bar.line
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_End)
    qtbot.keyClicks(line, "?tag=a&tag=b&other=1")
    assert [edit_of(panel, QUERY, name).value for name in ("tag", "tag.1", "+0")] == ["a", "b", "1"]
    assert line.hasFocus()


def test_that_a_row_that_is_switched_off_keeps_its_text_and_leaves_the_url(qtbot: QtBot, panel: RequestPanel) -> None:
    edit = edit_of(panel, QUERY, "price")
    qtbot.keyClicks(edit, "9.5")
    press(qtbot, panel, names.PARAMETER_ENABLED, QUERY, "price")
    assert url(panel) == "/search"
    assert edit.text() == "9.5"
    assert edit.property("off") is True
    press(qtbot, panel, names.PARAMETER_ENABLED, QUERY, "price")
    assert url(panel) == "/search?price=9.5"


def test_that_examples_and_defaults_are_offered(panel: RequestPanel) -> None:
    row = row_of(panel, QUERY, "limit")
    pick(row, "Use example: 25")
    assert url(panel) == "/search?limit=25"
    pick(row, "Use default: 10")
    assert url(panel) == "/search?limit=10"
    pick(row, "Do not send it")
    assert url(panel) == "/search"


def test_that_docs_and_types_are_told_to_everybody(panel: RequestPanel) -> None:
    row = row_of(panel, QUERY, "limit")
    assert row.toolTip().splitlines() == [
        "limit: int 1–100 = 10",
        "How many at most",
        "Not sent: the server takes 10.",
        "Example: 25",
    ]
    assert row.edit.accessibleName() == "Value of limit, int 1–100 = 10"
    assert row.edit.accessibleDescription() == "How many at most"


def test_that_a_header_and_a_cookie_can_be_added(qtbot: QtBot, panel: RequestPanel) -> None:
    for location, name in ((HEADER, "X-Trace"), (COOKIE, "theme")):
        press(qtbot, panel, names.PARAMETERS_ADD, location)
        typed = panel.focusWidget()
        assert isinstance(typed, QLineEdit)
        qtbot.keyClicks(typed, name)
        qtbot.keyClicks(edit_of(panel, location, "+0"), "on")
    sent = [(v.location, v.name, v.sent) for v in panel._draft.values if v.sent is not None]
    assert sent == [(HEADER, "X-Trace", "on"), (COOKIE, "theme", "on")]


def test_that_header_names_are_completed(qtbot: QtBot, panel: RequestPanel) -> None:
    press(qtbot, panel, names.PARAMETERS_ADD, HEADER)
    typed = panel.focusWidget()
    assert isinstance(typed, QLineEdit)
    completer = typed.completer()
    completer.setCompletionPrefix("if-none")
    assert completer.currentCompletion() == "If-None-Match"
    completer.activated.emit("If-None-Match")
    assert panel._draft.values[-1].name == "If-None-Match"


def test_that_a_declared_authorization_header_is_sendable(qtbot: QtBot, panel: RequestPanel) -> None:
    qtbot.keyClicks(edit_of(panel, HEADER, "authorization"), "Bearer x")
    assert panel._draft.value(HEADER, "authorization") == "Bearer x"


def test_that_an_added_row_joins_the_declared_one_only_when_its_name_is_left(qtbot: QtBot, panel: RequestPanel) -> None:
    press(qtbot, panel, names.PARAMETERS_ADD, QUERY)
    typed = panel.focusWidget()
    assert isinstance(typed, QLineEdit)
    qtbot.keyClicks(typed, "tag")
    qtbot.keyClicks(typed, "s")
    assert typed.hasFocus()
    assert typed.text() == "tags", "the row must not jump while its name is being typed"
    qtbot.keyClick(typed, Qt.Key.Key_Backspace)
    panel.url_bar.line.setFocus()
    assert row_of(panel, QUERY, "tag", 1).row.count == 2


def test_that_a_value_whose_secret_was_not_saved_asks_for_it_again(qtbot: QtBot, panel: RequestPanel) -> None:
    show(panel, replace(panel._draft, values=(Value(location=HEADER, name="authorization", ask=True),)))
    edit = edit_of(panel, HEADER, "authorization")
    assert edit.placeholderText() == "enter again"
    qtbot.keyClicks(edit, "B")
    assert panel._draft.values == (Value(location=HEADER, name="authorization", text="B"),)


def test_that_a_422_leads_to_its_row(qtbot: QtBot, panel: RequestPanel) -> None:
    panel.resize(680, 260)
    show(panel, panel._draft.with_value(COOKIE, "visits", "many"))
    assert panel.focus_loc(("cookie", "visits"))
    edit = edit_of(panel, COOKIE, "visits")
    assert edit.hasFocus()
    assert edit.selectedText() == "many"
    assert row_of(panel, COOKIE, "visits").flashes
    assert not edit.visibleRegion().isEmpty()
    assert panel.focus_loc(("header", "Authorization"))
    assert edit_of(panel, HEADER, "authorization").hasFocus()
    assert not panel.focus_loc(("query", "nothing of the kind"))
    show(panel, replace(panel._draft, values=(Value(location=HEADER, name="X-Trace", text="1"),)))
    assert panel.focus_loc(("header", "x_trace"))
    assert edit_of(panel, HEADER, "+0").hasFocus()
    assert not panel.focus_loc(())


def test_that_a_422_leads_to_the_very_row_of_an_array(qtbot: QtBot, panel: RequestPanel) -> None:
    show(panel, apply_target(panel._draft, "/search?tag=a&tag=b"))
    assert panel.focus_loc(("query", "tag", 1))
    assert edit_of(panel, QUERY, "tag.1").hasFocus()


def test_that_a_hint_for_one_of_an_array_stands_under_its_row(panel: RequestPanel) -> None:
    show(panel, apply_target(panel._draft, "/search?tag=a&tag=b"))
    panel.set_parameter_hints({(QUERY, "tag"): (Hint(message="No", loc=("query", "tag", 1)),)})
    assert not edit_of(panel, QUERY, "tag").property("state")
    assert edit_of(panel, QUERY, "tag.1").property("state") == "invalid"
    assert panel.tabs.accessibleTabName(0) == "Query, 1 error"


def test_that_a_hint_takes_no_more_lines_than_its_words_need(qtbot: QtBot, panel: RequestPanel) -> None:
    def say(message: str) -> None:
        panel.set_parameter_hints({(QUERY, "price"): (Hint(message=message, loc=("query", "price")),)})

    say("Input should be greater than or equal to 1")
    row = row_of(panel, QUERY, "price")
    line = panel.fontMetrics().height()
    alone = row_of(panel, QUERY, "size").height()
    qtbot.waitUntil(lambda: alone + line <= row.height() < alone + 2 * line)
    say("Input should be greater than or equal to 1. " * 4)
    qtbot.waitUntil(lambda: row.height() >= alone + 2 * line)


def test_that_rows_stay_the_same_widgets_while_a_person_types(qtbot: QtBot, panel: RequestPanel) -> None:
    before = {section: list(found.rows) for section, found in panel.table.sections.items()}
    qtbot.keyClicks(edit_of(panel, QUERY, "price"), "12")
    assert {section: list(found.rows) for section, found in panel.table.sections.items()} == before


def bulk_text(panel: RequestPanel, location: Location) -> QPlainTextEdit:
    found = panel.findChild(QPlainTextEdit, names.PARAMETERS_TEXT.format(location=location))
    assert isinstance(found, QPlainTextEdit)
    return found


def test_that_rows_can_be_edited_as_text_and_back(qtbot: QtBot, panel: RequestPanel) -> None:
    show(panel, apply_target(panel._draft, "/search?limit=5&tag=a&tag=b"))
    press(qtbot, panel, names.PARAMETERS_BULK, QUERY)
    text = bulk_text(panel, QUERY)
    assert text.hasFocus()
    assert not edit_of(panel, QUERY, "limit").isVisible()
    assert text.toPlainText().splitlines() == [
        "limit: 5",
        *("# price", "# size", "# day", "# at"),
        *("tag: a", "tag: b"),
    ]
    text.selectAll()
    qtbot.keyClicks(text, "limit: 7")
    qtbot.keyClick(text, Qt.Key.Key_Return)
    qtbot.keyClicks(text, "# tag: x")
    qtbot.keyClick(text, Qt.Key.Key_Return)
    qtbot.keyClicks(text, "other:   spaced ")
    assert text.toPlainText() == "limit: 7\n# tag: x\nother:   spaced ", "nobody tidies up while a person types"
    assert url(panel) == "/search?limit=7&other=spaced"
    press(qtbot, panel, names.PARAMETERS_BULK, QUERY)
    assert not text.isVisible()
    assert edit_of(panel, QUERY, "limit").isVisible()
    assert edit_of(panel, QUERY, "+0").value == "spaced"
    assert edit_of(panel, QUERY, "tag").text() == "x"
    assert not row_of(panel, QUERY, "tag").row.value.enabled


def test_that_the_text_follows_the_url_and_a_422_leads_back_to_the_rows(qtbot: QtBot, panel: RequestPanel) -> None:
    press(qtbot, panel, names.PARAMETERS_BULK, QUERY)
    show(panel, apply_target(panel._draft, "/search?limit=9"))
    assert "limit: 9" in bulk_text(panel, QUERY).toPlainText().splitlines()
    assert panel.focus_loc(("query", "limit"))
    assert edit_of(panel, QUERY, "limit").hasFocus()
    assert not bulk_text(panel, QUERY).isVisible()


def test_that_the_tab_key_leaves_the_text(qtbot: QtBot, panel: RequestPanel) -> None:
    press(qtbot, panel, names.PARAMETERS_BULK, QUERY)
    qtbot.keyClick(bulk_text(panel, QUERY), Qt.Key.Key_Tab)
    assert panel.focusWidget().objectName() == names.PARAMETERS_ADD.format(location=HEADER)


def test_that_the_tab_key_goes_through_a_row_in_order(qtbot: QtBot, panel: RequestPanel) -> None:
    show(panel, apply_target(panel._draft, "/search?other=1"))
    box = panel.findChild(QWidget, names.PARAMETER_ENABLED.format(location=QUERY, name="+0"))
    assert isinstance(box, QWidget)
    box.setFocus()
    seen = []
    for _ in range(6):
        widget = panel.focusWidget()
        seen.append(widget.objectName())
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    patterns = (
        *(names.PARAMETER_ENABLED, names.PARAMETER_NAME, names.PARAMETER_VALUE),
        *(names.PARAMETER_MORE, names.PARAMETER_REMOVE),
    )
    in_row = [pattern.format(location=QUERY, name="+0") for pattern in patterns]
    assert seen == [*in_row, names.PARAMETERS_ADD.format(location=HEADER)]


def test_that_another_method_can_be_chosen_and_typed(qtbot: QtBot, panel: RequestPanel) -> None:
    method = panel.url_bar.method
    actions = {action.text(): action for action in method.make_menu().actions()}
    assert list(actions)[:7] == ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
    actions["PATCH"].trigger()
    assert panel._draft.method == "PATCH"
    assert method.accessibleName() == "Method PATCH"
    method.type_method()
    line = method.line
    assert line is not None
    qtbot.keyClicks(line, "pu r/ge")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert panel._draft.method == "PURGE"
    assert not line.isVisible()


def test_that_a_body_with_get_is_allowed_with_a_word_of_warning(panel: RequestPanel) -> None:
    notice = panel.findChild(QWidget, names.REQUEST_SERVER)
    assert isinstance(notice, QWidget)
    show(panel, replace(panel._draft, body_kind=BodyKind.TEXT, body="{}"))
    assert notice.isVisible()
    assert notice.accessibleName().startswith("GET with a body: it is sent")
    show(panel, replace(panel._draft, method="POST"))
    assert not notice.isVisible()


CURL = "curl 'http://127.0.0.1:8000/search' \\\n  -H 'X-Trace: on' \\\n  --data 'x'"


@pytest.mark.parametrize("text", [CURL, "http://other.test/a?b=c\n"])
def test_that_a_pasted_request_arrives_whole(qtbot: QtBot, panel: RequestPanel, text: str) -> None:
    QApplication.clipboard().setText(text)
    line = panel.url_bar.line
    line.setFocus()
    line.selectAll()
    with qtbot.waitSignal(panel.pasted) as pasted, qtbot.assertNotEmitted(panel.url_edited):
        qtbot.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert pasted.args == [text.strip()]


def test_that_a_pasted_part_goes_into_the_url(qtbot: QtBot, panel: RequestPanel) -> None:
    QApplication.clipboard().setText("?next=http://other.test/")
    line = panel.url_bar.line
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_End)
    with qtbot.assertNotEmitted(panel.pasted), qtbot.waitSignals([panel.url_edited] * 1):
        qtbot.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert edit_of(panel, QUERY, "+0").value == "http://other.test/"


def test_that_an_address_that_mail_broke_in_two_is_whole_again(qtbot: QtBot, panel: RequestPanel) -> None:
    QApplication.clipboard().setText("  ?next=http://other.test/a\n  /b\n")
    line = panel.url_bar.line
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_End)
    qtbot.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert edit_of(panel, QUERY, "+0").value == "http://other.test/a/b"


@pytest.mark.parametrize("width", [480, 660])
def test_that_nothing_is_cut_off_in_a_narrow_panel(
    panel: RequestPanel, width: int, themes: Themes, qtbot: QtBot
) -> None:
    inside: Callable[[QWidget], bool] = lambda w: w.mapTo(panel, w.rect().bottomRight()).x() <= panel.width()  # noqa: E731
    panel.resize(width, 500)
    qtbot.waitUntil(lambda: panel.width() == width)
    assert all(inside(part) for part in panel.table.focus_chain() if part.isVisible())
    last = panel.tabs.tabRect(panel.tabs.count() - 1)
    assert panel.tabs.mapTo(panel, last.bottomRight()).x() - themes.theme.px(12) <= width


def test_that_a_row_that_is_off_still_says_that_the_server_wants_it(panel: RequestPanel, catalogue: Catalogue) -> None:
    open_operation(panel, catalogue, "GET /many")
    row = row_of(panel, QUERY, "p0")
    row.box.click()
    panel.set_parameter_hints({(QUERY, "p0"): (Hint(message="Field required", loc=("query", "p0")),)})
    hint = panel.findChild(QWidget, names.PARAMETER_HINT.format(location=QUERY, name="p0"))
    assert isinstance(hint, QWidget)
    assert hint.isVisible()


def test_that_reading_the_app_anew_leaves_the_person_where_they_were(panel: RequestPanel, catalogue: Catalogue) -> None:
    panel.tabs.setCurrentIndex(panel.tabs.keys.index("options"))
    open_operation(panel, catalogue, "GET /search")
    assert panel.tabs.chosen == "options"
    assert panel.options.isVisible()
    open_operation(panel, catalogue, "GET /plain")
    assert panel.tabs.chosen == "query"
    assert not panel.options.isVisible()


def test_that_a_blank_request_takes_rows_too(qtbot: QtBot, panel: RequestPanel) -> None:
    panel.set_operation(None)
    show(panel, RequestDraft(method="GET", path="/x/{id}"))
    qtbot.keyClicks(edit_of(panel, Location.PATH, "id"), "7")
    press(qtbot, panel, names.PARAMETERS_ADD, HEADER)
    typed = panel.focusWidget()
    assert isinstance(typed, QLineEdit)
    qtbot.keyClicks(typed, "X-A")
    assert url(panel) == "/x/7"
    assert [(v.location, v.name) for v in panel._draft.values] == [(Location.PATH, "id"), (HEADER, "X-A")]


def test_that_the_form_does_not_jump_when_the_url_brings_another_row(qtbot: QtBot, panel: RequestPanel) -> None:
    panel.resize(680, 320)
    bar = panel._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 100)
    bar.setValue(bar.maximum())
    before = bar.value()
    panel.url_bar.line.setFocus()
    qtbot.keyClick(panel.url_bar.line, Qt.Key.Key_End)
    qtbot.keyClicks(panel.url_bar.line, "?a=1")
    qtbot.waitUntil(lambda: bar.maximum() > before)
    assert bar.value() == before
