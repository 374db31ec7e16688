"""How the value of a parameter is best entered."""

import datetime as dt
import enum
from typing import Annotated, Any

import pytest
from fastapi import FastAPI, Query

from explorer.client.editors import Editor, EditorKind, editor_of
from explorer.client.stepping import step_number
from explorer.openapi.operations import Parameter
from explorer.openapi.read import read_catalogue


class Size(enum.Enum):
    SMALL = "s"
    LARGE = "l"


def read(app: FastAPI) -> tuple[dict[str, Parameter], dict[str, Any]]:
    document = app.openapi()
    (operation,) = read_catalogue(document).operations
    return {parameter.name: parameter for parameter in operation.parameters}, document


def test_that_each_type_gets_the_editor_that_helps() -> None:
    app = FastAPI()

    @app.get("/")
    def every(
        text: str,
        whole: Annotated[int, Query(ge=1, lt=10)],
        part: float | None = None,
        size: Size | None = None,
        yes: bool = False,
        day: dt.date | None = None,
        at: dt.datetime | None = None,
        clock: dt.time | None = None,
        numbers: Annotated[list[int] | None, Query()] = None,
    ) -> None: ...

    parameters, document = read(app)
    editors = {name: editor_of(parameter, document) for name, parameter in parameters.items()}
    assert editors == {
        "text": Editor(),
        "whole": Editor(kind=EditorKind.NUMBER, least=1, most=9),
        "part": Editor(kind=EditorKind.NUMBER),
        "size": Editor(kind=EditorKind.CHOICE, choices=("s", "l")),
        "yes": Editor(kind=EditorKind.CHOICE, choices=("true", "false")),
        "day": Editor(kind=EditorKind.DATE),
        "at": Editor(kind=EditorKind.DATETIME),
        "clock": Editor(kind=EditorKind.TIME),
        "numbers": Editor(kind=EditorKind.NUMBER, many=True),
    }


@pytest.mark.parametrize(
    ("text", "by", "wanted"),
    [
        ("4", 1, "5"),
        ("0", -1, "-1"),
        ("9.50", 1, "10.50"),
        ("", 1, "1"),
        ("1e3", 1, "1001"),
        ("many", 1, None),
        ("nan", 1, None),
        ("1e999999", 1, None),
    ],
)
def test_that_a_step_keeps_the_spelling_of_a_number(text: str, by: int, wanted: str | None) -> None:
    assert step_number(text, by) == wanted


def test_that_a_step_stops_at_the_bounds_and_leads_back_from_beyond() -> None:
    assert step_number("10", 1, most=10) == "10"
    assert step_number("1", -1, least=1) == "1"
    assert step_number("0", -1, least=1) == "0"
    assert step_number("0", 1, least=1) == "1"
    assert step_number("500", -1, most=100) == "499"
