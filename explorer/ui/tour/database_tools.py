"""Stories of the Database room's other pages: schema, diagram, console, migrations, snapshots."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from explorer.ui import names
from explorer.ui.panels.database.er_diagram import ErDiagram
from explorer.ui.panels.database.migrations_panel import MigrationsPanel
from explorer.ui.panels.database.schema_page import SchemaPage
from explorer.ui.panels.database_room import CONSOLE, DATA, ER, MIGRATIONS, SCHEMA
from explorer.ui.tour.driver import START_PATIENCE_SECONDS, Driver
from explorer.ui.tour.story import Story
from explorer.ui.widgets.elided_label import ElidedLabel

_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_MOST_ITEMS = (
    "SELECT u.name, COUNT(*) AS items\nFROM users AS u\nJOIN items AS i ON i.owner_id = u.id\n"
    "GROUP BY u.id\nORDER BY items DESC\nLIMIT 5"
)
_LAMPS = "SELECT i.name, u.name\nFROM items AS i JOIN users AS u ON u.id = i.owner_id\nWHERE i.name LIKE '%lamp'"
_WRONG = "SELECT name, prize\nFROM items\nWHERE id = :id"
_BACK, _HEAD = "0005", "0006"


async def schema(driver: Driver) -> None:
    """Read how the items are made."""
    driver.click(names.RAIL_ROOM.format(room="database"))
    page = driver.find(SchemaPage, names.SCHEMA_PAGE)
    driver.write(names.DATABASE_FILTER, "")
    await _open(driver, SCHEMA)
    await driver.until(lambda: "CREATE" in page.ddl.toPlainText(), "the tables are known")
    page.table_chosen.emit("items")
    await driver.until(lambda: "TABLE items" in page.ddl.toPlainText().replace('"', ""), "the statement is shown")


async def diagram(driver: Driver) -> None:
    """See how the tables hang together."""
    await _open(driver, ER)
    page = driver.find(ErDiagram, names.ER_PAGE)
    await driver.until(lambda: page.view.tables, "the tables are drawn")
    driver.press(names.ER_VIEW, Qt.Key.Key_Escape)
    page.view.fit()


async def diagram_chosen(driver: Driver) -> None:
    """Choose the items: what they have to do with stands out."""
    driver.find(ErDiagram, names.ER_PAGE).choose("items")


async def console(driver: Driver) -> None:
    """Ask the database something."""
    await _open(driver, CONSOLE)
    await _run(driver, _MOST_ITEMS)


async def console_plan(driver: Driver) -> None:
    """Ask how the rows are found: a LIKE that begins with % reads them all."""
    driver.write(names.CONSOLE_EDITOR, _LAMPS)
    driver.press(names.CONSOLE_EDITOR, Qt.Key.Key_Return, _CONTROL | _SHIFT)
    await driver.until(lambda: driver.sees(names.CONSOLE_PLAN_ROWS), "the plan is told")


async def console_error(driver: Driver) -> None:
    """Mistype a column: the place is marked."""
    driver.write(names.CONSOLE_EDITOR, _WRONG)
    await driver.settle()
    driver.write(names.CONSOLE_PARAMETER.format(name=":id"), "3")
    driver.press(names.CONSOLE_EDITOR, Qt.Key.Key_Return, _CONTROL)
    await driver.until(lambda: driver.sees(names.CONSOLE_ERROR), "the error is told")


async def migrations(driver: Driver) -> None:
    """See what going one revision back would change."""
    await _run(driver, _MOST_ITEMS)
    await _open(driver, MIGRATIONS)
    await _choose(driver, _BACK)


async def downgraded(driver: Driver) -> None:
    """Go one revision back: a snapshot is taken, and the statements that ran are shown."""
    driver.click(names.MIGRATIONS_DOWN)
    await driver.until(lambda: driver.sees(names.CONFIRM_DIALOG), "the question is asked")
    await driver.settle()
    driver.click(names.CONFIRM_YES)
    await driver.until(
        lambda: _title(driver) == "The SQL of the downgrade", "the downgrade is done", START_PATIENCE_SECONDS
    )


async def upgraded(driver: Driver) -> None:
    """Come back to the head, with every row that was there."""
    up = driver.find(QPushButton, names.MIGRATIONS_UP)
    await driver.until(up.isEnabled, "the next step is offered")
    driver.click(names.MIGRATIONS_UP)
    await driver.until(
        lambda: _title(driver) == "The SQL of the upgrade", "the upgrade is done", START_PATIENCE_SECONDS
    )


async def snapshots(driver: Driver) -> None:
    """Look at the snapshots that were taken on the way."""
    await driver.open_side(names.DATABASE_OPEN_SIDEBAR, names.DATABASE_FILTER)
    driver.click(names.DATABASE_SNAPSHOTS)
    await driver.until(lambda: driver.sees(names.SNAPSHOTS_DIALOG), "the snapshots are listed")


async def closed(driver: Driver) -> None:
    """Go back to the rows."""
    await driver.close_dialogs()
    await _open(driver, DATA)


STORIES: tuple[Story, ...] = (
    Story("80-database-schema", schema),
    Story("81-database-diagram", diagram),
    Story("82-database-diagram-chosen", diagram_chosen),
    Story("83-database-console", console),
    Story("84-database-plan", console_plan),
    Story("85-database-console-error", console_error),
    Story("86-database-migrations", migrations),
    Story("87-database-downgraded", downgraded),
    Story("88-database-upgraded", upgraded),
    Story("89-database-snapshots", snapshots),
    Story("90-database-data-kept", closed),
)


async def _open(driver: Driver, page: str) -> None:
    driver.choose_tab(names.DATABASE_TABS, page)
    await driver.settle()


async def _run(driver: Driver, sql: str) -> None:
    facts = driver.find(ElidedLabel, names.CONSOLE_FACTS)
    driver.write(names.CONSOLE_EDITOR, sql)
    driver.press(names.CONSOLE_EDITOR, Qt.Key.Key_Return, _CONTROL)
    await driver.until(lambda: facts.isVisible() and " row" in facts.whole_text, "the rows are there")


async def _choose(driver: Driver, revision: str) -> None:
    panel = driver.find(MigrationsPanel, names.MIGRATIONS_PANEL)
    rows = panel.chain_list.model()
    # Alembic runs in a process of its own, which has to start first.
    await driver.until(lambda: rows.rowCount() > 0, "the revisions are listed", START_PATIENCE_SECONDS)
    row = next(i for i in range(rows.rowCount()) if str(rows.index(i, 0).data()).startswith(revision))
    panel.chain_list.setCurrentIndex(rows.index(row, 0))
    remark = driver.find(QLabel, names.MIGRATIONS_REMARK)
    await driver.until(remark.isVisible, "it was tried", START_PATIENCE_SECONDS)


def _title(driver: Driver) -> str:
    return driver.find(ElidedLabel, names.MIGRATIONS_TITLE).whole_text
