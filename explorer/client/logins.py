"""What a person proved who they are with, so that the next request that wants the same need not ask again."""

from __future__ import annotations

from dataclasses import replace

from explorer.client.draft import Auth, AuthKind, RequestDraft


class Logins:
    """Holds the last login of each kind, in memory only.

    A request that is typed to another server neither teaches a login nor gets one: a secret stays with its app.
    """

    def __init__(self) -> None:
        self._logins: dict[tuple[str, ...], Auth] = {}

    def learn(self, draft: RequestDraft) -> None:
        """Remember how a draft proves who sends it, if a secret is entered."""
        if _has_secret(draft.auth) and draft.url_override is None:
            self._logins[_way(draft.auth)] = draft.auth

    def filled(self, draft: RequestDraft) -> RequestDraft:
        """Return the draft with the login that its way of proving who one is had last; entered ones stay."""
        auth = draft.auth
        known = self._logins.get(_way(auth))
        if known is None or _has_secret(auth) or draft.url_override is not None:
            return draft
        if auth.username and auth.username != known.username:
            return draft  # somebody else, whose secret nobody has entered yet
        filled = replace(
            auth,
            token=known.token,
            username=known.username,
            password=known.password,
            key_value=known.key_value,
            client_id=auth.client_id or known.client_id,
            client_secret=known.client_secret,
            ask=False,
        )
        return replace(draft, auth=filled)


def _has_secret(auth: Auth) -> bool:
    entered = {
        AuthKind.BEARER: auth.token,
        AuthKind.BASIC: auth.password,
        AuthKind.API_KEY: auth.key_value,
        AuthKind.OAUTH2_PASSWORD: auth.password,
    }
    return bool(entered.get(auth.kind))


def _way(auth: Auth) -> tuple[str, ...]:
    """Return what must be equal for a login to be good for another request."""
    if auth.kind is AuthKind.OAUTH2_PASSWORD:
        return auth.kind, auth.token_url
    if auth.kind is AuthKind.API_KEY:
        return auth.kind, auth.key_name.lower(), auth.key_location
    return (auth.kind,)
