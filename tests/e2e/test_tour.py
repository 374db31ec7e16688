"""What the tour says of its stories; how it is begun from a terminal is in `process/test_command.py`."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from explorer.storage.options import TourOptions
from explorer.ui import names
from explorer.ui.tour.driver import Driver
from explorer.ui.tour.stories import STORIES
from explorer.ui.tour.tour import Tour

from .conftest import Person


def test_that_each_story_has_a_name_of_its_own_and_they_come_in_its_order() -> None:
    told = [story.name for story in STORIES]
    assert len(set(told)) == len(told)
    assert told == sorted(told)


def test_that_a_story_that_goes_wrong_or_is_not_there_is_named_and_the_others_are_told(
    person: Person, ui_loop: asyncio.AbstractEventLoop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "pictures"
    tour = Tour(TourOptions(out=out, only=("20", "21")), ("light",), 100)  # 20 closes the dialog that 19 has opened
    stage = person.window, person.program.themes
    playing = ui_loop.create_task(tour.play(*stage))
    person.until(playing.done)
    assert playing.result() == 1
    assert capsys.readouterr() == (
        f"{out / '21-blank-request-light.png'}\n",
        f"20-pasted-curl (light): no QWidget is named {names.JAR_DIALOG}.\n",
    )
    assert [path.name for path in out.iterdir()] == ["21-blank-request-light.png"]

    nothing = ui_loop.create_task(Tour(TourOptions(out=out, only=("lamp",)), ("light",), 100).play(*stage))
    person.until(nothing.done)
    assert nothing.result() == 1
    assert capsys.readouterr() == ("", "No story begins with lamp.\n")


def test_that_the_palette_of_one_theme_is_not_in_the_pictures_of_the_next(
    person: Person, ui_loop: asyncio.AbstractEventLoop
) -> None:
    driver = Driver(person.window)
    story = next(story for story in STORIES if story.name == "91-palette")
    seen: list[bool] = []

    async def tell_and_close() -> None:
        await story.play(driver)
        seen.append(driver.sees(names.PALETTE))
        await driver.close_dialogs()
        seen.append(driver.sees(names.PALETTE))

    telling = ui_loop.create_task(tell_and_close())
    person.until(telling.done)
    telling.result()
    assert seen == [True, False]
