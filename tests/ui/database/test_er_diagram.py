"""The diagram of the tables, as a person uses it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.database.schema import Column, ForeignKey, Index, Schema, Table, TableKind
from explorer.ui import names
from explorer.ui.controllers.diagram import DiagramController
from explorer.ui.models.diagram_cards import MOST_ROWS, cards_of, relations_of
from explorer.ui.panels.database.er_diagram import ErDiagram
from explorer.ui.panels.notice_bar import NoticeBar
from explorer.ui.tasks import Tasks
from explorer.ui.theme.manager import Themes

CONTROL = Qt.KeyboardModifier.ControlModifier


def table(name: str, *columns: str, to: tuple[tuple[str, str], ...] = (), unique: tuple[str, ...] = ()) -> Table:
    return Table(
        name=name,
        kind=TableKind.TABLE,
        columns=(Column(name="id", type="INTEGER", key=1), *(Column(name=column) for column in columns)),
        foreign_keys=tuple(ForeignKey(columns=(column,), table=target, to=("id",)) for column, target in to),
        indexes=tuple(Index(name=f"ix_{column}", table=name, columns=(column,), unique=True) for column in unique),
    )


SCHEMA = Schema(
    tables=(
        table("users", "email"),
        table("items", "owner_id", to=(("owner_id", "users"),)),
        table("profiles", "user_id", to=(("user_id", "users"), ("id", "gone")), unique=("user_id",)),
        Table(name="dear_items", kind=TableKind.VIEW),
    )
)


def many(count: int) -> Schema:
    return Schema(tables=tuple(table(f"t{i}", "other_id", to=(("other_id", f"t{i // 2}"),)) for i in range(count)))


@pytest.fixture
def diagram(qtbot: QtBot, themes: Themes) -> ErDiagram:
    made = ErDiagram(themes)
    qtbot.addWidget(made)
    made.resize(800, 560)
    made.set_schema(SCHEMA)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def click(qtbot: QtBot, diagram: ErDiagram, name: str) -> None:
    place = diagram.view.place_of(name).center()
    qtbot.mouseClick(diagram.view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_that_each_table_has_a_card_and_each_key_between_them_a_line() -> None:
    cards = cards_of(SCHEMA, lambda text, _bold: 7.0 * len(text))
    assert [card.name for card in cards] == ["users", "items", "profiles"]
    relations = relations_of(SCHEMA, cards)
    assert [(r.link.start, r.link.end, r.one, r.optional) for r in relations] == [
        ("items", "users", False, True),
        ("profiles", "users", True, True),
    ]
    assert relations[0].words == "items.owner_id → users.id (many rows may point to one)"


def test_that_a_card_with_many_columns_counts_the_rest() -> None:
    wide = Schema(tables=(table("wide", *(f"c{i}" for i in range(100)), to=(("c99", "wide"),)),))
    card = cards_of(wide, lambda text, _bold: 7.0 * len(text))[0]
    assert len(card.rows) == MOST_ROWS - 1
    assert card.left_out == 101 - len(card.rows)
    assert relations_of(wide, (card,))[0].link.start_y < card.card.height


def test_that_all_cards_are_in_sight_at_first(diagram: ErDiagram) -> None:
    assert diagram.view.tables == ("users", "items", "profiles")
    room = diagram.view.viewport().rect()
    assert all(room.contains(diagram.view.place_of(name)) for name in diagram.view.tables)


def test_that_a_click_chooses_and_a_double_click_opens(qtbot: QtBot, diagram: ErDiagram) -> None:
    with qtbot.waitSignal(diagram.view.table_chosen) as chosen:
        click(qtbot, diagram, "items")
    assert chosen.args == ["items"]
    assert "items, 2 columns, points to users" in diagram.view.accessibleName()
    place = diagram.view.place_of("items").center()
    with qtbot.waitSignal(diagram.table_opened) as opened:
        qtbot.mouseDClick(diagram.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == ["items"]


def test_that_the_keyboard_goes_from_card_to_card_and_opens_one(qtbot: QtBot, diagram: ErDiagram) -> None:
    diagram.view.setFocus()
    qtbot.waitUntil(lambda: diagram.view.chosen == "users")
    qtbot.keyClick(diagram.view, Qt.Key.Key_Right)
    assert diagram.view.chosen in {"items", "profiles"}
    first = diagram.view.chosen
    qtbot.keyClick(diagram.view, Qt.Key.Key_Down if first == "items" else Qt.Key.Key_Up)
    assert diagram.view.chosen not in {"users", first}
    with qtbot.waitSignal(diagram.table_opened) as opened:
        qtbot.keyClick(diagram.view, Qt.Key.Key_Return)
    assert opened.args == [diagram.view.chosen]
    qtbot.keyClick(diagram.view, Qt.Key.Key_Escape)
    assert diagram.view.chosen == ""


def test_that_a_dragged_card_stays_where_it_was_put_and_is_remembered(
    qtbot: QtBot, themes: Themes, diagram: ErDiagram
) -> None:
    start = diagram.view.place_of("items").center()
    view = diagram.view.viewport()
    with qtbot.waitSignal(diagram.arranged):
        qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
        qtbot.mouseMove(view, start + QPoint(60, 40))
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 40))
    state = diagram.state()
    assert list(state["cards"]) == ["items"]
    other = ErDiagram(themes)
    qtbot.addWidget(other)
    other.restore(state)
    other.set_schema(SCHEMA)
    assert other.state() == state
    tidy = diagram.findChild(QToolButton, names.ER_TOOL.format(tool="arrange"))
    assert tidy is not None
    tidy.click()
    assert diagram.state() == {"cards": {}}


def test_that_a_card_can_be_moved_by_keys(qtbot: QtBot, diagram: ErDiagram) -> None:
    diagram.choose("users")
    before = diagram.view.place_of("users")
    with qtbot.waitSignal(diagram.arranged):
        qtbot.keyClick(diagram.view, Qt.Key.Key_Down, CONTROL)
    assert diagram.state()["cards"].keys() == {"users"}
    assert diagram.view.place_of("users") != before


def test_that_odd_states_are_left_alone(diagram: ErDiagram) -> None:
    diagram.restore({"cards": {"users": "x", "items": [1], "profiles": [5, 6.5]}})
    assert diagram.state() == {"cards": {"profiles": [5.0, 6.5]}}
    diagram.restore({"cards": 3})
    assert diagram.state() == {"cards": {}}


def test_that_wheel_and_keys_zoom(qtbot: QtBot, diagram: ErDiagram) -> None:
    width = diagram.view.place_of("users").width()
    qtbot.keyClick(diagram.view, Qt.Key.Key_Plus)
    larger = diagram.view.place_of("users").width()
    assert larger > width
    here = QPointF(diagram.view.viewport().rect().center())
    there = QPointF(diagram.view.viewport().mapToGlobal(here.toPoint()))
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    wheel = QWheelEvent(here, there, QPoint(), QPoint(0, -240), buttons, CONTROL, phase, False)
    QApplication.sendEvent(diagram.view.viewport(), wheel)
    assert diagram.view.place_of("users").width() < larger
    qtbot.keyClick(diagram.view, Qt.Key.Key_F)
    assert abs(diagram.view.place_of("users").width() - width) <= 1


def test_that_assistive_tools_are_told_of_the_cards(diagram: ErDiagram) -> None:
    assert diagram.view.text_in_sight().splitlines()[1] == "items, 2 columns, points to users"


def test_that_the_picture_can_be_saved(
    qtbot: QtBot, themes: Themes, ui_loop: asyncio.AbstractEventLoop, diagram: ErDiagram, tmp_path: Path
) -> None:
    errors: list[BaseException] = []
    notices = NoticeBar(themes)
    qtbot.addWidget(notices)
    controller = DiagramController(diagram, notices, Tasks(errors.append))
    for form in ("png", "svg"):
        path = tmp_path / f"diagram.{form}"
        controller.save(path, form)
        qtbot.waitUntil(path.exists)
    assert QImage(str(tmp_path / "diagram.png")).width() > 400
    assert "owner_id" in (tmp_path / "diagram.svg").read_text("utf-8")
    (tmp_path / "file").write_text("")
    controller.save(tmp_path / "file" / "diagram.png", "png")
    name = names.NOTICE_TEXT.format(kind="message")
    qtbot.waitUntil(lambda: any("could not be written" in each.text() for each in notices.findChildren(QLabel, name)))
    assert errors == []


def test_that_a_large_schema_is_laid_out_off_the_windows_thread(
    qtbot: QtBot, themes: Themes, ui_loop: asyncio.AbstractEventLoop
) -> None:
    errors: list[BaseException] = []
    notices = NoticeBar(themes)
    diagram = ErDiagram(themes)
    for widget in (notices, diagram):
        qtbot.addWidget(widget)
    controller = DiagramController(diagram, notices, Tasks(errors.append))
    diagram.set_schema(many(80))
    message = diagram.findChild(QWidget, names.ER_MESSAGE)
    assert message is not None
    qtbot.waitUntil(lambda: len(diagram.view.tables) == 80)
    assert errors == []
    assert controller.parent() is None


def test_that_a_database_without_tables_says_so(qtbot: QtBot, diagram: ErDiagram) -> None:
    diagram.set_schema(Schema())
    message = diagram.findChild(QWidget, names.ER_MESSAGE)
    assert message is not None
    assert message.isVisible()
