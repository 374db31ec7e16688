"""Makes the rows of a body known to a view, step by step, without stopping the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.client.body import Body
from explorer.client.viewers.body_rows import BodyRows, Known
from explorer.client.viewers.content import BodyContent, converted
from explorer.client.viewers.index import Step
from explorer.client.viewers.json_rows import JsonLayout
from explorer.client.viewers.messages import Message
from explorer.client.viewers.rows import Checkpoint, Row
from explorer.client.viewers.text_rows import TextLayout
from explorer.ui.body_helper import LOST_SENTENCE, BodyHelper

GONE = "The file that held this body was taken away, so it cannot be shown. Send the request again."

# What was found out of texts that somebody may look at again, for as long as they are kept.
_known_texts: WeakKeyDictionary[Body, dict[bool, Known]] = WeakKeyDictionary()


class TextRows:
    """Rows of a body with their line numbers, as a `VirtualText` takes them."""

    def __init__(self, rows: BodyRows) -> None:
        self.body = rows

    @property
    def row_count(self) -> int:
        """How many rows are known."""
        return self.body.row_count

    @property
    def widest_label(self) -> str:
        """The number of the last line."""
        return str(self.body.line_count)

    def rows(self, first: int, count: int) -> list[Row]:
        """Return `count` rows from `first` on, fewer at the end; may raise OSError."""
        return self.body.rows(first, count)

    def label(self, number: int, row: Row) -> str:  # noqa: ARG002 - as all sources
        """Return the number of the line that begins in a row."""
        return str(row.line) if row.line else ""


class BodyReader(QObject):
    """Goes through a text once, so that every place in it can be found.

    A text in memory is gone through here, a little in each turn of the event loop; one in a file by a helper process.

    Signals:
        grown: more of the text is known; `rows` has it.
        finished: all of it is known, or all of it that can be laid out.
        failed: it cannot be read; one sentence.
        hampered: it is read in another way than usual; one sentence.
        converting: a body in another charset is being converted; percent.
        converted: it is; a `BodyContent`, and the position of the first byte that was no text, or -1.
    """

    grown = Signal()
    finished = Signal()
    failed = Signal(str)
    hampered = Signal(str)
    converting = Signal(int)
    converted = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: BodyRows | None = None
        self._remember: tuple[Body, bool] | None = None
        self.helper = BodyHelper(self)
        self.helper.lost.connect(self._on_helper_lost)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def complete(self) -> bool:
        """Whether all is known that can be known."""
        return self.rows is not None and self.rows.complete

    def start(self, text: Body, *, as_json: bool) -> None:
        """Begin with a text in UTF-8; its first rows are known when this returns."""
        self.stop()
        self._remember = text, as_json
        try:
            known = _known_texts.get(text, {}).get(as_json)
            self.rows = BodyRows(text, JsonLayout() if as_json else TextLayout(), known)
            if not self.rows.complete:
                self.rows.advance()
        except OSError:
            self.failed.emit(GONE)
            return
        if self.rows.complete:
            self._finish()
        elif text.path is None:
            self._timer.start()
        else:
            layout, start = "json" if as_json else "text", self.rows.end
            self.helper.ask("index", self._on_index_reply, path=str(text.path), layout=layout, start=start)

    def convert(self, content: BodyContent) -> None:
        """Convert a large body to UTF-8, in a file."""
        self.stop()

        def on_reply(message: Message) -> None:
            if "searched" in message:
                self.converting.emit(message["searched"] * 100 // max(1, message["size"]))
            elif "path" in message:
                self.converted.emit(converted(content, Body(path=Path(message["path"]))), message["bad"])
            elif "gone" in message:
                self.failed.emit(GONE)

        self.helper.ask("convert", on_reply, path=str(content.body.path), charset=content.charset)

    def stop(self) -> None:
        """Leave off."""
        self._timer.stop()
        self.helper.stop()
        self.rows = self._remember = None

    def _on_timer_timeout(self) -> None:
        self._take(lambda rows: rows.advance())

    def _on_index_reply(self, message: Message) -> None:
        if "checkpoints" in message:
            step = Step(
                checkpoints=tuple(Checkpoint(*values) for values in message["checkpoints"]),
                end=Checkpoint(*message["end"]),
                bad=message["bad"],
                problem=message["problem"],
            )
            self._take(lambda rows: rows.add(step))
        elif "gone" in message:
            self.failed.emit(GONE)
        if message.get("done"):
            self.helper.stop()  # nothing is left to be done

    def _on_helper_lost(self) -> None:
        self.hampered.emit(LOST_SENTENCE)
        if self.rows is None:
            self.failed.emit("The helper process that converts this body ended twice. Hex shows its bytes.")
        elif not self.complete:
            self._timer.start()

    def _take(self, take: Callable[[BodyRows], None]) -> None:
        if self.rows is None:
            self._timer.stop()
            return
        try:
            take(self.rows)
        except OSError:
            self._timer.stop()
            self.failed.emit(GONE)
            return
        self.grown.emit()
        if self.complete:
            self._timer.stop()
            self._finish()

    def _finish(self) -> None:
        if self.rows is not None and self._remember is not None:
            text, as_json = self._remember
            _known_texts.setdefault(text, {})[as_json] = self.rows.known_of_it
        self.finished.emit()
