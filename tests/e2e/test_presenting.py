"""Before a class: everything larger, less of it, and nothing that lets somebody in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QTableView, QWidget

from explorer.client.cookies import Cookie
from explorer.ui import names
from explorer.ui.panels.sockets.ladder_view import LadderView
from explorer.ui.panels.traces.trace_detail import MESSAGES, MIDDLEWARE, TIMELINE
from explorer.ui.widgets.counted_tabs import CountedTabs
from explorer.ui.widgets.grip_splitter import GripSplitter
from explorer.ui.widgets.onion_view import OnionView
from explorer.ui.widgets.segmented import Segmented
from tests.heard import heard_of
from tests.seen import words_of

from .conftest import CONTROL, Person
from .test_sockets import Chatter

KEY = Qt.Key
SECRETS = ("hunter2-b3arer", "hunter2-c00kie", "hunter2-k3y", "hunter2-qu3ry", "hunter2-pa55word")


def secrets_in(words: str) -> list[str]:
    return [secret for secret in SECRETS if secret in words]


def secrets_in_sight(person: Person) -> list[str]:
    return secrets_in(words_of(person.window))


def told_by(person: Person, window: QWidget | None = None) -> list[str]:
    """Return the secrets that are painted in a window, or that a screen reader would say, or that a tool tip has."""
    window = window or person.window
    tips = [each.toolTip() for each in window.findChildren(QWidget) if each.isVisible()]
    return secrets_in("\n".join((words_of(window), heard_of(window), *tips)))


def traces(person: Person) -> Iterator[str]:
    """Look at all that is told of the request with the secrets."""
    person.window.show_room("traces")
    table = person.find(QTableView, names.TRACES_LIST)
    paths = [str(table.model().index(row, 1).data()) for row in range(table.model().rowCount())]
    table.setCurrentIndex(table.model().index(next(i for i, path in enumerate(paths) if "/seen" in path), 0))
    for tab in (TIMELINE, MIDDLEWARE, MESSAGES):
        person.choose_tab(names.TRACE_TABS, tab)
        yield tab
    messages = person.find(QTableView, names.TRACE_MESSAGES)
    for row in range(messages.model().rowCount()):
        messages.selectRow(row)
        yield f"message {row}"
    person.window.show_room("compose")


def looks(person: Person) -> Iterator[str]:
    """Look at every view of the response, and at every room."""
    for key in person.find(CountedTabs, names.RESPONSE_TABS).keys:
        person.choose_tab(names.RESPONSE_TABS, key)
        yield key
        sides = [each for each in person.window.findChildren(Segmented) if each.isVisible() and each.current == 0]
        for side in sides:
            if person.find(QWidget, names.RESPONSE_PANEL).isAncestorOf(side):
                side.buttons[1].click()
                yield f"{key}, the other side"
                side.buttons[0].click()
    for room in ("traces", "sockets", "database", "compose"):
        person.window.show_room(room)
        yield room


def arranged(person: Person) -> dict[str, object]:
    """Return how the window is arranged, with heights as shares: type of another size leaves some pixels over."""
    state = {**person.window.state(), **person.rooms.room.state()}
    shares = {name: round(state[name][0] / sum(state[name]), 2) for name in ("splitter", "rows")}
    return {**state, **shares, "history": None}


@pytest.fixture
def teacher(trier: Person) -> Iterator[Person]:
    """Return somebody who has sent a request with secrets everywhere."""
    url = f"{trier.rooms.server.url}/seen?access_token={SECRETS[3]}"
    headers = f"-H 'Authorization: Bearer {SECRETS[0]}' -H 'X-Shop-Key: {SECRETS[2]}' -b 'session={SECRETS[1]}'"
    QApplication.clipboard().setText(f"""curl '{url}' {headers} --json '{{"password": "{SECRETS[4]}"}}'""")
    trier.press(KEY.Key_L, CONTROL)
    trier.press(KEY.Key_V, CONTROL)
    trier.send()
    yield trier
    trier.program.themes.set_presenting(False)


def test_that_presenting_shows_response_and_xray_alone_and_brings_back_everything(trier: Person) -> None:
    trier.trigger(names.SERVER_LOG)
    trier.choose("GET /items")
    trier.send()
    trier.find(QWidget, names.REQUEST_URL).setFocus()
    themes = trier.program.themes
    before, zoom = arranged(trier), themes.zoom
    rail = trier.find(QWidget, names.RAIL_ROOM.format(room="compose"))
    height = rail.height()
    assert "Compose" in words_of(trier.window)

    trier.press(KEY.Key_F9)
    seen = (names.RESPONSE_PANEL, names.XRAY_PANEL, names.OPEN_REQUESTS)
    gone = (names.REQUEST_PANEL, names.OPERATIONS_PANEL, names.LOG_PANEL)
    assert [name for name in seen if not trier.sees(name)] == []
    assert [name for name in gone if trier.sees(name)] == []
    assert rail.height() > height
    assert "Compose" not in words_of(trier.window)
    assert arranged(trier) == before  # what would be saved
    trier.send()
    assert trier.read(names.RESPONSE_STATUS) == "200 OK"

    trier.press(KEY.Key_Escape)
    assert not themes.presenting
    assert themes.zoom == zoom
    assert [name for name in (*seen, *gone) if not trier.sees(name)] == []
    trier.until(lambda: arranged(trier) == before)
    assert trier.focus == names.REQUEST_URL
    trier.trigger(names.SERVER_LOG)


def test_that_no_secret_is_in_sight_while_somebody_presents(teacher: Person) -> None:
    shown = {look: secrets_in_sight(teacher) for look in looks(teacher)}
    assert {secret for those in shown.values() for secret in those} == set(SECRETS)
    assert len(shown) > 12
    teacher.click(names.TOP_BAR_PRESENT)
    shown = {look: secrets_in_sight(teacher) for look in looks(teacher)}
    assert {look: those for look, those in shown.items() if those} == {}
    teacher.click(names.TOP_BAR_PRESENT)
    assert secrets_in_sight(teacher) != []
    assert "Bearer" in str(teacher.last_exchange.request.headers)  # what is sent is what was


def test_that_no_screen_reader_and_no_tool_tip_tells_a_secret_while_somebody_presents(teacher: Person) -> None:
    told = {look: told_by(teacher) for look in (*looks(teacher), *traces(teacher))}
    assert {secret for those in told.values() for secret in those} == set(SECRETS)
    teacher.click(names.TOP_BAR_PRESENT)
    told = {look: told_by(teacher) for look in (*looks(teacher), *traces(teacher))}
    teacher.press(KEY.Key_B, CONTROL)
    assert teacher.sees(names.HISTORY_PANEL)
    told["the history"] = told_by(teacher)
    teacher.press(KEY.Key_Escape)
    teacher.trigger(names.SERVER_LOG)
    told["the log"] = told_by(teacher)
    teacher.trigger(names.SERVER_LOG)
    assert {look: those for look, those in told.items() if those} == {}
    assert len(told) > 20
    teacher.click(names.TOP_BAR_PRESENT)
    assert told_by(teacher) != []


def test_that_what_can_be_copied_is_named_without_its_secret_and_copied_with_it(teacher: Person) -> None:
    teacher.program.themes.masking.learn(["seen"])  # as if the path had one
    teacher.click(names.TOP_BAR_PRESENT)
    assert list(traces(teacher)) != []
    teacher.window.show_room("traces")
    table = teacher.find(QTableView, names.TRACES_LIST)
    place = table.rect().center()
    asks = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, table.mapToGlobal(place))
    QApplication.sendEvent(table.viewport(), asks)
    menu = teacher.find(QMenu, names.TRACES_MENU)
    entries = {action.text(): action for action in menu.actions()}
    assert [text for text in entries if "seen" in text] == []
    entries["Copy the path"].trigger()
    menu.close()
    assert QApplication.clipboard().text() == f"/seen?access_token={SECRETS[3]}"


def test_that_a_conversation_tells_no_secret_while_somebody_presents(person: Person) -> None:
    chatter = Chatter(person)
    room, clients = person.rooms.sockets.room, person.rooms.sockets.clients
    assert room is not None
    assert clients is not None
    room.sidebar.client_wanted.emit("WS /ws/echo")
    room.address.url_edited.emit(f"ws{clients.base_url[4:]}/ws/echo?access_token={SECRETS[3]}")
    person.click(names.SOCKET_CONNECT.format(number=0))
    person.until(lambda: person.sees(names.SOCKET_SEND.format(number=0)))
    said = (f'{{"password": "{SECRETS[4]}"}}', f"Authorization: Bearer {SECRETS[0]}", f"mine is {SECRETS[3]}")
    for text in said:
        chatter.say(0, text)
    person.until(lambda: chatter.rows.count(f"mine is {SECRETS[3]}") >= 2)
    assert set(told_by(person)) == {SECRETS[0], SECRETS[3], SECRETS[4]}

    person.press(KEY.Key_F9)
    address = person.find(QLineEdit, names.SOCKETS_URL)
    address.hide()  # a line that is typed into has its text for whoever works here; it paints another
    assert secrets_in(words_of(address)) + secrets_in(address.toolTip()) == []
    ladder, told = person.find(LadderView, names.SOCKETS_LADDER), {"the room": told_by(person)}
    gathered = person.rooms.sockets.watch.gathering.ladder
    for number in range(gathered.count):
        for cell in gathered.row(number).cells:
            ladder.choose(number, cell.column)
            told[f"row {number}, {cell.column}"] = told_by(person)
    assert len(told) > 6
    assert {look: those for look, those in told.items() if those} == {}
    address.show()
    person.press(KEY.Key_F9)
    assert told_by(person) != []


def test_that_the_cookie_jar_hides_what_its_form_holds_while_somebody_presents(trier: Person) -> None:
    trier.rooms.client.jar.set(Cookie(name="session", value=SECRETS[1], domain="127.0.0.1"))
    trier.rooms.cookies.on_panel_jar_requested()
    trier.until(lambda: trier.sees(names.JAR_DIALOG))
    dialog = trier.find(QWidget, names.JAR_DIALOG)
    trier.find(QTableView, names.JAR_TABLE).selectRow(0)
    assert told_by(trier, dialog) == [SECRETS[1]]
    trier.program.themes.set_presenting(True)
    assert told_by(trier, dialog) == []
    trier.program.themes.set_presenting(False)
    assert told_by(trier, dialog) == [SECRETS[1]]
    dialog.close()


def test_that_a_drawer_is_closed_before_the_presentation_ends(trier: Person) -> None:
    trier.press(KEY.Key_F9)
    trier.press(KEY.Key_B, CONTROL)
    assert trier.sees(names.OPERATIONS_PANEL)
    trier.press(KEY.Key_Escape)
    assert not trier.sees(names.OPERATIONS_PANEL)
    assert trier.program.themes.presenting
    trier.press(KEY.Key_Escape)
    assert trier.sees(names.OPERATIONS_PANEL)
    assert not trier.program.themes.presenting


def test_that_presenting_is_not_saved(trier: Person) -> None:
    trier.press(KEY.Key_F9)
    trier.rooms.save()
    trier.press(KEY.Key_F9)
    path = trier.program.folder.settings
    trier.until(lambda: path.exists() and '"zoom": 100' in path.read_text("utf-8"))


def test_that_a_class_sees_the_onion_whole_on_a_small_projector_and_the_list_comes_back(person: Person) -> None:
    person.window.resize(1280, 720)
    person.choose("GET /items")
    person.send()
    person.click(names.XRAY_OPEN_TRACE)
    onion, rows = person.find(OnionView, names.TRACE_ONION), person.find(GripSplitter, names.TRACE_ROWS)
    assert len(onion.onion.rings) > 5
    shares = rows.sizes()
    person.press(KEY.Key_F9)
    try:
        assert not person.sees(names.TRACES_LIST)
        assert person.sees(names.TRACES_OPEN_LIST)
        person.until(lambda: onion.visibleRegion().boundingRect() == onion.rect())
        assert min(rows.sizes()) > 100  # nor is what is told below it gone
    finally:
        person.program.themes.set_presenting(False)
    assert person.sees(names.TRACES_LIST)
    person.until(lambda: rows.sizes() == pytest.approx(shares, abs=3))  # type of another size leaves some pixels over
