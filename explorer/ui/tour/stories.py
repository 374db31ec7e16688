"""The stories of the tour: what a person would do to see each screen at work. Each new screen adds its own."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from explorer.ui import names
from explorer.ui.tour import commands, composing, database, database_tools, looks, reading, sockets, traces
from explorer.ui.tour.driver import Driver
from explorer.ui.tour.story import Story


async def first_run(driver: Driver) -> None:
    """See the window as it first opens."""
    await driver.until_ready()
    driver.click(names.RAIL_ROOM.format(room="compose"))
    await driver.close_requests()
    driver.choose("GET /items")
    driver.find(QWidget, names.COMPOSE_SEND).setFocus()


async def list_items(driver: Driver) -> None:
    """Read a list: its response, and the way there and back."""
    await driver.send("GET /items")
    driver.choose_tab(names.RESPONSE_TABS, "pretty")


async def create_item(driver: Driver) -> None:
    """Create an item from a JSON body."""
    await driver.send("POST /users/{user_id}/items", path={"user_id": "1"}, query={"notify": "true"})


async def invalid_item(driver: Driver) -> None:
    """Send a body that the schema warns of and the server refuses."""
    body = '{\n  "title": "Desk lamp",\n  "price": "cheap",\n  "tags": ["home", "light"]\n}'
    await driver.send("POST /users/{user_id}/items", path={"user_id": "0"}, body=body)


async def order_of_routes(driver: Driver) -> None:
    """Fill in a path parameter, and see the routes that were tried before."""
    await driver.send("GET /users/{user_id}", path={"user_id": "2"})


async def no_route(driver: Driver) -> None:
    """Type a path that no route knows."""
    driver.choose("GET /items")
    await driver.send_url("/no/such/path")


async def headers(driver: Driver) -> None:
    """Look at the headers of a response."""
    driver.click(names.REQUEST_NOTICE_ACTION)
    await driver.send("GET /items")
    driver.choose_tab(names.RESPONSE_TABS, "headers")


async def compact(driver: Driver) -> None:
    """See the X-ray without its details."""
    driver.choose_tab(names.RESPONSE_TABS, "pretty")
    await driver.send("GET /items/{item_id}", path={"item_id": "3"})
    await driver.open_side(names.COMPOSE_OPEN_XRAY, names.XRAY_VIEW)
    driver.set_compact(True)


async def filtered(driver: Driver) -> None:
    """Filter the tree of operations."""
    driver.set_compact(False)
    await driver.open_side(names.COMPOSE_OPEN_SIDEBAR, names.OPERATIONS_FILTER)
    driver.write(names.OPERATIONS_FILTER, "post items")


async def filtered_empty(driver: Driver) -> None:
    """Filter for something that is not there."""
    driver.write(names.OPERATIONS_FILTER, "invoice")


async def server_log(driver: Driver) -> None:
    """Open the server's log."""
    driver.write(names.OPERATIONS_FILTER, "")
    await driver.send("GET /items")
    driver.trigger(names.SERVER_LOG)
    await driver.settle()


async def server_stopped(driver: Driver) -> None:
    """Stop the server, and see what the window says of it."""
    driver.trigger(names.SERVER_LOG)
    driver.trigger(names.SERVER_STOP)
    await driver.until(lambda: "stopped" in driver.find(QLabel, names.STATUS_SERVER).text(), "the server has stopped")


async def server_again(driver: Driver) -> None:
    """Start the server again: everything that was typed is still there."""
    driver.trigger(names.SERVER_START)
    await driver.until_ready()
    await driver.send("POST /items")


STORIES: tuple[Story, ...] = (
    Story("01-first-run", first_run),
    Story("02-list-items", list_items),
    Story("03-create-item", create_item),
    Story("04-invalid-422", invalid_item),
    Story("05-order-of-routes", order_of_routes),
    Story("06-no-route-404", no_route),
    Story("07-response-headers", headers),
    Story("08-xray-compact", compact),
    Story("09-filter", filtered),
    Story("10-filter-empty", filtered_empty),
    Story("11-server-log", server_log),
    Story("12-server-stopped", server_stopped),
    Story("13-started-again", server_again),
    *composing.STORIES,
    *reading.STORIES,
    *sockets.STORIES,
    *traces.STORIES,
    *database.STORIES,
    *database_tools.STORIES,
    *commands.STORIES,
    *looks.STORIES,
)
