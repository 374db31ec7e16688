"""What of a draft may be written to a disk: everything but the values that let somebody in."""

from __future__ import annotations

import re
from dataclasses import replace

from explorer.client.draft import RequestDraft, Value
from explorer.openapi.operations import Location

_SECRET_NAME = re.compile(r"authorization|cookie|password|passwd|secret|token|api[-_]?key|credential", re.IGNORECASE)
_PASSWORD_IN_ADDRESS = re.compile(r"://[^/?#]*@")
_SECRET_IN_JSON = re.compile(
    r'("[^"\n]*(?:password|passwd|secret|token|api[-_]?key|credential)[^"\n]*"\s*:\s*)"(?:[^"\\\n]|\\.)*"',
    re.IGNORECASE,
)


def without_secrets(draft: RequestDraft) -> RequestDraft:
    """Return the draft with secret values taken out: "not sent" for parameters, an empty string in a JSON body.

    A URL that was typed by hand is left out when it names a secret, since it cannot be told apart safely.
    """
    url = draft.url_override
    return replace(
        draft,
        values=tuple(_safe(value) for value in draft.values),
        body=_SECRET_IN_JSON.sub(r'\1""', draft.body) if draft.body is not None else None,
        url_override=None if url is not None and _names_secret(url) else url,
    )


def _names_secret(url: str) -> bool:
    return bool(_SECRET_NAME.search(url) or _PASSWORD_IN_ADDRESS.search(url))


def _safe(value: Value) -> Value:
    secret = value.location is Location.COOKIE or _SECRET_NAME.search(value.name)
    return replace(value, text=None) if secret else value
