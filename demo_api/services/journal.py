"""A journal: it makes visible what a response cannot tell, since it happens after the response was sent."""

import itertools
import time
from collections import deque

from demo_api.models.journal import JournalLine, JournalNote, JournalPage

MOST_PAGES = 50
MOST_LINES = 50


class Page:
    """What one request writes down. Several threads may write at once: appending to a list is one step."""

    def __init__(self, number: int, title: str) -> None:
        self.number = number
        self.title = title
        self._opened = time.perf_counter()
        self._lines: list[JournalLine] = []

    def write(self, text: str) -> None:
        """Add a line, unless the page is full."""
        if len(self._lines) < MOST_LINES:
            after = (time.perf_counter() - self._opened) * 1000
            self._lines.append(JournalLine(after_ms=round(after, 2), text=text))

    def note(self) -> JournalNote:
        """Return what the page says now, and where to read the rest."""
        return JournalNote(page=self.number, so_far=[line.text for line in self._lines])

    def read(self) -> JournalPage:
        """Return the whole page, as it is now."""
        return JournalPage(number=self.number, title=self.title, lines=list(self._lines))


class Journal:
    """The last pages. Older ones are forgotten: what grows with each request ends a server one day."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._pages: deque[Page] = deque(maxlen=MOST_PAGES)

    def open_page(self, title: str) -> Page:
        """Begin a page for one request."""
        page = Page(next(self._numbers), title)
        self._pages.append(page)
        return page

    def read(self, part: str) -> list[JournalPage]:
        """Return the pages with `part` in their title, the newest first. Behind a proxy, paths may begin otherwise."""
        return [page.read() for page in reversed(list(self._pages)) if part in page.title]
