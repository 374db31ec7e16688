"""Makes the body of a response ready to be looked at, away from the window's thread."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from explorer.client.answer import Answer
from explorer.client.text_tail import charset_of
from explorer.ui.panels.response.preview_page import MARKDOWN, Preview
from explorer.ui.panels.response_panel import ResponsePanel
from explorer.ui.pictures import LARGEST_FILE, read_picture
from explorer.ui.tasks import Tasks
from explorer.ui.wording import size_text

LARGEST_PAGE = 500_000  # bytes; laying out a larger page would stop the window
_LOADS_NOTHING = "Nothing is loaded for it, and no link is followed."


class PreviewController(QObject):
    """Fills the preview when somebody looks at it."""

    def __init__(self, panel: ResponsePanel, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self._tasks = tasks
        panel.preview_wanted.connect(self.on_panel_preview_wanted)
        panel.browser_requested.connect(self.on_panel_browser_requested)

    def on_panel_preview_wanted(self, answer: Answer) -> None:
        """Make an answer ready."""
        self._tasks.start(self._fill(answer), "make the preview")

    def on_panel_browser_requested(self) -> None:
        """Let the browser ask for the address itself: what came in here goes nowhere."""
        exchange = self._panel.state.exchange
        if exchange is not None and exchange.request.method == "GET":
            url = QUrl(exchange.request.url)
            if url.scheme() in ("http", "https"):
                QDesktopServices.openUrl(url)

    async def _fill(self, answer: Answer) -> None:
        preview = await asyncio.to_thread(make_preview, answer)
        self._panel.set_preview(answer, preview)


def make_preview(answer: Answer) -> Preview:
    """Read the body and make of it what can be looked at. Takes time."""
    body = answer.response.body
    try:
        if answer.picture:
            if body.size > LARGEST_FILE:
                return Preview(sentence=f"Pictures of more than {size_text(LARGEST_FILE)} are not shown: save it.")
            return _of_picture(body.read(), answer)
        page = body.read(0, LARGEST_PAGE)
    except OSError:
        return Preview(sentence="The file that held this body was taken away. Send the request again.")
    text = page.decode(charset_of(answer.response), "replace")
    note = _LOADS_NOTHING
    if body.size > LARGEST_PAGE:
        note = f"The first {size_text(LARGEST_PAGE)} of {size_text(body.size)}. {note}"
    return Preview(markdown=text, note=note) if answer.media_type == MARKDOWN else Preview(html=text, note=note)


def _of_picture(data: bytes, answer: Answer) -> Preview:
    picture = read_picture(data, answer.picture)
    if isinstance(picture, str):
        return Preview(sentence=picture)
    kind = answer.picture.partition("/")[2].partition("+")[0].upper()
    note = f"{kind}, {size_text(len(data))}"
    if answer.picture != "image/svg+xml":
        note = f"{picture.width():,} × {picture.height():,} pixels, {note}"
    return Preview(picture=picture, note=note)
