"""Code to read: line numbers, colours for the lines in sight, and notes behind the ends of lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QShowEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextLayout,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written
from explorer.ui.widgets.code_lines import LineNumbers, SpacedLayout
from explorer.ui.widgets.json_syntax import Run

LINE_HEIGHT = 19
_TAB = 4  # characters
_NOTE_GAP = 16
_NOTE_AT_LEAST = 40  # a note with less room than this is left to the tool tip
_CHUNK = 50_000  # characters that go into the widget at once, so that a long text never stops the window


@dataclass(frozen=True, slots=True, kw_only=True)
class LineNote:
    """A remark behind the end of a line.

    Attributes:
        text: the remark.
        error: whether the line is marked as wrong.
        column: 0-based column of what is wrong.
        length: how many characters are underlined; 0 for none.
    """

    text: str
    error: bool = False
    column: int = 0
    length: int = 0


class CodeView(QPlainTextEdit):
    """Shows text in the code font; a person can select and copy, but not change it."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.themes = themes
        self._runs_of: Callable[[str], list[Run]] | None = None
        self._lines_runs_of: Callable[[str, str], list[Run]] | None = None
        self._inside_of: Callable[[str, str], str] | None = None
        self._insides: list[str] = [""]  # what each line begins in, as far as that was looked at
        self._notes: Mapping[int, LineNote] = {}
        self._colored = 1  # the user state of a block whose colours are up to date
        self._coloring = False
        self._waiting = ""
        self._whole = ""  # what `set_text` was given
        self._presented = False
        self._feeder = QTimer(self)
        self._feeder.setInterval(0)
        self._feeder.timeout.connect(self._feed)
        self._layout = SpacedLayout(self.document())
        self.document().setDocumentLayout(self._layout)
        self._gutter = LineNumbers(self)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setProperty("variant", "code")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().contentsChange.connect(self._on_document_contents_change)
        self.blockCountChanged.connect(self._fit_gutter)
        self.updateRequest.connect(self._on_update_request)
        themes.changed.connect(self._apply_theme)
        self._apply_theme()

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_text(self, text: str) -> None:
        """Show another text, from its beginning. A long one arrives over several turns of the event loop."""
        self._notes = {}
        self.setExtraSelections([])
        self._whole = text
        self._fill(self.themes.shown(text))

    def _fill(self, text: str) -> None:
        self.setPlainText(text[:_CHUNK])
        self._waiting = text[_CHUNK:]
        if self._waiting:
            self._feeder.start()
        else:
            self._feeder.stop()

    def set_coloring(self, runs_of: Callable[[str], list[Run]] | None) -> None:
        """Colour each line by what `runs_of` says of it; None leaves the text plain."""
        if runs_of is not self._runs_of:
            self._runs_of = runs_of
            self._color_again()

    def set_coloring_over_lines(
        self, runs_of: Callable[[str, str], list[Run]], inside_of: Callable[[str, str], str]
    ) -> None:
        """Colour each line by what it says, and by what it begins in: a comment or a text may go on over lines.

        `inside_of` tells from a line, and from what it begins in, what the next one begins in.
        """
        self._lines_runs_of, self._inside_of = runs_of, inside_of
        self._color_again()

    def set_notes(self, notes: Mapping[int, LineNote]) -> None:
        """Put remarks behind lines; the keys are 0-based line numbers."""
        self._notes = notes
        self.setExtraSelections(
            [selection for line, note in notes.items() if note.length and (selection := self._wave(line, note))]
        )
        self.viewport().update()
        self._gutter.update()

    def note_of(self, line: int) -> LineNote | None:
        """Return the remark behind a 0-based line."""
        return self._notes.get(line)

    @property
    def complete(self) -> bool:
        """Whether the whole of a long text has arrived."""
        return not self._waiting

    # --- geometry -----------------------------------------------------------------------------------------------------
    def gutter_width(self) -> int:
        """Return the room that the line numbers need, in pixels."""
        px = self.themes.theme.px
        digits = max(2, len(str(self.blockCount())))
        return px(12) + digits * self.fontMetrics().horizontalAdvance("0") + px(12)

    def line_height(self) -> int:
        """Return the height of a line, in pixels."""
        return self.themes.theme.px(LINE_HEIGHT)

    def visible_blocks(self) -> Iterator[tuple[QTextBlock, QRect]]:
        """Yield each line in sight with its place in the viewport, as wide as the viewport."""
        block = self.firstVisibleBlock()
        if not block.isValid():
            return
        lift, width, bottom = self._lift(), self.viewport().width(), self.viewport().height()
        # Qt finds the place of a line by adding up the lines above it, so it is asked once only.
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top < bottom + 1:
            height = self.blockBoundingRect(block).height()
            rect = QRectF(0, top, width, height).toAlignedRect()
            yield block, rect.translated(0, -lift)
            top += height
            block = block.next()

    def _lift(self) -> int:
        """Return by how much a line's box begins above its text, so that the text stands in its middle."""
        return (max(0, self.line_height() - self.fontMetrics().height()) + 1) // 2

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        rect = self.contentsRect()
        self._gutter.setGeometry(rect.left(), rect.top(), self.gutter_width(), rect.height())
        self._color_visible()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._color_visible()

    # --- painting -----------------------------------------------------------------------------------------------------
    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._paint_error_lines()
        self._paint_selection_gaps()
        super().paintEvent(event)
        self._paint_notes()

    def _paint_error_lines(self) -> None:
        if not any(note.error for note in self._notes.values()):
            return
        painter = QPainter(self.viewport())
        for block, rect in self.visible_blocks():
            if (note := self._notes.get(block.blockNumber())) and note.error:
                painter.fillRect(rect, self.themes.theme.tint("err"))

    def _paint_selection_gaps(self) -> None:
        """Fill the room below selected lines, which Qt's own selection leaves out."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        painter = QPainter(self.viewport())
        text_height = self.fontMetrics().height()
        for block, rect in self.visible_blocks():
            if block.position() + block.length() <= start or block.position() + block.length() > end:
                continue
            top = rect.top() + self._lift() + text_height - 1
            before = self.fontMetrics().horizontalAdvance(block.text()[: max(0, start - block.position())])
            left = round(self.contentOffset().x() + self.document().documentMargin()) + before
            fill = self.palette().color(QPalette.ColorRole.Highlight)
            painter.fillRect(left, top, self._end_of(block) - left, rect.bottom() + 1 - top, fill)

    def _paint_notes(self) -> None:
        if not self._notes:
            return
        theme = self.themes.theme
        painter = QPainter(self.viewport())
        painter.setFont(theme.font("caption"))
        metrics = painter.fontMetrics()
        for block, rect in self.visible_blocks():
            note = self._notes.get(block.blockNumber())
            if note is None:
                continue
            left = self._end_of(block) + theme.px(_NOTE_GAP)
            room = rect.width() - left - theme.px(8)
            if room < theme.px(_NOTE_AT_LEAST):
                continue
            painter.setPen(theme.color("err" if note.error else "t3"))
            text = metrics.elidedText(note.text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left, rect.top(), room, rect.height()), Qt.AlignmentFlag.AlignVCenter, text)

    def _end_of(self, block: QTextBlock) -> int:
        width = max((block.layout().lineAt(i).naturalTextWidth() for i in range(block.layout().lineCount())), default=0)
        return round(self.contentOffset().x() + self.document().documentMargin() + width)

    def _wave(self, line: int, note: LineNote) -> QTextEdit.ExtraSelection | None:
        block = self.document().findBlockByNumber(line)
        if not block.isValid():
            return None
        start = block.position() + min(note.column, max(0, block.length() - 1))
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        end = min(start + note.length, block.position() + block.length() - 1)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        selection = QTextEdit.ExtraSelection()
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wave.setUnderlineColor(self.themes.theme.color("err" if note.error else "t3"))
        # The stubs describe both fields as read-only attributes of their types.
        selection.cursor = cursor  # type: ignore[attr-defined,unused-ignore]
        selection.format = wave  # type: ignore[attr-defined,unused-ignore]
        return selection

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            note = self._notes.get(self._line_at(event.pos()))
            QToolTip.showText(event.globalPos(), as_written(note.text) if note else "", self)
            return True
        return super().viewportEvent(event)

    def _line_at(self, point: QPoint) -> int:
        return next((b.blockNumber() for b, rect in self.visible_blocks() if rect.contains(point)), -1)

    # --- colours ------------------------------------------------------------------------------------------------------
    def _color_again(self) -> None:
        """Forget the colours of all lines; those in sight get new ones now, the others when they come into sight."""
        self._colored += 1
        self._color_visible()

    def _color_visible(self) -> None:
        if self._coloring:
            return
        self._coloring = True
        try:
            first = last = -1
            for block, _ in self.visible_blocks():
                if block.userState() != self._colored:
                    block.setUserState(self._colored)
                    if self._color(block):
                        first = block.position() if first < 0 else first
                        last = block.position() + block.length()
            if first >= 0:  # once for all lines, since each time the whole view is laid out again
                self.document().markContentsDirty(first, last - first)
        finally:
            self._coloring = False

    def _color(self, block: QTextBlock) -> bool:
        """Give one line its colours; True when that changed them."""
        formats = []
        for run in self._runs_in(block):
            one = QTextLayout.FormatRange()
            one.start, one.length = run.start, run.length
            char_format = QTextCharFormat()
            char_format.setForeground(self.themes.theme.color(run.color))
            one.format = char_format
            formats.append(one)
        formats += self._covers(block.text())
        changed = bool(formats or block.layout().formats())
        if changed:
            block.layout().setFormats(formats)
        return changed

    def _covers(self, line: str) -> list[QTextLayout.FormatRange]:
        """Return what covers the secrets in a line that can be written, while somebody presents."""
        if self.isReadOnly() or not self.themes.presenting:
            return []
        covers = []
        for start, end in self.themes.masking.spans(line):
            cover = QTextLayout.FormatRange()
            cover.start, cover.length = start, end - start
            paint = QTextCharFormat()
            paint.setForeground(self.themes.theme.color("bd2"))
            paint.setBackground(self.themes.theme.color("bd2"))
            cover.format = paint
            covers.append(cover)
        return covers

    def _runs_in(self, block: QTextBlock) -> list[Run]:
        if self._lines_runs_of is not None and self._inside_of is not None:
            number = block.blockNumber()
            while len(self._insides) <= number:
                before = self.document().findBlockByNumber(len(self._insides) - 1)
                self._insides.append(self._inside_of(before.text(), self._insides[-1]))
            return self._lines_runs_of(block.text(), self._insides[number])
        return self._runs_of(block.text()) if self._runs_of is not None else []

    # --- reactions ----------------------------------------------------------------------------------------------------
    def _feed(self) -> None:
        chunk, self._waiting = self._waiting[:_CHUNK], self._waiting[_CHUNK:]
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(chunk)
        if not self._waiting:
            self._feeder.stop()

    def _on_document_contents_change(self, position: int, _removed: int, added: int) -> None:
        for place in (position, position + added):
            block = self.document().findBlock(place)
            if block.isValid() and not self._coloring:
                block.setUserState(0)
        if self._inside_of is not None and not self._coloring:
            first = self.document().findBlock(position).blockNumber()
            del self._insides[max(1, first + 1) :]
            self._colored += 1  # whatever follows may begin in something else now

    def _on_update_request(self, _rect: QRect, dy: int) -> None:
        self._color_visible()
        if dy:
            self._gutter.scroll(0, dy)
        else:
            self._gutter.update()

    def _fit_gutter(self) -> None:
        self.setViewportMargins(self.gutter_width(), 0, 0, 0)
        rect = self.contentsRect()
        self._gutter.setGeometry(rect.left(), rect.top(), self.gutter_width(), rect.height())

    def _apply_theme(self) -> None:
        theme = self.themes.theme
        if self._presented is not theme.presenting:
            self._presented = theme.presenting
            if self.isReadOnly():
                self._fill(self.themes.shown(self._whole))
        self.setFont(theme.font("code"))
        self.document().setDefaultFont(theme.font("code"))
        if self.document().documentMargin() != theme.px(4):  # a change that can be undone, for Qt
            self.document().setDocumentMargin(theme.px(4))
        self._layout.line_height = float(self.line_height())
        self.setTabStopDistance(_TAB * self.fontMetrics().horizontalAdvance(" "))
        self._fit_gutter()
        self._color_again()
        self.set_notes(self._notes)
