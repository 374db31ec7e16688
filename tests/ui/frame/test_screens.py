"""Screens of different scales, in a process of its own: Qt makes its screens once."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

# What a window does that is made on one screen and moved to another. It prints, before and after, the scale of the
# window and how many device pixels there are to a logical one in what is drawn.
MOVED = """
import json
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from explorer.ui import names
from explorer.ui.main_window import MainWindow
from explorer.ui.panels.rail import Room
from explorer.ui.theme.manager import Themes

app = QApplication([])
themes = Themes(app, "dark")
window = MainWindow(themes)
window.add_room(Room("compose", "Compose", "compose"), QLabel())
window.show()
app.processEvents()
button = window.findChild(QToolButton, names.TOP_BAR_THEME)
rail = window.findChild(QToolButton, names.RAIL_ROOM.format(room="compose"))

def seen():
    dpr = window.devicePixelRatioF()
    icon = button.icon().pixmap(QSize(16, 16), dpr)
    return [window.screen().name(), dpr, icon.width() / 16, round(rail.grab().width() / rail.width(), 1)]

said = [seen()]
window.move(2000, 40)
app.processEvents()
said.append(seen())
print(json.dumps(said))
"""


@pytest.mark.parametrize("factor", [1, 2])
def test_that_a_window_moved_to_a_screen_of_another_scale_is_drawn_sharp(tmp_path: Path, factor: int) -> None:
    screens = tmp_path / "screens.json"
    sizes = {"width": 1920 * factor, "height": 1080 * factor, "y": 0, "logicalBaseDpi": 96, "dpr": 1}
    coarse = {"name": "coarse", "x": 0, "logicalDpi": 96, **sizes}
    fine = {"name": "fine", "x": 1920 * factor, "logicalDpi": 144, **sizes}
    screens.write_text(json.dumps({"screens": [coarse, fine]}), "utf-8")
    environment = {"QT_QPA_PLATFORM": f"offscreen:configfile={screens}", "QT_SCALE_FACTOR": str(factor)}
    done = subprocess.run(
        [sys.executable, "-c", MOVED], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    scale, other = factor, 1.5 * factor
    assert json.loads(done.stdout) == [["coarse", scale, scale, scale], ["fine", other, other, other]]
