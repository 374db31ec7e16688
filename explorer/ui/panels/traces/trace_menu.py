"""What can be done with a request of the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget

from explorer.trace.query import narrowed
from explorer.trace.summary import Summary
from explorer.ui import names
from explorer.ui.models.trace_words import line_text
from explorer.ui.onlookers import shown

_LONGEST = 40  # characters of a path in the menu


def trace_menu(
    parent: QWidget,
    summary: Summary,
    buttons: tuple[QPushButton, QPushButton],
    text: str,
    set_filter: Callable[[str], object],
) -> QMenu:
    """Return a menu that deletes itself once it was closed.

    Args:
        parent: whose menu it is.
        summary: of the request.
        buttons: of what is told of the request: open it in Compose, and send it again.
        text: of the filter.
        set_filter: sets another one.

    """
    menu = QMenu(parent)
    menu.setObjectName(names.TRACES_MENU)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setToolTipsVisible(True)
    for button in buttons:
        action = _add(menu, button.accessibleName(), button.click)
        action.setEnabled(button.isEnabled())
        action.setToolTip(button.toolTip())
    menu.addSeparator()
    path = summary.path.partition("?")[0]
    status = str(summary.status) if summary.status is not None else "none"
    for name, value in (("path", path), ("status", status), ("client", summary.caller)):
        said = shown(value)
        said = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
        _add(menu, f"Filter by {name} {said}", partial(set_filter, narrowed(text, name, value)))
    menu.addSeparator()
    clipboard = QApplication.clipboard()
    _add(menu, "Copy the path", lambda: clipboard.setText(summary.path))
    _add(menu, "Copy as one line", lambda: clipboard.setText(line_text(summary)))
    return menu


def _add(menu: QMenu, words: str, act: Callable[[], object]) -> QAction:
    action = QAction(words.replace("&", "&&"), menu)
    action.triggered.connect(lambda _checked: act())
    menu.addAction(action)
    return action
