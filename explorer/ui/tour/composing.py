"""Stories of composing: bodies of every kind, added rows, signing in, cookies, options and several open requests."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from explorer.ui import names
from explorer.ui.tour.driver import Driver
from explorer.ui.tour.story import Story

_CURL = """curl -X POST '{address}/users/3/items?notify=true' \\
  -H 'Content-Type: application/json' -H 'X-Shop: main' \\
  -d '{{"name": "Kettle", "price": 24.5, "tags": ["kitchen"]}}'"""


async def body_form(driver: Driver) -> None:
    """Fill a JSON body in as a form."""
    driver.choose("POST /users/{user_id}/items")
    await driver.settle()
    driver.choose_segment(names.REQUEST_BODY_VIEW, 0)
    driver.choose_tab(names.REQUEST_TABS, "body")
    await driver.settle()


async def upload(driver: Driver) -> None:
    """Look at a form with files, which are still to be chosen."""
    driver.choose_segment(names.REQUEST_BODY_VIEW, 1)
    driver.choose("POST /uploads/several")
    await driver.settle()
    driver.choose_tab(names.REQUEST_TABS, "body")
    await driver.settle()


async def rows(driver: Driver) -> None:
    """Type a URL; its values go into the rows for a number, a date and a list, and into one that nobody declared."""
    driver.choose("GET /convert")
    await driver.settle()
    await driver.send_url("/convert?decimal=12.5&day=2025-03-01&word=lamp&word=shade&debug=1")


async def sign_in(driver: Driver) -> None:
    """Say who sends the request; the token is asked for before it."""
    driver.choose("GET /account/token")
    await driver.settle()
    driver.choose_tab(names.REQUEST_TABS, "auth")
    driver.write(names.AUTH_FIELD.format(name="username"), "ada@example.com")
    driver.write(names.AUTH_FIELD.format(name="password"), "ada in the shop")
    await driver.send_here()


async def options(driver: Driver) -> None:
    """Choose how a request is sent."""
    driver.choose_tab(names.REQUEST_TABS, "options")
    await driver.settle()


async def cookie_jar(driver: Driver) -> None:
    """Look at the cookies that the server set."""
    await driver.send("POST /cookies/language")
    driver.click(names.COOKIES_JAR)
    await driver.settle()


async def pasted_curl(driver: Driver) -> None:
    """Paste a curl command into the URL."""
    driver.find(QWidget, names.JAR_DIALOG)
    await driver.close_dialogs()
    await driver.paste(names.REQUEST_URL, _CURL.format(address=driver.address))
    await driver.until(
        lambda: driver.find(QLineEdit, names.REQUEST_URL).text().endswith("/items?notify=true"),
        "the command was understood",
    )


async def blank(driver: Driver) -> None:
    """Begin a request that no operation asked for."""
    driver.press(names.COMPOSE_SEND, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    await driver.settle()


STORIES = (
    Story("14-body-form", body_form),
    Story("15-files", upload),
    Story("16-rows", rows),
    Story("17-sign-in", sign_in),
    Story("18-options", options),
    Story("19-cookie-jar", cookie_jar),
    Story("20-pasted-curl", pasted_curl),
    Story("21-blank-request", blank),
)
