"""What others read in parts of the window while somebody presents: labels, messages, filters and tool tips."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from explorer.database.console_result import ConsoleResult
from explorer.database.grid import Comparison, Filter, GridRow, Mark
from explorer.database.schema import Column, Table, TableKind
from explorer.ui.panels.database.console_results import ConsoleResults
from explorer.ui.panels.database.filter_bar import FilterBar
from explorer.ui.panels.database.record_dialog import RecordDialog
from explorer.ui.presenting import Presenting
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import documentation, plain
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.notice import Notice
from explorer.ui.widgets.sentence_bar import SentenceBar
from tests.heard import heard_of
from tests.seen import words_of

SECRET = "hunter2"
ADDRESS = f"http://127.0.0.1/seen?access_token={SECRET}"


@pytest.fixture
def changing(themes: Themes) -> Iterator[Themes]:
    yield themes
    themes.set_presenting(False)


def _label(_themes: Themes) -> QWidget:
    return ElidedLabel(ADDRESS)


def _bar(themes: Themes) -> QWidget:
    bar = SentenceBar(themes, "console.error")
    bar.set_sentence(f"{ADDRESS} is not there.", "err")
    return bar


def _notice(themes: Themes) -> QWidget:
    notice = Notice(themes, "message")
    notice.show_sentence(f"{ADDRESS} is not there.", "err")
    return notice


def _filters(themes: Themes) -> QWidget:
    bar = FilterBar(themes)
    bar.set_filters((Filter("password", Comparison.EQUAL, SECRET), Filter("id", Comparison.EQUAL, "7")))
    return bar


def _results(themes: Themes) -> QWidget:
    results = ConsoleResults(themes)
    results.set_results([ConsoleResult(statement="", columns=("id", "password"), rows=((1, SECRET),))])
    return results


def _record(themes: Themes) -> QWidget:
    dialog = RecordDialog(themes)
    columns = (Column(name="id", type="INTEGER", key=1), Column(name="password", type="TEXT"))
    users = Table(name="users", kind=TableKind.TABLE, columns=columns)
    row = GridRow((1,), (1, SECRET), Mark.CHANGED, before=(1, f"{SECRET}-before"))
    dialog.set_row(users, row, 0, column="password")
    return dialog


@pytest.mark.parametrize("make", [_label, _bar, _notice, _filters, _results, _record])
def test_that_a_part_shows_and_says_no_secret_while_somebody_presents(
    changing: Themes, qtbot: QtBot, make: object
) -> None:
    part = make(changing)  # type: ignore[operator]
    qtbot.addWidget(part)
    part.resize(max(900, part.width()), max(100, part.height()))
    with qtbot.waitExposed(part):
        part.show()
    assert SECRET in words_of(part)
    assert SECRET in heard_of(part)
    changing.set_presenting(True)
    assert SECRET not in words_of(part) + heard_of(part)
    assert "••••••" in words_of(part)
    changing.set_presenting(False)
    assert SECRET in words_of(part)


@pytest.mark.parametrize("tip", [ADDRESS, documentation("The address", ADDRESS), f'{{"password": "{SECRET}"}}'])
def test_that_a_tool_tip_is_shown_without_its_secrets(changing: Themes, qtbot: QtBot, tip: str) -> None:
    label = QLabel("Here")
    label.setToolTip(tip)
    qtbot.addWidget(label)
    with qtbot.waitExposed(label):
        label.show()
    presenting = Presenting(changing, label)

    def read() -> str:
        """Point at the label, and return what comes to be painted."""
        place = QPoint(5, 5)
        QApplication.sendEvent(label, QHelpEvent(QEvent.Type.ToolTip, place, label.mapToGlobal(place)))
        shown = next(each for each in QApplication.topLevelWidgets() if each.inherits("QTipLabel") and each.isVisible())
        assert isinstance(shown, QLabel)
        painted = words_of(shown) and plain(shown.text())
        QToolTip.hideText()
        qtbot.waitUntil(lambda: not QToolTip.isVisible())
        return painted

    assert SECRET in read()
    presenting.toggle()
    masked = read()
    assert SECRET not in masked
    assert "••••••" in masked
    presenting.leave()
    assert SECRET in read()
