"""What is said when a draft cannot become a request."""

from __future__ import annotations


class UnsendableRequestError(ValueError):
    """HTTP has no way to carry what the draft asks for; the message is a sentence for the person."""
