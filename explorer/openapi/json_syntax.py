"""Python's complaints about JSON, in sentences that say what to do."""

from __future__ import annotations

import json

_SENTENCES = {
    "Expecting ',' delimiter": "A comma or a closing bracket is missing before this.",
    "Expecting ':' delimiter": "A colon is missing between the name and its value.",
    "Expecting property name enclosed in double quotes": "A field's name in double quotes must stand here.",
    "Unterminated string starting at": "This text has no closing quote.",
    "Invalid control character at": "A line break or tab inside a text is written as \\n or \\t.",
    "Invalid \\escape": "A backslash inside a text is written twice: \\\\.",
    "Invalid \\uXXXX escape": "After \\u four hexadecimal digits must follow.",
    "Extra data": "The JSON was complete before this: remove what follows it.",
}
_WORDS = {"True": "true", "False": "false", "None": "null", "undefined": "null"}


def explain_syntax(error: json.JSONDecodeError) -> tuple[str, int, int]:
    """Return one sentence, and where in the text (from which character, how many) the trouble is."""
    text, position = error.doc, error.pos
    rest = text[position:]
    if not rest.strip():
        return "The JSON ends too early: a value or a closing bracket is missing.", position, 0
    if rest.startswith("'"):
        return "JSON uses double quotes, not single ones.", position, 1
    for word, right in _WORDS.items():
        if rest.startswith(word):
            return f"JSON writes {right}, not {word}.", position, len(word)
    # Python 3.13 points to a comma too many, older ones to the bracket after it.
    comma = position if rest.startswith(",") else len(text[:position].rstrip()) - 1
    after = text[comma + 1 :].lstrip()
    if comma >= 0 and text[comma] == "," and after[:1] in ("}", "]"):
        return f"Remove this comma: only {after[0]} follows it.", comma, 1
    known = next((sentence for start, sentence in _SENTENCES.items() if error.msg.startswith(start)), None)
    return known or "A value is missing here.", position, 1
