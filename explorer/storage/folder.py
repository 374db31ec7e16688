"""The one folder in which the program keeps what a person would miss."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

APP_NAME = "fastapi-explorer"


def default_root() -> Path:
    """Return the usual place of the data folder on this system."""
    import platformdirs

    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Names every file in the data folder. Asking for a name creates nothing; `create` makes the folders.

    Attributes:
        root: the folder itself.

    """

    root: Path

    @property
    def settings(self) -> Path:
        """Theme, zoom, sizes."""
        return self.root / "settings.json"

    @property
    def drafts(self) -> Path:
        """The requests a person has not finished."""
        return self.root / "drafts.json"

    @property
    def sockets(self) -> Path:
        """The clients of WebSockets a person has set up."""
        return self.root / "sockets.json"

    @property
    def history(self) -> Path:
        """Everything that was sent, as SQLite."""
        return self.root / "history.sqlite3"

    @property
    def database(self) -> Path:
        """The demo's SQLite file."""
        return self.root / "demo.sqlite3"

    @property
    def snapshots(self) -> Path:
        """The folder of copies of the demo's database that one can go back to."""
        return self.root / "snapshots"

    @property
    def console(self) -> Path:
        """What was run in the SQL console."""
        return self.root / "console.json"

    @property
    def migrations(self) -> Path:
        """When each migration was applied."""
        return self.root / "migrations.json"

    @property
    def bodies(self) -> Path:
        """The folder of bodies that are too large for the memory; empty while the program does not run."""
        return self.root / "bodies"

    @property
    def logs(self) -> Path:
        """The folder of the two logs."""
        return self.root / "logs"

    @property
    def log(self) -> Path:
        """What the program did, in lines."""
        return self.logs / "explorer.log"

    @property
    def crash_log(self) -> Path:
        """Where Python writes its last words when the process dies."""
        return self.logs / "crash.log"

    @property
    def lock(self) -> Path:
        """Held by the one window that may write here."""
        return self.root / "lock"

    def create(self) -> None:
        """Make the folders, readable by this user alone where the system knows such a thing.

        Raises:
            OSError: the place cannot be written.

        """
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.logs.mkdir(mode=0o700, exist_ok=True)

    def describe(self) -> tuple[tuple[str, Path], ...]:
        """Return (what it is, where it is) for each file and folder, for a person to read."""
        return (
            ("Data folder", self.root),
            ("Settings", self.settings),
            ("Drafts", self.drafts),
            ("WebSocket clients", self.sockets),
            ("History", self.history),
            ("Demo database", self.database),
            ("Snapshots of it", self.snapshots),
            ("SQL console", self.console),
            ("Migrations", self.migrations),
            ("Large bodies", self.bodies),
            ("Log", self.log),
            ("Crash log", self.crash_log),
        )
