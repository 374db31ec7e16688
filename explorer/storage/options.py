"""What a person asked for on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from explorer.storage.settings import ThemeChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class TourOptions:
    """What ``tour`` is to paint.

    Attributes:
        out: the folder that receives the PNG files.
        width: of the window, in logical pixels.
        height: of the window, in logical pixels.
        only: what the names of the wanted stories begin with; empty for all of them.

    """

    out: Path
    width: int = 1440
    height: int = 900
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Everything the program is started with. None means "not said": the saved setting or the default holds.

    Attributes:
        host: the address the server binds; not loopback only after the person agreed.
        port: the TCP port.
        fixed_port: True when the person named the port, so that no other may be taken instead.
        database: the SQLite file of the demo; None for the one in the data folder.
        data_dir: the data folder; None for the usual one.
        theme: ``dark``, ``light`` or ``system``.
        zoom: percent, 80 to 200.
        tour: set when pictures are to be painted instead of a window shown.

    """

    host: str = "127.0.0.1"
    port: int = 8000
    fixed_port: bool = False
    database: Path | None = None
    data_dir: Path | None = None
    theme: ThemeChoice | None = None
    zoom: int | None = None
    tour: TourOptions | None = None
