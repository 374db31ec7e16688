from __future__ import annotations

import asyncio

from explorer.ui.tasks import Tasks


async def test_that_nothing_begins_once_everything_was_cancelled() -> None:
    steps: list[str] = []
    errors: list[BaseException] = []

    async def step(name: str) -> None:
        steps.append(f"{name} began")
        try:
            await asyncio.Event().wait()
        finally:
            steps.append(f"{name} ended")

    tasks = Tasks(errors.append)
    tasks.start(step("early"), "early")
    await asyncio.sleep(0)
    await tasks.cancel_all()
    late = tasks.start(step("late"), "late")
    await asyncio.wait([late])
    assert late.cancelled()
    assert steps == ["early began", "early ended"]
    assert errors == []
