"""The file name that a server proposes for a body, made harmless."""

from __future__ import annotations

import re
from contextlib import suppress

from explorer.client.exchange import Response

_LONGEST = 120  # characters
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u202a-\u202e\u2066-\u2069]')  # by a file system, or to deceive the eye


def proposed_name(response: Response) -> str:
    """Return the name in Content-Disposition without any folder; empty when there is none that a file could have."""
    header = response.header("content-disposition")
    if not header:
        return ""
    from email.message import Message  # late: only few responses have such a header

    message = Message()
    message["Content-Disposition"] = header.replace("\r", " ").replace("\n", " ")
    name = message.get_filename("")
    with suppress(UnicodeError):
        name = name.encode("latin-1").decode("utf-8")  # as many servers send it, against the rules
    base = re.split(r"[/\\]", name)[-1]
    return _FORBIDDEN.sub("", base).strip(" .")[-_LONGEST:]
