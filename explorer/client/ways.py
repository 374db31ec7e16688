"""What all requests of one client share: open connections, cookies, and a place for large bodies.

Importing this does not import httpx; the first request does.
"""

from __future__ import annotations

import asyncio
import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.client.cookies import CookieJar

if TYPE_CHECKING:
    from explorer.client.connections import Connections


class Ways:
    """Makes each pool of connections when it is first needed.

    Attributes:
        jar: the cookies.
        folder: where large bodies go; None for the system's place for temporary files.
    """

    def __init__(self, jar: CookieJar, folder: Path | None) -> None:
        self.jar = jar
        self.folder = folder
        self._pools: dict[tuple[bool, bool], Connections] = {}

    def warm_up(self) -> None:
        """Import httpx and make the pool for http now."""
        self._plain()

    async def connections(self, *, secure: bool, verify: bool) -> Connections:
        """Return the pool for https or http; `verify` says whether a server's certificate must be trusted."""
        if not secure:
            return self._plain()
        if (secure, verify) not in self._pools:
            from explorer.client.connections import Connections, trust_of

            trusted = await asyncio.to_thread(trust_of, secure=True, verify=verify)
            self._pools.setdefault((secure, verify), Connections(trusted))
        return self._pools[secure, verify]

    async def aclose(self) -> None:
        """Close all connections; they are made anew when needed."""
        pools, self._pools = self._pools, {}
        for pool in pools.values():
            await pool.aclose()

    def _plain(self) -> Connections:
        if (False, False) not in self._pools:
            import_httpx()
            from explorer.client.connections import Connections, trust_of

            self._pools[False, False] = Connections(trust_of(secure=False, verify=False))
        return self._pools[False, False]


def import_httpx() -> None:
    """Import httpx without its command line, which brings click, rich and pygments and takes longer than the rest."""
    if "httpx" in sys.modules:
        return
    absent: Any = None
    sys.modules["httpx._main"] = absent  # Python's way to say that a module is not there; httpx is prepared for it
    importlib.import_module("httpx")
    del sys.modules["httpx._main"]
