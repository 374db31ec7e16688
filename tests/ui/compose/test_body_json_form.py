"""A JSON body as a form, as a person fills it in."""

import json
import time
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.openapi.hints import Hint, check_body
from explorer.ui import names
from explorer.ui.widgets.body.field_frame import FieldFrame
from explorer.ui.widgets.body_section import MOST_IN_FORM, BodySection
from explorer.ui.widgets.moment_popup import MomentPopup
from tests.ui.compose.body_app import CATALOGUE, DOCUMENT, choose, find, has, open_json, open_section, write

TEXT = """{
  "name": "Desk lamp",
  "price": 39.90,

  "weight": 1e3,
  "tags": ["home","light"]
}"""


def value(section: BodySection, path: str) -> QLineEdit:
    control = find(section, QWidget, names.BODY_VALUE.format(path=path))
    line = control.lineEdit() if isinstance(control, QComboBox) else control
    assert isinstance(line, QLineEdit)
    return line


def row(section: BodySection, path: str) -> FieldFrame:
    return find(section, FieldFrame, names.BODY_FIELD.format(path=path))


def menu(path: str) -> str:
    return names.BODY_MENU.format(path=path)


def text_of(section: BodySection) -> str:
    return section.draft.body or ""


def test_that_an_edit_in_the_form_changes_its_place_in_the_text_and_nothing_else(
    qtbot: QtBot, section: BodySection
) -> None:
    open_json(section, TEXT)
    with qtbot.waitSignal(section.draft_edited) as edited:
        write(qtbot, value(section, "name"), "Bulb")
    assert text_of(section) == TEXT.replace("Desk lamp", "Bulb")
    assert section.editor.toPlainText() == text_of(section)
    assert edited.args[0].body.startswith('{\n  "name": "')


def test_that_what_the_form_changed_can_be_undone_in_the_text(qtbot: QtBot, section: BodySection) -> None:
    open_json(section, TEXT)
    qtbot.keyClicks(value(section, "name"), "!")
    choose(section, menu("color"), "A value")
    section.header.json_view.buttons[1].click()
    assert section.editor.isVisible()
    for _ in range(2):
        section.editor.undo()
    assert text_of(section) == TEXT


def test_that_a_number_keeps_its_spelling_until_it_is_typed_over(qtbot: QtBot, section: BodySection) -> None:
    open_json(section, TEXT)
    assert value(section, "price").text() == "39.90"
    assert value(section, "weight").text() == "1e3"
    write(qtbot, value(section, "price"), "1.50")
    assert '"price": 1.50,' in text_of(section)


def test_that_something_wrong_can_be_typed_on_purpose(qtbot: QtBot, section: BodySection) -> None:
    open_json(section, TEXT)
    edit = value(section, "price")
    write(qtbot, edit, "cheap")
    assert json.loads(text_of(section))["price"] == "cheap"
    assert edit.text() == "cheap", "the field shows what was typed"
    write(qtbot, edit, '"5"')
    assert json.loads(text_of(section))["price"] == "5"
    assert edit.text() == '"5"', "a text of digits is told from a number"


def test_that_not_sent_null_and_empty_are_three_states(qtbot: QtBot, section: BodySection) -> None:
    open_json(section, TEXT)
    edit = value(section, "color")
    assert edit.placeholderText() == "not sent"
    choose(section, menu("color"), "null")
    assert json.loads(text_of(section))["color"] is None
    assert edit.placeholderText() == "null"
    choose(section, menu("color"), "A value")
    assert json.loads(text_of(section))["color"] == "red"
    write(qtbot, edit, "")
    qtbot.keyClick(edit, Qt.Key.Key_Delete)
    assert json.loads(text_of(section))["color"] == ""
    assert edit.placeholderText() == "empty text"
    qtbot.keyClick(edit, Qt.Key.Key_Backspace)
    assert "color" not in json.loads(text_of(section))
    assert edit.placeholderText() == "not sent"


def test_that_the_state_is_told_in_words_to_assistive_tools(section: BodySection) -> None:
    open_json(section, TEXT)
    button = find(section, QWidget, menu("color"))
    assert button.accessibleName() == "color is not sent. Change that"
    choose(section, menu("color"), "null")
    assert button.accessibleName() == "color is null. Change that"
    assert value(section, "name").accessibleName().startswith("Value of name, str")
    assert row(section, "name").accessibleName() == "name, str ≥ 1, required"


def test_that_an_optional_enum_keeps_its_drop_down(qtbot: QtBot, section: BodySection) -> None:
    open_json(section, TEXT)
    combo = find(section, QComboBox, names.BODY_VALUE.format(path="color"))
    assert [combo.itemText(n) for n in range(combo.count())] == ["red", "green"]
    combo.showPopup()
    qtbot.keyClick(combo.view(), Qt.Key.Key_Down)
    qtbot.keyClick(combo.view(), Qt.Key.Key_Return)
    assert json.loads(text_of(section))["color"] in ("red", "green")


def test_that_a_boolean_is_no_text(qtbot: QtBot, section: BodySection) -> None:
    open_json(section, TEXT)
    assert value(section, "ready").placeholderText() == "not sent, so true"
    write(qtbot, value(section, "ready"), "false")
    assert json.loads(text_of(section))["ready"] is False


def test_that_a_date_is_chosen_from_a_calendar(qtbot: QtBot, section: BodySection) -> None:
    open_json(section, '{"name": "a", "price": 1, "day": "2025-03-01"}')
    edit = value(section, "day")
    edit.setFocus()
    qtbot.keyClick(edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = section.findChild(QWidget, names.MOMENT_POPUP)
    assert isinstance(popup, MomentPopup)
    assert popup.isVisible()
    popup.chosen.emit("2025-03-09")
    popup.close()
    assert json.loads(text_of(section))["day"] == "2025-03-09"
    assert edit.text() == "2025-03-09"


def test_that_the_arrow_keys_step_a_number_and_keep_its_decimals(qtbot: QtBot, section: BodySection) -> None:
    open_json(section, TEXT)
    qtbot.keyClick(value(section, "price"), Qt.Key.Key_Up)
    assert '"price": 40.90,' in text_of(section)


def test_that_items_are_added_moved_and_removed(qtbot: QtBot, section: BodySection) -> None:
    open_json(section, TEXT)
    find(section, QPushButton, names.BODY_ADD.format(path="tags")).click()
    assert value(section, "tags.2").hasFocus(), "a person adds an item to fill it in"
    write(qtbot, value(section, "tags.2"), "new")
    assert json.loads(text_of(section))["tags"] == ["home", "light", "new"]
    value(section, "tags.2").setFocus()
    qtbot.keyClick(value(section, "tags.2"), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert json.loads(text_of(section))["tags"] == ["home", "new", "light"]
    assert value(section, "tags.1").hasFocus(), "the focus goes with the item"
    choose(section, menu("tags.0"), "Remove")
    assert json.loads(text_of(section))["tags"] == ["new", "light"]
    assert not has(section, names.BODY_VALUE.format(path="tags.2"))


def test_that_an_object_is_added_with_what_it_needs_and_taken_out_again(section: BodySection) -> None:
    open_json(section, TEXT)
    add = find(section, QPushButton, names.BODY_VALUE.format(path="address"))
    assert add.text() == "not sent · add Address"
    add.click()
    assert set(json.loads(text_of(section))["address"]) == {"street", "city"}
    assert value(section, "address.zip").placeholderText() == "not sent"
    choose(section, menu("address"), "Not sent")
    assert text_of(section) == TEXT


def test_that_a_union_is_a_choice_and_then_the_form_of_what_was_chosen(section: BodySection) -> None:
    open_json(section, '{"name": "a", "price": 1, "pet": {"kind": "cat", "lives": 7}}')
    combo = find(section, QComboBox, names.BODY_MEMBER.format(path="pet"))
    assert combo.currentText() == "Cat"
    assert value(section, "pet.lives").text() == "7"
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    assert json.loads(text_of(section))["pet"] == {"kind": "dog"}
    assert value(section, "pet.kind").isReadOnly(), "a constant cannot be mistyped"
    assert not has(section, names.BODY_VALUE.format(path="pet.lives"))


def test_that_a_map_takes_names_of_its_own(qtbot: QtBot, section: BodySection) -> None:
    open_json(section, '{"name": "a", "price": 1, "limits": {"a": 1}}')
    find(section, QPushButton, names.BODY_ADD.format(path="limits")).click()
    name = find(section, QLineEdit, names.BODY_NAME.format(path="limits.name1"))
    assert name.hasFocus()
    assert name.selectedText() == "name1", "what is typed takes its place"
    write(qtbot, name, "b")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert list(json.loads(text_of(section))["limits"]) == ["a", "b"]
    name = find(section, QLineEdit, names.BODY_NAME.format(path="limits.b"))
    write(qtbot, name, "a")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert list(json.loads(text_of(section))["limits"]) == ["a", "b"], "a name that is taken is not taken twice"
    assert name.text() == "b"


def test_that_a_field_that_the_model_does_not_know_is_shown_and_kept(qtbot: QtBot, section: BodySection) -> None:
    open_json(section, TEXT)
    assert row(section, "weight").label.type_label == "not in Thing"
    write(qtbot, value(section, "name"), "x")
    assert '"weight": 1e3' in text_of(section)
    choose(section, menu("weight"), "Not sent")
    assert "weight" not in text_of(section)


def test_that_a_body_that_is_no_json_stays_untouched_and_says_what_to_do(section: BodySection) -> None:
    broken = '{\n  "name": "a",\n  "price": \n}'
    open_json(section, broken)
    problem = find(section, QWidget, names.REQUEST_BODY_PROBLEM)
    assert "Line 4" in problem.accessibleName()
    assert not has(section, names.BODY_VALUE.format(path="name"))
    assert text_of(section) == broken
    find(section, QPushButton, names.REQUEST_BODY_TO_TEXT).click()
    assert section.editor.isVisible()
    section.editor.selectAll()
    section.editor.insertPlainText('{"name": "b"}')
    section.header.json_view.buttons[0].click()
    assert value(section, "name").text() == "b"


def test_that_an_empty_body_shows_the_fields_and_takes_the_first_value(qtbot: QtBot, section: BodySection) -> None:
    open_json(section, "")
    assert value(section, "name").placeholderText() == "not sent"
    write(qtbot, value(section, "name"), "x")
    assert json.loads(text_of(section)) == {"name": "x"}


def test_that_a_list_as_the_whole_body_has_rows(qtbot: QtBot, section: BodySection) -> None:
    open_json(section, "[1, 2]", key="POST /numbers")
    find(section, QPushButton, names.BODY_ADD.format(path="body")).click()
    write(qtbot, value(section, "2"), "3")
    assert json.loads(text_of(section)) == [1, 2, 3]


def test_that_a_model_that_leads_back_to_itself_unfolds_step_by_step(section: BodySection) -> None:
    open_json(section, '{"name": "a", "price": 1}')
    find(section, QPushButton, names.BODY_VALUE.format(path="tree")).click()
    choose_children = names.BODY_VALUE.format(path="tree.children")
    find(section, QPushButton, choose_children).click()
    find(section, QPushButton, names.BODY_ADD.format(path="tree.children")).click()
    fold = find(section, QWidget, names.BODY_FOLD.format(path="tree.children.0"))
    assert fold.accessibleName() == "Unfold [0]", "what lies deep stays folded until it is wanted"
    assert not has(section, names.BODY_VALUE.format(path="tree.children.0.name"))
    fold.click()  # type: ignore[attr-defined]
    assert has(section, names.BODY_VALUE.format(path="tree.children.0.name"))


def test_that_hints_stand_below_their_fields_and_a_folded_group_counts_them(section: BodySection) -> None:
    text = '{"name": "", "price": "cheap", "address": {"street": 5}}'
    open_json(section, text)
    operation = CATALOGUE.find("POST /things")
    assert operation is not None
    assert operation.body is not None
    section.set_hints(check_body(operation.body, text, DOCUMENT), {})
    assert [hint.message for hint in row(section, "price").hints] == [
        "Input should be a valid number, unable to parse string as a number"
    ]
    assert find(section, QWidget, names.BODY_VALUE.format(path="price")).property("state") == "invalid"
    assert "Field required" in row(section, "address.city").hints[0].message
    find(section, QWidget, names.BODY_FOLD.format(path="address")).click()  # type: ignore[attr-defined]
    heading = next(w for w in section.findChildren(FieldFrame) if w.label.name == "address" and w.isVisible())
    assert heading.hints[0].message == "2 problems inside"
    assert section.summary() == ("4 errors", True)


def test_that_a_422_leads_to_the_field_and_unfolds_what_is_around_it(section: BodySection) -> None:
    open_json(section, '{"name": "a", "price": 1, "address": {"street": "s", "city": "c"}}')
    find(section, QWidget, names.BODY_FOLD.format(path="address")).click()  # type: ignore[attr-defined]
    assert section.focus_loc(("body", "address", "city"))
    assert value(section, "address.city").hasFocus()
    assert value(section, "address.city").selectedText() == "c"
    assert row(section, "address.city").flashes
    assert section.focus_loc(("body", "pet")), "a field that is missing has a row as well"
    assert not section.focus_loc(("query", "limit"))


def test_that_a_422_about_a_union_leads_past_the_name_of_its_member(section: BodySection) -> None:
    open_json(section, '{"name": "a", "price": 1, "pet": {"kind": "cat", "lives": "many"}}')
    assert section.focus_loc(("body", "pet", "cat", "lives"))
    assert value(section, "pet.lives").hasFocus()


def test_that_a_422_leads_to_the_line_of_the_text(section: BodySection) -> None:
    open_json(section, TEXT, form=False)
    assert section.focus_loc(("body", "price"))
    assert section.editor.hasFocus()
    assert section.editor.textCursor().selectedText() == "39.90"
    assert section.focus_loc(("body", "address"))
    assert section.editor.textCursor().blockNumber() == 0, "of a missing field, the object that lacks it"


def test_that_the_tab_key_goes_through_the_rows_in_their_order(qtbot: QtBot, section: BodySection) -> None:
    open_json(section, TEXT)
    value(section, "name").setFocus()
    seen = []
    for _ in range(12):
        widget = QApplication.focusWidget()
        assert widget is not None
        seen.append(widget.objectName())
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    wanted = [names.BODY_VALUE.format(path=name) for name in ("name", "price", "color", "ready")]
    assert [name for name in seen if name in wanted] == wanted


def test_that_the_cursor_stays_where_a_person_types(qtbot: QtBot, section: BodySection) -> None:
    open_json(section, TEXT)
    section.draft_edited.connect(lambda draft: section.set_draft(replace(draft)))
    edit = value(section, "name")
    edit.setFocus()
    edit.setCursorPosition(4)
    qtbot.keyClicks(edit, "xy")
    assert edit.text() == "Deskxy lamp"
    assert edit.cursorPosition() == 6


def test_that_a_draft_shows_nothing_as_a_change(qtbot: QtBot, section: BodySection) -> None:
    with qtbot.assertNotEmitted(section.draft_edited):
        open_json(section, TEXT)
        section.set_draft(replace(section.draft, body='{"name": 1}'))
    assert value(section, "name").text() == "1", "a number where a text belongs is shown as it is"


def test_that_three_hundred_fields_do_not_stop_the_window(qtbot: QtBot, section: BodySection) -> None:
    section.restore({"form": True})
    started = time.perf_counter()
    open_section(section, "POST /wide", lambda draft: replace(draft, body="{}"))
    assert time.perf_counter() - started < 0.5, "it takes 0.05 s where nothing else runs"
    assert section.json_form.builder.busy, "the rest is built when the window has time"
    qtbot.waitUntil(lambda: not section.json_form.builder.busy, timeout=20_000)
    assert value(section, "field_299").placeholderText() == "not sent"


def test_that_a_value_of_another_spelling_is_shown(section: BodySection) -> None:
    open_json(section, '{"first": 1, "second": true}')
    section.set_draft(replace(section.draft, body='{"first": true, "second": 1.0}'))
    assert value(section, "first").text() == "true", "to Python, 1 and true are equal"
    assert value(section, "second").text() == "1.0"


def test_that_a_long_list_shows_some_and_then_more(qtbot: QtBot, section: BodySection) -> None:
    open_json(section, json.dumps(list(range(250))), key="POST /numbers")
    assert not has(section, names.BODY_VALUE.format(path="100"))
    more = next(b for b in section.findChildren(QPushButton) if b.isVisible() and b.text().startswith("Show 100 more"))
    assert more.text() == "Show 100 more of 150"
    more.click()
    assert value(section, "100").text() == "100"
    assert section.focus_loc(("body", 249))
    assert value(section, "249").hasFocus()


def test_that_a_very_long_body_opens_as_text(section: BodySection) -> None:
    open_json(section, json.dumps(["x" * 100] * (MOST_IN_FORM // 100), indent=1))
    assert section.editor.isVisible()
    assert not section.header.json_view.isEnabled()


def test_that_form_or_text_is_remembered(section: BodySection) -> None:
    open_json(section, TEXT, form=False)
    section.header.json_view.buttons[0].click()
    assert section.state() == {"form": True}
    open_json(section, TEXT)
    assert section.json_form.isVisible()


def test_that_advice_is_no_error(section: BodySection) -> None:
    open_json(section, TEXT)
    section.set_hints((Hint(message="Not in Thing, so it is ignored.", loc=("body", "weight"), error=False),), {0: "x"})
    assert row(section, "weight").hints[0].message.startswith("Not in Thing")
    assert section.summary() == ("1", False)
