"""Searching in a body: words in its text, and values by JSONPath. Large bodies are searched by a helper process."""

from __future__ import annotations

import enum
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from explorer.client.body import Body
from explorer.client.viewers.body_rows import column_of
from explorer.client.viewers.messages import Message
from explorer.client.viewers.rows import Row
from explorer.client.viewers.search import FOUND_AT_MOST, bytes_pattern, longest, pattern, search
from explorer.ui.body_helper import BodyHelper
from explorer.ui.widgets.row_shape import Mark


class By(enum.StrEnum):
    """In which way somebody looks for something."""

    TEXT = "Text"
    PATH = "JSONPath"
    BYTES = "Bytes"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for.

    Attributes:
        text: the words, the path, or bytes in hexadecimal.
        match_case: whether capital letters differ from small ones.
        by: which of them it is.
    """

    text: str = ""
    match_case: bool = False
    by: By = By.TEXT


@dataclass(frozen=True, slots=True)
class PathHit:
    """A value that a JSONPath selected: where it is, and its beginning."""

    path: str
    preview: str


class Finder(QObject):
    """Searches one text at a time.

    Signals:
        changed: there are more findings, or another one is the current one.
        finished: the search is over.
        refused: it cannot be done; one sentence.
        progressed: percent of the text that were searched.
    """

    changed = Signal()
    finished = Signal()
    refused = Signal(str)
    progressed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._helper = BodyHelper(self)
        self._helper.lost.connect(self._on_helper_lost)
        self._starts: list[int] = []
        self._lengths: list[int] = []
        self._order: list[int] = []  # of the findings by path: where in the text each comes
        self.hits: list[PathHit] = []
        self.current = -1
        self.running = False

    @property
    def count(self) -> int:
        """How many findings are known."""
        return min(len(self._starts), FOUND_AT_MOST)

    @property
    def count_text(self) -> str:
        """The findings in words: ``3 of 17``, ``10,000+``."""
        more = "+" if len(self._starts) > FOUND_AT_MOST else ""
        if not self._starts:
            return "" if self.running else "Nothing found"
        return f"{self.current + 1:,} of {self.count:,}{more}" if self.current >= 0 else f"{self.count:,}{more}"

    def start(self, text: Body, wanted: Wanted, *, as_json: bool) -> None:
        """Search a text in UTF-8, or any bytes; findings of a small one are there when this returns.

        Raises:
            OSError: the body was taken away.
        """
        self.stop()
        if not wanted.text:
            self.changed.emit()
            return
        self.running = True
        source = {"path": str(text.path)} if text.path is not None else {}
        try:
            if wanted.by is By.PATH:
                self._follow(text, wanted, source)
            elif source:
                self._ask_for(wanted, as_json=as_json, source=source)
            else:
                for hits in search(text.read(), _pattern(wanted, as_json=as_json), longest(wanted.text)):
                    self._add(hits.spans)
                self._finish()
        except ValueError as error:
            self._refuse(str(error))

    def _follow(self, text: Body, wanted: Wanted, source: dict[str, str]) -> None:
        given = source or {"text": text.read().decode("utf-8", "replace")}
        self._helper.ask("follow", self._on_reply, wanted=wanted.text, **given)

    def _ask_for(self, wanted: Wanted, *, as_json: bool, source: dict[str, str]) -> None:
        _pattern(wanted, as_json=as_json)  # a mistake is told at once
        self._helper.ask(
            "find",
            self._on_reply,
            wanted=wanted.text,
            match_case=wanted.match_case,
            as_json=as_json,
            as_bytes=wanted.by is By.BYTES,
            **source,
        )

    def stop(self) -> None:
        """Leave off, and forget what was found."""
        self._helper.stop()
        self._starts, self._lengths, self._order, self.hits = [], [], [], []
        self.current = -1
        self.running = False

    def position(self) -> int:
        """Return where the current finding begins; -1 when there is none."""
        return self._starts[self.current] if self.current >= 0 else -1

    def step(self, by: int) -> None:
        """Make the next finding the current one, or the one before; behind the last comes the first."""
        if self.count:
            self.current = (self.current + by) % self.count if self.current >= 0 else (0 if by > 0 else self.count - 1)
            self.changed.emit()

    def go_to_first_from(self, position: int) -> None:
        """Make the first finding from a byte on the current one."""
        if self.count:
            self.current = min(bisect_left(self._starts, position), self.count - 1)
            self.changed.emit()

    def choose_hit(self, number: int) -> None:
        """Make a finding by path the current one."""
        if 0 <= number < len(self._order):
            self.current = self._order[number]
            self.changed.emit()

    def hit_number(self) -> int:
        """Return which of `hits` is the current finding; -1 for none."""
        return self._order.index(self.current) if self.current in self._order else -1

    def spans(self, start: int, end: int) -> list[tuple[int, int, bool]]:
        """Return (start, end, whether it is the current one) of each finding that touches some bytes."""
        at = bisect_right(self._starts, start)
        if at and self._starts[at - 1] + self._lengths[at - 1] > start:
            at -= 1
        found: list[tuple[int, int, bool]] = []
        while at < self.count and self._starts[at] < end:
            begin, stop = self._starts[at], self._starts[at] + self._lengths[at]
            found.append((max(start, begin), min(end, stop), at == self.current))
            at += 1
        return found

    def marks(self, _number: int, row: Row) -> list[Mark]:
        """Return what stands out in a row."""
        if not self._starts or not row.pieces:
            return []
        first = row.pieces[0][1]
        column, start = row.pieces[-1]
        last = start + len(row.text[column:].encode("utf-8", "replace"))
        found: list[Mark] = []
        for begin, end, is_current in self.spans(first, last):
            left = column_of(row, begin)
            right = column_of(row, end - 1) + 1 if end < last else len(row.text)
            found.append(Mark(left, max(1, right - left), is_current))
        return found

    def _on_reply(self, message: Message) -> None:
        if "spans" in message:
            self._add([(start, length) for start, length in message["spans"]])
            self.progressed.emit(message["searched"] * 100 // max(1, message["size"]))
            self.changed.emit()
        elif "found" in message:
            self._add_hits(message["found"])
        elif "sentence" in message:
            self._refuse(message["sentence"])
        elif "gone" in message:
            self._refuse("The file that held this body was taken away, so it cannot be searched.")
        if message.get("done") and self.running:
            self._finish()

    def _add(self, spans: list[tuple[int, int]]) -> None:
        self._starts += [start for start, _ in spans]
        self._lengths += [length for _, length in spans]

    def _add_hits(self, found: list[tuple[str, int, int, str]]) -> None:
        """Take values that a path selected, which need not come in the order of the text."""
        self.hits = [PathHit(path, preview) for path, _, _, preview in found[:FOUND_AT_MOST]]
        places = sorted(range(len(found)), key=lambda number: found[number][1])
        self._order = [0] * len(found)
        for place, number in enumerate(places):
            self._order[number] = place
        self._add([(found[number][1], found[number][2]) for number in places])

    def _finish(self) -> None:
        self.running = False
        self._helper.stop()  # its memory goes with it
        self.changed.emit()
        self.finished.emit()

    def _refuse(self, sentence: str) -> None:
        self.stop()
        self.refused.emit(sentence)

    def _on_helper_lost(self) -> None:
        self._refuse("The helper process that searches ended twice, perhaps for lack of memory. Try a shorter search.")


def _pattern(wanted: Wanted, *, as_json: bool) -> re.Pattern[bytes]:
    if wanted.by is By.BYTES:
        return bytes_pattern(wanted.text)
    return pattern(wanted.text, match_case=wanted.match_case, as_json=as_json)
