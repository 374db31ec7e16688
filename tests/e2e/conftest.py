"""The real program in this process, and a person who uses it: eyes, hands and patience."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from fastapi import FastAPI
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QTreeView, QWidget
from pytestqt.qtbot import QtBot

import demo_api.main
from demo_api.settings import Settings
from explorer.bootstrap.program import Program
from explorer.bootstrap.rooms import Rooms
from explorer.bootstrap.server import make_server as make_demo_server
from explorer.client.exchange import Exchange
from explorer.storage.folder import DataFolder
from explorer.storage.options import Options
from explorer.ui import names
from explorer.ui.main_window import MainWindow
from explorer.ui.models.xray_rows import Row, RowKind
from explorer.ui.panels.xray_panel import XRayPanel
from explorer.ui.widgets.counted_tabs import CountedTabs
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.request_tab_bar import RequestTabBar
from explorer.ui.widgets.status_pill import StatusPill
from explorer.ui.widgets.text_page import TextPage
from tests.ports import free_port

from .trial import Trial
from .workshop import Workshop

W = TypeVar("W", bound=QObject)

PATIENCE_MS = 15_000
START_PATIENCE_MS = 45_000  # a first start in a cold process reads everything from the disk, maybe on a busy machine
SIZE = (1440, 900)
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class Person:
    """Uses one window of the program."""

    def __init__(self, qtbot: QtBot, program: Program, task: asyncio.Task[int]) -> None:
        self.program = program
        self.task = task
        self._qtbot = qtbot
        self._last_exchange: Exchange | None = None

    @property
    def window(self) -> MainWindow:
        return self.program.window

    @property
    def rooms(self) -> Rooms:
        assert self.program.rooms is not None
        return self.program.rooms

    # --- eyes ---------------------------------------------------------------------------------------------------------

    def find(self, kind: type[W], name: str) -> W:
        found = self.window.findChildren(kind, name)  # there may be two for a moment, of which one is on its way out
        assert found, f"no {kind.__name__} is named {name}"
        return next((each for each in found if isinstance(each, QWidget) and each.isVisible()), found[-1])

    def sees(self, name: str) -> bool:
        return any(found.isVisible() for found in self.window.findChildren(QWidget, name))

    def read(self, name: str) -> str:
        """Return the words of a widget."""
        match self.find(QWidget, name):
            case ElidedLabel() as elided:
                return elided.whole_text
            case StatusPill() as pill:
                return pill.text
            case QLabel() | QLineEdit() as line:
                return line.text()
            case QPlainTextEdit() as text:
                return text.toPlainText()
            case TextPage() as page:
                return page.text()
            case other:
                return other.accessibleName()

    @property
    def server_runs(self) -> bool:
        """Whether the window says so."""
        pill = self.read(names.SERVER_PILL)
        return pill.endswith(" running") and not pill.endswith(" not running")

    @property
    def focus(self) -> str:
        """The name of the widget that has the keyboard."""
        widget = QApplication.focusWidget()
        return widget.objectName() if widget is not None else ""

    @property
    def last_exchange(self) -> Exchange:
        """What went over the wire and back when this person last sent."""
        assert self._last_exchange is not None
        return self._last_exchange

    @property
    def stops(self) -> tuple[Row, ...]:
        """The stops of the X-ray."""
        return tuple(row for row in self.find(XRayPanel, names.XRAY_PANEL).model.rows if row.kind is RowKind.STOP)

    @property
    def open_requests(self) -> list[str]:
        """What the tabs of the open requests say, from left to right; the one in front in brackets."""
        bar = self.find(RequestTabBar, names.OPEN_REQUESTS_TABS)
        spoken = [tab.spoken for tab in bar.tabs]
        front = bar.currentIndex()
        return [f"[{text}]" if number == front else text for number, text in enumerate(spoken)]

    def until(self, true: Callable[[], object], patience_ms: int = PATIENCE_MS) -> None:
        self._qtbot.waitUntil(lambda: bool(true()), timeout=patience_ms)

    def until_ready(self) -> None:
        """Wait until the server runs and its operations are listed."""
        self.until(lambda: self.server_runs, START_PATIENCE_MS)
        self.until(lambda: self.find(QTreeView, names.OPERATIONS_TREE).model().rowCount() > 0)
        self.until(lambda: self.find(QPushButton, names.COMPOSE_SEND).isEnabled())

    # --- hands --------------------------------------------------------------------------------------------------------

    def click(self, name: str) -> None:
        widget = self.find(QWidget, name)
        assert widget.isVisible(), f"{name} cannot be seen"
        self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """Press a key where the keyboard is."""
        target = QApplication.focusWidget() or self.window
        self._qtbot.keyClick(target, key, modifiers)

    def write(self, name: str, text: str) -> None:
        """Replace what a field holds by typing."""
        field = self.find(QWidget, name)
        field.setFocus()
        self._qtbot.keyClick(field, Qt.Key.Key_A, CONTROL)
        if isinstance(field, QPlainTextEdit):
            field.insertPlainText(text)  # key by key, the editor would indent for us
        elif text:
            self._qtbot.keyClicks(field, text)
        else:
            self._qtbot.keyClick(field, Qt.Key.Key_Delete)

    def choose(self, key: str) -> None:
        """Click an operation, such as ``GET /items``, in the tree."""
        tree = self.find(QTreeView, names.OPERATIONS_TREE)
        index = _index_of(tree, key)
        tree.scrollTo(index)
        place = tree.visualRect(index).center()
        self._qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, NO_MODIFIER, place)

    def choose_tab(self, bar: str, key: str) -> None:
        tabs = self.find(CountedTabs, bar)
        place = tabs.tabRect(tabs.keys.index(key)).center()
        self._qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, NO_MODIFIER, QPoint(place))

    def choose_request(self, number: int) -> None:
        """Click the tab of an open request, counted from 0."""
        bar = self.find(RequestTabBar, names.OPEN_REQUESTS_TABS)
        self._qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, NO_MODIFIER, bar.tabRect(number).center())

    def undo(self) -> None:
        """Take back what was just done, by key."""
        self.find(QPushButton, names.STATUS_UNDO).setFocus()
        self.press(Qt.Key.Key_Space)

    def trigger(self, name: str) -> None:
        """Choose an entry of the server's menu."""
        action = self.find(QAction, name)
        assert action.isVisible(), f"{name} cannot be seen"
        assert action.isEnabled(), f"{name} cannot be chosen"
        action.trigger()

    def restart(self) -> None:
        """Let the server start anew. On a busy machine the window hears of the end and of the start at once."""
        with self._qtbot.waitSignal(self.rooms.server_controller.running, timeout=START_PATIENCE_MS):
            self.trigger(names.SERVER_RESTART)
        self.until_ready()

    @contextmanager
    def exchange(self) -> Iterator[None]:
        """Wait until the request that is sent inside is over, and both sides and the schema's verdict are shown."""
        before = self.read(names.XRAY_TRACE)
        with self._qtbot.waitSignal(self.rooms.sending.exchanged, timeout=PATIENCE_MS) as exchanged:
            yield
        self._last_exchange = exchanged.args[0]
        self.until(lambda: self.read(names.XRAY_TRACE) != before)
        self.until(lambda: "so far" not in self.read(names.XRAY_AXIS))
        self.until_over("check response")

    def until_over(self, name: str) -> None:
        """Wait until the program is through with work of this name, as its tasks are called."""
        self.until(lambda: all(task.get_name() != name for task in self.tasks()))

    def send(self, how: Callable[[], None] | None = None) -> None:
        """Send by Ctrl+Enter, or as `how` does, and wait until both sides are shown."""
        with self.exchange():
            (how or (lambda: self.press(Qt.Key.Key_Return, CONTROL)))()

    def request(self, path: str) -> int:
        """Ask the server from elsewhere, as curl would, while the window goes on; return the status."""
        status: list[int] = []
        thread = threading.Thread(target=lambda: status.append(httpx.get(f"{self.rooms.server.url}{path}").status_code))
        thread.start()
        self.until(lambda: not thread.is_alive())
        return status[0]

    def clear_desk(self) -> None:
        """Bring the window back to how it first opened, but for its history and the rows of the database."""
        if self.sees(names.LOG_PANEL):
            self.click(names.LOG_CLOSE)
        self.window.show_room("compose")
        self.window.resize(*SIZE)
        self.window.activateWindow()
        compose = self.rooms.compose
        self.rooms.client.jar.clear()
        self.rooms.tokens.forget_server(str(self.rooms.server.url))
        for request in compose.open_requests.requests.requests:
            compose.open_requests.close(request.id)
        compose._drafts._session.clear()
        compose._logins._logins.clear()
        self.rooms.room.response._looked_at.clear()
        assert compose.catalogue is not None
        compose._open_first(compose.catalogue, None)
        self.window.status_bar.undo.withdraw()
        self.find(QWidget, names.COMPOSE_SEND).setFocus()

    def tasks(self) -> set[asyncio.Task[Any]]:
        """Return what is under way in the program."""
        return {task for task in asyncio.all_tasks(self.task.get_loop()) if not task.done()}

    def leave(self) -> int:
        """Close the window as a person does, and return the exit code."""
        self.window.close()
        self.until(self.task.done)
        return self.task.result()


def _index_of(tree: QTreeView, key: str) -> QModelIndex:
    model = tree.model()
    for row in range(model.rowCount()):
        group = model.index(row, 0)
        for child in range(model.rowCount(group)):
            index = model.index(child, 0, group)
            if index.data() == key:
                return index
    pytest.fail(f"{key} is not in the tree")


Start = Callable[..., Person]


@pytest.fixture(scope="session", autouse=True)
def _read_the_documentation_once() -> Iterator[None]:
    """Let FastAPI work the shop's documentation out for the first start only: half of the time of each went there."""
    known: list[dict[str, Any]] = []
    create_app = demo_api.main.create_app

    def create(settings: Settings | None = None) -> FastAPI:
        app = create_app(settings)
        work_out = app.openapi

        def openapi() -> dict[str, Any]:
            if not known:
                known.append(work_out())
            return known[0]

        app.openapi = openapi  # type: ignore[method-assign]  # as its documentation has it
        return app

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo_api.main, "create_app", create)
        yield


@contextmanager
def starting(qtbot: QtBot, qapp: QApplication, loop: asyncio.AbstractEventLoop, folder: Path) -> Iterator[Start]:
    """Start the program as often as wanted; what is still open is closed, and nothing may stay behind."""
    qapp.setQuitOnLastWindowClosed(False)
    people: list[Person] = []
    windows, threads = set(qapp.topLevelWidgets()), set(threading.enumerate())

    def begin(
        *,
        data: Path | None = None,
        make_server: Any = None,
        size: tuple[int, int] | None = SIZE,
        clock: Callable[[], float] = time.time,
        **options: Any,
    ) -> Person:
        files = DataFolder(data or folder / "data")
        files.create()
        chosen = Options(**{"port": free_port(), "theme": "dark", **options})
        program = Program(chosen, files, make_server or make_demo_server, clock)
        with qtbot.waitExposed(program.window):
            program.window.show()
        if size is not None:
            program.window.resize(*size)  # the screen that Qt plays here is smaller than anybody's
        program.window.activateWindow()
        person = Person(qtbot, program, loop.create_task(program.live()))
        people.append(person)
        person.until(lambda: program.rooms is not None, START_PATIENCE_MS)
        return person

    yield begin
    for person in people:
        if not person.task.done():
            person.leave()
        person.window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [widget.objectName() or type(widget).__name__ for widget in qapp.topLevelWidgets() if widget not in windows]
    assert left == [], f"windows outlived the test: {left}"
    servers = [thread for thread in threading.enumerate() if thread.name.startswith("server ")]
    servers = [thread for thread in servers if thread not in threads]
    for thread in servers:
        thread.join(10)
    assert [thread for thread in servers if thread.is_alive()] == []


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, ui_loop: asyncio.AbstractEventLoop, tmp_path: Path) -> Iterator[Start]:
    """Start the program as often as wanted."""
    with starting(qtbot, qapp, ui_loop, tmp_path) as begin:
        yield begin


@pytest.fixture
def newcomer(start: Start) -> Person:
    """Return somebody before the program as it first opens."""
    person = start()
    person.until_ready()
    return person


@pytest.fixture
def person(newcomer: Person) -> Person:
    """Return a newcomer; a file whose tests need no program of their own has a `regular` in this place."""
    return newcomer


@pytest.fixture
def workshop(start: Start) -> Iterator[Workshop]:
    """Return an app that lets everything go before the program that `start` started is closed."""
    workshop = Workshop()
    yield workshop
    workshop.release()


@pytest.fixture
def visitor(workshop: Workshop, start: Start) -> Person:
    """Return somebody before the program with the workshop's app in it."""
    person = start(make_server=workshop.make_server)
    person.until_ready()
    return person


@pytest.fixture(scope="module")
def shared_trial() -> Trial:
    """Return the app for trials of a whole file."""
    return Trial()


@pytest.fixture
def trial(shared_trial: Trial) -> Iterator[Trial]:
    """Return an app with something of everything; its streams wait anew in each test, and end with it."""
    shared_trial.gate.clear()
    shared_trial.gone.clear()
    yield shared_trial
    shared_trial.gate.set()


@pytest.fixture(scope="module")
def share(
    request: pytest.FixtureRequest,
    qapp: QApplication,
    module_loop: asyncio.AbstractEventLoop,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Start]:
    """Start a program that serves all tests of a file, each at a cleared desk: see `at_desk`."""
    with starting(QtBot(request), qapp, module_loop, tmp_path_factory.mktemp("shared")) as begin:
        yield begin


@contextmanager
def at_desk(person: Person) -> Iterator[Person]:
    """Clear the desk of a shared program for one test; what the test began must end with it."""
    person.clear_desk()
    before = person.tasks()
    yield person
    person.until(lambda: person.tasks() <= before)


@pytest.fixture(scope="module")
def shared_person(share: Start) -> Person:
    """Return somebody who uses the same program in all tests of a file."""
    person = share()
    person.until_ready()
    return person


@pytest.fixture
def regular(shared_person: Person) -> Iterator[Person]:
    """Return somebody at a cleared desk; nothing may be expected of the numbers of requests, or of the database."""
    with at_desk(shared_person) as person:
        yield person


@pytest.fixture(scope="module")
def shared_trier(share: Start, shared_trial: Trial) -> Person:
    """Return somebody who tries the same app for trials in all tests of a file."""
    person = share(make_server=shared_trial.make_server)
    person.until_ready()
    return person


@pytest.fixture
def trier(shared_trier: Person, trial: Trial) -> Iterator[Person]:
    """Return somebody at a cleared desk with the app for trials."""
    with at_desk(shared_trier) as person:
        yield person
        trial.gate.set()
