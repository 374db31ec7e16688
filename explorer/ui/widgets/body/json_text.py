"""What an editor shows of a JSON body beside its text: colours, remarks at line ends, and the place of a 422."""

from __future__ import annotations

from collections.abc import Mapping

from explorer.openapi.hints import Hint
from explorer.openapi.json_positions import find_positions
from explorer.ui.models.json_entries import JsonTextError, read_json
from explorer.ui.models.json_parts import pointer_of
from explorer.ui.widgets.code_editor import CodeEditor
from explorer.ui.widgets.code_view import LineNote
from explorer.ui.widgets.json_syntax import Run, json_runs

_LONGEST_LINE = 20_000  # characters; a longer line is left without colours


def line_runs(line: str) -> list[Run]:
    """Return the colours of a line."""
    return json_runs(line) if len(line) <= _LONGEST_LINE else []


def line_notes(hints: tuple[Hint, ...], notes: Mapping[int, str]) -> Mapping[int, LineNote]:
    """Return the remarks by 0-based line; a hint takes the place of what the model wants there."""
    shown = {line: LineNote(text=text) for line, text in notes.items()}
    for hint in sorted(hints, key=lambda hint: hint.error):
        line = hint.line or 0
        there = shown.get(line)
        text = f"{hint.message} — {' › '.join(str(part) for part in hint.loc)}" if hint.error else hint.message
        if there is not None and there.error:
            text = f"{there.text} · {text}"
        shown[line] = LineNote(text=text, error=hint.error, column=hint.column or 0, length=hint.length)
    return shown


def select_loc(editor: CodeEditor, text: str, loc: tuple[str | int, ...]) -> None:
    """Select what a 422's ``loc`` names in the text of an editor, or the value around it."""
    try:
        pointer = pointer_of(loc, read_json(text))
    except JsonTextError:
        if len(loc) > 1 and isinstance(loc[1], int):  # where the JSON breaks off, in characters
            editor.select_place(loc[1], 1)
        return
    positions = find_positions(text)
    while pointer and pointer not in positions.values:
        pointer = pointer[:-1]  # of a field that is missing, the object that lacks it
    span = positions.values.get(pointer)
    if span is not None:
        editor.select_span(span.line, span.column, span.length)
