"""Each key of the window, pressed by somebody who expects it to do what it does everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QListView, QWidget
from pytestqt.exceptions import TimeoutError as QtTimeoutError

from explorer import __version__
from explorer.ui import names
from explorer.ui.actions.commands import BY_ID
from explorer.ui.dialogs.palette import Palette
from explorer.ui.panels.database_room import DatabaseRoom

from .conftest import CONTROL, NO_MODIFIER, SHIFT, Person, Start

ALT = Qt.KeyboardModifier.AltModifier
Seen = Callable[[Person], object]
Key = Qt.Key
MESSAGE = names.NOTICE_TEXT.format(kind="message")


class Folders(QObject):
    """A desktop that is asked to open folders."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


COMPOSE: tuple[tuple[str, Key, Qt.KeyboardModifier, Seen], ...] = (
    ("filter", Key.Key_Slash, NO_MODIFIER, lambda p: p.focus == names.OPERATIONS_FILTER),
    ("next panel", Key.Key_F6, NO_MODIFIER, lambda p: p.focus == names.REQUEST_URL),
    ("previous panel", Key.Key_F6, SHIFT, lambda p: p.focus == names.OPERATIONS_FILTER),
    ("URL", Key.Key_L, CONTROL, lambda p: p.focus == names.REQUEST_URL),
    ("hide the sidebar", Key.Key_B, CONTROL, lambda p: not p.sees(names.OPERATIONS_PANEL)),
    ("show it again", Key.Key_B, CONTROL, lambda p: p.sees(names.OPERATIONS_PANEL)),
    ("hide the X-ray", Key.Key_J, CONTROL, lambda p: not p.sees(names.XRAY_PANEL)),
    ("show it again", Key.Key_J, CONTROL, lambda p: p.sees(names.XRAY_PANEL)),
    ("duplicate", Key.Key_D, CONTROL, lambda p: len(p.open_requests) == 2),
    ("new", Key.Key_N, CONTROL, lambda p: len(p.open_requests) == 3),
    ("close", Key.Key_W, CONTROL, lambda p: len(p.open_requests) == 2),
    ("close the other", Key.Key_W, CONTROL, lambda p: len(p.open_requests) == 1),
    ("larger", Key.Key_Equal, CONTROL, lambda p: p.program.themes.zoom == 110),
    ("original size", Key.Key_0, CONTROL, lambda p: p.program.themes.zoom == 100),
    ("smaller", Key.Key_Minus, CONTROL, lambda p: p.program.themes.zoom == 90),
    ("original size", Key.Key_0, CONTROL, lambda p: p.program.themes.zoom == 100),
    ("palette", Key.Key_K, CONTROL, lambda p: p.sees(names.PALETTE)),
    ("close it", Key.Key_Escape, NO_MODIFIER, lambda p: not p.sees(names.PALETTE)),
    ("palette", Key.Key_P, CONTROL, lambda p: p.sees(names.PALETTE)),
    ("close it", Key.Key_Escape, NO_MODIFIER, lambda p: not p.sees(names.PALETTE)),
    ("present", Key.Key_F9, NO_MODIFIER, lambda p: p.program.themes.presenting),
    ("end it", Key.Key_F9, NO_MODIFIER, lambda p: not p.program.themes.presenting),
    ("settings", Key.Key_Comma, CONTROL, lambda p: p.sees(names.SETTINGS_DIALOG)),
    ("close them", Key.Key_Escape, NO_MODIFIER, lambda p: not p.sees(names.SETTINGS_DIALOG)),
    ("sheet", Key.Key_Question, CONTROL, lambda p: p.sees(names.SHORTCUTS_DIALOG)),
    ("close it", Key.Key_Escape, NO_MODIFIER, lambda p: not p.sees(names.SHORTCUTS_DIALOG)),
)


ROOMS: tuple[tuple[str, Key, Qt.KeyboardModifier, Seen], ...] = (
    ("Traces", Key.Key_2, CONTROL, lambda p: p.sees(names.TRACES_ROOM)),
    ("filter", Key.Key_Slash, NO_MODIFIER, lambda p: p.focus == names.TRACES_FILTER),
    ("hide the list", Key.Key_B, CONTROL, lambda p: not p.sees(names.TRACES_LIST)),
    ("show it again", Key.Key_B, CONTROL, lambda p: p.sees(names.TRACES_LIST)),
    ("Database", Key.Key_4, CONTROL, lambda p: p.sees(names.DATABASE_ROOM)),
    ("filter", Key.Key_Slash, NO_MODIFIER, lambda p: p.focus == names.DATABASE_FILTER),
    ("hide the sidebar", Key.Key_B, CONTROL, lambda p: not p.sees(names.DATABASE_SIDEBAR)),
    ("show it again", Key.Key_B, CONTROL, lambda p: p.sees(names.DATABASE_SIDEBAR)),
    ("Sockets", Key.Key_3, CONTROL, lambda p: p.sees(names.SOCKETS_ROOM)),
    ("new client", Key.Key_N, CONTROL, lambda p: p.sees(names.SOCKET_HEAD.format(number=0))),
    ("rename it", Key.Key_F2, NO_MODIFIER, lambda p: p.focus == names.SOCKET_NAME_EDIT.format(number=0)),
    ("give up", Key.Key_Escape, NO_MODIFIER, lambda p: p.focus != names.SOCKET_NAME_EDIT.format(number=0)),
    ("URL", Key.Key_L, CONTROL, lambda p: p.focus == names.SOCKETS_URL),
    ("Compose", Key.Key_1, CONTROL, lambda p: p.sees(names.COMPOSE_ROOM)),
)


def go_through(person: Person, keys: tuple[tuple[str, Key, Qt.KeyboardModifier, Seen], ...]) -> None:
    for what, key, modifiers, seen in keys:
        if QApplication.activeWindow() is None:  # a desktop would have done that when the dialog closed
            person.window.activateWindow()
            person.until(person.window.isActiveWindow)
        person.press(key, modifiers)
        try:
            person.until(lambda: seen(person), 3_000)  # noqa: B023 - it is over before the next turn
        except QtTimeoutError:
            raise AssertionError(f"{what}: {key.name} did nothing; the keyboard is in {person.focus}") from None


def test_that_every_key_does_what_it_is_said_to_do(person: Person) -> None:
    person.choose("GET /items")
    person.send()
    person.find(QWidget, names.OPERATIONS_TREE).setFocus()
    go_through(person, COMPOSE)
    go_through(person, ROOMS)
    person.send(lambda: person.press(Key.Key_Return, CONTROL))
    person.send(lambda: person.press(Key.Key_F5))


def find_bar(part: str) -> str:
    return part.format(view=names.RESPONSE_PRETTY)


SEARCHES: tuple[tuple[str, Key, Qt.KeyboardModifier, Seen], ...] = (
    ("search the answer", Key.Key_G, CONTROL, lambda p: p.focus == find_bar(names.FIND_LINE)),
    ("first finding", Key.Key_D, NO_MODIFIER, lambda p: p.read(find_bar(names.FIND_RESULT)).startswith("1 of ")),
    ("next", Key.Key_F7, NO_MODIFIER, lambda p: p.read(find_bar(names.FIND_RESULT)).startswith("2 of ")),
    ("before", Key.Key_F7, SHIFT, lambda p: p.read(find_bar(names.FIND_RESULT)).startswith("1 of ")),
    ("end it", Key.Key_Escape, NO_MODIFIER, lambda p: not p.sees(find_bar(names.FIND_BAR))),
    ("go on", Key.Key_F7, NO_MODIFIER, lambda p: p.read(find_bar(names.FIND_RESULT)).startswith("1 of ")),
    ("Traces", Key.Key_2, CONTROL, lambda p: p.sees(names.TRACES_ROOM)),
    ("search the requests", Key.Key_G, CONTROL, lambda p: p.focus == names.TRACES_FILTER),
    ("Database", Key.Key_4, CONTROL, lambda p: table_on_show(p) != ""),
    ("filter the rows", Key.Key_G, CONTROL, lambda p: p.sees(names.DATA_FILTER_POPUP)),
    ("close it", Key.Key_Escape, NO_MODIFIER, lambda p: not p.sees(names.DATA_FILTER_POPUP)),
    ("Sockets", Key.Key_3, CONTROL, lambda p: p.sees(names.SOCKETS_ROOM)),
    ("new client", Key.Key_N, CONTROL, lambda p: p.sees(names.SOCKETS_FILTER)),
    ("search the messages", Key.Key_G, CONTROL, lambda p: p.focus == names.SOCKETS_FILTER),
)


def test_that_other_keys_search_in_every_room_and_the_usual_ones_no_longer(person: Person) -> None:
    keymap = person.window.keymap
    for command, keys in (("find", "Ctrl+G"), ("find_next", "F7"), ("find_previous", "Shift+F7")):
        keymap.set_keys(BY_ID[command], (keys,))
    person.choose("GET /items")
    person.send()
    person.choose_tab(names.RESPONSE_TABS, "pretty")
    person.find(QWidget, names.OPERATIONS_TREE).setFocus()
    person.press(Key.Key_F, CONTROL)
    person.press(Key.Key_F3)
    assert not person.sees(find_bar(names.FIND_BAR))
    go_through(person, SEARCHES)


def test_that_alt_and_arrows_lead_through_what_was_sent(person: Person) -> None:
    for operation in ("GET /health", "GET /versions", "GET /items"):
        person.choose(operation)
        person.send()
    person.until(lambda: person.find(QListView, names.HISTORY_LIST).model().rowCount() == 3)
    for key, path in ((Key.Key_Left, "/versions"), (Key.Key_Left, "/health"), (Key.Key_Right, "/versions")):
        person.press(key, ALT)
        person.until(lambda: person.read(names.REQUEST_URL).endswith(path))  # noqa: B023
        person.until(lambda: person.read(names.RESPONSE_STATUS) == "200 OK")


def table_on_show(person: Person) -> str:
    if not person.sees(names.DATABASE_ROOM):
        return ""
    table = person.find(DatabaseRoom, names.DATABASE_ROOM).data.table
    return table.name if table is not None else ""


def test_that_the_palette_runs_what_is_typed_and_opens_what_is_found(person: Person) -> None:
    person.find(QWidget, names.OPERATIONS_TREE).setFocus()
    ways: tuple[tuple[str, str, Callable[[], object]], ...] = (
        ("get /versions", "GET /versions", lambda: person.read(names.REQUEST_URL).endswith("/versions")),
        ("terminal output", "Show or hide the server log", lambda: person.sees(names.LOG_PANEL)),
        ("go to sock", "Go to Sockets", lambda: person.sees(names.SOCKETS_ROOM)),
        (
            "users",
            "users",
            lambda: table_on_show(person) == "users",
        ),
    )
    for typed, first, seen in ways:
        person.press(Key.Key_K, CONTROL)
        person.until(lambda: person.focus == names.PALETTE_LINE)
        person.write(names.PALETTE_LINE, typed)
        model = person.find(Palette, names.PALETTE).model
        person.until(lambda: model.shown[0].name == first)  # noqa: B023 - the tables come from the disk
        person.press(Key.Key_Return)
        person.until(seen)


def test_that_keys_and_settings_are_there_after_a_restart(start: Start, tmp_path: Path) -> None:
    first = start(data=tmp_path / "kept")
    first.until_ready()
    first.window.keymap.set_keys(BY_ID["duplicate_request"], ("Ctrl+Shift+D",))
    first.window.settings_requested.emit()
    first.until(lambda: first.sees(names.SETTINGS_DIALOG))
    first.click(names.SETTINGS_HISTORY)
    first.leave()

    second = start(data=tmp_path / "kept")
    second.until_ready()
    second.press(Key.Key_D, CONTROL)
    second.press(Key.Key_D, CONTROL | SHIFT)
    second.until(lambda: len(second.open_requests) == 2)
    second.send()
    assert "not kept" in second.read(names.HISTORY_MESSAGE)


def run_from_palette(person: Person, command: str) -> None:
    """Choose a command of this name, which must be the best that fits it."""
    person.press(Key.Key_K, CONTROL)
    person.until(lambda: person.focus == names.PALETTE_LINE)
    person.write(names.PALETTE_LINE, command)
    assert person.find(Palette, names.PALETTE).model.shown[0].name == command
    person.press(Key.Key_Return)


def test_that_the_palette_presses_the_button_of_another_room_or_says_that_it_cannot(person: Person) -> None:
    run_from_palette(person, "Pause the list")
    assert person.sees(names.TRACES_ROOM)
    assert person.read(names.TRACES_PAUSE) == "Show new requests again"
    run_from_palette(person, "Copy the response")
    assert person.sees(names.COMPOSE_ROOM)
    assert person.read(MESSAGE) == "“Copy the response” cannot be done now."


def test_that_the_palette_copies_what_was_sent_as_curl_from_any_room(person: Person) -> None:
    person.choose("GET /items")
    person.send()
    person.window.show_room("database")
    run_from_palette(person, "Copy the request that was sent as curl")
    assert QApplication.clipboard().text().startswith("curl ")
    assert "/items" in QApplication.clipboard().text()


def test_that_the_palette_tells_what_program_this_is_and_opens_the_data_folder(person: Person) -> None:
    run_from_palette(person, "About FastAPI Explorer")
    text = person.read(names.DETAILS_TEXT)
    assert __version__ in text
    assert str(person.program.folder.root) in text
    assert "MIT License" in text
    assert "SIL Open Font License" in text
    person.press(Key.Key_Escape)
    person.window.activateWindow()
    person.until(person.window.isActiveWindow)

    folders = Folders()
    QDesktopServices.setUrlHandler("file", folders, "take")  # type: ignore[arg-type]  # its stubs ask for bytes, it for a text
    try:
        run_from_palette(person, "Open the data folder")
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert folders.opened == [str(person.program.folder.root)]


def test_that_a_key_ends_the_program(person: Person) -> None:
    person.press(Key.Key_Q, CONTROL)
    person.until(person.task.done)
    assert person.task.result() == 0
