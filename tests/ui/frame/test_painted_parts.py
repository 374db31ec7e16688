"""What a screen reader is told of the parts that the program paints itself."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType

from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QPlainTextEdit, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from explorer.trace.events import CLIENT_CONNECT
from explorer.ui import panels, widgets
from explorer.ui.panels.sockets.column_head import _StatePill
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.badge import Badge
from explorer.ui.widgets.body.field_frame import FieldFrame, FieldLabel
from explorer.ui.widgets.chip import Chip
from explorer.ui.widgets.failure_card import _JourneyLine
from explorer.ui.widgets.path_label import PathLabel
from explorer.ui.widgets.picture_view import PictureView
from explorer.ui.widgets.read_only_pill import ReadOnlyPill
from explorer.ui.widgets.row_frame import RowList
from explorer.ui.widgets.segmented import Segmented
from explorer.ui.widgets.sparkline import Sparkline
from explorer.ui.widgets.status_pill import StatusPill
from explorer.ui.widgets.text_access import SaysWhatItIs, tell_assistive_tools
from explorer.ui.widgets.tone_pill import TonePill
from explorer.ui.widgets.verdict_line import VerdictLine
from explorer.ui.widgets.xray_axis import XRayAxis

Role = QAccessible.Role

QT_TELLS = (QAbstractButton, QAbstractItemView, QLineEdit, QPlainTextEdit, QTabBar)
"""Of these Qt itself tells name, rows or text; the rows' words are the models' `AccessibleTextRole`."""

SILENT = {
    "explorer.ui.panels.sockets.address_bar._Field": "the box around a line, which has a name",
    "explorer.ui.panels.sockets.column_head._Circle": "the first letter of the name beside it",
    "explorer.ui.panels.sockets.column_strip.ColumnStrip": "lines between the columns",
    "explorer.ui.widgets.body.json_group.JsonGroup": "a line beside the rows of a group",
    "explorer.ui.widgets.code_lines.LineNumbers": "the numbers of an editor's lines, which the editor tells",
    "explorer.ui.widgets.focus_ring._Ring": "the frame around what has the keyboard",
    "explorer.ui.widgets.grip_splitter._Handle": "a grip; Alt+Shift and an arrow do the same",
    "explorer.ui.widgets.hairline.Hairline": "a line",
    "explorer.ui.widgets.icon_label.IconLabel": "the text beside it says the same",
    "explorer.ui.widgets.parameter_row.ParameterRow": "its fields tell name, type, description and what is wrong",
    "explorer.ui.widgets.parameter_table._Head": "titles of columns; each field tells what it is",
    "explorer.ui.widgets.request_tabs.RequestTabs": "the line below the tabs",
    "explorer.ui.widgets.state_dot.StateDot": "the word beside it says the same",
    "explorer.ui.widgets.url_bar.UrlBar": "the box around a line, which has a name",
}


def painted_classes() -> Iterator[type[QWidget]]:
    """Yield every class of widgets and panels that paints itself."""
    for package in (widgets, panels):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module: ModuleType = importlib.import_module(found.name)
            for part in vars(module).values():
                own = isinstance(part, type) and part.__module__ == module.__name__
                if own and issubclass(part, QWidget) and "paintEvent" in vars(part):
                    yield part


def test_that_every_painted_part_tells_what_it_is_or_has_a_reason_to_be_silent() -> None:
    untold, found = [], set()
    for part in painted_classes():
        name = f"{part.__module__}.{part.__qualname__}"
        found.add(name)
        tells = issubclass(part, QT_TELLS) or hasattr(part, "text_in_sight") or hasattr(part, "accessible_role")
        if tells == (name in SILENT):
            untold.append(name)
    assert untold == []
    assert set(SILENT) <= found, "a reason is left of a part that is gone"


def chip(themes: Themes) -> QWidget:
    chip = Chip(themes)
    chip.set_text("int ≥ 1")
    return chip


def status(themes: Themes) -> QWidget:
    pill = StatusPill(themes)
    pill.set_status(404, "Not Found", "")
    return pill


def tone(themes: Themes) -> QWidget:
    pill = TonePill(themes, "ok")
    pill.set_text("+1", spoken="1 added")
    return pill


def verdict(themes: Themes) -> QWidget:
    line = VerdictLine(themes)
    line.set_verdict("check", "ok", "Matches Item", "2 fields")
    return line


def path(themes: Themes) -> QWidget:
    label = PathLabel(themes)
    label.set_path("/items/7", {"item_id": "7"})
    return label


def axis(themes: Themes) -> QWidget:
    axis = XRayAxis(themes)
    axis.set_summary("Stopped at validation", failed=True)
    return axis


def picture(themes: Themes) -> QWidget:
    view = PictureView(themes)
    view.set_image(QImage(4, 3, QImage.Format.Format_RGB32))
    return view


def state(themes: Themes) -> QWidget:
    pill = _StatePill(themes)
    pill.set_state("open", "ok", "")
    return pill


def journey(themes: Themes) -> QWidget:
    line = _JourneyLine(themes)
    line.set_failed(CLIENT_CONNECT)
    return line


def segments(themes: Themes) -> QWidget:
    choice = Segmented(themes, ("Story", "Compact"))
    choice.setAccessibleName("Amount of detail")
    return choice


def field(themes: Themes) -> QWidget:
    return FieldFrame(themes, FieldLabel(name="name", type_label="str", required=True))


PARTS: tuple[tuple[Callable[[Themes], QWidget], Role, str], ...] = (
    (chip, Role.StaticText, "int ≥ 1"),
    (lambda themes: Badge(themes, "GET", "get"), Role.StaticText, "GET"),
    (status, Role.StaticText, "Status 404 Not Found"),
    (tone, Role.StaticText, "1 added"),
    (ReadOnlyPill, Role.StaticText, "read-only"),
    (verdict, Role.StaticText, "Matches Item 2 fields"),
    (path, Role.StaticText, "/items/7"),
    (axis, Role.StaticText, "Stopped at validation"),
    (state, Role.StaticText, "open"),
    (Sparkline, Role.Chart, "Messages a second over the last minute, 0 at most"),
    (picture, Role.Graphic, "Picture of 4 × 3 pixels"),
    (journey, Role.Graphic, "The journey ended at stop 2"),
    (segments, Role.Grouping, "Amount of detail"),
    (field, Role.Grouping, "name, str, required"),
)


def test_that_a_painted_part_says_what_it_is_and_what_it_shows(qtbot: QtBot, themes: Themes) -> None:
    tell_assistive_tools()
    told = []
    for make, _, _ in PARTS:
        part = make(themes)
        qtbot.addWidget(part)
        access = QAccessible.queryAccessibleInterface(part)
        told.append((access.role(), access.text(QAccessible.Text.Name)))
        assert isinstance(part, SaysWhatItIs)
    expected = [(role, words) for _, role, words in PARTS]
    assert [(role, words[: len(wanted)]) for (role, words), (_, wanted) in zip(told, expected, strict=True)] == expected


def test_that_each_row_of_a_painted_list_can_be_read(qtbot: QtBot, themes: Themes) -> None:
    view = RowList(themes)
    qtbot.addWidget(view)
    view.setModel(QStringListModel(["Client sends", "Router", "Client gets 200"], view))
    view.show()
    access = QAccessible.queryAccessibleInterface(view)
    rows = [access.child(row).text(QAccessible.Text.Name) for row in range(access.childCount())]
    assert [row for row in rows if row] == ["Client sends", "Router", "Client gets 200"]
