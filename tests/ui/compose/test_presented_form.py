"""What a class may read of a form, a body and bytes while somebody presents."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from explorer.client.body import Body
from explorer.client.draft import Value
from explorer.client.editors import PLAIN
from explorer.client.rows import Row
from explorer.client.viewers.hex_rows import HexRows
from explorer.openapi.operations import Location
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.code_editor import CodeEditor
from explorer.ui.widgets.parameter_row import ParameterRow
from explorer.ui.widgets.secret_edit import SecretEdit
from explorer.ui.widgets.url_line import UrlLine
from explorer.ui.widgets.virtual_text import VirtualText
from tests.seen import words_of


@pytest.fixture
def changing(themes: Themes) -> Iterator[Themes]:
    yield themes
    themes.set_presenting(False)


def shown(qtbot: QtBot, widget: QWidget, width: int = 700, height: int = 60) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()


@pytest.mark.parametrize(
    ("location", "name", "secret"),
    [
        (Location.HEADER, "Authorization", True),
        (Location.HEADER, "X-Shop-Key", True),
        (Location.COOKIE, "visits", True),
        (Location.QUERY, "access_token", True),
        (Location.QUERY, "limit", False),
        (Location.HEADER, "Accept", False),
    ],
)
def test_that_a_row_of_a_secret_cannot_be_read(
    changing: Themes, qtbot: QtBot, location: Location, name: str, secret: bool
) -> None:
    parent = QWidget()
    value = Value(location=location, name=name, text="hunter2")
    row = ParameterRow(changing, Row(value=value), PLAIN, parent)
    shown(qtbot, parent)
    row.resize(parent.size())
    assert "hunter2" in words_of(row.edit)
    changing.set_presenting(True)
    assert ("hunter2" in words_of(row.edit)) is not secret
    assert row.edit.value == "hunter2"
    changing.set_presenting(False)
    assert "hunter2" in words_of(row.edit)


def test_that_a_password_that_was_made_readable_is_hidden_again(changing: Themes, qtbot: QtBot) -> None:
    field = SecretEdit(changing)
    field.setText("hunter2")
    shown(qtbot, field)
    qtbot.mouseClick(field.eye, Qt.MouseButton.LeftButton)
    assert "hunter2" in words_of(field)
    changing.set_presenting(True)
    assert "hunter2" not in words_of(field)
    assert not field.eye.isVisible()
    changing.set_presenting(False)
    assert field.eye.isVisible()
    assert field.echoMode() is QLineEdit.EchoMode.Password


def test_that_an_address_shows_all_but_its_token(changing: Themes, qtbot: QtBot) -> None:
    line = UrlLine(changing)
    line.set_url("http://localhost/me?access_token=hunter2&page=2", ())
    shown(qtbot, line)
    changing.set_presenting(True)
    words = words_of(line)
    assert "hunter2" not in words
    assert "http://localhost/me?access_token=" in words
    assert line.text().endswith("hunter2&page=2")


def test_that_a_secret_in_a_body_is_covered_and_stays_what_it_was(changing: Themes, qtbot: QtBot) -> None:
    editor = CodeEditor(changing)
    editor.replace_text('{"name": "Ada", "password": "hunter2"}')
    shown(qtbot, editor, height=120)
    changing.set_presenting(True)
    block = editor.document().firstBlock()
    covered = [
        block.text()[each.start : each.start + each.length]
        for each in block.layout().formats()
        if each.format.foreground().color() == each.format.background().color()
    ]
    assert covered == ["hunter2"]
    assert editor.toPlainText() == '{"name": "Ada", "password": "hunter2"}'


def test_that_bytes_are_put_away_with_a_sentence(changing: Themes, qtbot: QtBot) -> None:
    view = VirtualText(changing, in_bytes=True)
    view.set_source(HexRows(Body(b"password=hunter2")))
    shown(qtbot, view, height=120)
    assert "hunter2" in words_of(view)
    changing.set_presenting(True)
    words = words_of(view)
    assert "hunter2" not in words
    assert "Bytes are not shown while you present" in words
    changing.set_presenting(False)
    assert "hunter2" in words_of(view)
