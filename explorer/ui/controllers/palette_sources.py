"""What the palette offers: commands, and what can be opened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

from explorer.client.urls import build_target, split_url
from explorer.database.table_names import table_names
from explorer.storage.history import History
from explorer.ui.actions.action import CommandAction
from explorer.ui.actions.commands import Command
from explorer.ui.actions.key_words import shown_keys
from explorer.ui.controllers.compose import ComposeController
from explorer.ui.main_window import MainWindow
from explorer.ui.models.palette_model import PaletteEntry

_RECENT = 50  # entries of the history
_NOT_NOW = "“{command}” cannot be done now."
_NOT_OFFERED = ("palette", "escape")


def command_entries(window: MainWindow) -> list[PaletteEntry]:
    """Return what can be done here, then what can be done in other rooms."""
    here, elsewhere = [], []
    actions = {(action.place, action.command.id): action for action in window.keymap.actions}
    for command in window.keymap.commands:
        action = actions.get(("", command.id)) or actions.get((window.current_room, command.id))
        if command.id in _NOT_OFFERED:
            continue
        if action is not None:
            why_not = action.why_not()
            if why_not is not None:
                here.append(_entry(window, command, action.trigger, action.place, action.text(), why_not))
        elif window.current_room not in command.places:
            room = next((room for room in window.listed_rooms if room.key in command.places), None)
            if room is not None and not command.fixed and not command.holder:
                elsewhere.append(
                    _entry(window, command, partial(_run_in, window, room.key, command.id), room.key, command.text)
                )
    here.sort(key=lambda entry: (bool(entry.why_not), entry.kind != _label(window, window.current_room)))
    return here + elsewhere


def _entry(
    window: MainWindow, command: Command, run: Callable[[], object], place: str, text: str, why_not: str = ""
) -> PaletteEntry:
    keys = shown_keys(window.keymap.keys(command))
    kind = _label(window, place)
    return PaletteEntry(
        title=text, kind=kind, also=command.also, run=run, icon=command.icon, keys=keys, why_not=why_not
    )


def _label(window: MainWindow, place: str) -> str:
    return next((room.label for room in window.listed_rooms if room.key == place), "")


def _run_in(window: MainWindow, room: str, command_id: str) -> None:
    """Show a room, and do there what is wanted, or say why that is not possible."""
    window.show_room(room)
    found = [each for each in window.findChildren(CommandAction) if (each.place, each.command.id) == (room, command_id)]
    for action in found:
        why_not = action.why_not()
        if why_not == "":
            action.trigger()
        else:
            window.notice_bar.show_message(why_not or _NOT_NOW.format(command=action.text()))


def open_request_entries(window: MainWindow, compose: ComposeController) -> list[PaletteEntry]:
    """Return the requests that are open beside the one in front."""
    requests = compose.open_requests.requests
    entries = []
    for request in requests.requests:
        if request.id != requests.current and not request.blank:
            run = partial(_in_compose, window, partial(compose.open_requests.show, request.id))
            title = build_target(request.draft)
            entries.append(PaletteEntry(title=title, kind="Open request", run=run, method=request.draft.method))
    return entries


def operation_entries(window: MainWindow, compose: ComposeController) -> list[PaletteEntry]:
    """Return what the app offers."""
    if compose.catalogue is None:
        return []
    return [
        PaletteEntry(
            title=operation.path,
            kind=operation.summary or "Operation",
            also=f"{operation.summary} {operation.function}",
            run=partial(_in_compose, window, partial(compose.open_operation, operation)),
            method=operation.method,
        )
        for operation in compose.catalogue.operations
    ]


def socket_entries(compose: ComposeController, add: Callable[[str], object]) -> list[PaletteEntry]:
    """Return the WebSockets that the app offers."""
    return [
        PaletteEntry(title=each.path, kind="New client", also=each.function, run=partial(add, each.key), method="WS")
        for each in (compose.catalogue.sockets if compose.catalogue is not None else ())
    ]


def _in_compose(window: MainWindow, run: Callable[[], object]) -> None:
    window.show_room("compose")
    run()


async def table_entries(database: Path, show: Callable[[str], object]) -> list[PaletteEntry]:
    """Return the tables of the database."""
    tables = await asyncio.to_thread(table_names, database)
    return [PaletteEntry(title=name, kind="Table", run=partial(show, name), icon="table") for name in tables]


async def history_entries(window: MainWindow, history: History, show: Callable[[int], object]) -> list[PaletteEntry]:
    """Return what was sent last, the newest first, the same request once."""
    entries = await asyncio.wrap_future(history.find("", limit=_RECENT))
    newest = {(entry.method, entry.url): entry for entry in reversed(entries)}
    ordered = sorted(newest.values(), key=lambda entry: -entry.id)
    return [
        PaletteEntry(
            title=_target(entry.url),
            kind=f"Sent · {entry.status or ('stopped' if entry.cancelled else 'failed')}",
            run=partial(_in_compose, window, partial(show, entry.id)),
            method=entry.method,
        )
        for entry in ordered
    ]


def _target(url: str) -> str:
    try:
        return split_url(url)[1]
    except ValueError:
        return url
