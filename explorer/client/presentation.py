"""Text in lines of bearable length, for widgets that show a little of a body."""

from __future__ import annotations

from explorer.client.json_layout import JsonLayoutError, lay_out

LONGEST_LINE = 2_000  # characters


def break_long_lines(text: str) -> str:
    """Return `text` with a line break after every `LONGEST_LINE` characters of a line that is longer.

    A long single line stops a text widget where many short ones do not.
    """
    if len(text) <= LONGEST_LINE:
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        if len(line) <= LONGEST_LINE:
            lines.append(line)
        else:
            lines += [line[at : at + LONGEST_LINE] for at in range(0, len(line), LONGEST_LINE)]
    return "\n".join(lines)


def laid_out(text: str, limit: int) -> tuple[str, bool]:
    """Return the beginning of a text as a person reads it, and whether it is JSON, which has a member a line then.

    Args:
        text: any text, or the beginning of one.
        limit: characters that are looked at.
    """
    text = text[:limit]
    if text.lstrip()[:1] in ("{", "["):
        try:
            return break_long_lines(lay_out(text, limit)), True
        except (JsonLayoutError, ValueError, RecursionError):
            pass
    return break_long_lines(text), False
