"""The diagram of the tables: a large one laid out off the window's thread, and saved as a picture."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from explorer.database.diagram.layout import lay_out
from explorer.storage.atomic_stream import stream_atomically
from explorer.ui import names
from explorer.ui.panels.database.er_diagram import ErDiagram, LayoutWish
from explorer.ui.panels.notice_bar import NoticeBar
from explorer.ui.tasks import Tasks

_FILTERS = {"png": "PNG picture (*.png)", "svg": "SVG drawing (*.svg)"}


class DiagramController(QObject):
    """Does for the diagram what takes time."""

    def __init__(self, diagram: ErDiagram, notice_bar: NoticeBar, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._diagram = diagram
        self._notice_bar = notice_bar
        self._tasks = tasks
        diagram.layout_wanted.connect(self.on_diagram_layout_wanted)
        diagram.save_requested.connect(self.on_diagram_save_requested)

    def on_diagram_layout_wanted(self, wish: LayoutWish) -> None:
        """Lay a large diagram out while the window goes on."""
        self._tasks.start(self._lay_out(wish), "lay the diagram out")

    def on_diagram_save_requested(self, form: str) -> None:
        """Ask where to, and save the diagram as it is now."""
        dialog = QFileDialog(self._diagram, "Save the diagram")
        dialog.setObjectName(names.ER_SAVE_DIALOG)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_FILTERS[form])
        dialog.setDefaultSuffix(form)
        dialog.selectFile(f"diagram.{form}")
        dialog.fileSelected.connect(lambda name: self.save(Path(name), form))
        dialog.open()

    def save(self, path: Path, form: str) -> None:
        """Save the diagram as ``png`` or ``svg``."""
        data = self._diagram.view.svg() if form == "svg" else self._diagram.view.png()
        self._tasks.start(self._write(path, data), "save the diagram")

    async def _write(self, path: Path, data: bytes) -> None:
        try:
            await asyncio.to_thread(stream_atomically, path, [data])
        except OSError as error:
            self._notice_bar.show_message(f"{path} could not be written: {error.strerror}. Choose another place.")

    async def _lay_out(self, wish: LayoutWish) -> None:
        layout = await asyncio.to_thread(lay_out, wish.cards, wish.links)
        self._diagram.set_layout(wish, layout)
