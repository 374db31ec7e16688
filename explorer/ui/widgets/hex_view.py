"""A body byte by byte."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from explorer.client.viewers.content import BodyContent
from explorer.client.viewers.hex_rows import BYTES_A_ROW, HexRows, hex_column
from explorer.client.viewers.rows import Row
from explorer.ui import names
from explorer.ui.finder import By
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.body_page import EMPTY, BodyPage
from explorer.ui.widgets.body_search import BodySearch
from explorer.ui.widgets.json_syntax import Run
from explorer.ui.widgets.properties import set_property
from explorer.ui.widgets.row_shape import Mark
from explorer.ui.widgets.text_moves import Place
from explorer.ui.widgets.virtual_text import VirtualText

_HEX = re.compile(r"(?:0x)?([0-9a-fA-F_ ]+)h?")
_DIGITS = 49  # columns of a row before the ASCII side


class HexView(BodyPage):
    """Shows bytes in hexadecimal and as ASCII, sixteen a row, and goes to an offset."""

    search: HexSearch

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(themes, names.RESPONSE_HEX, parent)
        self.code = VirtualText(themes, in_bytes=True)
        self.code.setObjectName(names.RESPONSE_HEX_BYTES)
        self.code.setAccessibleName("Response, byte by byte")
        self.code.failed.connect(self.say)
        self.code.copied.connect(lambda sentence: self.notice.set_sentences((sentence,)))
        self.code.caret_moved.connect(self._on_code_caret_moved)
        self.offset = QLineEdit()
        self.offset.setObjectName(names.RESPONSE_HEX_OFFSET)
        self.offset.setAccessibleName("Go to the byte at this offset")
        self.offset.setPlaceholderText("Offset: 1024 or 0x400")
        self.offset.setToolTip("Go to a byte: its offset as a decimal number, or in hexadecimal after 0x")
        self.offset.setProperty("variant", "code")
        self.offset.returnPressed.connect(self._on_offset_return_pressed)
        self.position = QLabel()
        self.position.setProperty("role", "caption")
        bar = QFrame()
        bar.setProperty("edge", "bottom")
        row = QHBoxLayout(bar)
        row.addWidget(self.offset)
        row.addWidget(self.position, 1)
        themes.metrics.set(row, margins=(16, 4, 12, 4), spacing=10)
        themes.metrics.set(self.offset, width=200, height=28)
        self._bar = bar
        self.search = HexSearch(themes, self, self.code)
        self.search.failed.connect(self.say)
        self.column.insertWidget(0, self.search.bar)
        self.column.insertWidget(2, bar)
        self.pages.addWidget(self.code)

    def own_controls(self) -> list[QWidget]:
        """Return what a person reads the body in, after what stands above it."""
        return [self.offset, self.code]

    def show_content(self, content: BodyContent) -> None:
        """Show the first bytes; the others are read when they come into sight."""
        self._bar.setVisible(bool(content.body))
        if not content.body:
            self.say(EMPTY)
            return
        self.code.set_source(HexRows(content.body), _runs)
        self.search.set_text(content.body, other_ways=True, laid_out=False)
        self.pages.setCurrentWidget(self.code)
        self.position.setText(f"{content.size:,} bytes")
        self._set_valid(True)

    def forget(self) -> None:
        """Let go of what was shown before."""
        self.search.forget()
        self.code.set_source(None)

    def go_to(self, offset: int) -> None:
        """Stand at a byte and select it."""
        start = Place(offset // BYTES_A_ROW, hex_column(offset))
        self.code.go_to(start)
        self.code.select(start, Place(start.row, start.column + 2))

    def _on_offset_return_pressed(self) -> None:
        offset = parse_offset(self.offset.text())
        size = self.content.size if self.content else 0
        valid = offset is not None and offset < size
        self._set_valid(valid)
        if offset is not None and valid:
            self.go_to(offset)
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)
        elif size:
            self.position.setText(f"Give an offset from 0 to {size - 1:,}, or from 0x0 to 0x{size - 1:X}.")

    def _on_code_caret_moved(self, row: int) -> None:
        size = self.content.size if self.content else 0
        offset = row * BYTES_A_ROW
        self.position.setText(f"Bytes {offset:,} to {min(size, offset + BYTES_A_ROW) - 1:,} of {size:,}")

    def _set_valid(self, valid: bool) -> None:
        set_property(self.offset, "state", "" if valid else "invalid")


class HexSearch(BodySearch):
    """Searches bytes, by words in UTF-8 or in hexadecimal."""

    def __init__(self, themes: Themes, page: QWidget, code: VirtualText) -> None:
        super().__init__(themes, page, (By.TEXT, By.BYTES))
        self._code = code
        code.find_requested.connect(self.open)

    @override
    def show_position(self, position: int) -> None:
        self._code.go_to(Place(position // BYTES_A_ROW, hex_column(position)))

    @override
    def show_marks(self, *, on: bool) -> None:
        self._code.set_marks(self._marks if on else None)

    @override
    def focus_view(self) -> None:
        self._code.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def first_in_sight(self) -> int:
        rows = self._code.visible_rows
        return rows[0][0] * BYTES_A_ROW if rows else 0

    def _marks(self, number: int, _row: Row) -> list[Mark]:
        """Mark the digits of what was found, and the characters beside them."""
        start = number * BYTES_A_ROW
        found: list[Mark] = []
        for begin, end, is_current in self.finder.spans(start, start + BYTES_A_ROW):
            left, right = hex_column(begin), hex_column(end - 1) + 2
            found.append(Mark(left, right - left, is_current))
            found.append(Mark(_DIGITS + 1 + begin - start, end - begin, is_current))
        return found


def parse_offset(text: str) -> int | None:
    """Return the number that a person typed: decimal, or hexadecimal after ``0x`` or with letters in it."""
    text = text.strip().replace(",", "").replace("_", "").replace(" ", "")
    if text.isascii() and text.isdigit():
        return int(text)
    match = _HEX.fullmatch(text)
    return int(match[1], 16) if match and match[1].strip() else None


def _runs(row: Row) -> list[Run]:
    return [Run(0, _DIGITS, "c_num"), Run(_DIGITS, len(row.text) - _DIGITS, "c_str")]
