"""Keys in words: how they are shown, and which ones cannot be given to a command."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

_ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}
_SIGNS = {"Return": "Enter", "PgUp": "Page Up", "PgDown": "Page Down", **_ARROWS}
_EDITING = ("Ctrl+C", "Ctrl+X", "Ctrl+V", "Ctrl+A", "Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z")
_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
_STRONG = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def shown_keys(keys: Sequence[str]) -> str:
    """Return the first of some keys as a person reads it: ``Ctrl+Enter``; empty when there are none."""
    if not keys:
        return ""
    head, plus, key = keys[0].rpartition("+") if not keys[0].endswith("+") else (keys[0][:-2], "+", "+")
    return f"{head}{plus}{_SIGNS.get(key, key)}" if head else _SIGNS.get(key, key)


def _is_sign(key: Qt.Key) -> bool:
    return Qt.Key.Key_Space < key <= Qt.Key.Key_AsciiTilde and not chr(key).isalnum()


def is_modifier(key: Qt.Key) -> bool:
    """Whether a key does nothing by itself."""
    return key in _MODIFIERS


def pressed_keys(combination: QKeyCombination) -> tuple[str, ...]:
    """Return what was pressed, in Qt's portable words; both Enter keys where it was one of them.

    Shift is part of a sign that needs it: Qt never matches Ctrl+Shift+?, only Ctrl+?, which holds on every keyboard.
    """
    key, modifiers = combination.key(), combination.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key == Qt.Key.Key_Backtab:
        key = Qt.Key.Key_Tab
    if _is_sign(key):
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    twins = (Qt.Key.Key_Return, Qt.Key.Key_Enter) if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) else (key,)
    return tuple(QKeySequence(QKeyCombination(modifiers, twin)).toString() for twin in twins)


def problem_with(combination: QKeyCombination) -> str:
    """Return why a command cannot have these keys, as a sentence that says what to do; empty when it can."""
    key, modifiers = combination.key(), combination.keyboardModifiers()
    words = shown_keys(pressed_keys(combination))
    if words in _EDITING:
        return f"{words} edits text everywhere: press other keys."
    if modifiers & _STRONG or Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35:
        return ""
    if _is_sign(key):
        return ""  # such as /, which lists and buttons have no use for
    return f"{words} alone is for typing and for lists: press it together with Ctrl or Alt."


def sound_keys(value: object) -> tuple[str, ...] | None:
    """Return keys as they were saved; None when they are no keys."""
    if not isinstance(value, list | tuple) or not all(isinstance(key, str) for key in value):
        return None
    keys = tuple(QKeySequence(key).toString() for key in value)
    # What Qt does not know becomes an empty text, or a key without a name.
    return keys if all(key and key.isprintable() for key in keys) else None
