"""Holds each answer against what its operation promises, off the window's thread."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from explorer.client.exchange import Exchange, Response
from explorer.openapi.operations import Catalogue
from explorer.ui.controllers.compose import ComposeController
from explorer.ui.models.response_state import ResponseState
from explorer.ui.tasks import Tasks

if TYPE_CHECKING:
    from explorer.openapi.response_check import ResponseVerdict


class VerdictController(QObject):
    """Says of a response whether it is what the app's document promises."""

    def __init__(self, compose: ComposeController, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._compose = compose
        self._tasks = tasks

    def judge(self, state: ResponseState) -> None:
        """Check the response of a state, if it is whole; the verdict goes to the state."""
        exchange, catalogue = state.exchange, self._compose.catalogue
        if exchange is None or exchange.response is None or catalogue is None:
            return
        if exchange.failure is None and not exchange.response.problem:
            self._tasks.start(self._judge(state, exchange, exchange.response, catalogue), "check response")

    async def _judge(self, state: ResponseState, exchange: Exchange, response: Response, catalogue: Catalogue) -> None:
        verdict = await asyncio.to_thread(verdict_on, exchange, response, catalogue, self._compose.base_url)
        if verdict is not None and state.exchange is exchange:  # else it was sent again, or closed
            state.set_verdict(verdict)


def verdict_on(exchange: Exchange, response: Response, catalogue: Catalogue, base_url: str) -> ResponseVerdict | None:
    """Return what the operation that answered says of the response; None when none of the catalogue did.

    The operation is found by what was sent, for a URL typed by hand or a redirect may have led to another one.
    """
    from explorer.client.matching import match_operation  # neither is needed before the first answer is painted
    from explorer.openapi.response_check import MAX_CHECKED, check_response

    operation = match_operation(exchange.request.method, exchange.request.url, base_url, catalogue)
    if operation is None:
        return None
    try:
        body = response.body.read(0, MAX_CHECKED + 1)
    except OSError:  # its file was taken away
        return None
    media_type = response.header("content-type") or ""
    verdict = check_response(operation, response.status, media_type, body, catalogue.document)
    return replace(verdict, known=verdict.known and verdict.checked)
