"""The window with the cookie jar, with a real jar behind it."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from explorer.client.cookies import Cookie, CookieJar
from explorer.client.draft import RequestDraft
from explorer.client.expiry import expiry_text, read_expiry
from explorer.ui import names
from explorer.ui.controllers.cookies import CookiesController
from explorer.ui.dialogs.cookie_jar import CookieJarDialog
from explorer.ui.models.cookies_model import CookiesModel
from explorer.ui.panels.request_panel import RequestPanel
from explorer.ui.tasks import Tasks
from explorer.ui.theme.manager import Themes

SESSION = Cookie(name="session", value="abc", domain="127.0.0.1", http_only=True, same_site="Lax")
THEME = Cookie(name="theme", value="dark", domain="shop.test", path="/a", expires=2e9, secure=True, host_only=False)


@pytest.fixture
def jar() -> CookieJar:
    jar = CookieJar(lambda: 1.0)
    jar.set(SESSION)
    jar.set(THEME)
    return jar


@pytest.fixture
def dialog(qtbot: QtBot, qapp: QApplication, themes: Themes, jar: CookieJar) -> Iterator[CookieJarDialog]:
    dialog = CookieJarDialog(themes, "127.0.0.1")
    qtbot.addWidget(dialog)
    dialog.cookie_set.connect(jar.set)
    dialog.cookie_removed.connect(jar.remove)
    dialog.cleared.connect(jar.clear)
    unsubscribe = jar.subscribe(lambda: dialog.set_cookies(jar.cookies()))
    dialog.set_cookies(jar.cookies())
    with qtbot.waitExposed(dialog):
        dialog.show()
    yield dialog
    unsubscribe()


def field(dialog: CookieJarDialog, name: str) -> QLineEdit:
    found = dialog.findChild(QLineEdit, names.JAR_FIELD.format(name=name))
    assert isinstance(found, QLineEdit)
    return found


def press(qtbot: QtBot, dialog: CookieJarDialog, name: str) -> None:
    button = dialog.findChild(QAbstractButton, name)
    assert isinstance(button, QAbstractButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(8, button.height() // 2))


def message(dialog: CookieJarDialog) -> str:
    found = dialog.findChild(QLabel, names.JAR_MESSAGE)
    assert isinstance(found, QLabel)
    return found.text()


def rows(dialog: CookieJarDialog) -> list[list[str]]:
    model = dialog.table.model()
    return [[model.index(r, c).data() for c in range(model.columnCount())] for r in range(model.rowCount())]


def test_that_every_cookie_is_shown_with_what_was_said_of_it(dialog: CookieJarDialog) -> None:
    QAbstractItemModelTester(dialog.table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert rows(dialog) == [
        ["session", "abc", "127.0.0.1", "/", "with this program", "HttpOnly, SameSite=Lax"],
        ["theme", "dark", "shop.test and below", "/a", expiry_text(2e9), "Secure"],
    ]
    assert message(dialog) == "2 cookies"


def test_that_a_cookie_can_be_added(qtbot: QtBot, dialog: CookieJarDialog, jar: CookieJar) -> None:
    press(qtbot, dialog, names.JAR_ADD)
    qtbot.keyClicks(field(dialog, "name"), "lang")
    qtbot.keyClicks(field(dialog, "value"), "de")
    qtbot.keyClick(field(dialog, "value"), Qt.Key.Key_Return)
    assert jar.cookies()[-1] == Cookie(name="lang", value="de", domain="127.0.0.1")
    assert dialog.table.currentIndex().row() == 2
    assert dialog.isVisible(), "Enter saves, and does not close the window"


def test_that_a_cookie_can_be_changed_and_moved(qtbot: QtBot, dialog: CookieJarDialog, jar: CookieJar) -> None:
    dialog.table.selectRow(1)
    assert field(dialog, "value").text() == "dark"
    field(dialog, "value").setText("light")
    field(dialog, "path").setText("/b")
    secure = dialog.findChild(QCheckBox, names.JAR_FIELD.format(name="secure"))
    assert isinstance(secure, QCheckBox)
    secure.setChecked(False)
    press(qtbot, dialog, names.JAR_SAVE)
    changed = Cookie(name="theme", value="light", domain="shop.test", path="/b", expires=2e9, host_only=False)
    assert jar.cookies() == (SESSION, changed)


def test_that_what_was_said_of_other_sites_is_kept_however_a_server_writes_it(
    qtbot: QtBot, dialog: CookieJarDialog, jar: CookieJar
) -> None:
    jar.set(replace(SESSION, same_site="lax"))
    dialog.table.selectRow(0)
    field(dialog, "value").setText("other")
    press(qtbot, dialog, names.JAR_SAVE)
    assert jar.cookies()[0] == replace(SESSION, value="other", same_site="Lax")


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("expires", "soon", "Type a date such as 2030-01-31 16:00, or nothing."),
        ("domain", "", "Type the host that the cookie is for, such as 127.0.0.1."),
        ("path", "a", "Let the path begin with a slash."),
        ("value", "a;b", "A cookie cannot carry a semicolon or a line break."),
    ],
)
def test_that_what_no_cookie_can_be_is_said(
    qtbot: QtBot, dialog: CookieJarDialog, jar: CookieJar, name: str, text: str, sentence: str
) -> None:
    dialog.table.selectRow(0)
    field(dialog, name).setText(text)
    press(qtbot, dialog, names.JAR_SAVE)
    assert jar.cookies() == (SESSION, THEME)
    assert dialog.form._complaint.text() == sentence
    assert field(dialog, name).property("state") == "invalid"


def test_that_what_was_thrown_away_can_be_brought_back(qtbot: QtBot, dialog: CookieJarDialog, jar: CookieJar) -> None:
    dialog.table.selectRow(0)
    press(qtbot, dialog, names.JAR_DELETE)
    assert jar.cookies() == (THEME,)
    assert message(dialog) == "Threw session away."
    press(qtbot, dialog, names.JAR_UNDO)
    assert set(jar.cookies()) == {SESSION, THEME}
    press(qtbot, dialog, names.JAR_CLEAR)
    assert jar.cookies() == ()
    press(qtbot, dialog, names.JAR_UNDO)
    assert set(jar.cookies()) == {SESSION, THEME}
    assert message(dialog) == "2 cookies"


def test_that_the_chosen_cookie_stays_chosen_while_others_come(dialog: CookieJarDialog, jar: CookieJar) -> None:
    dialog.table.selectRow(1)
    jar.remove(SESSION)
    assert dialog.table.currentIndex().row() == 0
    assert field(dialog, "name").text() == "theme"


@pytest.mark.parametrize("text", ["2030-01-31", "2030-01-31 16:00", "2030-01-31T16:00:00Z"])
def test_that_a_moment_is_read_as_it_is_written(text: str) -> None:
    moment = read_expiry(text)
    assert moment is not None
    assert read_expiry(expiry_text(moment)) == moment
    assert expiry_text(1e18) == "far away"
    assert read_expiry(" ") is None


def test_that_the_panel_opens_the_jar_and_knows_what_goes_along(
    qtbot: QtBot, themes: Themes, jar: CookieJar, ui_loop: asyncio.AbstractEventLoop
) -> None:
    errors: list[BaseException] = []
    panel = RequestPanel(themes)
    qtbot.addWidget(panel)
    controller = CookiesController(panel, jar, themes, Tasks(errors.append))
    with qtbot.waitExposed(panel):
        panel.show()
    panel.set_draft(RequestDraft(method="GET", path="/x"), "/x", "http://127.0.0.1:8000")
    assert panel._jar_cookies == (("session", "abc"),)
    jar.set(Cookie(name="more", value="1", domain="127.0.0.1"))
    assert [name for name, _ in panel._jar_cookies] == ["session", "more"]

    panel.jar_requested.emit()
    qtbot.waitUntil(lambda: controller._dialog is not None and controller._dialog.isVisible())
    dialog = controller._dialog
    assert dialog is not None
    dialog.table.selectRow(0)
    press(qtbot, dialog, names.JAR_DELETE)
    assert [name for name, _ in panel._jar_cookies] == ["more"]
    press(qtbot, dialog, names.JAR_CLOSE)
    qtbot.waitUntil(lambda: controller._dialog is None)
    assert errors == []


def test_that_the_model_says_nothing_of_rows_that_are_not_there() -> None:
    model = CookiesModel()
    assert model.cookie(0) is None
    assert model.row_of(SESSION) == -1
