"""What stands beside the rows in the Database room: the console, migrations, snapshots, and the ways back."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from explorer.database.changes import ChangeSet
from explorer.database.console_history import ConsoleHistory
from explorer.database.inspector import Inspector
from explorer.database.migrations.applied import AppliedTimes
from explorer.database.migrations.migrations import Migrations
from explorer.database.migrations.revisions import Chain
from explorer.database.migrations.setup import MigrationSetup, url_of
from explorer.database.schema import Schema
from explorer.database.snapshots import Snapshots
from explorer.storage.folder import DataFolder
from explorer.storage.writer import Writer
from explorer.ui.controllers.busy import BusyController
from explorer.ui.controllers.console import ConsoleController
from explorer.ui.controllers.migrations import MigrationsController
from explorer.ui.controllers.rewriting import Rewriting
from explorer.ui.controllers.snapshots import SnapshotsController
from explorer.ui.controllers.taking_back_rows import Seed, TakingBackRowsController
from explorer.ui.main_window import MainWindow
from explorer.ui.panels.database.console_panel import ConsolePanel
from explorer.ui.panels.database.migrations_panel import MigrationsPanel
from explorer.ui.panels.database_room import CONSOLE, MIGRATIONS, DatabaseRoom
from explorer.ui.tasks import Tasks
from explorer.ui.theme.manager import Themes


class WritingParts:
    """Makes these pages and their controllers, and puts the pages into the room.

    Attributes:
        console: runs statements; its panel completes the names of the schema.
        migrations: the chain and its steps.
        rewriting: what of ours writes the database.
        rows: takes back what requests did.
    """

    def __init__(
        self,
        room: DatabaseRoom,
        inspector: Inspector,
        window: MainWindow,
        themes: Themes,
        folder: DataFolder,
        writer: Writer,
        tasks: Tasks,
        clock: Callable[[], float],
        change_of: Callable[[str], ChangeSet | None],
        holder: Callable[[], str | None],
    ) -> None:
        """Make everything.

        Args:
            room: gets the pages.
            inspector: reads the database.
            window: has the notices and the offers to undo.
            themes: how everything looks.
            folder: where snapshots and the console's history are.
            writer: saves in the background.
            tasks: run what takes time.
            clock: seconds since the epoch.
            change_of: finds what a request changed by its trace id.
            holder: names who of ours holds the database; it should ask `doing`, too.
        """
        undo = window.status_bar.undo
        snapshots = Snapshots(folder.snapshots, inspector.path, holder=holder, clock=clock)
        self.rewriting = Rewriting(snapshots, undo, tasks, window)
        self._panel = ConsolePanel(themes)
        history = ConsoleHistory(folder.console, writer)
        self.console = ConsoleController(
            self._panel, inspector, history, undo, tasks, window, holder=holder, clock=clock
        )
        self._snapshots = SnapshotsController(room, themes, self.rewriting, tasks, window)
        self.rows = TakingBackRowsController(
            room, themes, self.rewriting, tasks, window, seed=demo_seed(), change_of=change_of, holder=holder
        )
        panel = MigrationsPanel(themes)
        applied = AppliedTimes(folder.migrations, writer)
        self._alembic = Migrations(demo_migrations(), snapshots, applied, holder=holder, clock=clock)
        self.migrations = MigrationsController(panel, themes, self._alembic, self.rewriting, tasks, window)
        self._busy = BusyController(room.busy, self.rewriting, window, told_elsewhere=lambda: self.migrations.stepping)
        self.migrations.chain_read.connect(lambda chain: _show_pending(room, chain))
        self.rewriting.wrote.connect(lambda _who: self.migrations.refresh())
        for told in (self.rewriting.told, self.console.told):
            told.connect(window.notice_bar.show_message)
        for notice in (history.notice, applied.notice):
            if notice is not None:
                window.notice_bar.show_put_aside(notice)
        room.set_page(CONSOLE, self._panel)
        room.set_page(MIGRATIONS, panel)
        self.migrations.refresh()

    def doing(self) -> str | None:
        """Return what of ours writes the database now; None for nothing."""
        return self.rewriting.doing

    def set_schema(self, schema: Schema) -> None:
        """Take note of another schema: names for the console, and perhaps another revision."""
        self._panel.set_schema(schema)
        if self.rewriting.doing is None:
            self.migrations.refresh()

    def stop(self) -> None:
        """Stop what runs."""
        self.rewriting.stop()
        self.console.cancel()

    def close(self) -> None:
        """End the process of the migrations; may be called on any thread."""
        self._alembic.close()


def demo_migrations() -> MigrationSetup:
    """Return where the demo's migrations are; nothing of the demo is imported."""
    return MigrationSetup(ini=_demo_folder() / "alembic.ini", environment={"DEMO_API_DATABASE_URL": "{url}"})


def demo_seed() -> Seed:
    """Return how the demo makes its database anew."""

    def command(target: Path) -> list[str]:
        return [sys.executable, "-P", "-m", "demo_api.db.seed", "--database-url", url_of(target)]

    return Seed(command, demo_migrations().process_environment())


def _show_pending(room: DatabaseRoom, chain: Chain) -> None:
    room.set_count(MIGRATIONS, f"{chain.pending} pending" if chain.pending else "", "warn")


def _demo_folder() -> Path:
    from importlib.util import find_spec

    found = find_spec("demo_api")
    assert found is not None  # noqa: S101 - it is part of this program
    assert found.submodule_search_locations is not None  # noqa: S101 - it is a package
    return Path(found.submodule_search_locations[0])
