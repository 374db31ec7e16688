"""Keeps every draft on the disk while it is typed: a crash loses at most the last moment."""

from __future__ import annotations

import logging

import msgspec

from explorer.client.draft import RequestDraft
from explorer.client.secrets import without_secrets
from explorer.storage.document import Document
from explorer.storage.drafts import Drafts
from explorer.storage.writer import Writer

_log = logging.getLogger("explorer.ui")


class DraftKeeper:
    """Holds the drafts of this session in memory, and saves them, without their secrets, a moment after a change."""

    def __init__(self, document: Document[Drafts], writer: Writer) -> None:
        self._document = document
        self._writer = writer
        self._session: dict[str, RequestDraft] = {}
        self._saved, self.notice = document.load()

    def get(self, key: str) -> RequestDraft | None:
        """Return the draft of an operation (`Operation.key`), or None when there is none that can be read."""
        if key in self._session:
            return self._session[key]
        plain = self._saved.by_operation.get(key)
        if plain is None:
            return None
        try:
            return msgspec.convert(plain, RequestDraft)
        except msgspec.ValidationError:
            # It stays in the file: another version of the program may be able to read it.
            _log.warning("The saved draft of %s could not be read", key)
            return None

    def keep(self, draft: RequestDraft) -> None:
        """Remember a draft, and save it soon."""
        if self._session.get(draft.key) == draft:
            return
        self._session[draft.key] = draft
        self._saved = drafts = self._saved.with_draft(draft.key, msgspec.to_builtins(without_secrets(draft)))
        self._writer.save(self._document.path, lambda: self._document.encode(drafts))
