"""What may stand on the command line, and what it means."""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Never

from explorer import __version__
from explorer.storage.options import Options, TourOptions

LAUNCHER_COMMANDS = ("install-launcher", "uninstall-launcher")
COMMANDS = ("paths", "tour", *LAUNCHER_COMMANDS)
_PROGRAM = "fastapi-explorer"
_DESCRIPTION = "Open FastAPI and look inside: send any request and see what the server did with it, step by step."
_COMMANDS_HELP = """\
commands:
  (none)                open the window
  paths                 print where settings, drafts, database and logs are
  tour                  paint a picture of every screen into --out, without a display
  install-launcher      put FastAPI Explorer into the desktop's menu of programs
  uninstall-launcher    take it out of that menu again
"""
_MIN_SIZE, _MAX_SIZE = 320, 7680


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """The command line, understood.

    Attributes:
        command: one of `COMMANDS`, or None for the window.
        options: what the program is started with.
        allow_network: the person agreed beforehand that other machines may reach the server.
        reset: start afresh.
        yes: do not ask.

    """

    command: str | None
    options: Options
    allow_network: bool
    reset: bool
    yes: bool


def parse(argv: list[str]) -> Arguments:
    """Return the meaning of `argv`; exits with 0 after ``--help`` and ``--version``, with 2 after a mistake."""
    parser = _parser()
    given = parser.parse_args(argv)
    command: str | None = given.command
    if command is not None and command not in COMMANDS:
        parser.error(
            f"“{command}” is not a command. Known are: {', '.join(COMMANDS)}. Leave it out to open the window."
        )
    if command == "tour" and given.out is None:
        parser.error("tour needs a folder for its pictures: --out DIR.")
    for name in ("out", "size", "only"):
        if command != "tour" and getattr(given, name) is not None:
            parser.error(f"--{name} belongs to the command tour.")
    if command == "tour" and given.theme == "system":
        parser.error("tour paints dark or light: --theme dark, or --theme light.")
    if given.reset and command is not None:
        parser.error("--reset stands alone, without a command.")
    options = _options(given)
    if command in LAUNCHER_COMMANDS and (options != Options() or given.allow_network):
        parser.error(f"{command} stands alone: started from the menu, the program uses the settings it has kept.")
    return Arguments(
        command=command,
        options=options,
        allow_network=given.allow_network,
        reset=given.reset,
        yes=given.yes,
    )


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach a server that is bound to `host`."""
    if host.lower() in {"127.0.0.1", "localhost"}:
        return True
    import ipaddress

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> Never:
        sentence = message if message.endswith(".") else f"{message}."
        self.exit(2, f"{self.prog}: {sentence} See {self.prog} --help.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=_PROGRAM,
        description=_DESCRIPTION,
        epilog=_COMMANDS_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage=f"{_PROGRAM} [command] [options]",
        allow_abbrev=False,
    )
    parser.add_argument("command", nargs="?", help=argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=f"FastAPI Explorer {__version__}")
    server = parser.add_argument_group("server")
    server.add_argument("--port", type=_port, metavar="N", help="use this port only (default: 8000 or the next free)")
    server.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="bind this address (default: 127.0.0.1)")
    server.add_argument("--allow-network", action="store_true", help="agree that other machines may reach the server")
    server.add_argument("--database", type=Path, metavar="PATH", help="the demo's SQLite file")
    window = parser.add_argument_group("window")
    window.add_argument("--theme", choices=("dark", "light", "system"), help="colours")
    window.add_argument("--zoom", type=_zoom, metavar="PERCENT", help="80 to 200, of everything")
    data = parser.add_argument_group("data")
    data.add_argument("--data-dir", type=Path, metavar="DIR", help="keep settings, drafts and logs here")
    data.add_argument("--reset", action="store_true", help="start afresh; what was there is moved to a dated backup")
    data.add_argument("--yes", action="store_true", help="do not ask before --reset")
    tour = parser.add_argument_group("tour")
    tour.add_argument("--out", type=Path, metavar="DIR", help="the folder for the pictures")
    tour.add_argument("--size", type=_size, metavar="WxH", help="of the window in logical pixels (default: 1440x900)")
    tour.add_argument(
        "--only", type=_beginnings, metavar="NAME,…", help="stories whose names begin like this, such as 7,80"
    )
    return parser


def _options(given: argparse.Namespace) -> Options:
    tour = None
    if given.command == "tour":
        tour = TourOptions(out=_absolute(given.out), only=given.only or ())
        if given.size is not None:
            tour = replace(tour, width=given.size[0], height=given.size[1])
    return Options(
        host=given.host,
        port=8000 if given.port is None else given.port,
        fixed_port=given.port is not None,
        database=given.database and _absolute(given.database),
        data_dir=given.data_dir and _absolute(given.data_dir),
        theme=given.theme,
        zoom=given.zoom,
        tour=tour,
    )


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()


def _beginnings(text: str) -> tuple[str, ...]:
    return tuple(part for part in (piece.strip() for piece in text.split(",")) if part)


def _port(text: str) -> int:
    return _number(text, 1, 65535, "a port is a number from 1 to 65535")


def _zoom(text: str) -> int:
    return _number(text.removesuffix("%"), 80, 200, "zoom is a number from 80 to 200")


def _number(text: str, low: int, high: int, meaning: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text) or not low <= int(text) <= high:
        raise argparse.ArgumentTypeError(f"{meaning}, not “{text}”")
    return int(text)


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"([0-9]{1,5})[x×]([0-9]{1,5})", text)
    size = (int(match[1]), int(match[2])) if match else (0, 0)
    if not all(_MIN_SIZE <= side <= _MAX_SIZE for side in size):
        raise argparse.ArgumentTypeError(f"a size reads like 1440x900, not “{text}”")
    return size
