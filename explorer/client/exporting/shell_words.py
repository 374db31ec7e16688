"""Words of a command line for sh, in which secrets may be variables of the shell."""

from __future__ import annotations

import re
import shlex

_MARK = "\0"  # no word of a command line can hold it
_PLAIN = re.compile(r"[\x20-\x7e\t\n]*")


def variable(name: str) -> str:
    """Return what stands in a word for the value of a secret; `quoted` makes a variable of it."""
    word = re.sub(r"[^A-Z0-9]+", "_", name.upper()).strip("_") or "SECRET"
    return f"{_MARK}{word if word[0].isalpha() else f'_{word}'}{_MARK}"


def quoted(text: str, *, latin_1: bool = False) -> str:
    """Quote a word so that the shell passes on exactly this; variables stand between double quotes.

    Args:
        text: the word.
        latin_1: whether characters beyond ASCII must travel as one byte each, as those of a header do. A terminal
            would make two of them.
    """
    pieces = text.split(_MARK)
    return "".join(
        f'"${piece}"' if position % 2 else _quoted(piece, latin_1=latin_1)
        for position, piece in enumerate(pieces)
        if position % 2 or piece or len(pieces) == 1
    )


def _quoted(text: str, *, latin_1: bool) -> str:
    if latin_1 and not _PLAIN.fullmatch(text):
        escaped = "".join(
            f"\\{c}" if c in "\\'" else c if " " <= c <= "~" else f"\\x{byte:02x}"
            for c, byte in zip(text, text.encode("latin-1", "replace"), strict=True)
        )
        return f"$'{escaped}'"
    return shlex.quote(text).replace("""'"'"'""", r"'\''")
