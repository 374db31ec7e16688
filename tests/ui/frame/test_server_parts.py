"""The server as the frame shows it: pill, status bar, notices."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.server.interface import ServerState, StatusChanged
from explorer.ui import names
from explorer.ui.controllers.saving import SavingController
from explorer.ui.panels.notice_bar import NoticeBar
from explorer.ui.panels.status_bar import StatusBar
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.server_pill import ServerPill
from tests.seen import words_of

URL = "http://127.0.0.1:8000"
SECOND = 1_000_000_000


@pytest.fixture
def pill(themes: Themes, qtbot: QtBot) -> ServerPill:
    pill = ServerPill(themes)
    qtbot.addWidget(pill)
    pill.show()
    return pill


def offers(pill: ServerPill) -> set[str]:
    menu = pill.findChild(QMenu, names.SERVER_MENU)
    assert menu is not None
    actions = menu.actions()
    return {a.objectName() for a in actions if a.isVisible() and a.isEnabled() and not a.isSeparator()}


def action(pill: ServerPill, name: str) -> QAction:
    found = pill.findChild(QAction, name)
    assert found is not None
    return found


def text(parent: QWidget, name: str) -> str:
    label = parent.findChild(QLabel, name)
    assert label is not None
    return label.text() if not label.isHidden() else ""


@pytest.mark.parametrize(
    ("state", "words", "possible"),
    [
        (ServerState.STOPPED, "stopped", {names.SERVER_START}),
        (ServerState.STARTING, "starting…", {names.SERVER_STOP}),
        (ServerState.RUNNING, "running", {names.SERVER_RESTART, names.SERVER_STOP, names.SERVER_COPY_URL}),
        (
            ServerState.BLOCKED,
            "blocked",
            {names.SERVER_RESTART, names.SERVER_STOP, names.SERVER_ABANDON, names.SERVER_COPY_URL},
        ),
        (ServerState.STOPPING, "stopping…", set()),
        (ServerState.CRASHED, "not running", {names.SERVER_START}),
    ],
)
def test_that_the_pill_says_its_state_and_offers_what_is_possible(
    pill: ServerPill, state: ServerState, words: str, possible: set[str]
) -> None:
    up = state in {ServerState.RUNNING, ServerState.BLOCKED}
    pill.set_status(StatusChanged(state=state, url=URL if up else None, port=8000 if up else None))
    assert offers(pill) - {names.SERVER_LOG} == possible
    place = " 127.0.0.1:8000" if up else ""
    assert pill.accessibleName() == f"Server: demo_api{place} {words}"


def test_that_docs_can_be_opened_only_while_an_app_with_docs_runs(pill: ServerPill) -> None:
    running = StatusChanged(state=ServerState.RUNNING, url=URL)
    pill.set_status(running)
    assert names.SERVER_DOCS not in offers(pill)
    pill.set_docs_available(True)
    assert names.SERVER_DOCS in offers(pill)
    pill.set_status(StatusChanged(state=ServerState.STOPPED))
    pill.set_status(running)
    assert names.SERVER_DOCS not in offers(pill)


@pytest.mark.parametrize(
    ("name", "signal"),
    [
        (names.SERVER_START, "start_requested"),
        (names.SERVER_RESTART, "restart_requested"),
        (names.SERVER_STOP, "stop_requested"),
        (names.SERVER_ABANDON, "abandon_requested"),
        (names.SERVER_DOCS, "docs_requested"),
        (names.SERVER_COPY_URL, "copy_url_requested"),
        (names.SERVER_LOG, "log_requested"),
    ],
)
def test_that_each_menu_entry_asks_for_its_own_thing(pill: ServerPill, qtbot: QtBot, name: str, signal: str) -> None:
    pill.set_status(StatusChanged(state=ServerState.BLOCKED, url=URL))
    pill.set_docs_available(True)
    entry = action(pill, name)
    entry.setVisible(True)
    entry.setEnabled(True)
    with qtbot.waitSignal(getattr(pill, signal), timeout=1000):
        entry.trigger()


@pytest.mark.parametrize(
    "open_it",
    [
        lambda pill, bot: bot.mouseClick(pill, Qt.MouseButton.LeftButton),
        lambda pill, bot: bot.keyClick(pill, Qt.Key.Key_Space),
    ],
)
def test_that_mouse_and_keyboard_open_the_menu_without_stopping_the_program(
    pill: ServerPill, qtbot: QtBot, open_it: Callable[[ServerPill, QtBot], None]
) -> None:
    pill.set_status(StatusChanged(state=ServerState.RUNNING, url=URL))
    open_it(pill, qtbot)  # returns while the menu is open
    menu = pill.findChild(QMenu, names.SERVER_MENU)
    assert menu is not None
    assert menu.isVisible()
    menu.close()


def test_that_a_pill_with_little_room_keeps_its_state_and_ends_what_it_cuts_in_dots(pill: ServerPill) -> None:
    pill.set_status(StatusChanged(state=ServerState.RUNNING, url=URL, port=8000))
    whole = pill.sizeHint()
    pill.resize(whole)
    assert words_of(pill) == "demo_api\n127.0.0.1:8000\nrunning"
    pill.resize(whole.width() - 40, whole.height())
    name, address, state = words_of(pill).split()
    assert (name, state) == ("demo_api", "running")
    assert address.startswith("…")
    assert address.endswith(":8000"), "of an address the port says most"
    pill.resize(whole.width() // 2, whole.height())
    assert words_of(pill).endswith("\nrunning")
    assert "demo_api 127.0.0.1:8000 running" in pill.toolTip()


def test_that_a_crashs_reason_can_be_read_at_the_pill(pill: ServerPill) -> None:
    reason = "Port 8000 is in use. Stop the other program or choose another port."
    pill.set_status(StatusChanged(state=ServerState.CRASHED, reason=reason))
    assert pill.toolTip() == reason
    assert pill.accessibleDescription() == reason


def test_that_the_status_bar_counts_from_the_start_also_through_a_blockage(themes: Themes, qtbot: QtBot) -> None:
    now = 100 * SECOND
    bar = StatusBar(themes, clock=lambda: now)
    qtbot.addWidget(bar)
    assert text(bar, names.STATUS_SERVER) == "demo_api stopped"
    bar.set_status(StatusChanged(state=ServerState.RUNNING, url=URL, since_ns=now))
    now += 2537 * SECOND
    bar.set_status(StatusChanged(state=ServerState.BLOCKED, url=URL, since_ns=now))
    assert text(bar, names.STATUS_SERVER) == "demo_api blocked, up 00:42:17"
    now += SECOND
    bar.set_status(StatusChanged(state=ServerState.RUNNING, url=URL, since_ns=now))
    assert text(bar, names.STATUS_SERVER) == "demo_api up 00:42:18"
    bar.set_status(StatusChanged(state=ServerState.STARTING, since_ns=now))
    bar.set_status(StatusChanged(state=ServerState.RUNNING, url=URL, since_ns=now))
    assert text(bar, names.STATUS_SERVER) == "demo_api up 00:00:00"


def test_that_the_status_bar_shows_traffic_and_database(themes: Themes, qtbot: QtBot) -> None:
    bar = StatusBar(themes)
    qtbot.addWidget(bar)
    assert [text(bar, n) for n in (names.STATUS_REQUESTS, names.STATUS_LAST, names.STATUS_P95)] == [
        "0 requests",
        "",
        "",
    ]
    bar.set_traffic(1, 5_900_000, 14_200_000)
    assert text(bar, names.STATUS_REQUESTS) == "1 request"
    assert text(bar, names.STATUS_LAST) == "Last 5.9 ms"
    assert text(bar, names.STATUS_P95) == "p95 14.2 ms"
    bar.set_database("demo.sqlite3", 148_000, "/data/demo.sqlite3")
    assert text(bar, names.STATUS_SIZE) == "· 148 KB"
    bar.set_database("demo.sqlite3", None)
    assert text(bar, names.STATUS_SIZE) == ""
    bar.set_versions("FastAPI 0.165.0 · Python 3.12.4")
    assert text(bar, names.STATUS_VERSIONS) == "FastAPI 0.165.0 · Python 3.12.4"


@pytest.fixture
def notices(themes: Themes, qtbot: QtBot) -> NoticeBar:
    bar = NoticeBar(themes)
    qtbot.addWidget(bar)
    bar.show()
    return bar


def press(qtbot: QtBot, bar: NoticeBar, name: str) -> None:
    button = bar.findChild(QWidget, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def shown(bar: NoticeBar, kind: str) -> bool:
    notice = bar.findChild(QWidget, names.NOTICE.format(kind=kind))
    return notice is not None and notice.isVisible()


def test_that_a_crash_is_told_with_its_reason_and_a_way_out(notices: NoticeBar, qtbot: QtBot) -> None:
    crash = StatusChanged(state=ServerState.CRASHED, reason="The app could not be loaded.", details="Traceback …")
    notices.set_server_status(crash)
    assert text(notices, names.NOTICE_TEXT.format(kind="server")) == "The app could not be loaded."
    with qtbot.waitSignal(notices.details_requested, check_params_cb=lambda _, body: body == "Traceback …"):
        press(qtbot, notices, names.NOTICE_ACTION.format(kind="server", action="details"))
    with qtbot.waitSignal(notices.restart_requested):
        press(qtbot, notices, names.NOTICE_ACTION.format(kind="server", action="restart"))
    notices.set_server_status(StatusChanged(state=ServerState.RUNNING, url=URL))
    assert not shown(notices, "server")


def test_that_a_blocked_server_can_be_abandoned(notices: NoticeBar, qtbot: QtBot) -> None:
    reason = "GET /sleep has held the event loop for 3 s. Other requests wait."
    notices.set_server_status(StatusChanged(state=ServerState.BLOCKED, url=URL, reason=reason))
    with qtbot.waitSignal(notices.abandon_requested):
        press(qtbot, notices, names.NOTICE_ACTION.format(kind="server", action="abandon"))


def test_that_a_port_that_is_taken_can_be_left_to_who_has_it(notices: NoticeBar, qtbot: QtBot) -> None:
    notices.set_server_status(StatusChanged(state=ServerState.CRASHED, reason="Port 8000 is in use.", port_taken=True))
    with qtbot.waitSignal(notices.abandon_requested):
        press(qtbot, notices, names.NOTICE_ACTION.format(kind="server", action="next_port"))
    notices.set_server_status(StatusChanged(state=ServerState.RUNNING, url=URL, reason="It is at port 8001 now."))
    assert text(notices, names.NOTICE_TEXT.format(kind="server")) == "It is at port 8001 now."


def test_that_what_is_said_of_files_stands_until_it_is_closed(notices: NoticeBar, qtbot: QtBot) -> None:
    words = names.NOTICE_TEXT.format(kind="files")
    for sentence in ("settings.json was kept.", "drafts.json was kept."):
        notices.show_put_aside(sentence)
    notices.show_message("Something else.")
    notices.show_saving("a could not be saved.", troubled=True)
    notices.show_saving("Everything is saved again.", troubled=False)
    assert text(notices, words) == "settings.json was kept.\ndrafts.json was kept.\nEverything is saved again."
    press(qtbot, notices, names.NOTICE_CLOSE.format(kind="files"))
    notices.show_put_aside("sockets.json was kept.")
    assert text(notices, words) == "sockets.json was kept."
    press(qtbot, notices, names.NOTICE_CLOSE.format(kind="files"))
    notices.show_saving("b could not be saved.", troubled=True)
    assert text(notices, words) == "b could not be saved."


def test_that_all_is_saved_again_only_when_nobody_has_trouble_any_more(notices: NoticeBar, qtbot: QtBot) -> None:
    words = names.NOTICE_TEXT.format(kind="files")
    saving = SavingController(notices, notices)
    writer, history = saving.teller("writer"), saving.teller("history")
    writer("a could not be saved.")
    history("The history could not be saved.")
    writer(None)
    qtbot.waitUntil(lambda: text(notices, words) == "The history could not be saved.")
    with qtbot.waitSignal(saving.saved_again):
        history(None)
    assert text(notices, words) == "Everything is saved again."


def test_that_our_own_error_offers_its_report_and_can_be_closed(notices: NoticeBar, qtbot: QtBot) -> None:
    notices.show_error("Something went wrong. Your work is kept.", "the report")
    with qtbot.waitSignal(notices.copy_requested) as copied:
        press(qtbot, notices, names.NOTICE_ACTION.format(kind="error", action="copy"))
    assert copied.args == ["the report"]
    with qtbot.waitSignal(notices.details_requested) as details:
        press(qtbot, notices, names.NOTICE_ACTION.format(kind="error", action="details"))
    assert details.args == ["What went wrong", "the report"]
    press(qtbot, notices, names.NOTICE_CLOSE.format(kind="error"))
    assert not shown(notices, "error")
    notices.show_error("And again.", "second")
    assert shown(notices, "error")


def test_that_notices_stand_in_one_order_and_do_not_hide_each_other(notices: NoticeBar, qtbot: QtBot) -> None:
    notices.show_message("The settings could not be read.")
    notices.show_error("Something went wrong.", "")
    notices.set_server_status(StatusChanged(state=ServerState.CRASHED))
    qtbot.waitUntil(lambda: all(shown(notices, kind) for kind in ("server", "error", "message")))
    tops = []
    for kind in ("server", "error", "message"):
        notice = notices.findChild(QWidget, names.NOTICE.format(kind=kind))
        assert notice is not None
        tops.append(notice.y())
    qtbot.waitUntil(lambda: tops == sorted(set(tops)))
    buttons = [b.objectName() for b in notices.findChildren(QPushButton)]
    assert len(buttons) == len(set(buttons))


def labels(bar: StatusBar) -> list[QLabel]:
    """Return the words that can be seen."""
    return [label for label in bar.findChildren(QLabel) if label.isVisible() and label.text() and label.width()]


def is_cut(label: QLabel) -> bool:
    return label.text().endswith("…") or label.width() < label.sizeHint().width()


@pytest.mark.parametrize("zoom", [100, 150, 200])
def test_that_a_narrow_status_bar_leaves_out_what_can_be_missed_and_cuts_nothing(
    themes: Themes, qtbot: QtBot, zoom: int
) -> None:
    bar = StatusBar(themes)
    qtbot.addWidget(bar)
    themes.set_zoom(zoom)
    try:
        bar.set_traffic(128, 5_900_000, 14_200_000)
        bar.set_database("demo.sqlite3", 150_000, "/data/demo.sqlite3")
        bar.set_versions("FastAPI 0.165.0 · Python 3.12.4")
        bar.resize(1440 * zoom // 100, bar.height())
        with qtbot.waitExposed(bar):
            bar.show()
        told = {}
        for width in (1440, 900, 620, 420):
            bar.undo.offer("test", "Cleared 5 rows.")
            bar.resize(width * zoom // 100, bar.height())
            qtbot.waitUntil(lambda: [label.text() for label in labels(bar) if is_cut(label)] == [])
            told[width] = " ".join(label.text() for label in labels(bar))
        assert "Python 3.12.4" in told[1440]
        assert "Python" not in told[620]
        assert all("Cleared 5 rows." in words and "demo_api" in words for words in told.values())
    finally:
        themes.set_zoom(100)
