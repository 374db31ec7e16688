"""Keeps every open request on the disk while it is typed: a crash loses at most the last moment."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from explorer.client.draft import RequestDraft
from explorer.client.open_requests import OpenRequest, OpenRequests
from explorer.client.secrets import without_secrets
from explorer.storage.document import Document, Plain
from explorer.storage.drafts import Drafts, SavedRequest
from explorer.storage.writer import Writer

_log = logging.getLogger("explorer.ui")


class DraftKeeper:
    """Holds the last draft of each operation, and saves them with all open requests a moment after a change.

    Secrets stay in memory. Taking them out, and all that has to do with JSON, happens on the writer's thread: a body
    of some megabytes would else stop the window at each key.

    Attributes:
        notice: what was amiss with the file, as a sentence; None when all is well.
    """

    def __init__(self, document: Document[Drafts], writer: Writer) -> None:
        self._document = document
        self._writer = writer
        self._saved, self.notice = document.load()
        self._session: dict[str, RequestDraft] = {}
        self._plain = _PlainDrafts(self._saved)

    def open_requests(self) -> OpenRequests:
        """Return what was open, as it was left."""
        requests, closed = _read_all(self._saved.open), _read_all(self._saved.closed)
        ids = [request.id for request in requests]
        current = self._saved.current if self._saved.current in ids else "".join(ids[:1])
        return OpenRequests(requests=requests, current=current, closed=closed)

    def get(self, key: str) -> RequestDraft | None:
        """Return the last draft of an operation (`Operation.key`), or None when there is none that can be read."""
        if key in self._session:
            return self._session[key]
        plain = self._saved.by_operation.get(key)
        return _read(plain, key) if plain is not None else None

    def keep(self, requests: OpenRequests) -> None:
        """Remember what is open, and save it soon."""
        front = requests.front
        if front is not None and front.operation and front.touched:
            self._session[front.operation] = front.draft
        drafts = dict(self._session)
        self._writer.save(self._document.path, lambda: self._document.encode(self._plain.drafts(requests, drafts)))


class _PlainDrafts:
    """Makes what is saved: drafts without secrets, as plain JSON. For one thread.

    Each draft is made plain once, since of many that are open only one changes at a time. What this version of the
    program cannot read is written back as it was: another version may be able to.
    """

    def __init__(self, saved: Drafts) -> None:
        self._by_operation = saved.by_operation
        self._unreadable = _unreadable(saved.open)
        self._unreadable_closed = _unreadable(saved.closed)
        self._made: dict[int, tuple[RequestDraft, Plain]] = {}
        self._made_before: dict[int, tuple[RequestDraft, Plain]] = {}

    def drafts(self, requests: OpenRequests, by_operation: Mapping[str, RequestDraft]) -> Drafts:
        self._made_before, self._made = self._made, {}
        return Drafts(
            open=(*map(self._request, requests.requests), *self._unreadable),
            current=requests.current,
            closed=(*self._unreadable_closed, *map(self._request, requests.closed)),
            by_operation={**self._by_operation, **{key: self._draft(draft) for key, draft in by_operation.items()}},
        )

    def _request(self, request: OpenRequest) -> SavedRequest:
        return SavedRequest(
            id=request.id,
            draft=self._draft(request.draft),
            operation=request.operation,
            touched=request.touched,
            unsent=request.unsent,
        )

    def _draft(self, draft: RequestDraft) -> Plain:
        made = self._made_before.get(id(draft))
        if made is None or made[0] is not draft:
            made = (draft, msgspec.to_builtins(without_secrets(draft)))
        self._made[id(draft)] = made
        return made[1]


def _unreadable(saved: Iterable[SavedRequest]) -> tuple[SavedRequest, ...]:
    return tuple(request for request in saved if _read(request.draft, request.id) is None)


def _read_all(saved: Iterable[SavedRequest]) -> tuple[OpenRequest, ...]:
    return tuple(
        OpenRequest(id=each.id, draft=draft, operation=each.operation, touched=each.touched, unsent=each.unsent)
        for each in saved
        if (draft := _read(each.draft, each.operation)) is not None
    )


def _read(plain: Mapping[str, Any], what: str) -> RequestDraft | None:
    try:
        return msgspec.convert(plain, RequestDraft)
    except msgspec.ValidationError:
        _log.warning("The saved draft of %s could not be read", what or "an open request")
        return None
