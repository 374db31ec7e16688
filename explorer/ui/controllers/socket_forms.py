"""What a client's form shows beside its draft: cookies that go along, and how things are with its token."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from explorer.client.cookies import CookieJar
from explorer.client.draft import Auth, AuthKind
from explorer.client.exchange import Exchange
from explorer.client.unsendable import UnsendableRequestError
from explorer.client.urls import full_url
from explorer.ui.controllers.socket_clients import SocketClient, SocketClients
from explorer.ui.controllers.tokens import TokenController
from explorer.ui.models.token_words import token_words
from explorer.ui.panels.sockets.ladder_panel import LadderPanel
from explorer.ui.tasks import Tasks


class SocketFormsController(QObject):
    """Keeps the forms in step with the jar and the tokens, and asks for tokens."""

    def __init__(
        self,
        panel: LadderPanel,
        clients: SocketClients,
        jar: CookieJar,
        tokens: TokenController,
        tasks: Tasks,
        clock: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._clients = clients
        self._jar = jar
        self._tokens = tokens
        self._tasks = tasks
        self._clock = clock
        self._asking: set[Auth] = set()
        self._refusals: dict[Auth, str] = {}
        unsubscribe = jar.subscribe(self.refresh)
        self.destroyed.connect(lambda _=None: unsubscribe())
        tokens.changed.connect(self.refresh)
        clients.changed.connect(self.refresh)
        panel.token_requested.connect(self.on_panel_token_requested)
        panel.token_forgotten.connect(self.on_panel_token_forgotten)
        panel.form_made.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show how things are now, in every form that was opened."""
        for client in self._clients.all():
            column = self._panel.column(client.draft.id)
            if column is None or column.form is None:
                continue
            column.form.set_jar_cookies(self._jar.for_url(self._url(client)))
            column.form.set_token_state(*self._token_state(client.draft.request.auth))

    def on_panel_token_requested(self, client_id: str) -> None:
        """Ask for a token now."""
        auth = self._auth(client_id)
        if auth is not None and auth not in self._asking:
            self._asking.add(auth)
            self._refusals.pop(auth, None)
            self.refresh()
            self._tasks.start(self._ask(auth), "ask for a token")

    def on_panel_token_forgotten(self, client_id: str) -> None:
        """Throw the token away."""
        auth = self._auth(client_id)
        if auth is not None:
            self._refusals.pop(auth, None)
            self._tokens.forget(auth, self._clients.base_url)

    def _auth(self, client_id: str) -> Auth | None:
        client = self._clients.get(client_id)
        if client is None or client.draft.request.auth.kind is not AuthKind.OAUTH2_PASSWORD:
            return None
        return client.draft.request.auth

    def _token_state(self, auth: Auth) -> tuple[str, str]:
        if auth.kind is not AuthKind.OAUTH2_PASSWORD:
            return "", ""
        if auth in self._asking:
            return "Asking for a token…", "warn"
        token = self._tokens.known(auth, self._clients.base_url)
        if token is None and auth in self._refusals:
            return self._refusals[auth], "err"
        return token_words(token, self._clock())

    def _url(self, client: SocketClient) -> str:
        try:
            url = full_url(self._clients.base_url, client.draft.request)
        except ValueError:  # it is being typed
            return ""
        return f"http{url[len('ws') :]}" if url.startswith("ws") else url

    async def _ask(self, auth: Auth) -> None:
        try:
            answer = await self._tokens.ask(auth, self._clients.base_url)
            if isinstance(answer, Exchange) and answer.failure is not None:
                self._refusals[auth] = answer.failure.sentence
        except UnsendableRequestError as error:
            self._refusals[auth] = str(error)
        finally:
            self._asking.discard(auth)
        self.refresh()
