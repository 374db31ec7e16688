"""What a person pastes into the URL bar: a curl command, or the address of a request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import unquote

from explorer.client.draft import Auth, AuthKind, RequestDraft
from explorer.client.importing.curl import draft_from_curl, is_curl
from explorer.client.matching import absolute_url, draft_from_target, local_target, match_operation
from explorer.client.open_requests import OpenRequest
from explorer.client.urls import apply_target, split_url
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
    url, login = _without_login(absolute_url(text))
    target = local_target(url, base_url)
    if front.operation and target is not None:
        filled = apply_target(replace(draft, url_override=None), target)
        if filled.url_override is None:
            return Pasted(draft=replace(filled, auth=login or filled.auth), fits=True)
    method = draft.method if match_operation(draft.method, url, base_url, known) or not front.operation else "GET"
    other = draft_from_target(method, url, base_url, known, known.document)
    return Pasted(draft=replace(other, auth=login or other.auth))


def _without_login(url: str) -> tuple[str, Auth | None]:
    """Return an address without the name and password in it, which travel in a header, and what they prove."""
    try:
        origin, target = split_url(url)
    except ValueError:
        return url, None
    scheme, _, server = origin.partition("://")
    user, at_sign, server = server.rpartition("@")
    if not at_sign:
        return url, None
    name, _, password = user.partition(":")
    login = Auth(kind=AuthKind.BASIC, username=unquote(name), password=unquote(password))
    return f"{scheme}://{server}{target}", login


def _remark(ignored: tuple[str, ...]) -> str:
    if not ignored:
        return ""
    return f"The command was taken over without {', '.join(ignored)}, which cannot be sent from here."
