"""An exchange as the history keeps it: everything but secrets, file contents and the end of a long body."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

import msgspec

from explorer.client.body import Body
from explorer.client.content import content_of
from explorer.client.draft import RequestDraft
from explorer.client.exchange import Exchange, Failure, Headers, Hop, Phase, Request, Response
from explorer.client.known_secrets import hide, hide_bytes, secrets_of
from explorer.client.payload import Payload
from explorer.client.redaction import MASK, redact_body, redacted_headers, redacted_url
from explorer.client.secrets import without_secrets
from explorer.client.unsendable import UnsendableRequestError
from explorer.storage.history_file import HistoryEntry, HistoryRecord

BODY_AT_MOST = 256_000  # bytes of a response that are kept
_SEARCHED = 2_000  # characters of the request's body that can be searched
_SIGNING_IN = ("grant_type", "password")  # fields of a form whose answer may be a token

Plain = dict[str, Any]


class UnreadableRecordError(Exception):
    """What the history kept of a request cannot be read."""


def to_record(exchange: Exchange, draft: RequestDraft) -> HistoryRecord:
    """Return what is kept of an exchange and the draft it was sent from. Reads the beginning of the body."""
    safe, secrets = without_secrets(draft), secrets_of(exchange, draft)
    response, body = exchange.response, b""
    if response is not None:
        with suppress(OSError):  # somebody deleted its file
            body = _safe_body(response, draft, secrets)
    entry = HistoryEntry(
        at=exchange.sent_at,
        method=exchange.request.method,
        url=hide(redacted_url(exchange.request.url), secrets, MASK),
        operation=draft.key,
        status=None if response is None else response.status,
        cancelled=exchange.failure is not None and exchange.failure.cancelled,
        elapsed_ns=exchange.elapsed_ns,
        size=0 if response is None else response.body.size,
    )
    return HistoryRecord(
        entry=entry,
        draft=_encoded(msgspec.to_builtins(safe)),
        exchange=_encoded(_without(msgspec.to_builtins(_plain(exchange)), secrets)),
        body=body,
        search=hide(safe.body or "", secrets, MASK)[:_SEARCHED].encode(errors="replace").decode(),
    )


def from_record(record: HistoryRecord) -> tuple[RequestDraft, Exchange]:
    """Return the draft and the exchange that `to_record` kept.

    Raises:
        UnreadableRecordError: it is damaged, or another version of the program wrote what this one cannot read.
    """
    try:
        draft = msgspec.convert(json.loads(record.draft), RequestDraft)
        exchange = _exchange(json.loads(record.exchange), record)
    except (msgspec.MsgspecError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise UnreadableRecordError from error
    request = replace(exchange.request, content=_content_then(draft, exchange))
    return draft, replace(exchange, request=request)


def _content_then(draft: RequestDraft, exchange: Exchange) -> Payload:
    """Return the body that was sent, which the draft keeps; secrets and files that are gone are not in it."""
    request = exchange.request
    sent_as = next((text for name, text in request.headers if name.lower() == "content-type"), None)
    if exchange.response is None or request.method != draft.method or sent_as is None:
        return Payload()  # it never left, a redirect made another request of it, or it had no body
    try:
        return content_of(draft, sent_as)[0]
    except UnsendableRequestError:
        return Payload()


def _encoded(value: object) -> bytes:
    """Return a value as JSON. A text field may hold half a character, and only the standard library can write one."""
    return json.dumps(value).encode("ascii")


def _without(value: Any, secrets: frozenset[str]) -> Any:
    """Return plain JSON in which no text holds one of the secrets."""
    if isinstance(value, str):
        return hide(value, secrets, MASK)
    if isinstance(value, dict):
        return {name: _without(inner, secrets) for name, inner in value.items()}
    return [_without(inner, secrets) for inner in value] if isinstance(value, list | tuple) else value


def _safe_body(response: Response, draft: RequestDraft, secrets: frozenset[str]) -> bytes:
    """Return the beginning of a body without what looks like a secret, and without the secrets that were sent."""
    signs_in = any(field.name in _SIGNING_IN for field in draft.fields)
    content = response.body.read(0, BODY_AT_MOST)
    content = redact_body(response.header("content-type") or "", content, url_is_token_url=signs_in)
    return hide_bytes(content, secrets, MASK)


def _plain(exchange: Exchange) -> Plain:
    return {
        "trace_id": exchange.trace_id,
        "sent_at": exchange.sent_at,
        "elapsed_ns": exchange.elapsed_ns,
        "address": exchange.address,
        "request": _request_plain(exchange.request),
        "response": None if exchange.response is None else _response_plain(exchange.response),
        "failure": exchange.failure,
        "phases": exchange.phases,
        "hops": [
            {
                "request": _request_plain(hop.request),
                "response": _response_plain(hop.response),
                "trace_id": hop.trace_id,
                "elapsed_ns": hop.elapsed_ns,
            }
            for hop in exchange.hops
        ],
    }


def _exchange(plain: Plain, record: HistoryRecord) -> Exchange:
    response = None if plain["response"] is None else _response(plain["response"], record.body)
    if response is not None:
        kept = _what_was_kept(response.body.size, record.entry.size)
        response = replace(response, problem=f"{response.problem} {kept}".strip())
    return Exchange(
        trace_id=plain["trace_id"],
        request=_request(plain["request"]),
        response=response,
        failure=msgspec.convert(plain["failure"], Failure | None),
        sent_at=plain["sent_at"],
        elapsed_ns=plain["elapsed_ns"],
        address=plain["address"],
        phases=msgspec.convert(plain["phases"], tuple[Phase, ...]),
        hops=tuple(
            Hop(
                request=_request(hop["request"]),
                response=_response(hop["response"], b""),
                trace_id=hop["trace_id"],
                elapsed_ns=hop["elapsed_ns"],
            )
            for hop in plain["hops"]
        ),
    )


def _what_was_kept(size: int, size_then: int) -> str:
    if size_then and not size:
        return "The body was deleted before it could be kept in the history."
    if size_then > BODY_AT_MOST:
        return f"Only the first {BODY_AT_MOST:,} of {size_then:,} bytes were kept in the history."
    if size != size_then:
        return f"Secrets in this body were not kept in the history: {MASK} stands in their place."
    return ""


def _request_plain(request: Request) -> Plain:
    return {"method": request.method, "url": redacted_url(request.url), "headers": redacted_headers(request.headers)}


def _request(plain: Plain) -> Request:
    return Request(method=plain["method"], url=plain["url"], headers=_headers(plain["headers"]))


def _response_plain(response: Response) -> Plain:
    return {
        "status": response.status,
        "reason": response.reason,
        "http_version": response.http_version,
        "headers": redacted_headers(response.headers),
        "wire_size": response.wire_size,
        "problem": response.problem,
    }


def _response(plain: Plain, body: bytes) -> Response:
    return Response(**{**plain, "headers": _headers(plain["headers"])}, body=Body(body))


def _headers(plain: object) -> Headers:
    return msgspec.convert(plain, Headers)
