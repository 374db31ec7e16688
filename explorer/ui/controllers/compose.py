"""Composing: the request in front, its operation, and what the schema has to say about it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from explorer.client.blank import with_typed_target, without_left_over
from explorer.client.body_kinds import body_of
from explorer.client.draft import Auth, RequestDraft
from explorer.client.json_layout import JsonLayoutError, lay_out
from explorer.client.logins import Logins
from explorer.client.open_requests import OpenRequest
from explorer.client.removed import removed_row
from explorer.client.starting import fitted_draft, starting_auth, starting_draft, with_example
from explorer.client.urls import apply_target, build_target, join_url, target_of
from explorer.openapi.operations import Catalogue, Operation
from explorer.ui.controllers.body_files import BodyFilesController
from explorer.ui.controllers.checking import CheckController
from explorer.ui.controllers.drafts import DraftKeeper
from explorer.ui.controllers.open_requests import OpenRequestsController
from explorer.ui.panels.compose_room import ComposeRoom
from explorer.ui.tasks import Tasks

FIRST_CHOICE = "GET /items"
_LONG_BODY = 50_000  # characters; a longer one is laid out off the window's thread


class ComposeController(QObject):
    """Keeps the request panel in step with the request in front.

    Attributes:
        open_requests: which requests are open.

    Signals:
        operation_changed: another operation is open; its `Operation.key`, or empty for a request begun by hand.
        told: something to tell about what was pasted; one sentence.
        row_removed: a row with something in it was taken out; the `OpenRequest.id`, and the `Removed` row.
        body_replaced: an example took the place of what was entered; the `OpenRequest.id`, and the draft before.
        told_before: what was told of the last paste, and is of no interest any more.
    """

    operation_changed = Signal(str)
    told = Signal(str)
    row_removed = Signal(str, object)
    body_replaced = Signal(str, object)
    told_before = Signal(str)

    def __init__(self, room: ComposeRoom, drafts: DraftKeeper, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._drafts = drafts
        self._tasks = tasks
        self._catalogue: Catalogue | None = None
        self._operation: Operation | None = None
        self._fitted: set[str] = set()  # ids of the requests that were fitted to their operations in this catalogue
        self._base_url = ""
        self._told = ""
        self._logins = Logins()
        self._waits = True  # for what the app offers, which soon comes
        self._checks = CheckController(room.request, tasks, self)
        self._files = BodyFilesController(room.request.body, tasks, self)
        self.open_requests = OpenRequestsController(room.open_requests, drafts, self)
        self.open_requests.front_changed.connect(self.on_open_requests_front_changed)
        room.open_requests.new_requested.connect(room.request.focus_url)
        room.operations.operation_chosen.connect(self.on_operations_operation_chosen)
        room.request.draft_edited.connect(self.on_request_draft_edited)
        room.request.url_edited.connect(self.on_request_url_edited)
        room.request.pasted.connect(self.on_request_pasted)
        room.request.example_requested.connect(self.on_request_example_requested)
        room.request.format_requested.connect(self.on_request_format_requested)
        room.request.copy_url_requested.connect(self.on_request_copy_url_requested)
        room.request.form_requested.connect(self.on_request_form_requested)

    @property
    def draft(self) -> RequestDraft | None:
        """The draft of the request in front, as it stands; None before one is open."""
        front = self.open_requests.front
        return front.draft if front is not None else None

    @property
    def base_url(self) -> str:
        """The server's address, without a final slash."""
        return self._base_url

    @property
    def catalogue(self) -> Catalogue | None:
        """What the app offers; None while that is not known."""
        return self._catalogue

    def set_base_url(self, url: str) -> None:
        """Show and use another address."""
        self._base_url = url
        self._show_draft()

    def set_catalogue(self, catalogue: Catalogue, last_operation: str | None) -> None:
        """Offer these operations. What is open stays open; else the last operation opens, else a good first one."""
        first = self._catalogue is None
        self._catalogue = catalogue
        self._waits = False
        self._fitted.clear()
        self._room.operations.set_catalogue(catalogue)
        front = self.open_requests.front
        if front is not None and not (front.blank and len(self.open_requests.requests.requests) == 1):
            self._show_front()
        else:
            self._open_first(catalogue, last_operation)
        if first:
            self._room.invite_to_send()

    def set_no_catalogue(self) -> None:
        """Show what was typed although nothing is known of the app: it did not start, or has no OpenAPI document."""
        self._waits = False
        if self._catalogue is None and self.open_requests.front is None:
            self.open_requests.open_blank()
        elif self._catalogue is None:
            self._show_front()

    def stop(self) -> None:
        """Begin nothing more: the program ends."""
        self._checks.stop()

    def open_operation(self, operation: Operation) -> None:
        """Show the request of an operation, with its last draft if it is opened anew."""
        self.open_requests.open_operation(operation.key, lambda: self._draft_for(operation))

    def open_draft(self, draft: RequestDraft) -> None:
        """Open a draft in a request of its own, exactly as it is."""
        self.open_requests.open(self._exactly(draft))

    def look_at(self, draft: RequestDraft) -> None:
        """Open a draft that was sent before, exactly. The next takes its place, until it is changed or sent."""
        draft = self._logins.filled(draft) if draft.auth.ask else draft
        request = self._exactly(draft)
        self.open_requests.open_here(replace(request, touched=not request.operation, sent=draft))

    # --- reactions ----------------------------------------------------------------------------------------------------
    def on_open_requests_front_changed(self, _request_id: str) -> None:
        """Show another request."""
        self._show_front()

    def on_operations_operation_chosen(self, key: str) -> None:
        """Open what was chosen in the tree."""
        operation = self._find(key)
        if operation is not None:
            self.open_operation(operation)

    def on_request_draft_edited(self, draft: RequestDraft) -> None:
        """Take over what the person changed in the form."""
        before = self.draft
        self._change(draft)
        removed = removed_row(before, draft) if before is not None else None
        if removed is not None:
            self.row_removed.emit(self.open_requests.requests.current, removed)

    def on_request_url_edited(self, text: str) -> None:
        """Take over the URL bar: its values go into the form where they fit the path."""
        front, target = self.open_requests.front, target_of(text, self._base_url)
        if front is None:
            return
        if not front.operation:
            self._change(with_typed_target(front.draft, target))
            return
        parameters = self._operation.parameters if self._operation is not None else ()
        declared = {(parameter.location, parameter.name) for parameter in parameters}
        self._change(without_left_over(front.draft, apply_target(front.draft, target), declared))

    def on_request_pasted(self, text: str) -> None:
        """Take over a curl command or a whole URL. What was typed before stays in a request of its own."""
        from explorer.client.importing.curl_options import CurlError
        from explorer.client.pasting import read_pasted

        front = self.open_requests.front
        if front is None:
            return
        self._tell("")
        try:
            pasted = read_pasted(text, front, self._base_url, self._catalogue)
        except CurlError as error:
            self._tell(str(error))
            return
        if pasted.fits:
            self._change(pasted.draft)
        else:
            self.open_requests.open_here(self._exactly(pasted.draft))
        self._tell(pasted.remark)

    def on_request_example_requested(self) -> None:
        """Put the schema's example into the body."""
        draft, operation = self.draft, self._operation
        if draft is None or operation is None:
            return
        body = body_of(operation, draft) or operation.body
        if body is not None:
            self._change(with_example(draft, body, self._document))
            if (draft.body or draft.fields) and draft != self.draft:
                self.body_replaced.emit(self.open_requests.requests.current, draft)

    def on_request_format_requested(self) -> None:
        """Lay the body out, if it is JSON."""
        draft = self.draft
        if draft is None or not draft.body:
            return
        if len(draft.body) > _LONG_BODY:
            self._tasks.start(self._lay_out(draft, draft.body), "lay the body out")
        elif (text := _laid_out(draft.body)) is not None:
            self._change(replace(draft, body=text))

    def on_request_copy_url_requested(self) -> None:
        """Put the whole URL on the clipboard."""
        if self.draft is not None:
            QApplication.clipboard().setText(join_url(self._base_url, build_target(self.draft)))

    def on_request_form_requested(self) -> None:
        """Let the form's own address hold again."""
        if self.draft is not None:
            self._change(replace(self.draft, url_override=None))

    def _tell(self, sentence: str) -> None:
        """Tell something about what was pasted, in place of what was told of the paste before."""
        if self._told:
            self.told_before.emit(self._told)
        self._told = sentence
        if sentence:
            self.told.emit(sentence)

    # --- the request in front -----------------------------------------------------------------------------------------
    @property
    def _document(self) -> Mapping[str, Any]:
        return self._catalogue.document if self._catalogue is not None else {}

    def _find(self, key: str) -> Operation | None:
        return self._catalogue.find(key) if self._catalogue is not None and key else None

    def _open_first(self, catalogue: Catalogue, last_operation: str | None) -> None:
        operation = (
            (catalogue.find(last_operation) if last_operation else None)
            or catalogue.find(FIRST_CHOICE)
            or next(iter(catalogue.operations), None)
        )
        if operation is not None:
            self.open_operation(operation)
        else:
            self.open_requests.open_blank()

    def _draft_for(self, operation: Operation) -> RequestDraft:
        """Return the last draft of an operation, or what it starts with."""
        saved = self._drafts.get(operation.key)
        if saved is not None:
            return self._fit(saved, operation)
        return self._logins.filled(starting_draft(operation, self._document, auth=self._auth_of(operation)))

    def _exactly(self, draft: RequestDraft) -> OpenRequest:
        """Return a request for a draft from elsewhere, to which its operation adds nothing."""
        operation = draft.key if self._find(draft.key) is not None else ""
        request = OpenRequest.new(draft, operation, touched=True)
        self._fitted.add(request.id)
        return request

    def _fit(self, draft: RequestDraft, operation: Operation) -> RequestDraft:
        return self._logins.filled(fitted_draft(draft, operation, self._document, auth=self._auth_of(operation)))

    def _auth_of(self, operation: Operation) -> Auth | None:
        return starting_auth(operation, self._catalogue) if self._catalogue is not None else None

    def _change(self, draft: RequestDraft) -> None:
        self.open_requests.change(draft)
        self._logins.learn(draft)
        self._show_draft()
        self._checks.check(self._operation, draft, self._document)

    def _show_front(self) -> None:
        """Show the request in front in the tree and in the panel."""
        front = self.open_requests.front
        if front is None:
            return
        self._operation = operation = self._find(front.operation)
        if operation is not None and front.id not in self._fitted:
            self._fitted.add(front.id)
            self.open_requests.fit(self._fit(front.draft, operation))
        self._room.operations.select(front.operation)
        if self._waits and front.operation:
            return  # its form is not known yet, and another one would be gone again in a moment
        with self._room.focus_kept():
            self._room.request.set_operation(operation, self._catalogue)
            self._show_draft()
        if self.draft is not None:
            self._checks.check(operation, self.draft, self._document, at_once=True)
        self.operation_changed.emit(front.operation)

    def _show_draft(self) -> None:
        front = self.open_requests.front
        if front is not None and not (self._waits and front.operation):
            self._room.request.set_draft(front.draft, build_target(front.draft), self._base_url)

    async def _lay_out(self, draft: RequestDraft, body: str) -> None:
        text = await asyncio.to_thread(_laid_out, body)
        if text is not None and draft is self.draft:  # else the person went on in the meantime
            self._change(replace(draft, body=text))


def _laid_out(text: str) -> str | None:
    """Return JSON with one member a line; None when it is broken: the hint at the line says what is wrong."""
    try:
        return lay_out(text, 2 * len(text) + 10_000)
    except JsonLayoutError:
        return None
