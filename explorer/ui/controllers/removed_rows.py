"""Rows that a person took out of a request, which can be had back for some seconds."""

from __future__ import annotations

from PySide6.QtCore import QObject

from explorer.client.removed import Removed, with_row_back
from explorer.ui.controllers.compose import ComposeController
from explorer.ui.widgets.undo_offer import UndoOffer

_UNDO_KEY = "row"


class RemovedRowsController(QObject):
    """Offers to put back the row that was removed last."""

    def __init__(self, compose: ComposeController, undo: UndoOffer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._compose = compose
        self._undo = undo
        self._last: tuple[str, Removed] | None = None
        compose.row_removed.connect(self.on_compose_row_removed)
        undo.undone.connect(self.on_undo_undone)

    def on_compose_row_removed(self, request_id: str, removed: Removed) -> None:
        """Remember the row, and offer it."""
        self._last = request_id, removed
        self._undo.offer(_UNDO_KEY, f"Removed {removed.row.name or 'a row'}.")

    def on_undo_undone(self, key: str) -> None:
        """Put the row back into its request, unless that was closed."""
        if key != _UNDO_KEY or self._last is None:
            return
        (request_id, removed), self._last = self._last, None
        self._compose.open_requests.show(request_id)
        draft = self._compose.draft
        if draft is not None and self._compose.open_requests.requests.current == request_id:
            self._compose.on_request_draft_edited(with_row_back(draft, removed))
