"""The requests that are open side by side, as tabs: which, in which order, and which one is in front."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

from explorer.client.draft import RequestDraft

MOST_CLOSED = 25  # closed requests that can be opened again


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRequest:
    """One request that is open.

    Attributes:
        id: unlike any other's, for ever.
        draft: what is composed in it.
        operation: the operation it was opened for, as `Operation.key`; empty for one that was begun by hand.
        touched: whether it was changed or sent since it was opened; one that was not gives way to another operation.
        unsent: whether it was changed since it was last sent, or opened.
        sent: the draft as it was last sent; None when it was not, or that is not known any more.
    """

    id: str
    draft: RequestDraft
    operation: str = ""
    touched: bool = False
    unsent: bool = False
    sent: RequestDraft | None = None

    @classmethod
    def new(cls, draft: RequestDraft, operation: str = "", *, touched: bool = False) -> Self:
        """Return a request that was just opened; `touched` when its draft is more than what anybody would get again."""
        return cls(id=uuid.uuid4().hex, draft=draft, operation=operation, touched=touched)

    @property
    def blank(self) -> bool:
        """Whether it was begun by hand, and nothing was entered yet."""
        return not self.operation and not self.touched


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRequests:
    """All that are open, and those closed last.

    Attributes:
        requests: from left to right.
        current: the `OpenRequest.id` of the one in front; empty when none is open.
        closed: those that can be opened again, the one closed last at the end.
    """

    requests: tuple[OpenRequest, ...] = ()
    current: str = ""
    closed: tuple[OpenRequest, ...] = ()

    @property
    def front(self) -> OpenRequest | None:
        """The request in front; None when none is open."""
        return self.find(self.current)

    def find(self, request_id: str) -> OpenRequest | None:
        """Return an open request by its id, or None."""
        return next((request for request in self.requests if request.id == request_id), None)

    def of_operation(self, key: str) -> OpenRequest | None:
        """Return the open request of an operation, the one in front if there are several; None when there is none."""
        front = self.front
        if front is not None and front.operation == key:
            return front
        return next((request for request in self.requests if request.operation == key), None)

    def opened(self, request: OpenRequest) -> OpenRequests:
        """Return these with another one in front, to the right of the one that was."""
        place = self._place(self.current) + 1
        requests = (*self.requests[:place], request, *self.requests[place:])
        return replace(self, requests=requests, current=request.id)

    def opened_instead(self, request: OpenRequest) -> OpenRequests:
        """Return these with another one in the place of the one in front."""
        requests = tuple(request if old.id == self.current else old for old in self.requests)
        return replace(self, requests=requests, current=request.id)

    def shown(self, request_id: str) -> OpenRequests:
        """Return these with this one in front; an unknown id changes nothing."""
        return replace(self, current=request_id) if self.find(request_id) is not None else self

    def stepped(self, by: int) -> OpenRequests:
        """Return these with the neighbour of the one in front; behind the last comes the first."""
        if not self.requests:
            return self
        place = (self._place(self.current) + by) % len(self.requests)
        return replace(self, current=self.requests[place].id)

    def moved(self, request_id: str, place: int) -> OpenRequests:
        """Return these with one at another place, counted from 0 and kept within the others."""
        request = self.find(request_id)
        if request is None:
            return self
        others = [other for other in self.requests if other.id != request_id]
        others.insert(max(0, place), request)
        return replace(self, requests=tuple(others))

    def changed(self, request_id: str, draft: RequestDraft) -> OpenRequests:
        """Return these with what a person made of one."""
        return self._with(request_id, lambda old: replace(old, draft=draft, touched=True, unsent=draft != old.sent))

    def fitted(self, request_id: str, draft: RequestDraft) -> OpenRequests:
        """Return these with a draft that was fitted to its operation, which is no change of the person's."""
        return self._with(request_id, lambda old: replace(old, draft=draft))

    def sent(self, request_id: str, draft: RequestDraft) -> OpenRequests:
        """Return these after one was sent as `draft`."""
        return self._with(request_id, lambda old: replace(old, touched=True, unsent=old.draft != draft, sent=draft))

    def without(self, request_id: str) -> OpenRequests:
        """Return these after one was closed. Its right neighbour comes to the front, or the left one at the end."""
        request = self.find(request_id)
        if request is None:
            return self
        place = self._place(request_id)
        left = tuple(other for other in self.requests if other.id != request_id)
        current = self.current
        if current == request_id:
            current = left[min(place, len(left) - 1)].id if left else ""
        closed = self.closed if request.blank else (*self.closed, request)[-MOST_CLOSED:]
        return OpenRequests(requests=left, current=current, closed=closed)

    def reopened(self) -> OpenRequests:
        """Return these with the one that was closed last; without one, nothing changes."""
        if not self.closed:
            return self
        return replace(self, closed=self.closed[:-1]).opened(self.closed[-1])

    def _place(self, request_id: str) -> int:
        return next((i for i, request in enumerate(self.requests) if request.id == request_id), -1)

    def _with(self, request_id: str, change: Callable[[OpenRequest], OpenRequest]) -> OpenRequests:
        requests = tuple(change(request) if request.id == request_id else request for request in self.requests)
        return replace(self, requests=requests)
