"""Composing: the chosen operation, its draft, and what the schema has to say about it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from explorer.client.draft import RequestDraft
from explorer.client.starting import fitted_draft, starting_draft
from explorer.client.urls import apply_target, build_target, join_url, target_of
from explorer.openapi.examples import example_body_text
from explorer.openapi.hints import Hint, check_body, check_parameter, field_notes
from explorer.openapi.operations import Catalogue, Location, Operation
from explorer.ui.controllers.drafts import DraftKeeper
from explorer.ui.panels.compose_room import ComposeRoom
from explorer.ui.tasks import Tasks

CHECK_AFTER_MS = 120
FIRST_CHOICE = "GET /items"

ParameterHints = dict[tuple[Location, str], tuple[Hint, ...]]


class ComposeController(QObject):
    """Keeps panel, draft and saved drafts in step.

    Signals:
        operation_changed: another operation is open; its `Operation.key`.
    """

    operation_changed = Signal(str)

    def __init__(self, room: ComposeRoom, drafts: DraftKeeper, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._drafts = drafts
        self._tasks = tasks
        self._catalogue: Catalogue | None = None
        self._operation: Operation | None = None
        self._draft: RequestDraft | None = None
        self._base_url = ""
        self._check_timer = QTimer(self)
        self._check_timer.setSingleShot(True)
        self._check_timer.setInterval(CHECK_AFTER_MS)
        self._check_timer.timeout.connect(self.on_check_timer_timeout)
        room.operations.operation_chosen.connect(self.on_operations_operation_chosen)
        room.request.value_changed.connect(self.on_request_value_changed)
        room.request.body_changed.connect(self.on_request_body_changed)
        room.request.url_edited.connect(self.on_request_url_edited)
        room.request.example_requested.connect(self.on_request_example_requested)
        room.request.format_requested.connect(self.on_request_format_requested)
        room.request.copy_url_requested.connect(self.on_request_copy_url_requested)
        room.request.form_requested.connect(self.on_request_form_requested)

    @property
    def draft(self) -> RequestDraft | None:
        """The draft as it stands; None before an operation is open."""
        return self._draft

    @property
    def base_url(self) -> str:
        """The server's address, without a final slash."""
        return self._base_url

    def set_base_url(self, url: str) -> None:
        """Show and use another address."""
        self._base_url = url
        self._show_draft()

    def set_catalogue(self, catalogue: Catalogue, last_operation: str | None) -> None:
        """Offer these operations; the open one stays open, else the last one, else a good first one."""
        first = self._catalogue is None
        self._catalogue = catalogue
        self._room.operations.set_catalogue(catalogue)
        wanted = self._operation.key if self._operation is not None else last_operation
        operation = (
            (catalogue.find(wanted) if wanted else None)
            or catalogue.find(FIRST_CHOICE)
            or next(iter(catalogue.operations), None)
        )
        if operation is not None:
            self.open(operation)
        if first:
            self._room.invite_to_send()

    def open(self, operation: Operation) -> None:
        """Show an operation with its draft, as it was left."""
        document = self._document
        saved = self._drafts.get(operation.key)
        self._operation = operation
        self._draft = fitted_draft(saved, operation, document) if saved else starting_draft(operation, document)
        self._room.operations.select(operation.key)
        self._room.request.set_operation(operation)
        self._show_draft()
        self._check_timer.start(0)
        self.operation_changed.emit(operation.key)

    def on_operations_operation_chosen(self, key: str) -> None:
        """Open what was chosen in the tree."""
        operation = self._catalogue.find(key) if self._catalogue is not None else None
        if operation is not None and (self._operation is None or operation.key != self._operation.key):
            self.open(operation)

    def on_request_value_changed(self, location: Location, name: str, text: str | None) -> None:
        """Take over a value from the form; a hand-typed URL gives way to it."""
        if self._draft is not None:
            self._change(replace(self._draft.with_value(location, name, text), url_override=None))

    def on_request_body_changed(self, text: str) -> None:
        """Take over the body."""
        if self._draft is not None and text != self._draft.body:
            self._change(replace(self._draft, body=text))

    def on_request_url_edited(self, text: str) -> None:
        """Take over the URL bar: its values go into the form where they fit the operation's path."""
        if self._draft is None:
            return
        self._change(apply_target(self._draft, target_of(text, self._base_url)))

    def on_request_example_requested(self) -> None:
        """Put the schema's example into the body."""
        if self._draft is not None and self._operation is not None and self._operation.body is not None:
            self._change(replace(self._draft, body=example_body_text(self._operation.body, self._document)))

    def on_request_format_requested(self) -> None:
        """Lay the body out, if it is JSON."""
        from explorer.client.json_layout import JsonLayoutError, lay_out

        if self._draft is None or not self._draft.body:
            return
        try:
            self._change(replace(self._draft, body=lay_out(self._draft.body, 2 * len(self._draft.body) + 10_000)))
        except JsonLayoutError:
            return  # the hint at the broken line says what is wrong

    def on_request_copy_url_requested(self) -> None:
        """Put the whole URL on the clipboard."""
        if self._draft is not None:
            QApplication.clipboard().setText(join_url(self._base_url, build_target(self._draft)))

    def on_request_form_requested(self) -> None:
        """Let the form's own address hold again."""
        if self._draft is not None:
            self._change(replace(self._draft, url_override=None))

    def on_check_timer_timeout(self) -> None:
        """Hold the draft against the schema, off this thread."""
        if self._operation is not None and self._draft is not None:
            self._tasks.start(self._check(self._operation, self._draft), "check draft")

    @property
    def _document(self) -> Mapping[str, Any]:
        return self._catalogue.document if self._catalogue is not None else {}

    def _change(self, draft: RequestDraft) -> None:
        self._draft = draft
        self._drafts.keep(draft)
        self._show_draft()
        self._check_timer.start(CHECK_AFTER_MS)

    def _show_draft(self) -> None:
        if self._draft is not None:
            self._room.request.set_draft(self._draft, build_target(self._draft), self._base_url)

    async def _check(self, operation: Operation, draft: RequestDraft) -> None:
        parameters, hints, notes = await asyncio.to_thread(check_draft, operation, draft, self._document)
        if draft is self._draft:  # else a newer check is on its way
            self._room.request.set_parameter_hints(parameters)
            self._room.request.set_body_hints(hints, notes)


def check_draft(
    operation: Operation, draft: RequestDraft, document: Mapping[str, Any]
) -> tuple[ParameterHints, tuple[Hint, ...], Mapping[int, str]]:
    """Return the hints for parameters, the hints for the body, and the notes for its lines."""
    check: Callable[..., tuple[Hint, ...]] = check_parameter
    parameters: ParameterHints = {}
    for parameter in operation.parameters:
        hints = check(parameter, draft.value(parameter.location, parameter.name), document)
        if hints:
            parameters[parameter.location, parameter.name] = hints
    if operation.body is None or draft.body is None:
        return parameters, (), {}
    return (
        parameters,
        check_body(operation.body, draft.body, document),
        field_notes(operation.body, draft.body, document),
    )
