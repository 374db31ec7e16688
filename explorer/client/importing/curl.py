"""A curl command, as people paste it from documentation or a browser's developer tools, becomes a draft."""

from __future__ import annotations

import re

from explorer.client.importing.curl_command import Command, Imported
from explorer.client.importing.curl_options import CurlError, read_options
from explorer.client.importing.shell import ShellError, split_command
from explorer.openapi.operations import Catalogue

__all__ = ["CurlError", "Imported", "draft_from_curl", "is_curl"]

_CURL = re.compile(r"\s*(?:[$>#%]\s+)?(?:(?!\S*://)\S*[/\\])?curl(?:\.exe)?(?=\s|\Z)", re.IGNORECASE)


def is_curl(text: str) -> bool:
    """Tell whether a text that was pasted is a curl command."""
    return _CURL.match(text) is not None and len(text.split(maxsplit=1)) > 1


def draft_from_curl(text: str, base_url: str, catalogue: Catalogue) -> Imported:
    """Return the request that a curl command sends, fitted to the operation that it is for.

    Args:
        text: one command, for sh or for Windows' cmd; of several the first counts.
        base_url: the server's address.
        catalogue: what the server offers.

    Raises:
        CurlError: it cannot be understood.
    """
    command = _CURL.match(text)
    if command is None:
        raise CurlError("This is no curl command: it must begin with the word curl.")
    try:
        words, rest = split_command(text[command.end() :])
    except ShellError as error:
        raise CurlError(str(error)) from error
    found = Command()
    for option, value in read_options(words):
        if option == "next":
            found.ignored.append("--next")
            break
        found.take(option, value)
    if rest:
        found.ignored.append(rest)
    return found.imported(base_url, catalogue)
