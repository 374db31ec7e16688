"""The bar in which somebody says what to look for in a body."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from explorer.ui import names
from explorer.ui.actions.told_keys import tip_with_keys
from explorer.ui.finder import By, PathHit, Wanted
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.icon_button import IconButton
from explorer.ui.widgets.row_frame import RowList
from explorer.ui.widgets.segmented import Segmented

_AFTER_TYPING = 200  # milliseconds
_ROWS_IN_SIGHT = 5  # of the values that a path selects
_ROW_HEIGHT = 26
_PLACEHOLDERS = {
    By.TEXT: "Find in the body",
    By.PATH: "JSONPath, such as $..name or $.items[?@.price > 10]",
    By.BYTES: "Bytes in hexadecimal, such as FF D8",
}


class FindBar(QFrame):
    """A line for words or a JSONPath, what was found, and the ways from one finding to the next.

    Signals:
        wanted: somebody looks for something: a `Wanted`.
        step_requested: to the next finding (1) or the one before (-1).
        hit_chosen: to one of the values that a JSONPath selected; its number.
        closed: the search is over.
    """

    wanted = Signal(object)
    step_requested = Signal(int)
    hit_chosen = Signal(int)
    closed = Signal()

    def __init__(self, themes: Themes, name: str, ways: tuple[By, ...], parent: QWidget | None = None) -> None:
        """`ways` are the ways in which somebody can look for something here; the first is by text."""
        super().__init__(parent)
        self._themes = themes
        self._ways = ways
        self.setObjectName(names.FIND_BAR.format(view=name))
        self.setProperty("panel", "bg2")
        self.setProperty("edge", "bottom")
        self.mode = Segmented(themes, tuple(way.value for way in ways))
        self.mode.setObjectName(names.FIND_MODE.format(view=name))
        self.mode.changed.connect(self._on_mode_changed)
        self.line = QLineEdit()
        self.line.setObjectName(names.FIND_LINE.format(view=name))
        self.line.setProperty("variant", "code")
        self.line.textChanged.connect(self._on_line_text_changed)
        self.case = IconButton(themes, "case", "Match capital and small letters")
        self.case.setObjectName(names.FIND_CASE.format(view=name))
        self.case.setCheckable(True)
        self.case.toggled.connect(self._ask)
        self.result = QLabel()
        self.result.setObjectName(names.FIND_RESULT.format(view=name))
        self.result.setProperty("role", "caption")
        self.previous = IconButton(themes, "cu", "Previous finding")
        tip_with_keys(self.previous, "Previous finding", "find_previous")
        self.previous.setObjectName(names.FIND_PREVIOUS.format(view=name))
        self.previous.clicked.connect(lambda: self.step_requested.emit(-1))
        self.next = IconButton(themes, "cd", "Next finding")
        tip_with_keys(self.next, "Next finding", "find_next")
        self.next.setObjectName(names.FIND_NEXT.format(view=name))
        self.next.clicked.connect(lambda: self.step_requested.emit(1))
        self.close_button = IconButton(themes, "x", "Close the search (Esc)")
        self.close_button.setObjectName(names.FIND_CLOSE.format(view=name))
        self.close_button.clicked.connect(self.close_bar)
        self.problem = QLabel()
        self.problem.setObjectName(names.FIND_PROBLEM.format(view=name))
        self.problem.setProperty("role", "error")
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._build_hits(name)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_AFTER_TYPING)
        self._typing.timeout.connect(self._ask)
        self._build_layout(themes)
        self._on_mode_changed(0)
        self.hide()

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self.mode, self.line, self.case, self.previous, self.next, self.close_button, self.hits]

    @property
    def sought(self) -> Wanted:
        """What stands in the bar."""
        return Wanted(self.line.text(), self.case.isChecked(), self._ways[self.mode.current])

    def open_bar(self, text: str = "") -> None:
        """Show the bar and put the keyboard into it; `text` is what was selected."""
        self.show()
        if text:
            self.line.setText(text)
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        if self.line.text():
            self._ask()

    def close_bar(self) -> None:
        """Hide the bar; nothing is looked for any more."""
        if not self.isHidden():
            self._typing.stop()
            self.closed.emit()  # while the keyboard is still here, so that it can be given back
            self.hide()
            self.set_hits(())

    def set_path_offered(self, offered: bool) -> None:
        """Offer JSONPath, or not: only JSON has paths."""
        self.mode.setVisible(offered)
        if not offered and self.mode.current:
            self.mode.set_current(0)
            self._on_mode_changed(0)

    def set_result(self, text: str) -> None:
        """Say what was found."""
        self.result.setText(text)
        self.problem.hide()

    def set_problem(self, sentence: str) -> None:
        """Say why there is no result."""
        self.result.setText("")
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.set_hits(())

    def set_hits(self, hits: Sequence[PathHit], current: int = -1) -> None:
        """List the values that a JSONPath selected."""
        lines = [f"{hit.path}   {hit.preview}" for hit in hits]
        if lines != self._model.stringList():
            self._model.setStringList(lines)
            self._themes.metrics.set(self.hits, height=min(len(lines), _ROWS_IN_SIGHT) * _ROW_HEIGHT)
            self.hits.setVisible(bool(lines))
        if current >= 0:
            self.hits.selectionModel().blockSignals(True)
            self.hits.setCurrentIndex(self._model.index(current))
            self.hits.selectionModel().blockSignals(False)
            self.hits.viewport().update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._typing.isActive():
                self._typing.stop()
                self._ask()
            else:
                self.step_requested.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def _build_hits(self, name: str) -> None:
        self._model = QStringListModel(self)
        self.hits = RowList(self._themes)
        self.hits.setObjectName(names.FIND_HITS.format(view=name))
        self.hits.setAccessibleName("Values that the JSONPath selects")
        self.hits.setModel(self._model)
        self.hits.setProperty("variant", "code")
        self.hits.setUniformItemSizes(True)
        self.hits.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.hits.selectionModel().currentChanged.connect(self._on_hits_current_changed)
        self.hits.hide()

    def _build_layout(self, themes: Themes) -> None:
        row = QHBoxLayout()
        for widget in (self.mode, self.line, self.case, self.result, self.previous, self.next, self.close_button):
            row.addWidget(widget, 1 if widget is self.line else 0)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(self.problem)
        column.addWidget(self.hits)
        themes.metrics.set(row, margins=(0, 0, 0, 0), spacing=6)
        themes.metrics.set(column, margins=(16, 4, 8, 4), spacing=4)
        themes.metrics.set(self.line, height=28, min_width=80)
        themes.metrics.set(self.result, min_width=70)

    def _ask(self) -> None:
        self.wanted.emit(self.sought)

    def _on_line_text_changed(self) -> None:
        self._typing.start()

    def _on_mode_changed(self, mode: int) -> None:
        way = self._ways[mode]
        self.line.setPlaceholderText(_PLACEHOLDERS[way])
        self.line.setAccessibleName(_PLACEHOLDERS[way])
        self.case.setVisible(way is By.TEXT)
        self.set_problem("")
        if self.line.text() and self.isVisible():
            self._ask()

    def _on_hits_current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self.hit_chosen.emit(current.row())
