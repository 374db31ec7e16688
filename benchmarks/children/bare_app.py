"""The floor of the first answer: import the demo, start it with uvicorn, and ask it once with httpx.

Arguments: the SQLite file.
"""

from __future__ import annotations

import sys
import threading
import time

import httpx
import uvicorn

from demo_api.main import create_app
from demo_api.settings import Settings


class _Server(uvicorn.Server):
    ready = threading.Event()

    async def startup(self, sockets: object = None) -> None:  # noqa: ARG002 - uvicorn binds for itself
        await super().startup()
        self.ready.set()


app = create_app(Settings(database_url=f"sqlite:///{sys.argv[1]}"))
server = _Server(uvicorn.Config(app, port=0, loop="asyncio", http="httptools", log_config=None))
thread = threading.Thread(target=server.run, daemon=True)
thread.start()
_Server.ready.wait()
port = server.servers[0].sockets[0].getsockname()[1]
httpx.get(f"http://127.0.0.1:{port}/items", trust_env=False).raise_for_status()
answered_ns = time.perf_counter_ns()

from benchmarks.children.talk import say  # noqa: E402 - what is measured is over

say(answered_ns=answered_ns)
server.should_exit = True
thread.join(5)
