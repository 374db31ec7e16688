"""The tabs of a request: which parts it has, and what stands beside their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from explorer.client.auth import has_own_authorization
from explorer.client.draft import Auth, AuthKind, RequestDraft, SendOptions
from explorer.client.rows import Row
from explorer.openapi.hints import Hint
from explorer.openapi.operations import Location, Operation
from explorer.ui.widgets.counted_tabs import Tab
from explorer.ui.widgets.parameter_section import SECTIONS
from explorer.ui.wording import count_text

BODY, AUTH, OPTIONS = "body", "auth", "options"
AUTH_NAMES = {
    AuthKind.NONE: "None",
    AuthKind.BEARER: "Bearer",
    AuthKind.BASIC: "Basic",
    AuthKind.API_KEY: "API key",
    AuthKind.OAUTH2_PASSWORD: "OAuth2",
}


def request_tabs(
    draft: RequestDraft,
    operation: Operation | None,
    rows: tuple[Row, ...],
    hints: Mapping[tuple[Location, str], tuple[Hint, ...]],
    body: tuple[str, bool],
) -> tuple[Tab, ...]:
    """Return the tabs.

    Args:
        draft: what is composed.
        operation: what it belongs to, if anything.
        rows: all rows of the form.
        hints: what the schema says of the parameters.
        body: what stands beside Body, and whether that counts mistakes.
    """
    tabs = []
    for location, (label, _) in SECTIONS.items():
        count = sum(row.location is location for row in rows)
        wrong = sum(any(hint.error for hint in those) for key, those in hints.items() if key[0] is location)
        if count or location is not Location.PATH:
            text = count_text(wrong, "error") if wrong else str(count or "")
            tabs.append(Tab(location, label, text, bool(wrong)))
    tabs.append(Tab(BODY, "Body", *body))
    tabs.append(_auth_tab(draft, operation))
    changed = changed_options(draft.options)
    tabs.append(Tab(OPTIONS, "Options", str(changed or "")))
    return tuple(tabs)


def changed_options(options: SendOptions) -> int:
    """Return how many options are not as they are at first."""
    usual = SendOptions()
    return sum(getattr(options, field.name) != getattr(usual, field.name) for field in fields(SendOptions))


def _auth_tab(draft: RequestDraft, operation: Operation | None) -> Tab:
    auth = draft.auth
    if auth.kind is AuthKind.NONE:
        wanted = operation is not None and bool(operation.security) and not has_own_authorization(draft)
        return Tab(AUTH, "Auth", "wanted" if wanted else "", tone="warn" if wanted else "")
    return Tab(AUTH, "Auth", AUTH_NAMES[auth.kind], tone="ok" if _filled(auth) else "warn")


def _filled(auth: Auth) -> bool:
    """Tell whether enough is entered for anything to be sent."""
    needed = {AuthKind.BEARER: auth.token, AuthKind.API_KEY: auth.key_value}
    return bool(needed.get(auth.kind, auth.username)) and not auth.ask
