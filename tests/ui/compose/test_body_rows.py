"""Urlencoded and multipart bodies, row by row, as a person fills them in."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QTextCursor
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.client.draft import BodyKind, FormField
from explorer.openapi.hints import Hint
from explorer.ui import names
from explorer.ui.models.file_facts import look_up
from explorer.ui.widgets.body.field_frame import FieldFrame
from explorer.ui.widgets.body.file_button import FileButton
from explorer.ui.widgets.body_section import BodySection
from explorer.ui.widgets.code_editor import CodeEditor
from tests.ui.compose.body_app import choose, find, has, open_section, write

AVATAR, PHOTOS, TITLE, TAGS, SIZE, EXTRA = range(6)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, ...]:
    paths = []
    for name in ("lamp.png", "desk.png", "chair.txt"):
        path = tmp_path / name
        path.write_bytes(b"x" * 1200)
        paths.append(str(path))
    return tuple(paths)


def open_upload(section: BodySection) -> None:
    open_section(section, "POST /upload", lambda draft: draft)


def fields(section: BodySection) -> tuple[FormField, ...]:
    return section.draft.fields


def row(section: BodySection, index: int) -> FieldFrame:
    return find(section, FieldFrame, names.ROW_FIELD.format(index=index))


def value(section: BodySection, index: int) -> QLineEdit:
    control = find(section, QWidget, names.ROW_VALUE.format(index=index))
    line = control.lineEdit() if isinstance(control, QComboBox) else control
    assert isinstance(line, QLineEdit)
    return line


def file_button(section: BodySection, index: int) -> FileButton:
    return find(section, FileButton, names.ROW_FILE.format(index=index))


def drop(widget: QWidget, paths: tuple[str, ...]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    what = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(5, 5), *what)
    widget.dragEnterEvent(enter)
    assert enter.isAccepted()
    widget.dropEvent(QDropEvent(QPoint(5, 5), *what))


def test_that_each_declared_field_has_a_row_and_optional_files_are_not_sent(section: BodySection) -> None:
    open_upload(section)
    assert [field.name for field in fields(section)] == ["avatar", "photos", "title", "tags", "size", "extra"]
    assert row(section, EXTRA).description_text() == "not sent"
    assert fields(section)[EXTRA] == FormField(name="extra", is_file=True)
    assert value(section, SIZE).placeholderText() == "not sent"
    assert section.verdict.text == "Sends 2 fields"


def test_that_a_list_of_files_is_several_rows_for_files(section: BodySection, files: tuple[str, ...]) -> None:
    open_upload(section)
    button = file_button(section, PHOTOS)
    assert button.whole_text == "Choose files…"
    button.files_chosen.emit(files)
    photos = [field.file for field in fields(section) if field.name == "photos"]
    assert photos == list(files)
    assert file_button(section, PHOTOS + 2).whole_text == "chair.txt"


def test_that_the_file_dialog_leaves_the_window_alive(section: BodySection, files: tuple[str, ...]) -> None:
    open_upload(section)
    file_button(section, AVATAR).click()
    dialog = section.window().findChild(QFileDialog, names.REQUEST_FILE_DIALOG)
    assert dialog is not None
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFile, "one file, as the schema says"
    dialog.filesSelected.emit([files[0]])
    dialog.close()
    assert fields(section)[AVATAR].file == files[0]


@pytest.mark.filterwarnings("ignore:Function.*QDragEnterEvent:DeprecationWarning")  # the new one is not in Qt 6.11
def test_that_files_can_be_dropped_on_a_row_and_beside_it(section: BodySection, files: tuple[str, ...]) -> None:
    open_upload(section)
    drop(file_button(section, AVATAR), files[:2])
    assert fields(section)[AVATAR].file == files[0]
    drop(section.rows_form, files[1:])
    assert [field.file for field in fields(section) if field.name == "photos"] == list(files[1:])


def test_that_sizes_are_shown_and_a_file_that_is_gone_is_marked(
    qtbot: QtBot, section: BodySection, files: tuple[str, ...]
) -> None:
    open_upload(section)
    with qtbot.waitSignal(section.files_shown) as asked:
        file_button(section, AVATAR).files_chosen.emit(files[:1])
    section.set_file_facts(look_up(asked.args[0]))
    assert file_button(section, AVATAR).whole_text == "lamp.png · 1.2 KB"
    Path(files[0]).unlink()
    section.set_file_facts(look_up(files[:1]))
    button = file_button(section, AVATAR)
    assert button.whole_text == "lamp.png · missing"
    assert button.property("state") == "invalid"
    assert "missing" in button.accessibleName()
    assert section.summary() == ("1 error", True)


def test_that_repeated_texts_are_rows_of_one_name(qtbot: QtBot, section: BodySection) -> None:
    open_upload(section)
    write(qtbot, value(section, TAGS), "home")
    find(section, QWidget, names.ROW_MORE.format(index=TAGS)).click()  # type: ignore[attr-defined]
    assert value(section, TAGS + 1).hasFocus()
    qtbot.keyClicks(value(section, TAGS + 1), "light")
    assert [field.text for field in fields(section) if field.name == "tags"] == ["home", "light"]
    choose(section, names.ROW_MENU.format(index=TAGS + 1), "Move up")
    assert [field.text for field in fields(section) if field.name == "tags"] == ["light", "home"]
    find(section, QWidget, names.ROW_REMOVE.format(index=TAGS)).click()  # type: ignore[attr-defined]
    assert [field.text for field in fields(section) if field.name == "tags"] == ["home"]
    assert not has(section, names.ROW_REMOVE.format(index=TAGS)), "a declared name keeps one row"


def test_that_not_sent_and_empty_differ(qtbot: QtBot, section: BodySection) -> None:
    open_upload(section)
    choose(section, names.ROW_MENU.format(index=SIZE), "A value")
    assert fields(section)[SIZE].text == ""
    assert value(section, SIZE).placeholderText() == "empty text"
    value(section, SIZE).setFocus()
    qtbot.keyClick(value(section, SIZE), Qt.Key.Key_Backspace)
    assert fields(section)[SIZE].text is None


def test_that_a_row_can_be_switched_off_and_keeps_its_text(section: BodySection) -> None:
    open_upload(section)
    before = fields(section)[TITLE].text
    find(section, QWidget, names.ROW_ENABLED.format(index=TITLE)).click()  # type: ignore[attr-defined]
    assert fields(section)[TITLE] == FormField(name="title", text=before, enabled=False)
    assert section.summary() == ("1", False)


def test_that_a_row_of_ones_own_can_be_a_text_or_a_file(
    qtbot: QtBot, section: BodySection, files: tuple[str, ...]
) -> None:
    open_upload(section)
    find(section, QPushButton, names.ROW_ADD_TEXT).click()
    name = find(section, QLineEdit, names.ROW_NAME.format(index=6))
    assert name.hasFocus()
    qtbot.keyClicks(name, "note")
    write(qtbot, value(section, 6), "hello")
    assert fields(section)[6] == FormField(name="note", text="hello")
    choose(section, names.ROW_MENU.format(index=6), "Send a file instead")
    file_button(section, 6).files_chosen.emit(files[2:])
    assert fields(section)[6] == FormField(name="note", text="hello", is_file=True, file=files[2])
    choose(section, names.ROW_MENU.format(index=6), "Send a text instead")
    assert value(section, 6).text() == "hello", "what was entered is kept"


def test_that_a_part_can_have_a_content_type_of_its_own(qtbot: QtBot, section: BodySection) -> None:
    open_upload(section)
    choose(section, names.ROW_MENU.format(index=TITLE), "Content type")
    edit = find(section, QLineEdit, names.ROW_CONTENT_TYPE.format(index=TITLE))
    assert edit.hasFocus()
    qtbot.keyClicks(edit, "text/markdown")
    assert fields(section)[TITLE].content_type == "text/markdown"


def test_that_a_declared_name_without_a_row_gets_one_when_it_is_filled_in(qtbot: QtBot, section: BodySection) -> None:
    open_section(section, "POST /login", lambda draft: replace(draft, fields=(FormField(name="x", text="1"),)))
    assert value(section, 2).accessibleName().startswith("Value of tags")
    write(qtbot, value(section, 2), "a")
    assert fields(section) == (
        FormField(name="x", text="1"),
        FormField(name="user"),
        FormField(name="tags", text="a"),
    )


def test_that_a_value_that_was_not_saved_asks_to_be_entered_again(qtbot: QtBot, section: BodySection) -> None:
    secret = (FormField(name="user", ask=True), FormField(name="tags", text="a"))
    open_section(section, "POST /login", lambda draft: replace(draft, fields=secret))
    assert value(section, 0).placeholderText() == "enter again"
    qtbot.keyClicks(value(section, 0), "x")
    assert fields(section)[0] == FormField(name="user", text="x")


def test_that_files_are_left_out_of_a_urlencoded_body_with_a_word(section: BodySection) -> None:
    open_upload(section)
    section.set_draft(replace(section.draft, body_kind=BodyKind.URLENCODED))
    assert "multipart body only" in row(section, AVATAR).description_text()
    assert not has(section, names.ROW_ADD_FILE)


def test_that_hints_stand_below_their_rows(section: BodySection) -> None:
    open_section(section, "POST /login", lambda draft: replace(draft, fields=(FormField(name="tags"),)))
    missing = Hint(message="Field required", loc=("body", "user"))
    section.set_field_hints({0: (Hint(message="Field required", loc=("body", "tags")),), -1: (missing,)})
    assert row(section, 0).hints[0].message == "Field required"
    assert row(section, 1).hints == (missing,), "the row of the name that has no field yet"
    assert section.summary() == ("2 errors", True)
    assert section.verdict.text.startswith("2 problems against ")


def test_that_a_422_leads_to_the_row(section: BodySection) -> None:
    open_section(
        section,
        "POST /login",
        lambda draft: replace(
            draft, fields=(FormField(name="tags", text="a"), FormField(name="tags", text="b"), FormField(name="user"))
        ),
    )
    assert section.focus_loc(("body", "tags", 1))
    assert value(section, 1).hasFocus()
    assert section.focus_loc(("body", "user"))
    assert value(section, 2).hasFocus()


def test_that_the_cursor_stays_while_a_name_is_typed(qtbot: QtBot, section: BodySection) -> None:
    open_upload(section)
    section.draft_edited.connect(lambda draft: section.set_draft(replace(draft)))
    find(section, QPushButton, names.ROW_ADD_TEXT).click()
    name = find(section, QLineEdit, names.ROW_NAME.format(index=6))
    qtbot.keyClicks(name, "photo")
    assert name.hasFocus()
    assert fields(section)[6].name == "photo"


def test_that_all_rows_can_be_edited_as_text_and_nothing_is_lost(
    qtbot: QtBot, section: BodySection, files: tuple[str, ...]
) -> None:
    open_upload(section)
    file_button(section, PHOTOS).files_chosen.emit(files[:2])
    before = fields(section)
    section.header.rows_view.buttons[1].click()
    editor = find(section, CodeEditor, names.REQUEST_BODY_BULK)
    assert f"photos: @{files[0]}" in editor.toPlainText().splitlines()
    assert fields(section) == before, "looking at it changes nothing"
    editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "note: hello")
    assert fields(section) == (*before, FormField(name="note", text="hello"))
    assert editor.toPlainText().endswith("\nnote: hello")
    section.header.rows_view.buttons[0].click()
    assert value(section, len(before)).text() == "hello"


def test_that_the_text_of_the_rows_follows_the_draft(section: BodySection) -> None:
    open_section(section, "POST /login", lambda draft: draft)
    section.header.rows_view.buttons[1].click()
    section.set_draft(replace(section.draft, fields=(FormField(name="a", text="1", enabled=False),)))
    assert find(section, CodeEditor, names.REQUEST_BODY_BULK).toPlainText() == "# a: 1"


def open_many(section: BodySection) -> None:
    rows = tuple(FormField(name=f"field {number}", text=str(number)) for number in range(200))
    open_section(section, "POST /upload", lambda draft: replace(draft, fields=rows))


def test_that_two_hundred_rows_come_bit_by_bit(qtbot: QtBot, section: BodySection) -> None:
    open_many(section)
    assert value(section, 0).text() == "0"
    assert section.rows_form.builder.busy, "the rest is made when the window has time"
    qtbot.waitUntil(lambda: not section.rows_form.builder.busy, timeout=20_000)
    assert value(section, 199).text() == "199"


def test_that_whoever_types_while_rows_are_made_loses_none(qtbot: QtBot, section: BodySection) -> None:
    open_many(section)
    qtbot.keyClicks(value(section, 0), "5")
    assert [field.text for field in fields(section)][:2] == ["50", "1"]
    assert len(fields(section)) == 200
    assert value(section, 199).text() == "199"


def test_that_a_422_leads_to_a_row_that_is_still_to_be_made(section: BodySection) -> None:
    open_many(section)
    assert section.focus_loc(("body", "field 150"))
    assert value(section, 150).hasFocus()
