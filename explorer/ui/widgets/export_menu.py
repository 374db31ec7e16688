"""The menu that asks in which form rows are to be saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

EXPORTS = (("csv", "CSV…"), ("json", "JSON…"), ("jsonl", "JSON, one row a line…"))


def ask_for_form(button: QWidget, name: str, chosen: Callable[[str], object]) -> None:
    """Open the menu below `button`, and tell `chosen` the form: ``csv``, ``json`` or ``jsonl``.

    `name` is that of its entries, with ``{form}`` in it.
    """
    menu = QMenu(button)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for form, words in EXPORTS:
        action = QAction(words, menu)
        action.setObjectName(name.format(form=form))
        action.triggered.connect(lambda _checked=False, form=form: chosen(form))
        menu.addAction(action)
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
