"""Tool tips with words from elsewhere: shown as they are written, and never longer than a person reads."""

from __future__ import annotations

from html import escape

_MOST = 700  # characters


def documentation(*paragraphs: str) -> str:
    """Return a tool tip of paragraphs, empty ones left out.

    Qt takes a text for HTML when it looks like some, and would load the pictures in it; so it gets HTML in which
    nothing but our own means anything.
    """
    text = "\n\n".join(paragraph.strip() for paragraph in paragraphs if paragraph.strip())
    if len(text) > _MOST:
        text = text[:_MOST].rsplit(maxsplit=1)[0] + " …"
    return f'<p style="white-space: pre-wrap; margin: 0">{escape(text)}</p>' if text else ""
