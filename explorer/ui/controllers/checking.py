"""What the schema has to say about a draft: a moment after the last key, and never on the window's thread."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, QTimer

from explorer.client.body_kinds import body_of
from explorer.client.draft import BodyKind, RequestDraft
from explorer.openapi.form_hints import check_form
from explorer.openapi.hints import Hint, check_body, check_values, field_notes
from explorer.openapi.operations import Location, Operation
from explorer.ui.panels.request_panel import RequestPanel
from explorer.ui.tasks import Tasks

CHECK_AFTER_MS = 120
_FORMS = (BodyKind.URLENCODED, BodyKind.MULTIPART)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftHints:
    """All that the schema has to say about a draft.

    Attributes:
        parameters: hints by place and name; those that are not named are fine.
        body: hints about the text of the body.
        notes: what the model wants, by 0-based line of the text.
        fields: hints about the rows of a form, by their index; -1 for what belongs to none.
    """

    parameters: Mapping[tuple[Location, str], tuple[Hint, ...]] = field(default_factory=dict)
    body: tuple[Hint, ...] = ()
    notes: Mapping[int, str] = field(default_factory=dict)
    fields: Mapping[int, tuple[Hint, ...]] = field(default_factory=dict)


class CheckController(QObject):
    """Checks the draft in the panel again and again."""

    def __init__(self, panel: RequestPanel, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self._tasks = tasks
        self._operation: Operation | None = None
        self._draft: RequestDraft | None = None
        self._document: Mapping[str, Any] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.on_timer_timeout)

    def check(
        self, operation: Operation | None, draft: RequestDraft, document: Mapping[str, Any], *, at_once: bool = False
    ) -> None:
        """Show before long what the schema says; `at_once` when nobody is typing."""
        self._operation, self._draft, self._document = operation, draft, document
        self._timer.start(0 if at_once else CHECK_AFTER_MS)

    def stop(self) -> None:
        """Check nothing more."""
        self._timer.stop()

    def on_timer_timeout(self) -> None:
        """Hold the draft against the schema, off this thread."""
        if self._operation is not None and self._draft is not None:
            self._tasks.start(self._check(self._operation, self._draft), "check draft")

    async def _check(self, operation: Operation, draft: RequestDraft) -> None:
        hints = await asyncio.to_thread(check_draft, operation, draft, self._document)
        if draft is self._draft and operation is self._operation:  # else a newer check is on its way
            self._panel.set_parameter_hints(hints.parameters)
            self._panel.body.set_field_hints(hints.fields)
            self._panel.set_body_hints(hints.body, hints.notes)


def check_draft(operation: Operation, draft: RequestDraft, document: Mapping[str, Any]) -> DraftHints:
    """Return what the schema has to say; slow enough for a thread of its own."""
    parameters = {}
    for parameter in operation.parameters:
        texts = _sent(draft, parameter.location, parameter.name)
        hints = check_values(parameter, texts, document)
        if hints:
            parameters[parameter.location, parameter.name] = hints
    body = body_of(operation, draft)
    if body is not None and draft.body_kind in _FORMS:
        return DraftHints(parameters=parameters, fields=check_form(body, draft.fields, document))
    if body is None or draft.body is None or draft.body_kind is not BodyKind.TEXT:
        return DraftHints(parameters=parameters)
    return DraftHints(
        parameters=parameters,
        body=check_body(body, draft.body, document),
        notes=field_notes(body, draft.body, document),
    )


def _sent(draft: RequestDraft, location: Location, name: str) -> tuple[str, ...]:
    """Return all texts that are sent under a name; headers are found whatever their case."""
    wanted = name.lower() if location is Location.HEADER else name
    return tuple(
        value.sent
        for value in draft.values
        if value.location is location
        and value.sent is not None
        and (value.name.lower() if location is Location.HEADER else value.name) == wanted
    )
