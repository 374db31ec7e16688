"""What others may see and hear of a text, for those who have no `Themes` at hand: models, labels, assistive tools.

Whether others look on is one fact for the whole program; `Themes.set_presenting` says it here as well.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from explorer.client.masking import Masking

_AnyIndex = QModelIndex | QPersistentModelIndex
_DISPLAY = Qt.ItemDataRole.DisplayRole
_Data = TypeVar("_Data", bound=Callable[..., Any])


class _Onlookers:
    masking: Masking | None = None  # None while nobody looks on


def set_masking(masking: Masking | None) -> None:
    """Mask secrets from now on; None shows everything again."""
    _Onlookers.masking = masking


def shown(text: str) -> str:
    """Return a text as it may be seen and heard now."""
    return text if _Onlookers.masking is None else _Onlookers.masking.text(text)


def shown_value(name: str, text: str) -> str:
    """Return the value of a header, cookie or parameter of this name as it may be seen and heard now."""
    return text if _Onlookers.masking is None else _Onlookers.masking.value(name, text)


def says_what_is_shown(*, values: Collection[int] = (), name: str = "") -> Callable[[_Data], _Data]:
    """Let the `data` of a model give assistive tools no more than may be seen: they ask for what it displays.

    Args:
        values: the columns with what the first column names, as in headers.
        name: what names them, where the first column does not say that they are secrets.
    """

    def wrap(data: _Data) -> _Data:
        @wraps(data)
        def masked(self: object, index: _AnyIndex, role: int = _DISPLAY) -> Any:
            told = data(self, index, role)
            if role != Qt.ItemDataRole.AccessibleTextRole or _Onlookers.masking is None:
                return told
            text = str(told if told is not None else data(self, index, _DISPLAY) or "")
            if index.column() in values:
                text = shown_value(name or str(data(self, index.sibling(index.row(), 0), _DISPLAY)), text)
            return shown(text)

        return cast("_Data", masked)

    return wrap
