"""A command line taken apart the way the shell does it that it was copied for: sh and its like, or Windows' cmd."""

from __future__ import annotations

import re

_CMD_SIGNS = re.compile(r"\^[ \t]*\r?\n|(?<=\s)\^\"")
_DOUBLED_QUOTES = re.compile(r"""[{\[,:]""\w|\w""[}\],:]""")
_POWERSHELL_CONTINUATION = re.compile(r"[ \t]`[ \t]*\r?\n")
_END_OF_COMMAND = re.compile(r"[|;&<>]|\d?>|#")
_SPACES = " \t\r\n\xa0"  # the last one comes along from web pages
_CONTINUATION = re.compile(r"\\[ \t\xa0]+\r?\n(?=\s*\S)")  # the spaces after the backslash are nobody's wish
_SIMPLE_ESCAPES = {
    "n": b"\n", "r": b"\r", "t": b"\t", "a": b"\a", "b": b"\b", "e": b"\x1b", "E": b"\x1b", "f": b"\f", "v": b"\v",
    "\\": b"\\", "'": b"'", '"': b'"', "?": b"?",
}  # fmt: skip
_NUMBER = re.compile(r"x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})")


class ShellError(ValueError):
    """The command line is not complete; the message is a sentence for the person."""


def split_command(text: str) -> tuple[list[str], str]:
    """Return the words of the first command in a text, and what the shell would do after it, such as ``| jq``.

    Raises:
        ShellError: a quote is not closed.
    """
    if is_for_cmd(text):
        return _split_arguments(_undo_cmd(text)), ""
    return _Sh(_POWERSHELL_CONTINUATION.sub(" ", text)).words()


def is_for_cmd(text: str) -> bool:
    """Tell whether a command was copied for Windows' cmd."""
    if "'" in text.partition("^")[0]:
        return False
    return _CMD_SIGNS.search(text) is not None or ("'" not in text and _DOUBLED_QUOTES.search(text) is not None)


class _Sh:
    """Splits as sh, bash and zsh do. Variables and commands inside stay as they are written."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self._words: list[str] = []
        self._word: list[str] | None = None

    def words(self) -> tuple[list[str], str]:
        text = self._text
        while self._position < len(text):
            character = text[self._position]
            if character in _SPACES:
                self._end_word()
                if character == "\n" and self._words and not text[self._position :].lstrip().startswith("-"):
                    return self._words, text[self._position :].strip()
                self._position += 1
            elif self._word is None and _END_OF_COMMAND.match(text, self._position):
                return self._words, text[self._position :].strip()
            elif (
                character in ";|" and self._word is not None and text[self._position + 1 : self._position + 2] in "\n "
            ):
                self._end_word()
            else:
                self._add(self._piece(character))
        self._end_word()
        return self._words, ""

    def _piece(self, character: str) -> str | None:
        """Take the next piece of a word; None when it adds nothing."""
        text, start = self._text, self._position
        continued = _CONTINUATION.match(text, start)
        if continued is not None:
            self._position = continued.end()
            return None
        if character == "\\":
            self._position += 3 if text[start + 1 : start + 3] == "\r\n" else 2
            return None if text[start + 1 : start + 2] in ("\n", "\r", "") else text[start + 1]
        if character == "'":
            end = self._closing("'", start + 1)
            return text[start + 1 : end]
        if text.startswith("$'", start):
            return self._dollar_quoted(start + 2)
        if character == '"' or text.startswith('$"', start):
            return self._double_quoted(text.index('"', start) + 1)
        self._position += 1
        return character

    def _closing(self, quote: str, start: int) -> int:
        end = self._text.find(quote, start)
        if end < 0:
            raise _not_closed(quote, self._text, start - 1)
        self._position = end + 1
        return end

    def _double_quoted(self, start: int) -> str:
        match = re.compile(r'((?:[^"\\]|\\.)*)"', re.DOTALL).match(self._text, start)
        if match is None:
            raise _not_closed('"', self._text, start - 1)
        self._position = match.end()
        return re.sub(r'\\(\r?\n|["\\$`])', lambda m: "" if m[1].endswith("\n") else m[1], match[1])

    def _dollar_quoted(self, start: int) -> str:
        match = re.compile(r"((?:[^'\\]|\\.)*)'", re.DOTALL).match(self._text, start)
        if match is None:
            raise _not_closed("$'", self._text, start - 2)
        self._position = match.end()
        return _unescape(match[1])

    def _add(self, piece: str | None) -> None:
        if piece is None:
            return
        if self._word is None:
            self._word = []
        self._word.append(piece)

    def _end_word(self) -> None:
        if self._word is not None:
            self._words.append("".join(self._word))
            self._word = None


def _unescape(text: str) -> str:
    """Undo the escapes of ``$'…'``; those of bytes make UTF-8 together, or stand for themselves."""
    done = bytearray()
    position = 0
    while position < len(text):
        end = text.find("\\", position)
        if end < 0:
            end = len(text)
        done += text[position:end].encode(errors="surrogatepass")
        position = end + 1
        if position >= len(text):
            break
        number = _NUMBER.match(text, position)
        if number is not None:
            code = next(int(digits, 8 if base == 3 else 16) for base, digits in enumerate(number.groups()) if digits)
            is_byte = number[1] is not None or number[4] is not None
            done += bytes([code & 0xFF]) if is_byte else _character(code)
            position = number.end()
        else:
            done += _SIMPLE_ESCAPES.get(text[position], b"\\" + text[position].encode(errors="surrogatepass"))
            position += 1
    try:
        return done.decode()
    except UnicodeDecodeError:
        return done.decode("latin-1")  # as the bytes of a header are meant


def _character(code: int) -> bytes:
    return chr(code).encode(errors="replace") if code < 0x110000 else b"?"


def _undo_cmd(text: str) -> str:
    """Do what cmd does before it starts a program: take its carets away. Between quotes they are plain text."""
    done = []
    quoted = False
    position = 0
    while position < len(text):
        character = text[position]
        if character == "^" and not quoted:
            position += 1
            if text.startswith("\r\n", position):
                position += 2
            elif text.startswith("\n", position):
                position += 1
            # A line break goes away with its caret; whatever comes next, a second line break too, is plain.
            if position < len(text):
                done.append("\n" if text.startswith("\r\n", position) else text[position])
                position += 2 if text.startswith("\r\n", position) else 1
            continue
        if character == '"':
            quoted = not quoted
        done.append(character)
        position += 1
    return "".join(done)


def _split_arguments(line: str) -> list[str]:
    r"""Split as a Windows program does: ``\"`` and, between quotes, ``""`` are a quote."""
    words: list[str] = []
    word: list[str] | None = None
    quoted = False
    for match in re.finditer(r'(\\*)"|\s|[^\s"\\]+|\\+', line):
        if match[0].isspace() and not quoted:
            if word is not None:
                words.append("".join(word))
            word = None
            continue
        if word is None:
            word = []
        if match[1] is None:
            word.append(match[0])
            continue
        word.append("\\" * (len(match[1]) // 2))
        if len(match[1]) % 2:
            word.append('"')
            continue
        if quoted and line.startswith('"', match.end()):
            word.append('"')  # the second of the two begins the quoted text again
        quoted = not quoted
    if quoted:
        raise _not_closed('"', line, line.rfind('"'))
    return words if word is None else [*words, "".join(word)]


def _not_closed(quote: str, text: str, start: int) -> ShellError:
    begin = text[start : start + 24].partition("\n")[0]
    return ShellError(f"The quote {quote} that begins at “{begin}” is not closed: copy the whole command.")
