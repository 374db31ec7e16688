"""What a `VirtualTable` shows: columns, cells and rows as values, asked for when they come into sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from explorer.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """One column.

    Attributes:
        title: what its head says.
        note: what stands quietly beside the title, such as ``PK``.
        tip: the head's tool tip; empty for none.
        right: whether cells are aligned at the right, as numbers are.
        width: in design pixels; None for as wide as the first rows need.
        code: whether cells are set in the font of code.
        sortable: whether a click on the head asks for an order.
    """

    title: str
    note: str = ""
    tip: str = ""
    right: bool = False
    width: float | None = None
    code: bool = True
    sortable: bool = True


@dataclass(frozen=True, slots=True)
class TableCell:
    """How one cell reads and looks.

    Attributes:
        text: one line.
        token: the colour of the text.
        italic: set for what is no text of its own, such as NULL.
        bold: set to stand out.
        struck: struck through: it is gone.
        link: leads somewhere; underlined under the mouse.
        before: what it was before, struck through before the text; empty for nothing.
        filled: whether the cell lies on the quiet fill of its colour.
        tip: the tool tip; empty for the text where it does not fit.
        spoken: what assistive tools say in place of the text; empty for the text.
    """

    text: str
    token: str = "t1"
    italic: bool = False
    bold: bool = False
    struck: bool = False
    link: bool = False
    before: str = ""
    filled: bool = False
    tip: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class RowLook:
    """What makes a row stand out.

    Attributes:
        mark: a character for the gutter, such as ``+``; empty for none.
        token: the colour of the mark and of the bar at the edge; empty for neither.
        filled: whether the whole row lies on the quiet fill of that colour.
        spoken: what assistive tools say of the row, such as ``added``.
    """

    mark: str = ""
    token: str = ""
    filled: bool = False
    spoken: str = ""


PLAIN = RowLook()


class TableSource(Protocol):
    """What a `VirtualTable` asks; it is asked while painting, so it answers from memory and at once."""

    @property
    def columns(self) -> Sequence[TableColumn]:
        """The columns; they stay the same until another source is set."""
        ...

    @property
    def row_count(self) -> int:
        """How many rows there are, as far as is known."""
        ...

    def cell(self, row: int, column: int) -> TableCell | None:
        """Return a cell, or None while its row is not there yet."""
        ...

    def look(self, row: int) -> RowLook:
        """Return what makes a row stand out."""
        ...

    def copied(self, row: int, column: int) -> str | None:
        """Return a cell's whole text for the clipboard, or None while its row is not there."""
        ...


@dataclass(frozen=True, slots=True)
class CellPaint:
    """What a paint hook gets: one cell, its ground already painted.

    Attributes:
        painter: to paint with; put back what you change.
        rect: the cell, within the viewport.
        row: its number, from 0.
        column: its number, from 0.
        theme: the look that holds.
        selected: whether the row is selected.
        hovered: whether the mouse is over the cell.
    """

    painter: QPainter
    rect: QRect
    row: int
    column: int
    theme: Theme
    selected: bool
    hovered: bool


PaintCell = Callable[[CellPaint], bool]
"""Paints a cell and returns True, or returns False to have it painted as usual."""
