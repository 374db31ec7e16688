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


async def test_that_what_was_begun_while_the_rest_came_to_its_end_is_over_as_well() -> None:
    late: list[asyncio.Task[None]] = []
    tasks = Tasks(lambda _error: None)

    async def go_on() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            loop.call_soon(loop.call_soon, begin_another)  # in the very turn in which the others are known to be over

    def begin_another() -> None:
        late.append(tasks.start(asyncio.sleep(0), "late"))

    loop = asyncio.get_running_loop()
    tasks.start(go_on(), "early")
    await asyncio.sleep(0)
    await tasks.cancel_all()
    assert [task.cancelled() for task in late] == [True]
