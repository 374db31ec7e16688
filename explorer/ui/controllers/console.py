"""The SQL console: runs what a person typed, off the window's thread, and keeps it in the history."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from explorer.database.console import MOST_ROWS, explain, run, run_all, value_of
from explorer.database.console_history import ConsoleEntry, ConsoleHistory
from explorer.database.console_result import ConsoleResult
from explorer.database.export import ExportOptions, RowsFormat, export_statement
from explorer.database.failing import Holder
from explorer.database.sql_tokens import placeholders, split
from explorer.database.trouble import DatabaseError, Trouble
from explorer.ui import names
from explorer.ui.panels.database.console_panel import ConsoleIntent, ConsolePanel
from explorer.ui.tasks import Tasks
from explorer.ui.widgets.undo_offer import UndoOffer
from explorer.ui.wording import count_text, size_text

MORE_EACH_TIME = 10
SHOWN_AT_MOST = 100_000
_LOOKED_AT = 100_000  # characters of a text in which parameters are looked for while somebody types
_UNDO_KEY = "console"

T = TypeVar("T")
Values = dict[str, Any]


class Database(Protocol):
    """Runs jobs on a connection, one after the other; see `explorer.database.inspector.Inspector`."""

    path: Path

    def submit(self, job: Callable[[sqlite3.Connection], T], *, slot: str = "") -> Future[T]:
        """Run a job; a newer one of the same slot stops it."""
        ...


class ConsoleController(QObject):
    """Joins the console with the database.

    Signals:
        told: something a person should read that belongs to no result; one sentence.
    """

    told = Signal(str)

    def __init__(
        self,
        panel: ConsolePanel,
        database: Database,
        history: ConsoleHistory,
        undo: UndoOffer,
        tasks: Tasks,
        parent: QObject | None = None,
        *,
        holder: Holder | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`holder` names who of ours holds the database when it is locked."""
        super().__init__(parent)
        self._panel = panel
        self._database = database
        self._history = history
        self._undo = undo
        self._tasks = tasks
        self._holder = holder
        self._clock = clock
        self._asked: Future[Any] | None = None
        self._stop = threading.Event()
        self._results: list[ConsoleResult] = []
        self._values: Values = {}
        self._searched = ""
        self._bring_back: Callable[[], None] | None = None
        panel.text_edited.connect(self.on_panel_text_edited)
        panel.run_requested.connect(self.on_panel_run_requested)
        panel.cancel_requested.connect(self.cancel)
        panel.more_requested.connect(lambda number: self._start(self._more(number)))
        panel.plan_requested.connect(lambda number: self._start(self._plan(number)))
        panel.export_requested.connect(self.on_panel_export_requested)
        panel.history_searched.connect(self.on_panel_history_searched)
        panel.history_clear_requested.connect(self.on_panel_history_clear_requested)
        undo.undone.connect(self.on_undo_undone)
        panel.set_text(history.text)
        self._show_parameters(history.text)

    # --- what a person asks for ---------------------------------------------------------------------------------------
    def on_panel_text_edited(self, text: str) -> None:
        """Ask for the values of its parameters, and keep it."""
        self._history.keep_text(text)
        self._show_parameters(text)

    def on_panel_run_requested(self, intent: ConsoleIntent) -> None:
        """Run statements, or ask how their rows are found."""
        self._start(self._run(intent))

    def on_panel_export_requested(self, number: int, ending: str) -> None:
        """Ask for a file, without stopping the program while the dialog is open."""
        dialog = QFileDialog(self._panel, "Save the rows")
        dialog.setObjectName(names.CONSOLE_SAVE_DIALOG)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(f"rows.{ending}")
        dialog.fileSelected.connect(lambda chosen: self.export(number, RowsFormat(ending), Path(chosen)))
        dialog.open()

    def on_panel_history_searched(self, text: str) -> None:
        """Show what the history has."""
        self._searched = text
        self._panel.set_history(self._history.find(text))

    def on_panel_history_clear_requested(self) -> None:
        """Forget what was run."""
        count = len(self._history.entries)
        self._bring_back = self._history.clear()
        self._panel.set_history(())
        said = f"Cleared {count_text(count, 'statement')} of the console's history."
        self._undo.offer(_UNDO_KEY, said, self._panel.history_button)

    def on_undo_undone(self, key: str) -> None:
        """Bring back what was cleared."""
        if key == _UNDO_KEY and self._bring_back is not None:
            self._bring_back()
            self._panel.set_history(self._history.find(self._searched))

    def export(self, number: int, form: RowsFormat, target: Path) -> None:
        """Write all rows of a result to a file; its statement runs again for that."""
        if 0 <= number < len(self._results):
            self._start(self._export(self._results[number].statement, form, target))

    def cancel(self) -> None:
        """Stop what runs."""
        self._stop.set()
        if self._asked is not None:
            self._asked.cancel()

    # --- how it is done -----------------------------------------------------------------------------------------------
    def _start(self, coroutine: Coroutine[Any, Any, None]) -> None:
        self._tasks.start(coroutine, "SQL console")

    def _show_parameters(self, text: str) -> None:
        self._panel.set_parameters(placeholders(text[:_LOOKED_AT]))

    async def _run(self, intent: ConsoleIntent) -> None:
        found = placeholders(intent.text)
        values = self._values = {
            name: value_of(intent.parameters[name]) for name in found if intent.parameters.get(name, "") != ""
        }

        def job(connection: sqlite3.Connection) -> tuple[ConsoleResult, ...]:
            if intent.explain:
                return tuple(explain(connection, one.sql, values) for one in split(intent.text))
            return run_all(connection, intent.text, values)

        results = await self._ask(job)
        if results is None:
            return
        self._results = list(results)
        self._panel.set_problem("")
        self._panel.set_results(results)
        if results and not intent.explain:
            last = results[-1]
            entry = ConsoleEntry(
                statement=intent.text.strip(),
                at=self._clock(),
                rows=None if last.error or last.cancelled else len(last.rows),
                ns=sum(one.ns for one in results),
            )
            self._history.add(entry)

    async def _more(self, number: int) -> None:
        if not 0 <= number < len(self._results):
            return
        before, values = self._results[number], self._values
        if len(before.rows) >= SHOWN_AT_MOST:
            self.told.emit(f"The console shows {SHOWN_AT_MOST:,} rows at most: save them to see all of them.")
            return
        most = min(SHOWN_AT_MOST, max(MOST_ROWS, len(before.rows)) * MORE_EACH_TIME)
        result = await self._ask(lambda connection: run(connection, before.statement, values, most=most))
        if result is None or result.cancelled or self._results[number : number + 1] != [before]:
            return  # it was stopped, or something else ran meanwhile
        self._results[number] = result
        self._panel.update_result(number, result)

    async def _plan(self, number: int) -> None:
        """Ask how the rows of a result are found, now that somebody wants to see it."""
        if not 0 <= number < len(self._results):
            return
        before, values = self._results[number], self._values
        found = await self._ask(lambda connection: explain(connection, before.statement, values))
        if found is None or self._results[number : number + 1] != [before]:
            return  # it was stopped, or something else ran meanwhile
        if found.error is not None:
            self._panel.set_problem(found.error)
            return
        self._results[number] = replace(before, plan=found.plan)
        self._panel.update_result(number, self._results[number])

    async def _ask(self, job: Callable[[sqlite3.Connection], T]) -> T | None:
        """Run a job, and say so meanwhile; None when there is no answer, which was told then."""
        self._stop.clear()
        asked = self._asked = self._database.submit(job, slot="console")
        self._panel.set_running(True)
        try:
            return await asyncio.wrap_future(asked)
        except DatabaseError as error:
            if error.trouble is not Trouble.CANCELLED:
                self._panel.set_problem(error.sentence)
        except asyncio.CancelledError:
            if not asked.cancelled():  # the window closes
                raise
        finally:
            if self._asked is asked:
                self._asked = None
                self._panel.set_running(False)
        return None

    async def _export(self, sql: str, form: RowsFormat, target: Path) -> None:
        stop = self._stop = threading.Event()
        self._panel.set_running(True)
        try:
            done = await asyncio.to_thread(
                export_statement,
                self._database.path,
                sql,
                self._values,
                target,
                ExportOptions(format=form),
                lambda _rows, _size: not stop.is_set(),
                holder=self._holder,
            )
            self.told.emit(f"{count_text(done.rows, 'row')}, {size_text(done.size)}, saved in {target.name}.")
        except DatabaseError as error:
            self.told.emit(error.sentence)
        finally:
            stop.set()
            self._panel.set_running(False)
