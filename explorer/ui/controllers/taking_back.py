"""What a person did to a request in one click, and can take back for some seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from explorer.client.draft import RequestDraft, Value
from explorer.client.open_requests import OpenRequest
from explorer.client.removed import Removed, with_row_back
from explorer.ui.controllers.compose import ComposeController
from explorer.ui.controllers.undoing import Undoing
from explorer.ui.panels.compose_room import ComposeRoom
from explorer.ui.widgets.undo_offer import UndoOffer
from explorer.ui.wording import count_text

_UNDO_KEY = "request"

Edit = Callable[[RequestDraft], RequestDraft]
Loc = tuple[str | int, ...]
"""Where a row is in the form, as a 422 would name it."""


class TakingBackController(QObject):
    """Offers to put back the row that was removed last, the body whose place an example took, and closed requests."""

    def __init__(
        self, room: ComposeRoom, compose: ComposeController, undo: UndoOffer, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._room = room
        self._compose = compose
        self._undo = undo
        self._last: tuple[str, Edit, Loc] | None = None
        compose.row_removed.connect(self.on_compose_row_removed)
        compose.body_replaced.connect(self.on_compose_body_replaced)
        undo.undone.connect(self.on_undo_undone)
        self._closing = Undoing(undo, "closed_request", self)
        compose.open_requests.put_away.connect(self.on_open_requests_put_away)
        compose.open_requests.brought_back.connect(self._closing.withdraw)

    def on_compose_row_removed(self, request_id: str, removed: Removed) -> None:
        """Offer a row."""
        sentence = f"Removed {removed.row.name or 'a row'}."
        row = removed.row
        loc = (str(row.location) if isinstance(row, Value) else "body", row.name, removed.number)
        self._offer(request_id, lambda draft: with_row_back(draft, removed), sentence, loc)

    def on_compose_body_replaced(self, request_id: str, before: RequestDraft) -> None:
        """Offer a body."""
        sentence = "The example took the place of the body."
        self._offer(
            request_id, lambda draft: replace(draft, body=before.body, fields=before.fields), sentence, ("body",)
        )

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
        self._closing.offer(f"Closed {named}.", reopen, self._room.open_requests.bar)

    def on_undo_undone(self, key: str) -> None:
        """Take back what was done last, unless its request was closed, and lead the person there."""
        if key != _UNDO_KEY or self._last is None:
            return
        (request_id, edit, loc), self._last = self._last, None
        self._compose.open_requests.show(request_id)
        draft = self._compose.draft
        if draft is not None and self._compose.open_requests.requests.current == request_id:
            self._compose.on_request_draft_edited(edit(draft))
            if self._room.request.isVisible():
                self._room.request.focus_loc(loc)

    def _offer(self, request_id: str, edit: Edit, sentence: str, loc: Loc) -> None:
        self._last = request_id, edit, loc
        self._undo.offer(_UNDO_KEY, sentence)
