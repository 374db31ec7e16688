"""The OAuth2 token on the Auth page: how things are with it, getting one now, and forgetting it."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from explorer.client.draft import Auth, AuthKind
from explorer.client.exchange import Exchange
from explorer.client.unsendable import UnsendableRequestError
from explorer.ui.controllers.compose import ComposeController
from explorer.ui.controllers.tokens import TokenController
from explorer.ui.models.token_words import token_words
from explorer.ui.panels.request_panel import RequestPanel
from explorer.ui.tasks import Tasks

_EVERY_MS = 5_000  # how often the time that is left is told anew


class AuthController(QObject):
    """Keeps the state line of the Auth page in step with the tokens that are held."""

    def __init__(
        self,
        panel: RequestPanel,
        compose: ComposeController,
        tokens: TokenController,
        tasks: Tasks,
        clock: Callable[[], float] = time.time,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._compose = compose
        self._tokens = tokens
        self._tasks = tasks
        self._clock = clock
        self._asking: set[tuple[Auth, str]] = set()
        self._refusals: dict[tuple[Auth, str], str] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.refresh)
        panel.token_requested.connect(self.on_panel_token_requested)
        panel.token_forgotten.connect(self.on_panel_token_forgotten)
        panel.draft_edited.connect(self.refresh)
        compose.open_requests.front_changed.connect(self.refresh)
        tokens.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Say how things are with the token of the request in front."""
        key = self._key()
        if key is None:
            self._timer.stop()
            return
        if key in self._asking:
            self._panel.set_token_state("Asking for a token…", "warn")
            return
        token = self._tokens.known(*key)
        self._timer.start() if token is not None and token.expires_at is not None else self._timer.stop()
        if token is None and key in self._refusals:
            self._panel.set_token_state(self._refusals[key], "err")
        else:
            self._panel.set_token_state(*token_words(token, self._clock()))

    def on_panel_token_requested(self) -> None:
        """Ask for a token now."""
        key = self._key()
        if key is not None and key not in self._asking:
            self._asking.add(key)
            self._refusals.pop(key, None)
            self.refresh()
            self._tasks.start(self._ask(key), "ask for a token")

    def on_panel_token_forgotten(self) -> None:
        """Throw the token away."""
        key = self._key()
        if key is not None:
            self._refusals.pop(key, None)
            self._tokens.forget(*key)

    def _key(self) -> tuple[Auth, str] | None:
        draft = self._compose.draft
        if draft is None or draft.auth.kind is not AuthKind.OAUTH2_PASSWORD:
            return None
        return draft.auth, self._compose.base_url

    async def _ask(self, key: tuple[Auth, str]) -> None:
        try:
            answer = await self._tokens.ask(*key)
            if isinstance(answer, Exchange) and answer.failure is not None:
                self._refusals[key] = answer.failure.sentence
        except UnsendableRequestError as error:
            self._refusals[key] = str(error)
        finally:
            self._asking.discard(key)
        self.refresh()
