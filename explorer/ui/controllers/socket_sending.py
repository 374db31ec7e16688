"""What a person sends through their sockets: messages, pings, again and again, and what is worth trying."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from explorer.client.sockets.composing import read_hex
from explorer.client.sockets.drafts import remember
from explorer.client.sockets.opening import LARGEST_MESSAGE
from explorer.client.sockets.record import Composed, MessageKind, SocketDraft
from explorer.ui.controllers.socket_clients import SocketClient, SocketClients
from explorer.ui.tasks import Tasks

MANY = 1000
_AT_ONCE = 8  # messages that go out before the window may paint; a room of the demo drops who reads too slowly
_LEAST_SECONDS = 0.01
_CLOSED = "There is no open connection: connect first."
_TEXT, _PING = 0x1, 0x9


class SocketSending(QObject):
    """Sends.

    Signals:
        troubled: a client could not send: its id and why, in a sentence; an empty one when it could.
    """

    troubled = Signal(str, str)

    def __init__(self, clients: SocketClients, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clients = clients
        self._tasks = tasks
        self._repeating: dict[str, asyncio.Task[None]] = {}

    def send(self, client_id: str) -> None:
        """Send what is in front of a client."""
        client = self._clients.get(client_id)
        if client is not None:
            self._tasks.start(self._send(client, composed_of(client.draft)), "send a message")

    def ping(self, client_id: str) -> None:
        """Send a ping; its pong tells the round trip."""
        client = self._clients.get(client_id)
        if client is not None:
            self._say(client, client.connection.ping(b"ping") if client.connection is not None else _CLOSED)

    def repeat(self, client_id: str, on: bool) -> None:
        """Send what is in front again and again, or no longer."""
        running = self._repeating.pop(client_id, None)
        if running is not None:
            running.cancel()
        client = self._clients.get(client_id)
        if client is None:
            return
        self._clients.set_repeating(client_id, on)
        if on:
            self._repeating[client_id] = self._tasks.start(self._repeat(client), "send again and again")

    def attempt(self, client_id: str, what: str) -> None:
        """Try something: ``drop``, ``many``, ``broken`` or ``utf8``."""
        client = self._clients.get(client_id)
        if client is None or client.connection is None:
            return
        match what:
            case "drop":
                client.connection.drop()
            case "many":
                self._tasks.start(self._send_many(client), "send 1,000 messages")
            case "broken":
                self._say(client, client.connection.send_text('{"text": "this is broken",'))
            case "utf8":
                self._say(client, client.connection.send_raw(_TEXT, b"\xc3\x28 is no UTF-8 \xff"))

    def stop(self) -> None:
        """Send nothing more."""
        for task in self._repeating.values():
            task.cancel()
        self._repeating.clear()

    async def _send(self, client: SocketClient, composed: Composed) -> bool:
        problem = await self._put_out(client, composed)
        self._say(client, problem)
        if problem:
            return False
        draft = remember(client.draft, composed)
        if composed.kind is MessageKind.TEXT and composed_of(draft) == composed:
            draft = _with_composed(draft, replace(composed, text=""))
        self._clients.update(draft)
        return True

    async def _put_out(self, client: SocketClient, composed: Composed) -> str:
        """Send one message; returns why it was not sent, or nothing."""
        connection = client.connection
        if connection is None or not connection.is_open:
            return _CLOSED
        if composed.kind in (MessageKind.TEXT, MessageKind.JSON):
            return connection.send_text(composed.text)
        try:
            if composed.kind is MessageKind.HEX:
                return connection.send_binary(read_hex(composed.text))
            return connection.send_binary(await asyncio.to_thread(_read_file, Path(composed.text)))
        except (ValueError, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else None
            return f"{composed.text} cannot be read ({reason}): choose it again." if reason else str(error)

    async def _repeat(self, client: SocketClient) -> None:
        client_id = client.draft.id
        try:
            await self._send_until_it_fails(client)
        finally:
            if self._repeating.get(client_id) is asyncio.current_task():
                del self._repeating[client_id]
                self._clients.set_repeating(client_id, False)

    async def _send_until_it_fails(self, client: SocketClient) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        composed = composed_of(client.draft)
        self._clients.update(remember(client.draft, composed))
        while True:
            problem = await self._put_out(client, composed)
            if problem:
                self._say(client, "" if problem == _CLOSED else problem)
                return
            now = composed_of(client.draft)
            composed = now if now.text else composed
            due = max(due + max(_LEAST_SECONDS, now.repeat_seconds or 1.0), loop.time())
            await asyncio.sleep(due - loop.time())

    async def _send_many(self, client: SocketClient) -> None:
        connection = client.connection
        for number in range(1, MANY + 1):
            if connection is None or not connection.is_open:
                self._say(client, f"The connection ended after {number - 1:,} messages.")
                return
            problem = connection.send_text(f"message {number} of {MANY:,}")
            if problem:
                self._say(client, problem)
                return
            if number % _AT_ONCE == 0:
                await asyncio.sleep(0.005)
        self._say(client, "")

    def _say(self, client: SocketClient, problem: str) -> None:
        self.troubled.emit(client.draft.id, problem)


def composed_of(draft: SocketDraft) -> Composed:
    """Return what is in front of a client."""
    return next((each for each in draft.composed if each.kind is draft.kind), Composed(kind=draft.kind))


def _with_composed(draft: SocketDraft, composed: Composed) -> SocketDraft:
    others = tuple(each for each in draft.composed if each.kind is not composed.kind)
    return replace(draft, composed=(*others, composed))


def _read_file(path: Path) -> bytes:
    if path.stat().st_size > LARGEST_MESSAGE:
        raise ValueError(f"{path.name} is larger than 64 MB: send a smaller file.")
    return path.read_bytes()
