"""An editor for SQL: colours, line numbers, and names of the database offered while one types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtCore import QRect, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from explorer.database.schema import Schema
from explorer.ui import names
from explorer.ui.models.sql_completion import Completion, complete
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.code_editor import CodeEditor
from explorer.ui.widgets.sql_syntax import sql_inside, sql_runs

_FROM_LETTERS = 2  # how much of a word must be there before anything is offered unasked
_LONGEST = 100_000  # characters; in a longer text nothing is offered while one types
_CONTROL = Qt.KeyboardModifier.ControlModifier


class SqlEditor(CodeEditor):
    """A code editor that knows a schema.

    Signals:
        run_requested: the person pressed the keys that run.
        plan_requested: the person pressed the keys that show the plan.
        escape_pressed: the person pressed Escape, and nothing was on offer.
    """

    run_requested = Signal()
    plan_requested = Signal()
    escape_pressed = Signal()

    OWN: ClassVar[Mapping[str, str]] = {
        "run_sql": "runs",
        "plan_sql": "shows how rows are found",
        "complete_sql": "offers names",
        "indent": "indents",
        "outdent": "goes back",
    }

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._schema = Schema()
        self._offered = Completion("")
        self._words = QStringListModel(self)
        self._completer = QCompleter(self._words, self)
        self._completer.setWidget(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated.connect(self._put_in)
        self._popup = QListView()
        self._popup.setObjectName(names.CONSOLE_COMPLETION)
        self._popup.setAccessibleName("Names that fit here")
        self._popup.setProperty("panel", "popup")
        self._popup.setUniformItemSizes(True)
        self._completer.setPopup(self._popup)
        self._offer_soon = QTimer(self)
        self._offer_soon.setSingleShot(True)
        self._offer_soon.setInterval(0)
        self._offer_soon.timeout.connect(self._offer_while_typing)
        self.set_coloring_over_lines(sql_runs, sql_inside)

    def set_schema(self, schema: Schema) -> None:
        """Offer the names of this schema."""
        self._schema = schema

    @property
    def offered(self) -> tuple[str, ...]:
        """The words that are on offer just now."""
        return self._offered.words if self._popup.isVisible() else ()

    @property
    def completion(self) -> QListView:
        """The list of words on offer, which is a window of its own."""
        return self._popup

    @property
    def chosen_text(self) -> tuple[str, int]:
        """What is selected, or else the whole text, and where it begins."""
        cursor, text = self.textCursor(), self.toPlainText()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        return (text[start:end], start) if text[start:end].strip() else (text, 0)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Backtab)
        if self._popup.isVisible() and event.key() in keys and not event.modifiers() & _CONTROL:
            event.ignore()  # the popup acts on it
        elif own := self.own_command(event):
            self.do_own(own)
        elif event.key() == Qt.Key.Key_Escape:
            self.escape_pressed.emit()
        else:
            super().keyPressEvent(event)
            typed = event.text()
            if typed and (typed.isalnum() or typed in "_.\b") and not event.modifiers() & _CONTROL:
                self._offer_soon.start()
            elif self._popup.isVisible() and typed:
                self._popup.hide()

    @override
    def do_own(self, command: str) -> None:
        if command == "complete_sql":
            self._offer(asked=True)
            return
        self._popup.hide()
        if command == "run_sql":
            self.run_requested.emit()
        elif command == "plan_sql":
            self.plan_requested.emit()
        else:
            super().do_own(command)

    def _offer_while_typing(self) -> None:
        if self.document().characterCount() < _LONGEST and self.hasFocus():
            self._offer(asked=False)

    def _offer(self, *, asked: bool) -> None:
        cursor, text = self.textCursor(), self.toPlainText()
        offered = complete(self._schema, text, cursor.position())
        after_dot = text[: cursor.position()].rstrip(offered.prefix).endswith(".") if offered.prefix == "" else False
        if not offered.words or not (asked or after_dot or len(offered.prefix) >= _FROM_LETTERS):
            self._popup.hide()
            return
        self._offered = offered
        self._words.setStringList(list(offered.words))
        self._popup.setFont(self.themes.theme.font("code"))
        width = self._popup.sizeHintForColumn(0) + self._popup.verticalScrollBar().sizeHint().width()
        place: QRect = self.cursorRect()
        place.translate(self.viewportMargins().left(), 0)
        place.setWidth(max(width, self.themes.theme.px(160)))
        self._completer.complete(place)
        self._popup.setCurrentIndex(self._completer.completionModel().index(0, 0))

    def _put_in(self, word: str) -> None:
        cursor = self.textCursor()
        for _ in self._offered.prefix:
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(word)
        self.setTextCursor(cursor)
