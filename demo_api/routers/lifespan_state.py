"""Beyond the handbook, Lifespan: what happens once, before the first request and after the last.

The lifespan itself is in `main.py`.
"""

import os

from fastapi import APIRouter, Request

from demo_api.dependencies import MemoryDep
from demo_api.models.lifetime import Opening
from demo_api.services.memory import Memory

TAG = "Lifespan"
DESCRIPTION = "What happens once, before the first request and after the last."

router = APIRouter(tags=[TAG])


@router.get("/lifespan", summary="Ask when the shop opened")
async def read_opening(request: Request, memory: MemoryDep) -> Opening:
    """Find what the lifespan yielded in the `request.state` of every request; `app.state` is the older way to keep it.

    **Often wrong:** opening the database when the module is imported. Then a test that imports it opens it too.
    """
    yielded: Memory = request.state.memory
    return Opening(opened_at=memory.opened_at, process=os.getpid(), same_object=yielded is memory)
