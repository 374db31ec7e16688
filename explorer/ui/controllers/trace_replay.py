"""Sends a recorded request again, or opens it in Compose, whoever sent it."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from explorer.client.draft import RequestDraft
from explorer.client.replaying import CannotReplayError, draft_of, obstacle
from explorer.client.sent_drafts import SentDrafts
from explorer.client.streams import stream_format
from explorer.openapi.operations import Catalogue
from explorer.storage.bodies import keep_body
from explorer.trace.answers import answer_of
from explorer.trace.journey import Journey
from explorer.trace.ledger import Changes
from explorer.trace.model import Trace
from explorer.ui.controllers.compose import ComposeController
from explorer.ui.controllers.sending import SendController
from explorer.ui.controllers.traces import TracesController
from explorer.ui.controllers.xray import XRayController
from explorer.ui.panels.traces.trace_detail import TraceDetail
from explorer.ui.tasks import Tasks

_NO_CATALOGUE = Catalogue(title="", version="")
_NOT_WRITTEN = "The body could not be put into a file ({reason}): make room on the disk, and try again."


class TraceReplay(QObject):
    """Serves the buttons of what is told of a request.

    Signals:
        opened: a request was opened in Compose, which is to be shown.
        failed: it could not be sent; one sentence.
        failed_before: that sentence, which is of no interest any more.
    """

    opened = Signal()
    failed = Signal(str)
    failed_before = Signal(str)

    def __init__(
        self,
        detail: TraceDetail,
        traces: TracesController,
        xray: XRayController,
        compose: ComposeController,
        sending: SendController,
        sent: SentDrafts,
        bodies: Path,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        """`sent` knows the drafts of what was sent from here, `bodies` is the folder for bodies that are no text."""
        super().__init__(parent)
        self._detail = detail
        self._traces = traces
        self._ledger = xray.traces
        self._compose = compose
        self._sending = sending
        self._sent = sent
        self._bodies = bodies
        self._tasks = tasks
        self._awaited = ("", "")  # the request that is sent again, and the trace of the new one
        self._failed = ""
        detail.send_again_requested.connect(self.on_detail_send_again_requested)
        detail.open_requested.connect(self.on_detail_open_requested)
        traces.told.connect(self.on_traces_told)
        xray.traces_changed.connect(self.on_xray_traces_changed)

    def on_traces_told(self, journey: Journey | None) -> None:
        """Say whether the request that is told of can be sent again."""
        sentence = obstacle(journey.trace) if journey is not None and self._remembered(journey.trace) is None else ""
        self._detail.set_resend(sentence)

    def on_detail_send_again_requested(self) -> None:
        """Send the request at once."""
        self._tasks.start(self._send_again(self._traces.chosen), "send a request again")

    def on_detail_open_requested(self) -> None:
        """Open the request beside those in Compose."""
        self._tasks.start(self._open(self._traces.chosen), "open a request in Compose")

    def on_xray_traces_changed(self, changes: Changes) -> None:
        """Turn to the new request as soon as it has reached the server, unless the person went on to another."""
        before, trace_id = self._awaited
        if trace_id in changes.begun:
            self._awaited = ("", "")
            if self._traces.chosen == before:
                self._traces.show(trace_id)

    async def _send_again(self, trace_id: str) -> None:
        trace = self._ledger.get(trace_id)
        draft = await self._draft(trace)
        if trace is None or draft is None:
            return
        if _streams(trace):  # it may never end, and Compose shows it and can stop it
            self._open_draft(draft)
            self._sending.send()
            return
        exchange = await self._sending.send_apart(draft, partial(self._await, trace_id))
        if exchange.failure is not None:
            self._fail(exchange.failure.sentence)

    async def _open(self, trace_id: str) -> None:
        draft = await self._draft(self._ledger.get(trace_id))
        if draft is not None:
            self._open_draft(draft)

    def _open_draft(self, draft: RequestDraft) -> None:
        self._compose.open_draft(draft)
        self.opened.emit()

    async def _draft(self, trace: Trace | None) -> RequestDraft | None:
        """Return what sends a request again; None when that cannot be, which is said."""
        self._fail("")
        if trace is None:
            return None
        remembered = self._remembered(trace)
        if remembered is not None:
            return remembered
        keep = partial(keep_body, self._bodies)
        try:
            return await asyncio.to_thread(draft_of, trace, self._compose.catalogue or _NO_CATALOGUE, keep)
        except CannotReplayError as error:
            self._fail(str(error))
        except OSError as error:
            self._fail(_NOT_WRITTEN.format(reason=error.strerror))
        return None

    def _remembered(self, trace: Trace) -> RequestDraft | None:
        return self._sent.get(trace.trace_id)

    def _await(self, before: str, trace_id: str) -> None:
        self._awaited = (before, trace_id)

    def _fail(self, sentence: str) -> None:
        """Say what went wrong, in place of what went wrong before; empty for nothing."""
        if self._failed:
            self.failed_before.emit(self._failed)
        self._failed = sentence
        if sentence:
            self.failed.emit(sentence)


def _streams(trace: Trace) -> bool:
    answer = answer_of(trace.connection) if trace.connection is not None else None
    headers = dict(answer.data.get("headers", ())) if answer is not None else {}
    return stream_format(headers.get(b"content-type", b"").decode("latin-1")) is not None
