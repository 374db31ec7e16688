"""What a person pastes into the URL bar: a curl command, or the address of a request."""

from __future__ import annotations

from dataclasses import dataclass, replace

from explorer.client.draft import RequestDraft
from explorer.client.importing.curl import draft_from_curl, is_curl
from explorer.client.matching import absolute_url, draft_from_target, local_target, match_operation
from explorer.client.open_requests import OpenRequest
from explorer.client.urls import apply_target
from explorer.openapi.operations import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What was made of a pasted text.

    Attributes:
        draft: the request.
        fits: whether it is the request in front with other values, rather than another request.
        remark: what could not be taken over, as a sentence; empty when all was.
    """

    draft: RequestDraft
    fits: bool = False
    remark: str = ""


def read_pasted(text: str, front: OpenRequest, base_url: str, catalogue: Catalogue | None) -> Pasted:
    """Make a request of a pasted text.

    Args:
        text: a curl command, or an address.
        front: the request that it was pasted into.
        base_url: the server's address.
        catalogue: what the server offers; None while that is not known.

    Raises:
        CurlError: the command cannot be understood; the message is a sentence.
    """
    known = catalogue or Catalogue(title="", version="")
    if is_curl(text):
        imported = draft_from_curl(text, base_url, known)
        return Pasted(draft=imported.draft, remark=_remark(imported.ignored))
    draft = front.draft
    target = local_target(absolute_url(text), base_url)
    if front.operation and target is not None:
        filled = apply_target(replace(draft, url_override=None), target)
        if filled.url_override is None:
            return Pasted(draft=filled, fits=True)
    method = draft.method if match_operation(draft.method, text, base_url, known) or not front.operation else "GET"
    return Pasted(draft=draft_from_target(method, text, base_url, known, known.document))


def _remark(ignored: tuple[str, ...]) -> str:
    if not ignored:
        return ""
    return f"The command was taken over without {', '.join(ignored)}, which cannot be sent from here."
