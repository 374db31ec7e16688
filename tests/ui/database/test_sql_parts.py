"""Colours of SQL, and the names that are offered while somebody types."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from explorer.database.schema import Column, Schema, Table, TableKind
from explorer.ui.models.sql_completion import complete
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.sql_editor import SqlEditor
from explorer.ui.widgets.sql_syntax import python_inside, python_runs, sql_inside, sql_runs


def colors(line: str) -> dict[str, str]:
    return {line[run.start : run.start + run.length]: run.color for run in sql_runs(line)}


def table(name: str, *columns: str) -> Table:
    return Table(name=name, kind=TableKind.TABLE, columns=tuple(Column(name=column) for column in columns))


SCHEMA = Schema(
    tables=(
        table("items", "id", "owner_id", "price"),
        table("users", "id", "email"),
        table("odd table", "a b", "order"),
    )
)


def offered(text: str) -> tuple[str, ...]:
    place = text.find("|")
    return complete(SCHEMA, text.replace("|", ""), place).words


def test_that_words_strings_numbers_and_comments_have_their_colours() -> None:
    found = colors("SELECT count(*), 'it''s', 1.5, x'ab', :id FROM \"a b\" -- why")
    assert found["SELECT"] == found["FROM"] == "c_kw"
    assert found["count"] == "c_fn"
    assert found["'it''s'"] == "c_str"
    assert found["1.5"] == found["x'ab'"] == found[":id"] == "c_num"
    assert found['"a b"'] == "c_key"
    assert found["-- why"] == "c_com"


def test_that_types_are_told_from_functions() -> None:
    found = colors("price NUMERIC(10, 2), max(price)")
    assert found["NUMERIC"] == "c_type"
    assert found["max"] == "c_fn"


def test_that_a_string_without_an_end_goes_on_to_the_end_of_its_line() -> None:
    assert colors("SELECT 'abc")["'abc"] == "c_str"


def colors_of(text: str, place: str) -> str:
    """Return the colour of a place in a text of several lines."""
    inside = ""
    for line in text.split("\n"):
        for run in sql_runs(line, inside):
            if place in line[run.start : run.start + run.length]:
                return run.color
        inside = sql_inside(line, inside)
    return ""


@pytest.mark.parametrize(
    ("text", "place", "color"),
    [
        ("SELECT 1 /* why\nSELECT this\n*/ FROM t", "SELECT this", "c_com"),
        ("SELECT 1 /* why\nand this */ FROM t", "FROM", "c_kw"),
        ("SELECT count(*)/* why\nfor once\n*/ FROM t", "for once", "c_com"),
        ("SELECT 'it''s\nSELECT that' FROM t", "SELECT that", "c_str"),
        ("SELECT 'it''s\na ''text'' here' FROM t", "FROM", "c_kw"),
        ('SELECT "a\nSELECT b" FROM t', "SELECT b", "c_key"),
        ("SELECT 1 -- don't\nFROM t", "FROM", "c_kw"),
    ],
)
def test_that_comments_and_texts_over_several_lines_keep_their_colour(text: str, place: str, color: str) -> None:
    assert colors_of(text, place) == color


def test_that_a_docstring_over_several_lines_keeps_its_colour() -> None:
    inside = python_inside('"""Orders')
    assert inside == '"""'
    assert [run.color for run in python_runs("def is a word here", inside)] == ["c_str"]
    assert python_inside('and so on."""', inside) == ""


def test_that_what_follows_is_coloured_anew_when_a_comment_begins_above_it(qtbot: QtBot, themes: Themes) -> None:
    editor = SqlEditor(themes)
    qtbot.addWidget(editor)
    editor.resize(400, 200)
    editor.show()
    editor.start_text("SELECT 1\nFROM t")

    def color() -> object:
        formats = editor.document().findBlockByNumber(1).layout().formats()
        return formats[0].format.foreground().color() if formats else None

    qtbot.waitUntil(lambda: color() == themes.theme.color("c_kw"))
    editor.insertPlainText("/* ")
    qtbot.waitUntil(lambda: color() == themes.theme.color("c_com"))
    editor.undo()
    qtbot.waitUntil(lambda: color() == themes.theme.color("c_kw"))


def test_that_a_migrations_python_has_its_colours() -> None:
    line = 'def upgrade(): op.add_column("items")  # more'
    found = {line[run.start : run.start + run.length]: run.color for run in python_runs(line)}
    assert found["def"] == "c_kw"
    assert found["upgrade"] == found["add_column"] == "c_fn"
    assert found['"items"'] == "c_str"
    assert found["# more"] == "c_com"


def test_that_tables_come_first_after_from() -> None:
    assert offered("SELECT * FROM |")[:3] == ("items", "users", '"odd table"')
    assert offered("SELECT * FROM us|")[0] == "users"


def test_that_columns_come_first_elsewhere_also_of_tables_named_later() -> None:
    assert offered("SELECT em| FROM users")[0] == "email"


def test_that_an_alias_stands_for_its_table() -> None:
    assert offered("SELECT i.| FROM items AS i JOIN users u ON u.id = i.owner_id") == ("id", "owner_id", "price")
    assert offered("SELECT u.e| FROM items i JOIN users u") == ("email",)


def test_that_a_part_in_the_middle_of_a_name_finds_it_too() -> None:
    assert offered("SELECT items.owner| FROM items") == ("owner_id",)
    assert offered("SELECT items.id| FROM items") == ("owner_id",)


def test_that_names_that_need_quotes_get_them() -> None:
    assert offered('SELECT "odd table".| FROM "odd table"') == ('"a b"', '"order"')


def test_that_words_of_the_language_come_last() -> None:
    words = offered("SELECT id FROM items ord|")
    assert words[-1] == "ORDER"


@pytest.mark.parametrize("text", ["SELECT 'it|", "SELECT 1 -- us|", "/* us|", "SELECT 12|"])
def test_that_nothing_is_offered_in_strings_comments_and_numbers(text: str) -> None:
    assert offered(text) == ()
