"""The Body section as a whole: kinds of body, the file, the editor and the verdict."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from explorer.client.draft import BodyKind, RequestDraft
from explorer.ui import names
from explorer.ui.models.file_facts import look_up
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.body.file_button import FileButton
from explorer.ui.widgets.body.media_box import MediaBox
from explorer.ui.widgets.body_section import MOST_COLORED, BodySection
from tests.ui.compose.body_app import CATALOGUE, DOCUMENT, find, has, make_app, open_json, open_section, write


def media(section: BodySection) -> MediaBox:
    return find(section, MediaBox, names.REQUEST_BODY_MEDIA)


def kind(section: BodySection) -> BodyKind:
    return section.draft.body_kind


def pick(section: BodySection, label: str) -> None:
    box = media(section)
    number = next(n for n in range(box.count()) if box.itemText(n).startswith(label))
    box.setCurrentIndex(number)
    box.activated.emit(number)


def test_that_the_operations_own_media_type_is_offered_first(section: BodySection) -> None:
    open_section(section, "POST /upload", lambda draft: draft)
    box = media(section)
    assert box.itemText(0) == "multipart/form-data"
    assert box.currentText() == "multipart/form-data"
    labels = [box.itemText(n) for n in range(box.count())]
    assert labels.count("multipart/form-data") == 1
    assert {"Plain text — text/plain", "No body"} <= set(labels)


def test_that_what_was_entered_in_each_kind_is_kept(qtbot: QtBot, section: BodySection, tmp_path: Path) -> None:
    open_json(section, '{"name": "a"}', form=False)
    pick(section, "Form (urlencoded)")
    assert kind(section) is BodyKind.URLENCODED
    find(section, QWidget, names.ROW_ADD_TEXT).click()  # type: ignore[attr-defined]
    pick(section, "A file as it is")
    file = tmp_path / "a.bin"
    file.write_bytes(b"12345")
    find(section, FileButton, names.REQUEST_BODY_FILE).files_chosen.emit((str(file),))
    pick(section, "No body")
    assert kind(section) is BodyKind.NONE
    assert section.verdict.isHidden()
    pick(section, "application/json")
    assert section.draft.body == '{"name": "a"}'
    assert len(section.draft.fields) == 1
    assert section.draft.file == str(file)
    assert section.editor.toPlainText() == '{"name": "a"}'


def test_that_another_media_type_can_be_typed(qtbot: QtBot, section: BodySection) -> None:
    open_json(section, "a: 1", form=False)
    edit = media(section).lineEdit()
    assert edit is not None
    write(qtbot, edit, "application/yaml")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert (section.draft.body_kind, section.draft.media_type) == (BodyKind.TEXT, "application/yaml")
    assert section.verdict.text == "4 B · sent as typed"
    assert not has(section, names.REQUEST_FORMAT)
    write(qtbot, edit, "multipart/form-data")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert section.draft.body_kind is BodyKind.MULTIPART


def test_that_a_request_without_a_declared_body_can_have_one(section: BodySection) -> None:
    section.set_operation(None, DOCUMENT)
    section.set_draft(RequestDraft(method="GET", path="/x", body_kind=BodyKind.NONE))
    assert section.summary() == ("", False)
    pick(section, "JSON")
    assert section.draft.body_kind is BodyKind.TEXT
    assert section.editor.isVisible()
    assert not has(section, names.REQUEST_EXAMPLE), "nobody knows an example for it"


def test_that_a_file_is_the_body(qtbot: QtBot, section: BodySection, tmp_path: Path) -> None:
    open_section(section, "POST /raw", lambda draft: draft)
    assert section.draft.body_kind is BodyKind.FILE
    assert section.verdict.text == "No file is chosen yet, so nothing is sent."
    file = tmp_path / "lamp.png"
    file.write_bytes(b"x" * 2500)
    button = find(section, FileButton, names.REQUEST_BODY_FILE)
    with qtbot.waitSignal(section.files_shown) as asked:
        button.files_chosen.emit((str(file),))
    section.set_file_facts(look_up(asked.args[0]))
    assert button.whole_text == "lamp.png · 2.5 KB"
    write(qtbot, find(section, QLineEdit, names.REQUEST_BODY_FILE_TYPE), "image/x-lamp")
    assert section.draft.media_type == "image/x-lamp"
    assert section.verdict.text == "Sends 2.5 KB as image/x-lamp"
    find(section, QWidget, names.REQUEST_BODY_FILE_REMOVE).click()  # type: ignore[attr-defined]
    assert section.draft.file is None


def test_that_a_file_that_is_gone_is_said(section: BodySection, tmp_path: Path) -> None:
    gone = str(tmp_path / "gone.bin")
    open_section(section, "POST /raw", lambda draft: replace(draft, file=gone))
    section.set_file_facts(look_up((gone, str(tmp_path))))
    assert section.verdict.text == "The file is missing. Choose another one."
    section.set_draft(replace(section.draft, file=str(tmp_path)))
    assert section.verdict.text == "The file is not a file. Choose another one."


def test_that_tab_leaves_the_editor_and_brackets_indent(qtbot: QtBot, section: BodySection) -> None:
    open_json(section, "", form=False)
    editor = section.editor
    editor.setFocus()
    qtbot.keyClicks(editor, "{}")
    editor.moveCursor(editor.textCursor().MoveOperation.Left)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.toPlainText() == "{\n  \n}"
    qtbot.keyClicks(editor, '"a": [')
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "]")
    assert editor.toPlainText() == '{\n  "a": [\n  ]\n}'
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier)
    assert editor.toPlainText() == '  {\n    "a": [\n    ]\n  }'
    qtbot.keyClick(editor, Qt.Key.Key_BracketLeft, Qt.KeyboardModifier.ControlModifier)
    assert editor.toPlainText() == '{\n  "a": [\n  ]\n}'
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert not editor.hasFocus(), "a person without a mouse is not caught in it"


def test_that_a_key_lays_the_text_out(qtbot: QtBot, section: BodySection) -> None:
    open_json(section, '{"a":1}', form=False)
    control_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(section.format_requested):
        qtbot.keyClick(section.editor, Qt.Key.Key_F, control_shift)


def test_that_a_text_from_elsewhere_changes_only_what_differs(section: BodySection) -> None:
    open_json(section, '{"a": "😀", "b": 1}', form=False)
    cursor = section.editor.textCursor()
    cursor.setPosition(2)
    section.editor.setTextCursor(cursor)
    section.set_draft(replace(section.draft, body='{"a": "😀😀", "b": 1}'))
    assert section.editor.toPlainText() == '{"a": "😀😀", "b": 1}'
    assert section.editor.textCursor().position() == 2
    section.editor.undo()
    assert section.draft.body == '{"a": "😀", "b": 1}'


def test_that_a_very_long_text_goes_without_colours_and_says_so(section: BodySection) -> None:
    open_json(section, '"x"\n' * (MOST_COLORED // 3), form=False)
    assert "too long for colours and remarks" in section.verdict.text
    section.set_hints((), {0: "str"})
    assert section.editor.note_of(0) is None


def paste(section: BodySection, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    section.editor.selectAll()
    section.editor.insertFromMimeData(data)


def test_that_five_megabytes_can_be_pasted_and_undone_in_one_step(qtbot: QtBot, section: BodySection) -> None:
    open_json(section, "{}", form=False)
    text = "[\n" + ",\n".join(f'  "item number {number}"' for number in range(200_000)) + "\n]"
    paste(section, text)
    assert section.draft.body == text, "what is sent is whole at once"
    assert section.editor.isReadOnly(), "until all of it is on show"
    qtbot.waitUntil(lambda: section.editor.complete)
    assert section.editor.toPlainText() == text
    assert not section.editor.isReadOnly()
    section.editor.undo()
    assert section.draft.body == "{}"


def test_that_a_line_too_long_for_an_editor_is_kept_and_sent_as_it_is(qtbot: QtBot, section: BodySection) -> None:
    open_json(section, "{}", form=False)
    text = "[" + ",".join(map(str, range(300_000))) + "]"
    paste(section, text)
    assert section.draft.body == text
    assert not section.editor.isVisible()
    held = find(section, QWidget, names.REQUEST_BODY_HELD)
    assert held.accessibleName().startswith("2 MB with a line too long to be edited here. It is kept")
    with qtbot.waitSignal(section.format_requested):
        find(section, QWidget, names.REQUEST_BODY_HELD_LAY_OUT).click()  # type: ignore[attr-defined]
    find(section, QWidget, names.REQUEST_BODY_HELD_REMOVE).click()  # type: ignore[attr-defined]
    assert section.draft.body == "{}"
    assert section.editor.isVisible()


def test_that_a_draft_that_comes_while_a_long_text_arrives_is_not_mixed_with_it(
    qtbot: QtBot, section: BodySection
) -> None:
    open_json(section, "{}", form=False)
    paste(section, "x\n" * 100_000)
    section.set_draft(replace(section.draft, body='{"a": 1}'))
    assert section.editor.toPlainText() == '{"a": 1}'
    assert section.editor.complete
    open_json(section, "y\n" * 100_000, form=False)
    qtbot.waitUntil(lambda: section.editor.complete)
    assert section.editor.toPlainText() == "y\n" * 100_000


def test_that_a_person_goes_on_where_they_were_when_the_app_is_read_anew(qtbot: QtBot, section: BodySection) -> None:
    open_json(section, '{"name": "a"}', form=False)
    section.editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(section.editor, " ")
    draft = section.draft
    operation = CATALOGUE.find("POST /things")
    section.set_operation(operation, make_app().openapi())
    section.set_draft(draft)
    assert section.editor.textCursor().position() == len('{"name": "a"} ')
    section.editor.undo()
    assert section.draft.body == '{"name": "a"}'


def test_that_another_request_of_the_same_operation_cannot_be_undone_into(section: BodySection) -> None:
    open_json(section, '{"name": "first"}', form=False)
    open_json(section, '{"name": "second"}', form=False)
    section.editor.undo()
    assert section.draft.body == '{"name": "second"}'


def test_that_other_sizes_and_colours_change_nothing_of_what_is_sent(section: BodySection, themes: Themes) -> None:
    section.set_operation(None, DOCUMENT)
    section.set_draft(RequestDraft(method="GET", path="/x", body_kind=BodyKind.NONE))
    edited: list[object] = []
    section.draft_edited.connect(edited.append)
    try:
        themes.set_zoom(150)
        themes.set_mode("light")
    finally:
        themes.set_zoom(100)
        themes.set_mode("dark")
    assert edited == []
    assert section.draft.body is None
