"""The right part of the Traces room on show."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from explorer.ui.panels.traces.trace_detail import TraceDetail
from explorer.ui.theme.manager import Themes


@pytest.fixture
def detail(qtbot: QtBot, themes: Themes) -> TraceDetail:
    panel = TraceDetail(themes)
    qtbot.addWidget(panel)
    panel.resize(1004, 840)
    panel.show()
    qtbot.waitExposed(panel)
    return panel
