"""OAuth2's password flow: a token is asked for before the request that needs one, and kept until it expires."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from explorer.client.auth import has_own_authorization
from explorer.client.draft import Auth, AuthKind, RequestDraft
from explorer.client.exchange import Exchange, Failure
from explorer.client.oauth2 import Token, TokenRefusedError, Tokens, read_token, token_request
from explorer.client.payload import Payload
from explorer.client.transport import Client
from explorer.trace.events import CLIENT_REQUEST
from explorer.ui.bridge import Bridge


class TokenController(QObject):
    """Holds the tokens of this session.

    Signals:
        changed: there is another token, or one less.
    """

    changed = Signal()

    def __init__(
        self, client: Client, bridge: Bridge, clock: Callable[[], float] = time.time, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._bridge = bridge
        self._clock = clock
        self._tokens = Tokens()

    def known(self, auth: Auth, base_url: str) -> Token | None:
        """Return the token that would be sent for `auth` without asking for another; None when there is none."""
        return self._tokens.get(auth, base_url, self._clock())

    def forget(self, auth: Auth, base_url: str) -> None:
        """Drop the token for `auth`."""
        self._tokens.forget(auth, base_url)
        self.changed.emit()

    def forget_server(self, base_url: str) -> None:
        """Drop what a server gave out before it was started anew; the next request that needs a token asks for one."""
        self._tokens.forget_server(base_url)
        self.changed.emit()

    async def token_for(self, draft: RequestDraft, base_url: str) -> str | Exchange | None:
        """Return the token that a draft needs, asking for one if there is none that is still good.

        Returns:
            None when the draft needs none, or nobody's name is entered yet: then the server's refusal is what the
            person wants to see. When no token was to be had, the exchange that says why.

        Raises:
            UnsendableRequestError: the token URL is no address.
        """
        auth = draft.auth
        if auth.kind is not AuthKind.OAUTH2_PASSWORD or not auth.username or has_own_authorization(draft):
            return None
        token = self.known(auth, base_url)
        if token is not None:
            return token.value
        answer = await self.ask(auth, base_url)
        return answer if isinstance(answer, Exchange) else answer.value

    async def ask(self, auth: Auth, base_url: str) -> Token | Exchange:
        """Ask for a token and keep it; when there is none to be had, return the exchange that says why.

        Raises:
            UnsendableRequestError: the token URL is no address.
        """
        exchange = await self._client.send(token_request(auth, base_url), emit=self._bridge.push)
        if exchange.failure is not None or exchange.response is None:
            return _without_token(exchange, exchange.failure)
        now = self._clock()
        try:
            token = read_token(exchange.response, now)
        except TokenRefusedError as error:
            return _without_token(exchange, Failure(stage=CLIENT_REQUEST, sentence=str(error)))
        self._tokens.put(auth, base_url, token, now)
        self.changed.emit()
        return token


def _without_token(exchange: Exchange, failure: Failure | None) -> Exchange:
    """Return an exchange that ended before the request itself was sent; the password that was sent is not in it."""
    return Exchange(
        trace_id=exchange.trace_id,
        request=replace(exchange.request, content=Payload()),
        response=None,
        failure=failure,
        sent_at=exchange.sent_at,
        elapsed_ns=exchange.elapsed_ns,
        address=exchange.address,
    )
