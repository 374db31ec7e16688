"""Text in lines of bearable length, for widgets that show a little of a body."""

from __future__ import annotations

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
