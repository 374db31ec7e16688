"""Where a key leads in a table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


def moved(
    place: tuple[int, int], size: tuple[int, int], event: QKeyEvent, page: int, *, whole_rows: bool
) -> tuple[int, int] | None:
    """Return row and column that a key leads to, or None when it is no key to move with.

    Args:
        place: row and column now; row -1 for none.
        size: how many rows and columns there are.
        event: the key.
        page: how many rows are in sight.
        whole_rows: whether Home and End lead to the first and last row without Ctrl.

    """
    rows, columns = size
    row, column = place
    if not rows or not columns or event.modifiers() & Qt.KeyboardModifier.AltModifier:
        return None
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    key, step = Qt.Key(event.key()), max(1, page - 1)
    if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        last = key == Qt.Key.Key_End
        to_column = columns - 1 if last else 0
        if whole_rows:
            return (rows - 1 if last else 0), column
        return (rows - 1 if last else 0) if control else max(0, row), to_column
    if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        by = (columns if control else 1) * (1 if key == Qt.Key.Key_Right else -1)
        return max(0, row), max(0, min(columns - 1, column + by))
    by_rows = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -step, Qt.Key.Key_PageDown: step}
    if key not in by_rows:
        return None
    by = by_rows[key] * (rows if control else 1)
    return (0 if row < 0 else max(0, min(rows - 1, row + by))), column
