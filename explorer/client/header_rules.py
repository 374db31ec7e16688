"""What a header or cookie can carry. What it cannot is refused with a sentence, above all a header inside a header."""

from __future__ import annotations

import re

from explorer.client.unsendable import UnsendableRequestError

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_COOKIE_PLAIN = re.compile(r"[!#-+\--:<-\[\]-~]*")


def checked_method(method: str) -> str:
    """Return the method.

    Raises:
        UnsendableRequestError: it is no word that a request line can begin with.
    """
    if _TOKEN.fullmatch(method) is None:
        raise UnsendableRequestError(f"“{method}” cannot be a method: use one word of letters, such as GET.")
    return method


def checked_name(name: str) -> str:
    """Return the name of a header or cookie.

    Raises:
        UnsendableRequestError: it is empty, or has a character that such a name cannot have.
    """
    if _TOKEN.fullmatch(name) is None:
        raise UnsendableRequestError(
            f"“{name}” cannot be the name of a header or cookie: use letters, digits and hyphens."
        )
    return name


def checked_value(name: str, text: str) -> str:
    """Return the text without the space around it, which no receiver would see.

    Raises:
        UnsendableRequestError: it holds a line break, or another character that a header cannot carry.
    """
    text = text.strip(" \t")
    for character in text:
        if character in "\r\n":
            raise UnsendableRequestError(f"The value of {name} has a line break, and a header is one line: remove it.")
        if ord(character) > 255:
            raise UnsendableRequestError(
                f"The value of {name} has “{character}”, which a header cannot carry: send it in the query or the body."
            )
        if character != "\t" and (ord(character) < 32 or ord(character) == 127):
            raise UnsendableRequestError(
                f"The value of {name} has the control character {ord(character):#04x}, "
                "which a header cannot carry: remove it."
            )
    return text


def cookie_pair(name: str, text: str) -> str:
    """Return ``name=value``; a value that would end early is quoted, the way Python's ``http.cookies`` reads it back.

    Raises:
        UnsendableRequestError: the name or the value cannot be carried.
    """
    text = checked_value(name, text)
    if not _COOKIE_PLAIN.fullmatch(text):
        text = '"' + "".join(f"\\{ord(c):03o}" if c in '",;\\' or ord(c) > 126 else c for c in text) + '"'
    return f"{checked_name(name)}={text}"
