"""The SQL log: statements are collected from the start, and shown, with how SQLite finds rows, when somebody looks."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.database.inspector import Inspector
from explorer.database.plans import finding_of, has_plan, plan
from explorer.database.sql_log import SqlLog
from explorer.database.statements import PlanStep
from explorer.database.trouble import DatabaseError
from explorer.ui.controllers.undoing import Undoing
from explorer.ui.models.sql_log_rows import Plan
from explorer.ui.panels.database.sql_log_panel import SqlLogPanel
from explorer.ui.tasks import Tasks
from explorer.ui.widgets.undo_offer import UndoOffer
from explorer.ui.wording import count_text

_REFRESH_MS = 200
_SLOW_NS = 5_000_000
_MOST_PLANS = 2_000


class SqlLogController(QObject):
    """Joins the log with its panel.

    Signals:
        counted: how many statements there were.
    """

    counted = Signal(int)

    def __init__(
        self,
        panel: SqlLogPanel,
        log: SqlLog,
        inspector: Inspector,
        undo: UndoOffer,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._clearing = Undoing(undo, "sql_log", self)
        self._panel = panel
        self._log = log
        self._inspector = inspector
        self._tasks = tasks
        self._text, self._slow = "", False
        self._shown = -1
        self._plans: dict[str, Plan] = {}
        self._asked: set[str] = set()
        panel.filter_changed.connect(self.on_panel_filter_changed)
        panel.cleared.connect(self.on_panel_cleared)
        panel.plan_wanted.connect(self.on_panel_plan_wanted)
        panel.in_sight_changed.connect(self.on_panel_in_sight_changed)
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self.on_timer_timeout)
        self._timer.start()
        self.refresh()

    def stop(self) -> None:
        """Look at nothing more."""
        self._timer.stop()

    def refresh(self) -> None:
        """Show the log as it is now."""
        self._shown = self._log.version
        slower = _SLOW_NS if self._slow else 0
        self._panel.set_statements(
            self._log.numbers(slower_than_ns=slower, text=self._text), self._log.statement, self._plans
        )
        self.counted.emit(self._log.count)
        if self._panel.isVisible():
            self.on_panel_in_sight_changed(self._panel.in_sight)  # other statements, or plans that were forgotten

    def forget_plans(self) -> None:
        """Ask for every plan anew, since the schema is another."""
        self._plans.clear()
        self._asked.clear()
        self._shown = -1

    # --- reactions ----------------------------------------------------------------------------------------------------
    def on_timer_timeout(self) -> None:
        """Show what came in; while nobody looks, the count alone."""
        if self._shown == self._log.version:
            return
        if self._panel.isVisible():
            self.refresh()
        else:
            self.counted.emit(self._log.count)

    def on_panel_filter_changed(self, text: str, slow: bool) -> None:
        """Show other statements."""
        self._text, self._slow = text, slow
        self.refresh()

    def on_panel_cleared(self) -> None:
        """Empty the log; what was in it can be brought back."""
        count, bring_back = self._log.count, self._log.clear()
        self.refresh()
        if count:
            said = f"Cleared {count_text(count, 'statement')} of the SQL log."
            self._clearing.offer(said, bring_back, self._panel.table)

    def on_panel_plan_wanted(self, number: int) -> None:
        """Ask for the plan of one statement."""
        self.on_panel_in_sight_changed([number])

    def on_panel_in_sight_changed(self, numbers: Sequence[int]) -> None:
        """Ask for the plans of what is in sight, as far as they are not known."""
        wanted = []
        for number in numbers:
            statement = self._log.statement(number)
            if statement is not None and statement.statement not in self._asked:
                self._asked.add(statement.statement)
                if has_plan(statement.statement):
                    wanted.append(statement.statement)
                else:
                    self._plans[statement.statement] = (None, ())
        if wanted:
            self._tasks.start(self._ask(wanted), "ask how SQLite finds rows")

    async def _ask(self, statements: Sequence[str]) -> None:
        def explain(connection: sqlite3.Connection) -> dict[str, tuple[PlanStep, ...]]:
            found: dict[str, tuple[PlanStep, ...]] = {}
            for statement in statements:
                try:
                    found[statement] = plan(connection, statement)
                except sqlite3.Error:  # a table that is gone by now, or one of another database
                    found[statement] = ()
            return found

        try:
            found = await asyncio.wrap_future(self._inspector.submit(explain))
        except DatabaseError:  # the room says what is wrong; they are asked for again when they come into sight
            self._asked.difference_update(statements)
            return
        if len(self._plans) > _MOST_PLANS:
            self.forget_plans()
        self._plans.update({statement: (finding_of(steps), steps) for statement, steps in found.items()})
        self.refresh()
