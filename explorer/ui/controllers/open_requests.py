"""Which requests are open, in which order, and which one is in front."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from explorer.client.blank import blank_draft
from explorer.client.draft import RequestDraft
from explorer.client.open_requests import OpenRequest, OpenRequests
from explorer.client.urls import build_target
from explorer.ui.controllers.drafts import DraftKeeper
from explorer.ui.widgets.request_tab_bar import RequestTab
from explorer.ui.widgets.request_tabs import RequestTabs

_NEW = "New request"
_UNSENT = "Changed since it was last sent."
_PREVIEW = "Not changed yet: the next operation you choose takes its place."


class OpenRequestsController(QObject):
    """Opens, closes and moves requests, keeps them on the disk, and shows them as tabs.

    Signals:
        front_changed: another request is in front; its `OpenRequest.id`.
        closed: a request is not open any more; its id.
        put_away: the person closed requests that `reopen` brings back, each `OpenRequest` in its turn.
        brought_back: `reopen` was called.
    """

    front_changed = Signal(str)
    closed = Signal(str)
    put_away = Signal(list)
    brought_back = Signal()

    def __init__(self, strip: RequestTabs, drafts: DraftKeeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._strip = strip
        self._drafts = drafts
        self._requests = OpenRequests()
        self._under_way: set[str] = set()
        self._statuses: dict[str, str] = {}
        strip.chosen.connect(self.show)
        strip.new_requested.connect(self.open_blank)
        strip.close_requested.connect(self.close)
        strip.close_others_requested.connect(self.close_others)
        strip.duplicate_requested.connect(self.duplicate)
        strip.reopen_requested.connect(self.reopen)
        strip.moved.connect(self.on_strip_moved)
        strip.stepped.connect(self.on_strip_stepped)

    @property
    def requests(self) -> OpenRequests:
        """All that are open."""
        return self._requests

    @property
    def front(self) -> OpenRequest | None:
        """The one in front; None before anything is open."""
        return self._requests.front

    # --- opening and closing ------------------------------------------------------------------------------------------
    def restore(self) -> None:
        """Open what was open when the program ended."""
        self._requests = self._drafts.open_requests()
        self._show_tabs()
        if self._requests.front is not None:
            self.front_changed.emit(self._requests.current)

    def open(self, request: OpenRequest) -> None:
        """Open a request beside the others."""
        self._apply(self._requests.opened(request))

    def open_operation(self, key: str, make_draft: Callable[[], RequestDraft]) -> None:
        """Show the request of an operation, or open one: instead of the one in front if nobody has touched that."""
        there = self._requests.of_operation(key)
        if there is not None:
            self.show(there.id)
        else:
            self.open_here(OpenRequest.new(make_draft(), key))

    def open_here(self, request: OpenRequest) -> None:
        """Open a request instead of the one in front if nobody has touched that, else beside it."""
        front = self.front
        if front is None or front.touched or front.id in self._under_way:
            self._apply(self._requests.opened(request))
            return
        self._apply(self._requests.opened_instead(request))
        self._forget(front.id)

    def open_blank(self) -> None:
        """Begin a request by hand."""
        self.open(OpenRequest.new(blank_draft()))

    def close(self, request_id: str) -> None:
        """Close a request. There is always one: behind the last one a blank one opens."""
        request = self._requests.find(request_id)
        if request is None or (request.blank and len(self._requests.requests) == 1):
            return
        left = self._requests.without(request_id)
        self._apply(left if left.requests else left.opened(OpenRequest.new(blank_draft())))
        self._forget(request_id)
        if not request.blank:
            self.put_away.emit([request])

    def close_others(self, request_id: str) -> None:
        """Close all requests but one."""
        others = [other for other in self._requests.requests if other.id != request_id]
        for other in others:
            self.close(other.id)
        self.put_away.emit([other for other in others if not other.blank])

    def duplicate(self, request_id: str) -> None:
        """Open a request once more, with all that was entered."""
        request = self._requests.find(request_id)
        if request is not None:
            self.show(request_id)
            self.open(OpenRequest.new(request.draft, request.operation, touched=True))

    def reopen(self) -> None:
        """Bring back what was closed last."""
        self._apply(self._requests.reopened())
        self.brought_back.emit()

    def show(self, request_id: str) -> None:
        """Bring a request to the front."""
        self._apply(self._requests.shown(request_id))

    # --- what happens to a request ------------------------------------------------------------------------------------
    def change(self, draft: RequestDraft) -> None:
        """Take over what a person made of the request in front."""
        self._apply(self._requests.changed(self._requests.current, draft))

    def fit(self, draft: RequestDraft) -> None:
        """Take over how the request in front was fitted to its operation."""
        self._apply(self._requests.fitted(self._requests.current, draft))

    def begin_sending(self, request_id: str, draft: RequestDraft) -> None:
        """Take note that a request is under way."""
        self._under_way.add(request_id)
        self._apply(self._requests.sent(request_id, draft))

    def end_sending(self, request_id: str, status: str) -> None:
        """Take note of how a request ended: a status code, or a word."""
        self._under_way.discard(request_id)
        if self._requests.find(request_id) is not None:
            self._statuses[request_id] = status
            self._show_tabs()

    def on_strip_moved(self, request_id: str, place: int) -> None:
        """Take over the order that the person wants."""
        self._apply(self._requests.moved(request_id, place))

    def on_strip_stepped(self, by: int) -> None:
        """Bring a neighbour to the front."""
        self._apply(self._requests.stepped(by))

    # --- the rest -----------------------------------------------------------------------------------------------------
    def _apply(self, requests: OpenRequests) -> None:
        if requests == self._requests:
            return
        before, self._requests = self._requests, requests
        self._drafts.keep(requests)
        self._show_tabs()
        if requests.current != before.current:
            self.front_changed.emit(requests.current)

    def _forget(self, request_id: str) -> None:
        self._under_way.discard(request_id)
        self._statuses.pop(request_id, None)
        self.closed.emit(request_id)

    def _show_tabs(self) -> None:
        requests = self._requests
        tabs = [self._tab(request) for request in requests.requests]
        self._strip.set_tabs(tabs, requests.current, can_reopen=bool(requests.closed))

    def _tab(self, request: OpenRequest) -> RequestTab:
        target = build_target(request.draft)
        title = _NEW if request.blank else target.partition("?")[0]
        state = _UNSENT if request.unsent else "" if request.touched else _PREVIEW
        heading = title if request.blank else f"{request.draft.method} {target}"
        return RequestTab(
            id=request.id,
            method=request.draft.method,
            title=title,
            tip="\n".join(filter(None, (heading, state))),
            changed=request.unsent,
            sending=request.id in self._under_way,
            status=self._statuses.get(request.id, ""),
        )
