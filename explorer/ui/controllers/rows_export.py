"""The rows on show saved to a file, all of them, off the window's thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from explorer.database.export import ExportOptions, RowsFormat, export_query
from explorer.database.failing import Holder
from explorer.database.grid import GridQuery
from explorer.database.schema import Table
from explorer.database.trouble import DatabaseError
from explorer.ui import names
from explorer.ui.panels.database.data_page import DataPage
from explorer.ui.tasks import Tasks
from explorer.ui.wording import count_text, size_text

_TOLD_EACH = 5_000  # rows between two words about how far it is


class RowsExportController(QObject):
    """Answers *Save the rows*: those that pass the filters, in the order on show, and none that is gone."""

    def __init__(
        self,
        data: DataPage,
        query: Callable[[], GridQuery | None],
        database: Path,
        tasks: Tasks,
        parent: QObject | None = None,
        *,
        holder: Holder | None = None,
    ) -> None:
        """`query` tells what is on show; `holder` names who of ours holds the database when it is locked."""
        super().__init__(parent)
        self._data = data
        self._query = query
        self._database = database
        self._tasks = tasks
        self._holder = holder
        self._stop = threading.Event()
        self._saving = False
        data.export_requested.connect(self.on_data_export_requested)
        data.saving_cancelled.connect(self.stop)

    def on_data_export_requested(self, ending: str) -> None:
        """Ask for a file, without stopping the program while the dialog is open."""
        query, table = self._query(), self._data.table
        if query is None or table is None:
            return
        if self._saving:
            self._data.told.emit("Wait until the rows before are saved.")
            return
        dialog = QFileDialog(self._data, "Save the rows")
        dialog.setObjectName(names.DATA_SAVE_DIALOG)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(f"{_file_name(table.name)}.{ending}")
        dialog.fileSelected.connect(
            lambda chosen: self.export(replace(query, overlay=None), table, RowsFormat(ending), Path(chosen))
        )
        dialog.open()

    def export(self, query: GridQuery, table: Table, form: RowsFormat, target: Path) -> None:
        """Write the rows of a query to a file."""
        if not self._saving:
            self._saving = True
            self._tasks.start(self._export(query, table, form, target), "save rows")

    def stop(self) -> None:
        """Stop the saving; what was at its place before stays."""
        self._stop.set()

    async def _export(self, query: GridQuery, table: Table, form: RowsFormat, target: Path) -> None:
        stop = self._stop = threading.Event()
        loop = asyncio.get_running_loop()
        told = 0

        def go_on(rows: int, _size: int) -> bool:
            nonlocal told
            if rows - told >= _TOLD_EACH and not stop.is_set():
                told = rows
                loop.call_soon_threadsafe(self._show, target, rows, stop)
            return not stop.is_set()

        self._show(target, 0, stop)
        try:
            done = await asyncio.to_thread(
                export_query,
                self._database,
                query,
                table,
                target,
                ExportOptions(format=form),
                go_on,
                holder=self._holder,
            )
            self._data.told.emit(f"{count_text(done.rows, 'row')}, {size_text(done.size)}, saved in {target.name}.")
        except DatabaseError as error:
            self._data.told.emit(error.sentence)
        finally:
            stop.set()
            self._saving = False
            self._data.saving.set_running("")

    def _show(self, target: Path, rows: int, stop: threading.Event) -> None:
        if not stop.is_set():
            far = f": {count_text(rows, 'row')} so far" if rows else ""
            self._data.saving.set_running(f"Saving {target.name}{far}")


def _file_name(table: str) -> str:
    """Return a table's name as far as it may be that of a file."""
    kept = "".join(sign if sign.isalnum() or sign in "-_. " else "_" for sign in table).strip(". ")
    return kept[:80] or "rows"
