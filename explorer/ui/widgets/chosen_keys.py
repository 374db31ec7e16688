"""Of buttons of which one is chosen, the Tab key comes to that one; the arrow keys go to the others."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup


def tab_to_chosen(group: QButtonGroup) -> None:
    """Let the Tab key come to the chosen button of a group.

    Qt does so by itself only once one of them had the keyboard, and stays with that one when the program chooses
    another: the Tab key would come to a room that is not on show.
    """
    for button in group.buttons():
        chosen = button.isChecked()
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus if chosen else Qt.FocusPolicy.NoFocus)
