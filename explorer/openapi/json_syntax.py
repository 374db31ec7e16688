"""Python's complaints about JSON, in sentences that say what to do."""

from __future__ import annotations

import json

_SENTENCES = {
    "Expecting ',' delimiter": "A comma or a closing bracket is missing before this.",
    "Expecting ':' delimiter": "A colon is missing between the name and its value.",
    "Expecting property name enclosed in double quotes": "A field's name in double quotes must stand here.",
    "Illegal trailing comma before end of object": "Remove this comma: no field follows it.",
    "Illegal trailing comma before end of array": "Remove this comma: no item follows it.",
    "Unterminated string starting at": "This text has no closing quote.",
    "Invalid control character at": "A line break or tab inside a text is written as \\n or \\t.",
    "Invalid \\escape": "A backslash inside a text is written twice: \\\\.",
    "Invalid \\uXXXX escape": "After \\u four hexadecimal digits must follow.",
    "Extra data": "The JSON was complete before this: remove what follows it.",
}
_WORDS = {"True": "true", "False": "false", "None": "null", "undefined": "null"}


def syntax_sentence(error: json.JSONDecodeError) -> tuple[str, int]:
    """Return one sentence and how many characters from the error's place on it is about."""
    rest = error.doc[error.pos :]
    if not rest.strip():
        return "The JSON ends too early: a value or a closing bracket is missing.", 0
    if rest.startswith("'"):
        return "JSON uses double quotes, not single ones.", 1
    for word, right in _WORDS.items():
        if rest.startswith(word):
            return f"JSON writes {right}, not {word}.", len(word)
    if rest[0] in "}]" and error.doc[: error.pos].rstrip().endswith(","):
        return f"Remove the comma before {rest[0]}", 1
    message = error.msg.removesuffix(": ")
    known = next((sentence for start, sentence in _SENTENCES.items() if message.startswith(start)), None)
    return known or "A value is missing here.", 1
