"""The real window with the Sockets room on show, and an app that only receives.

Arguments: the data folder. Says `url` once the server runs. Orders: ``timer SECONDS`` answers `milliseconds`, each by
which a 5 ms timer was late; ``seen`` waits until nothing more comes, and answers what the server's view and the ladder
hold: `received` and `rows`; ``receive URL`` connects a client of the window, waits for the end, and answers `received`,
`rows`, and `late`.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from fastapi import FastAPI, WebSocket, WebSocketDisconnect

from benchmarks.children.hands import lateness
from benchmarks.children.talk import next_order, say
from explorer.bootstrap.collection import pause_collection
from explorer.bootstrap.program import Program
from explorer.client.draft import RequestDraft
from explorer.client.sockets.record import METHOD, Direction, SocketDraft
from explorer.probe.install import attach
from explorer.server.thread import ThreadServer
from explorer.storage.folder import DataFolder
from explorer.storage.options import Options

_QUIET_SECONDS = 1.0


def make_app() -> FastAPI:
    """Return an app whose WebSocket reads what comes."""
    app = FastAPI()

    @app.websocket("/sink")
    async def sink(websocket: WebSocket) -> None:
        await websocket.accept()
        try:
            while True:
                await websocket.receive_text()
        except WebSocketDisconnect:
            return

    return app


def make_server(options: Options, _database: Path) -> ThreadServer:
    """Return the server of that app."""
    return ThreadServer("sink", make_app, host=options.host, port=0, fixed_port=False, instrument=attach)


class Watched(Program):
    """The program, which does what it is ordered."""

    async def obey(self) -> None:
        """Do what is ordered until there are no more orders."""
        while self.rooms is None or self.rooms.server.url is None:  # noqa: ASYNC110 - a benchmark may look twice
            await asyncio.sleep(0.05)
        self.window.resize(1440, 900)
        self.window.show_room("sockets")
        say(url=self.rooms.server.url)
        while order := await asyncio.to_thread(next_order):
            what, _, amount = order.partition(" ")
            if what == "timer":
                say(milliseconds=await lateness(float(amount)))
            elif what == "seen":
                say(**await self._seen())
            else:
                say(**await self._receive(amount))
        self.window.close()

    async def _seen(self) -> dict[str, int]:
        assert self.rooms is not None  # noqa: S101 - `obey` has waited for them
        gathering = self.rooms.sockets.watch.gathering
        before = -1
        while before != (before := gathering.ladder.count):  # noqa: ASYNC110 - a benchmark may look twice
            await asyncio.sleep(_QUIET_SECONDS)
        return {
            "received": sum(seen.received for seen in gathering.server.connections()),
            "rows": gathering.ladder.count,
        }

    async def _receive(self, url: str) -> dict[str, object]:
        assert self.rooms is not None  # noqa: S101 - `obey` has waited for them
        clients, gathering = self.rooms.sockets.clients, self.rooms.sockets.watch.gathering
        assert clients is not None  # noqa: S101 - the room is on show
        rows = gathering.ladder.count
        request = RequestDraft(method=METHOD, path="/", url_override=url)
        client = clients.get(clients.add(SocketDraft(id="", name="Ana", request=request)))
        assert client is not None  # noqa: S101 - it was just added
        timing = asyncio.ensure_future(lateness(None))
        clients.connect_client(clients.chosen)
        while client.connection is None:  # noqa: ASYNC110 - a benchmark may look twice
            await asyncio.sleep(0.01)
        await client.connection.wait_closed()
        timing.cancel()
        late = await timing
        seen = await self._seen()
        received = client.log.messages[Direction.RECEIVED]
        return {"received": received, "rows": seen["rows"] - rows, "late": late}


async def _live(program: Watched) -> int:
    obeying = asyncio.ensure_future(program.obey())
    try:
        return await Program.live(program)
    finally:
        obeying.cancel()


if __name__ == "__main__":
    pause_collection()
    folder = DataFolder(Path(sys.argv[1]))
    folder.create()
    watched = Watched(Options(), folder, make_server)
    vars(watched)["live"] = lambda _tour=None: _live(watched)
    sys.exit(watched.run())
