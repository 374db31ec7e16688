"""A body as text: laid out for reading, or as it came."""

from __future__ import annotations

import re

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from explorer.client.viewers.charset import UTF8, wrong_byte_sentence
from explorer.client.viewers.content import BodyContent, ContentKind, revealed
from explorer.client.viewers.rows import Row
from explorer.ui import names
from explorer.ui.body_reader import BodyReader, TextRows
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.body_page import EMPTY, BodyPage
from explorer.ui.widgets.json_syntax import Run, json_runs
from explorer.ui.widgets.text_search import TextSearch
from explorer.ui.widgets.virtual_text import VirtualText

_PROGRESS_AFTER = 150  # milliseconds
_REST_OF_STRING = re.compile(r'(?:[^"\\]|\\.)*+"?')


class TextPage(BodyPage):
    """Shows a body's text, whatever its size."""

    search: TextSearch

    def __init__(self, themes: Themes, name: str, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(themes, name, parent)
        self.code = VirtualText(themes)
        self.code.setObjectName(names.BODY_TEXT.format(view=name))
        self.code.setAccessibleName(accessible_name)
        self.pages.addWidget(self.code)
        self.reader = BodyReader(self)
        self.search = TextSearch(themes, self, self.code, self.reader)
        self.search.failed.connect(self._on_failed)
        self.column.insertWidget(0, self.search.bar)
        self._busy = QTimer(self)
        self._busy.setSingleShot(True)
        self._busy.setInterval(_PROGRESS_AFTER)
        self._busy.timeout.connect(self._show_progress)
        self._sentences: tuple[str, ...] = ()
        self.reader.grown.connect(self._on_reader_grown)
        self.reader.finished.connect(self._on_reader_finished)
        self.reader.failed.connect(self._on_failed)
        self.reader.hampered.connect(self._on_reader_hampered)
        self.reader.converting.connect(self._on_reader_converting)
        self.reader.converted.connect(self._on_reader_converted)
        self.code.failed.connect(self._on_failed)
        self.code.copied.connect(self._on_code_copied)
        self.message.action_requested.connect(self._on_message_action_requested)

    def text(self) -> str:
        """Return all that is shown. Only for a body that is known to be small."""
        self.begin()
        return self.code.text()

    @property
    def complete(self) -> bool:
        """Whether the whole text can be seen."""
        return self.reader.complete

    def lays_out(self, content: BodyContent) -> bool:
        """Return whether a body is JSON that is laid out, and not shown as it came."""
        raise NotImplementedError

    def own_controls(self) -> list[QWidget]:
        """Return what a person reads the body in."""
        return [self.code]

    def show_content(self, content: BodyContent) -> None:
        """Show the first rows now, and find the others meanwhile."""
        if content.kind is ContentKind.EMPTY:
            self.say(EMPTY)
        elif content.kind is ContentKind.BINARY:
            kind = f" of {content.media_type}" if content.media_type else ""
            self.say(f"Binary, {content.size:,} bytes{kind}. Hex shows them.", "Show as text")
        elif content.text is None:
            self.say(f"Reading the text, which is in {content.charset}…")
            self.reader.convert(content)
        else:
            self._start(content, as_json=self.lays_out(content))

    def forget(self) -> None:
        """Let go of what was shown before."""
        self.reader.stop()
        self._busy.stop()
        self.search.forget()
        self._sentences = ()
        self.code.set_source(None)

    def _start(self, content: BodyContent, *, as_json: bool) -> None:
        assert content.text is not None  # noqa: S101 - the callers looked
        self._add_sentences(*content.notices)
        self._busy.start()
        self.reader.start(content.text, as_json=as_json)
        if self.reader.rows is not None:
            self.code.set_source(TextRows(self.reader.rows), runs_of_row if content.kind is ContentKind.JSON else None)
            self.pages.setCurrentWidget(self.code)
            self.search.set_text(content.text, other_ways=content.kind is ContentKind.JSON, laid_out=as_json)

    # --- reactions ----------------------------------------------------------------------------------------------------
    def _add_sentences(self, *sentences: str) -> None:
        self._sentences += tuple(one for one in sentences if one and one not in self._sentences)
        self.notice.set_sentences(self._sentences)

    def _show_progress(self) -> None:
        rows = self.reader.rows
        if rows is not None and not rows.complete:
            self.set_progress(f"Reading the rest: {rows.known * 100 // max(1, rows.size)} %")
            self._busy.start()
        else:
            self.set_progress("")

    def _on_reader_grown(self) -> None:
        self.code.refresh()
        self.search.on_rows_grown()

    def _on_reader_finished(self) -> None:
        self.set_progress("")
        rows = self.reader.rows
        if rows is None or self.content is None:
            return
        if rows.bad >= 0:
            self._add_sentences(wrong_byte_sentence(UTF8, rows.bad))
        if rows.problem >= 0:
            self.on_layout_problem(rows.problem)
        self.code.refresh()

    def _on_reader_hampered(self, sentence: str) -> None:
        self._add_sentences(sentence)

    def _on_reader_converting(self, percent: int) -> None:
        self.set_progress(f"Reading the text: {percent} %")

    def _on_reader_converted(self, content: BodyContent, bad: int) -> None:
        self.set_progress("")
        if bad >= 0:
            self._add_sentences(wrong_byte_sentence(content.charset, bad))
        self.content = content
        self.show_content(content)

    def on_layout_problem(self, position: int) -> None:
        """React to a text that cannot be laid out from a byte on."""

    def _on_failed(self, sentence: str) -> None:
        self.forget()
        self.say(sentence)

    def _on_code_copied(self, sentence: str) -> None:
        self._add_sentences(sentence)

    def _on_message_action_requested(self) -> None:
        if self.content is not None:
            self.content = revealed(self.content)
            self.show_content(self.content)


class PrettyView(TextPage):
    """A body laid out for reading: JSON with a member a row, other text as it is."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(themes, names.RESPONSE_PRETTY, "Response, laid out", parent)

    def lays_out(self, content: BodyContent) -> bool:
        """Return whether a body is JSON that is laid out, and not shown as it came."""
        return content.kind is ContentKind.JSON

    def on_layout_problem(self, position: int) -> None:
        """Show text that only claims to be JSON as it came."""
        if self.content is None:
            return
        self._add_sentences(f"This cannot be laid out as JSON from byte {position:,} on, so it is shown as it came.")
        self._start(self.content, as_json=False)


class RawView(TextPage):
    """A body's text as it came; a long line goes over several rows, here and only here."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(themes, names.RESPONSE_RAW, "Response, as it came", parent)

    def lays_out(self, content: BodyContent) -> bool:  # noqa: ARG002 - none is
        """Return whether a body is JSON that is laid out, and not shown as it came."""
        return False


def runs_of_row(row: Row) -> list[Run]:
    """Return the coloured parts of a row of JSON, which may begin inside a string."""
    if not row.inside:
        return json_runs(row.text)
    match = _REST_OF_STRING.match(row.text)
    end = match.end() if match else 0
    rest = json_runs(row.text[end:])
    return [Run(0, end, "c_str"), *(Run(run.start + end, run.length, run.color) for run in rest)]
