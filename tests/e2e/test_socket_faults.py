"""What can be wrong with a WebSocket, as a person sees it at the client it happens to; the others go on."""

from __future__ import annotations

import base64
import hashlib
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from fastapi import FastAPI, WebSocket, WebSocketDisconnect

from explorer.client.sockets.record import Composed, MessageKind
from explorer.probe.install import attach
from explorer.server.thread import ThreadServer
from explorer.storage.options import Options
from explorer.ui import names
from explorer.ui.controllers.socket_clients import SocketClient

from .conftest import Start
from .test_sockets import Chatter

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
LARGE = 16_000_000
ANSWERS = {
    "/utf8": b"\x81\x04well" + b"\x81\x06bad \xff\xfe",
    "/code": b"\x88\x05" + struct.pack("!H", 999) + b"odd",
    "/reserved": b"\x83\x05what?",
}
FOREIGN_SERVER = """
import base64, hashlib, socket
server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
while True:
    peer, _ = server.accept()
    head = peer.recv(65536).decode()
    key = next(line.split(": ")[1] for line in head.split("\\r\\n") if line.lower().startswith("sec-websocket-key"))
    proof = base64.b64encode(hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()).decode()
    peer.sendall(("HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\n"
                  f"Sec-WebSocket-Accept: {proof}\\r\\n\\r\\n").encode() + b"\\x81\\x05hello")
    kept = peer
"""


class Client:
    """One client of the room, by its column.

    Attributes:
        number: of its column.
    """

    def __init__(self, chatter: Chatter, number: int) -> None:
        self.person = chatter.person
        self.number = number

    @property
    def inner(self) -> SocketClient:
        clients = self.person.rooms.sockets.clients
        assert clients is not None
        return tuple(clients.all())[self.number]

    @property
    def state(self) -> str:
        return self.person.read(names.SOCKET_STATE.format(number=self.number))

    @property
    def sentence(self) -> str:
        """What the window says about the end."""
        return self.person.read(names.SOCKET_END_SENTENCE.format(number=self.number))

    def until_over(self, state: str) -> str:
        self.person.until(lambda: self.state == state)
        return self.sentence

    def send_file(self, path: Path) -> None:
        """Choose a file, and send it as one binary message."""
        clients = self.person.rooms.sockets.clients
        assert clients is not None
        composed = Composed(kind=MessageKind.FILE, text=str(path))
        clients.update(replace(self.inner.draft, kind=MessageKind.FILE, composed=(composed,)))
        self.person.click(names.SOCKET_SEND.format(number=self.number))


def connected(chatter: Chatter, url: str) -> Client:
    """Add a client of an address anywhere, and connect it."""
    room, clients = chatter.person.rooms.sockets.room, chatter.person.rooms.sockets.clients
    assert room is not None
    assert clients is not None
    room.sidebar.client_wanted.emit("WS /ws/echo")
    room.address.url_edited.emit(url)
    client = Client(chatter, len(tuple(clients.all())) - 1)
    chatter.person.click(names.SOCKET_CONNECT.format(number=client.number))
    return client


@contextmanager
def misbehaving() -> Iterator[str]:
    """Run a server that answers handshakes rightly, and then sends what the path stands for in `ANSWERS`."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    peer, _ = server.accept()
                except OSError:
                    return  # the test is over
                with peer:
                    head = peer.recv(65536).decode()
                    peer.sendall(accepting(head) + ANSWERS[head.split(" ")[1]])
                    peer.recv(1000)  # the client's close frame

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"ws://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def accepting(head: str) -> bytes:
    lines = head.split("\r\n")
    key = next(line.split(": ")[1] for line in lines if line.lower().startswith("sec-websocket-key"))
    proof = base64.b64encode(hashlib.sha1((key + GUID).encode()).digest()).decode()  # noqa: S324 - as the rules say
    return (
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Accept: {proof}\r\n\r\n"
    ).encode()


def make_echo(options: Options, _database: Path) -> ThreadServer:
    """Return a server that sends back what it gets."""

    def make_app() -> FastAPI:
        app = FastAPI()

        @app.websocket("/ws/echo")
        async def echo(websocket: WebSocket) -> None:
            await websocket.accept()
            try:
                while True:
                    await websocket.send_bytes(await websocket.receive_bytes())
            except WebSocketDisconnect:
                return

        return app

    return ThreadServer(
        "echo", make_app, host=options.host, port=options.port, fixed_port=options.fixed_port, instrument=attach
    )


def test_that_a_server_that_breaks_the_rules_is_told_at_its_client_with_what_it_sent(start: Start) -> None:
    person = start(make_server=make_echo)
    chatter = Chatter(person)
    with misbehaving() as url:
        said = connected(chatter, f"{url}/utf8").until_over("failed")
        assert "no valid UTF-8" in said
        person.until(lambda: "well" in chatter.rows)
        said = connected(chatter, f"{url}/code").until_over("failed")
        assert "closed with 999, a code that nobody may send" in said
        client = connected(chatter, f"{url}/reserved")
        assert "breaks a rule" in client.until_over("failed")
        assert client.inner.log.entry(1).start == b"what?"
    assert person.leave() == 0


def test_that_a_server_that_is_killed_leaves_what_was_said_and_a_sentence(start: Start) -> None:
    person = start(make_server=make_echo)
    chatter = Chatter(person)
    ours = Client(chatter, chatter.add("/ws/echo"))
    with subprocess.Popen([sys.executable, "-c", FOREIGN_SERVER], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = f"ws://127.0.0.1:{int(server.stdout.readline())}/anything"
        theirs = connected(chatter, url)
        person.until(lambda: theirs.state == "open")
        person.until(lambda: "hello" in chatter.rows)
        os.kill(server.pid, signal.SIGKILL)
        assert "broke without a close frame (1006)" in theirs.until_over("failed")
    assert "hello" in chatter.rows
    person.click(names.SOCKET_CONNECT.format(number=theirs.number))
    person.until(lambda: "Nothing listens" in theirs.sentence)
    assert ours.state == "open"
    assert person.leave() == 0


def test_that_16_megabytes_go_out_and_come_back_and_a_byte_too_many_is_said(start: Start, tmp_path: Path) -> None:
    person = start(make_server=make_echo)
    chatter = Chatter(person)
    client = Client(chatter, chatter.add("/ws/echo"))
    file = tmp_path / "large.bin"
    payload = bytes(range(250)) * (LARGE // 250)
    file.write_bytes(payload)
    client.send_file(file)
    person.until(lambda: client.inner.log.count >= 3)
    assert client.inner.log.payload(2) == payload
    person.until(lambda: chatter.rows.count("binary, 16 MB") == 2)
    file.write_bytes(bytes(16 * 1024 * 1024 + 1))
    client.send_file(file)
    assert "too big for the server (1009)" in client.until_over("closed 1009")
    assert person.leave() == 0
