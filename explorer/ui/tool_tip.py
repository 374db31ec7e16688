"""Tool tips with words from elsewhere: shown as they are written, and never longer than a person reads.

Qt takes a text for HTML when it looks like some, and would load the pictures in it from the disk. An app's document and
a server's answer may hold such a text.
"""

from __future__ import annotations

from html import escape

from PySide6.QtGui import Qt, QTextDocumentFragment

_MOST = 700  # characters


def documentation(*paragraphs: str) -> str:
    """Return a tool tip of paragraphs, empty ones left out, that wraps its lines."""
    text = "\n\n".join(paragraph.strip() for paragraph in paragraphs if paragraph.strip())
    if len(text) > _MOST:
        text = text[:_MOST].rsplit(maxsplit=1)[0] + " …"
    return _page(text, "pre-wrap") if text else ""


def as_written(text: str) -> str:
    """Return a tool tip that shows a text as it is, also one that Qt would take for HTML."""
    return _page(text, "pre") if Qt.mightBeRichText(text) else text


def plain(tool_tip: str) -> str:
    """Return what a tool tip says, as text."""
    return QTextDocumentFragment.fromHtml(tool_tip).toPlainText() if Qt.mightBeRichText(tool_tip) else tool_tip


def _page(text: str, white_space: str) -> str:
    """Return HTML in which nothing but our own means anything."""
    return f'<p style="white-space: {white_space}; margin: 0">{escape(text)}</p>'
