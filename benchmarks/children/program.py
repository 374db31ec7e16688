"""The real program, which tells when its window is painted, and then does what it is ordered (see `hands`).

Arguments: the data folder.
Says `painted_ns` and `too_early` (heavy modules imported before that), then what `hands` says.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import explorer.bootstrap.program
from explorer.bootstrap.program import Program
from explorer.cli import main

if TYPE_CHECKING:
    from typing_extensions import override

    from explorer.ui.tour.tour import Tour
else:  # nothing may be imported here that the program itself does not need

    def override(method: object) -> object:
        """Mark nothing."""
        return method


_HEAVY = ("fastapi", "starlette", "uvicorn", "sqlalchemy", "sqlmodel", "alembic", "httpx", "pydantic", "pygments")


class Watched(Program):
    """The program, with a hand on the Send button and an eye on what it paints."""

    @override
    def paint(self) -> None:
        """Take the time."""
        super().paint()
        self._painted_ns = time.perf_counter_ns()
        self._too_early = [name for name in _HEAVY if name in sys.modules]

    @override
    async def live(self, tour: Tour | None = None) -> int:
        """Obey meanwhile."""
        import asyncio

        obeying = asyncio.ensure_future(self._obey())
        try:
            return await super().live(tour)
        finally:
            obeying.cancel()

    async def _obey(self) -> None:
        from benchmarks.children.hands import obey
        from benchmarks.children.talk import say

        say(painted_ns=self._painted_ns, too_early=self._too_early)
        await obey(self)
        self.window.close()


if __name__ == "__main__":
    vars(explorer.bootstrap.program)["Program"] = Watched  # the rest of the way from the command line is as it is
    sys.exit(main(["--data-dir", sys.argv[1]]))
