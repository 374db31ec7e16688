"""The drafts of what was sent from here: they know more of a request than can be told from what the server saw."""

from __future__ import annotations

from collections import OrderedDict
from urllib.parse import unquote

from explorer.client.draft import RequestDraft
from explorer.client.exchange import Exchange
from explorer.client.urls import build_target

MOST = 100
_LONGEST = 1_000_000  # characters of a body; longer ones would fill the memory


class SentDrafts:
    """Remembers the last `MOST` drafts by the traces that they led to, in memory only."""

    def __init__(self) -> None:
        self._drafts: OrderedDict[str, RequestDraft] = OrderedDict()

    def add(self, exchange: Exchange, draft: RequestDraft) -> None:
        """Take note of what was sent, unless the trace is of another request: where a redirect led, or for a token."""
        request = exchange.request
        is_it = request.method == draft.method and unquote(request.url).endswith(unquote(build_target(draft)))
        if exchange.hops or not is_it or len(draft.body or "") > _LONGEST:
            return
        self._drafts[exchange.trace_id] = draft
        if len(self._drafts) > MOST:
            self._drafts.popitem(last=False)

    def get(self, trace_id: str) -> RequestDraft | None:
        """Return the draft that led to a trace; None when another client sent it, or it is too long ago."""
        return self._drafts.get(trace_id)
