"""The SQL console: an editor, parameters, Run, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from explorer.database.console_result import ConsoleResult
from explorer.database.schema import Schema
from explorer.ui import names
from explorer.ui.focus import chain_focus
from explorer.ui.panels.database.console_history import ConsoleHistory, PastStatement
from explorer.ui.panels.database.console_results import ConsoleResults
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.code_view import LineNote
from explorer.ui.widgets.grip_splitter import GripSplitter
from explorer.ui.widgets.icon_button import IconButton
from explorer.ui.widgets.icon_label import IconLabel
from explorer.ui.widgets.read_only_pill import ReadOnlyPill
from explorer.ui.widgets.run_button import RunButton
from explorer.ui.widgets.sentence_bar import SentenceBar
from explorer.ui.widgets.sql_editor import SqlEditor


@dataclass(frozen=True, slots=True)
class ConsoleIntent:
    """What a person wants to run.

    Attributes:
        text: one statement or several: what is selected, or else everything.
        parameters: values by name, as they were typed; the names are those of `set_parameters`.
        explain: whether the plan is wanted rather than the rows.
    """

    text: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    explain: bool = False


class ConsolePanel(QFrame):
    """Takes statements and shows results.

    Signals:
        text_edited: the person changed the text; the whole of it.
        run_requested: a `ConsoleIntent` is to be run.
        cancel_requested: stop what runs.
        plan_requested: how the rows of a result are found is wanted; its number, from 0.
        more_requested: more rows of a result are wanted; its number, from 0.
        export_requested: the rows of a result are to be saved; its number, and ``csv``, ``json`` or ``jsonl``.
        history_searched: the history is wanted, as far as it holds this text; empty for all of it.
        history_clear_requested: the history is to be forgotten.
    """

    text_edited = Signal(str)
    run_requested = Signal(object)
    cancel_requested = Signal()
    plan_requested = Signal(int)
    more_requested = Signal(int)
    export_requested = Signal(int, str)
    history_searched = Signal(str)
    history_clear_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._ran_from = 0  # where in the editor the text that ran began
        self._results: tuple[ConsoleResult, ...] = ()
        self._values: dict[str, str] = {}  # of parameters, also of those that are not there just now
        self._fields: dict[str, QLineEdit] = {}
        self.setObjectName(names.CONSOLE_PANEL)
        self.setProperty("panel", "bg1")
        self.editor = SqlEditor(themes)
        self.editor.setObjectName(names.CONSOLE_EDITOR)
        self.editor.setAccessibleName("SQL")
        self.editor.setPlaceholderText("SELECT …")
        self.editor.text_edited.connect(self._on_text_edited)
        self.editor.long_text_pasted.connect(self.editor.replace_text)
        self.editor.run_requested.connect(lambda: self._run(explain=False))
        self.editor.plan_requested.connect(lambda: self._run(explain=True))
        self.editor.escape_pressed.connect(self.give_up)
        self.run_button = RunButton(themes, "Run", "run_sql")
        self.run_button.setObjectName(names.CONSOLE_RUN)
        self.run_button.requested.connect(lambda: self._run(explain=False))
        self.run_button.cancel_requested.connect(self.cancel_requested)
        self.results = ConsoleResults(themes)
        self.results.plan_requested.connect(self.plan_requested)
        self.results.more_requested.connect(self.more_requested)
        self.results.export_requested.connect(self.export_requested)
        self.results.shown_changed.connect(lambda _number: self._show_error())
        self._error = SentenceBar(themes, names.CONSOLE_ERROR)
        self._history = ConsoleHistory(themes, self)
        self._history.search_changed.connect(self.history_searched)
        self._history.picked.connect(self._on_history_picked)
        self._history.clear_requested.connect(self.history_clear_requested)
        self._parameters = QWidget()
        self._grid = QGridLayout(self._parameters)
        self._build_layout()
        self.set_parameters(())

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_text(self, text: str) -> None:
        """Begin with a text, such as the one of last time."""
        self.editor.start_text(text)

    def put_text(self, text: str) -> None:
        """Take over a statement from elsewhere; undo brings back what was typed before."""
        self.editor.replace_text(text)
        self._on_text_edited(text)

    def set_schema(self, schema: Schema) -> None:
        """Offer the names of this schema while somebody types."""
        self.editor.set_schema(schema)

    def set_parameters(self, parameters: Sequence[str]) -> None:
        """Ask for values of these parameters, called as they are given; values typed before are kept."""
        if tuple(parameters) == tuple(self._fields) and parameters:
            return
        for field_edit in self._fields.values():
            field_edit.deleteLater()
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._fields = {}
        for row, name in enumerate(parameters):
            label = QLabel(name)
            label.setProperty("role", "code")
            edit = QLineEdit(self._values.get(name, ""))
            edit.setObjectName(names.CONSOLE_PARAMETER.format(name=name))
            edit.setAccessibleName(f"Value of {name}")
            edit.setPlaceholderText("a number, a text, or NULL")
            edit.setProperty("variant", "code")
            edit.textChanged.connect(lambda text, name=name: self._values.__setitem__(name, text))
            edit.returnPressed.connect(lambda: self._run(explain=False))
            label.setBuddy(edit)
            self._fields[name] = edit
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(edit, row, 1)
        self._parameters.setVisible(bool(self._fields))
        chain_focus(self.focus_chain())

    def set_running(self, running: bool) -> None:
        """Say whether a statement runs."""
        self.run_button.set_running(running)
        self._plan_button.setEnabled(not running)

    def set_results(self, results: Sequence[ConsoleResult]) -> None:
        """Show what came of the statements that ran."""
        self._results = tuple(results)
        self.results.set_results(results)
        self._show_error()

    def update_result(self, number: int, result: ConsoleResult) -> None:
        """Put another outcome in place of one, such as one with more rows."""
        self._results = (*self._results[:number], result, *self._results[number + 1 :])
        self.results.update_result(number, result)
        self._show_error()

    def set_problem(self, sentence: str) -> None:
        """Say why nothing could run at all, such as that the database is locked; nothing hides it."""
        self._error.set_sentence(sentence, "err")

    def set_history(self, entries: Sequence[PastStatement]) -> None:
        """Show what was found in the history, the newest first."""
        self._history.set_entries(entries)

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        head: list[QWidget] = [self._plan_button, self.history_button, self.run_button, self.editor]
        return [*head, *self._fields.values(), *self.results.focus_chain()]

    # --- reactions ----------------------------------------------------------------------------------------------------
    def _run(self, *, explain: bool) -> None:
        text, self._ran_from = self.editor.chosen_text
        if text.strip() and not self.run_button.cancels:
            values = {name: edit.text() for name, edit in self._fields.items()}
            self.run_requested.emit(ConsoleIntent(text, values, explain))

    def give_up(self) -> bool:
        """Cancel the statement that runs; False when none does."""
        runs = self.run_button.cancels
        if runs:
            self.cancel_requested.emit()
        return runs

    def _on_text_edited(self, text: str) -> None:
        self.editor.set_notes({})
        self.text_edited.emit(text)

    def _on_history_clicked(self) -> None:
        self.history_searched.emit(self._history.filter.text())
        self._history.show_below(self.history_button)

    def _on_history_picked(self, statement: str) -> None:
        self.put_text(statement)
        self.editor.setFocus()

    def _show_error(self) -> None:
        result = self.results.result
        error = result.error if result is not None else None
        self._error.set_sentence(error or "", "err")
        self.editor.set_notes({})
        if result is None or not error or result.position is None:
            return
        place = self._place_of(self.results.shown)
        if place is not None:
            before = self.editor.toPlainText()[: place + result.position]
            line, column = before.count("\n"), len(before) - (before.rfind("\n") + 1)
            length = _word_length(result.statement[result.position :])
            self.editor.set_notes({line: LineNote(text=error, error=True, column=column, length=length)})

    def _place_of(self, number: int) -> int | None:
        """Return where in the editor a statement that ran stands; None when it was changed since."""
        text, place = self.editor.toPlainText(), self._ran_from
        for result in self._results[: number + 1]:
            found = text.find(result.statement, place)
            if found < 0:
                return None
            place, start = found + len(result.statement), found
        return start

    # --- layout -------------------------------------------------------------------------------------------------------
    def _build_layout(self) -> None:
        above = QWidget()
        column = QVBoxLayout(above)
        column.addWidget(self.editor, 1)
        column.addWidget(self._parameters)
        column.addWidget(self._error)
        splitter = GripSplitter(self._themes)
        splitter.addWidget(above)
        splitter.addWidget(self.results)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        splitter.setSizes([200, 300])
        layout = QVBoxLayout(self)
        layout.addWidget(self._build_header())
        layout.addWidget(splitter, 1)
        self._themes.metrics.set(self._grid, margins=(12, 6, 12, 8), spacing=6)
        for part in (column, layout):
            self._themes.metrics.set(part, margins=(0, 0, 0, 0), spacing=0)
        self._themes.metrics.set(self.results, min_height=90)

    def _build_header(self) -> QWidget:
        header = QFrame()
        header.setProperty("edge", "bottom")
        header.setProperty("panel", "bg2")
        title = QLabel("SQL console")
        title.setProperty("role", "control_bold")
        self._plan_button = IconButton(self._themes, "route", "How SQLite finds the rows (Ctrl+Shift+Enter)")
        self._plan_button.setObjectName(names.CONSOLE_PLAN)
        self._plan_button.clicked.connect(lambda _checked=False: self._run(explain=True))
        self.history_button = IconButton(self._themes, "clock", "What was run before")
        self.history_button.setObjectName(names.CONSOLE_HISTORY)
        self.history_button.clicked.connect(lambda _checked=False: self._on_history_clicked())
        row = QHBoxLayout(header)
        row.addWidget(IconLabel(self._themes, "console", "t2", 15))
        row.addWidget(title)
        row.addWidget(ReadOnlyPill(self._themes))
        row.addStretch(1)
        for widget in (self._plan_button, self.history_button, self.run_button):
            row.addWidget(widget)
        self._themes.metrics.set(row, margins=(12, 0, 8, 0), spacing=8)
        self._themes.metrics.set(header, height=40)
        return header


def _word_length(text: str) -> int:
    """Return how long the word is that a text begins with; at least one character."""
    end = next((i for i, character in enumerate(text) if not (character.isalnum() or character in "_$")), len(text))
    return max(1, end)
