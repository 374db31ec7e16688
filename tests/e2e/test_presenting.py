"""Before a class: everything larger, less of it, and nothing that lets somebody in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from explorer.ui import names
from explorer.ui.widgets.counted_tabs import CountedTabs
from explorer.ui.widgets.segmented import Segmented
from tests.seen import words_of

from .conftest import CONTROL, Person

KEY = Qt.Key
SECRETS = ("hunter2-b3arer", "hunter2-c00kie", "hunter2-k3y", "hunter2-qu3ry", "hunter2-pa55word")


def secrets_in_sight(person: Person) -> list[str]:
    words = words_of(person.window)
    return [secret for secret in SECRETS if secret in words]


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
