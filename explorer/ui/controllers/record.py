"""A row shown whole: reads its long values, goes to its neighbours, saves a value to a file."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from explorer.database.changes import Key, Value
from explorer.database.grid import Mark
from explorer.database.trouble import DatabaseError
from explorer.ui import names
from explorer.ui.controllers.saving_file import FileSaver
from explorer.ui.models.cell_text import cell_text
from explorer.ui.models.record_value import RecordValue, file_name, record_value
from explorer.ui.panels.database.data_page import DataPage, RecordWanted
from explorer.ui.panels.database.record_dialog import RecordDialog
from explorer.ui.tasks import Tasks
from explorer.ui.theme.manager import Themes

_MOST_COPIED = 16_000_000  # bytes that go to the clipboard
_GONE = "This row is gone, and only the beginning of the value is known."

ReadValue = Callable[[str, Key, str], Awaitable[Value]]
"""Reads one value whole: table, key and column; raises `DatabaseError`."""


class RecordController(QObject):
    """Joins the Data tab with the record view."""

    def __init__(
        self, page: DataPage, read: ReadValue, themes: Themes, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._read = read
        self._themes = themes
        self._tasks = tasks
        self._dialog: RecordDialog | None = None
        self._wanted: RecordWanted | None = None
        self._saver = FileSaver(self)
        self._saver.failed.connect(page.told)
        page.record_requested.connect(self.on_page_record_requested)

    def on_page_record_requested(self, wanted: RecordWanted) -> None:
        """Show a row."""
        self._wanted = wanted
        self._show()
        dialog = self._the_dialog()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        dialog.table.setFocus(Qt.FocusReason.PopupFocusReason)

    def close(self) -> None:
        """Take the record view away: its table is not on show any more."""
        if self._dialog is not None:
            self._dialog.close()

    def _the_dialog(self) -> RecordDialog:
        if self._dialog is None:
            self._dialog = dialog = RecordDialog(self._themes, self._page.window())
            dialog.value_wanted.connect(self._on_value_wanted)
            dialog.stepped.connect(self._on_stepped)
            dialog.followed.connect(self._on_followed)
            dialog.save_requested.connect(self._on_save_requested)
            dialog.copy_requested.connect(self._on_copy_requested)
        return self._dialog

    def _show(self) -> None:
        wanted, table = self._wanted, self._page.table
        if wanted is None or table is None or table.name != wanted.table:
            return
        last = wanted.number >= self._page.grid.row_count - 1
        self._the_dialog().set_row(table, wanted.row, wanted.number, column=wanted.column, last=last)

    def _on_value_wanted(self, column: str) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        if wanted.row.mark is Mark.DELETED or wanted.row.key is None:
            self._the_dialog().set_problem(_GONE if wanted.row.key else "A view's long value cannot be read whole.")
            return
        self._tasks.start(self._read_value(wanted, wanted.row.key, column), "read a value")

    async def _read_value(self, wanted: RecordWanted, key: Key, column: str) -> None:
        try:
            value = await self._read(wanted.table, key, column)
            shown = await asyncio.to_thread(record_value, value)
        except DatabaseError as error:
            if self._wanted is wanted:
                self._the_dialog().set_problem(error.sentence)
        except OSError as error:
            if self._wanted is wanted:
                self._the_dialog().set_problem(f"The value could not be put aside for reading: {error.strerror}.")
        else:
            if self._wanted is wanted:
                self._the_dialog().set_value(column, shown)

    def _on_stepped(self, by: int) -> None:
        wanted = self._wanted
        number = wanted.number + by if wanted is not None else -1
        row = self._page.row(number)
        if wanted is None or row is None:
            return
        self._page.go_to(number)
        self._wanted = RecordWanted(wanted.table, number, row, self._the_dialog().column)
        self._show()

    def _on_followed(self, column: str) -> None:
        if self._wanted is not None:
            self.close()
            self._page.follow(self._wanted.number, column)

    def _on_save_requested(self, column: str, value: RecordValue) -> None:
        """Ask for a file, without stopping the program while the dialog is open."""
        wanted = self._wanted
        if wanted is None:
            return
        key = "-".join(cell_text(part) for part in wanted.row.key or ())
        dialog = QFileDialog(self._the_dialog(), f"Save {column}")
        dialog.setObjectName(names.RECORD_SAVE_DIALOG)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(file_name(wanted.table, key, column, value.suffix))
        dialog.fileSelected.connect(lambda chosen: self.save(value, Path(chosen)))
        dialog.open()

    def save(self, value: RecordValue, path: Path) -> None:
        """Write a value, exactly as it is, to a file."""
        self._tasks.start(self._saver.save(value.content.body, path), "save a value")

    def _on_copy_requested(self, value: RecordValue) -> None:
        body = value.content.body
        data = body.read(0, _MOST_COPIED)
        QApplication.clipboard().setText(data.hex(" ") if value.binary else data.decode("utf-8", "replace"))
        if body.size > _MOST_COPIED:
            self._page.told.emit(
                "The value is too long for the clipboard: its first 16 MB were copied. Save it instead."
            )
