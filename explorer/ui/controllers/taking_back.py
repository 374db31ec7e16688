"""What a person did to a request in one click, and can take back for some seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from explorer.client.draft import RequestDraft
from explorer.client.open_requests import OpenRequest
from explorer.client.removed import Removed, with_row_back
from explorer.ui.controllers.compose import ComposeController
from explorer.ui.controllers.undoing import Undoing
from explorer.ui.widgets.undo_offer import UndoOffer
from explorer.ui.wording import count_text

_UNDO_KEY = "request"

Edit = Callable[[RequestDraft], RequestDraft]


class TakingBackController(QObject):
    """Offers to put back the row that was removed last, the body whose place an example took, and closed requests."""

    def __init__(self, compose: ComposeController, undo: UndoOffer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._compose = compose
        self._undo = undo
        self._last: tuple[str, Edit] | None = None
        compose.row_removed.connect(self.on_compose_row_removed)
        compose.body_replaced.connect(self.on_compose_body_replaced)
        undo.undone.connect(self.on_undo_undone)
        self._closing = Undoing(undo, "closed_request", self)
        compose.open_requests.put_away.connect(self.on_open_requests_put_away)

    def on_compose_row_removed(self, request_id: str, removed: Removed) -> None:
        """Offer a row."""
        sentence = f"Removed {removed.row.name or 'a row'}."
        self._offer(request_id, lambda draft: with_row_back(draft, removed), sentence)

    def on_compose_body_replaced(self, request_id: str, before: RequestDraft) -> None:
        """Offer a body."""
        sentence = "The example took the place of the body."
        self._offer(request_id, lambda draft: replace(draft, body=before.body, fields=before.fields), sentence)

    def on_open_requests_put_away(self, closed: list[OpenRequest]) -> None:
        """Offer requests that were closed."""
        if not closed:
            return
        requests = self._compose.open_requests

        def reopen() -> None:
            for _ in closed:
                requests.reopen()

        first = closed[0].draft
        named = f"{first.method} {first.path}" if len(closed) == 1 else count_text(len(closed), "request")
        self._closing.offer(f"Closed {named}.", reopen)

    def on_undo_undone(self, key: str) -> None:
        """Take back what was done last, unless its request was closed."""
        if key != _UNDO_KEY or self._last is None:
            return
        (request_id, edit), self._last = self._last, None
        self._compose.open_requests.show(request_id)
        draft = self._compose.draft
        if draft is not None and self._compose.open_requests.requests.current == request_id:
            self._compose.on_request_draft_edited(edit(draft))

    def _offer(self, request_id: str, edit: Edit, sentence: str) -> None:
        self._last = request_id, edit
        self._undo.offer(_UNDO_KEY, sentence)
