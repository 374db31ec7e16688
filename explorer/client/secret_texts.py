"""Secrets inside a text: JSON that need not be whole, a form, XML. What else is there stays as it was typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote_plus

from explorer.client.secret_names import WEB_TOKEN, is_secret_name, may_name_secrets, secret_words
from explorer.openapi.media_types import URLENCODED, essence

Replace = Callable[[str], str]  # from the name of a secret to what stands in its place

# What may come between a secret's word and the value. The quotes may be escaped, as they are in JSON inside JSON.
_REST_OF_KEY = re.compile(r"""(?P<rest>[^"'\n\r\\:,{}\[\]]{0,100})(?P<quote>\\*["'])\s*:\s*""")
_REST_OF_BARE_KEY = re.compile(r"(?P<rest>[\w-]{0,100})\s*:\s*")
_BEFORE_KEY = re.compile(r"""[^"'\n\r\\:,{}\[\]]*\Z""")
_BEFORE_BARE_KEY = re.compile(r"(?:\A|[{,\n])\s*(?P<name>[\w-]*)\Z")
_LONGEST_NAME = 100
_OPENING = re.compile(r"""\\*["']""")
_INSIDE_QUOTES = re.compile(r"""(?:[^\\\n"]|\\.)*""")
_YAML = re.compile(r"""^[ \t]*(?:-[ \t]+)?["']?(?P<name>[\w.-]+)["']?[ \t]*:[ \t]+(?P<text>\S.*)$""", re.MULTILINE)
_PLAIN = re.compile(r"[^\s,{}\[\]\"'\\][^,{}\[\]\"'\\\n\r]*")
_TOKEN = re.compile(r"""(?P<string>"(?:[^"\\\n]|\\.)*"?)|(?P<open>[\[{])|(?P<close>[\]}])""")
_PAIRS = re.compile(r"[^\s=&{}\[\]\"<>]+=[^\s&]*(?:&[^\s=&]*(?:=[^\s&]*)?)*\s*")
_ELEMENT = re.compile(r"<(?P<name>[\w:.-]+)(?:\s[^<>]*)?>(?P<text>[^<]+)</(?P=name)>")
_ATTRIBUTE = re.compile(r"""(?<![\w:.-])(?P<name>[\w:.-]{1,100})\s*=\s*(?P<quote>["'])(?P<text>[^<>"']*)(?P=quote)""")
_PART = re.compile(
    r'(?P<head>\bname="(?P<name>[^"]*)"[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n)(?P<text>.*?)(?P<tail>\r\n--)', re.DOTALL
)
_HARMLESS_VALUES = ("null", "true", "false", "none")


def replace_in_text(text: str, media_type: str, replace: Replace) -> str:
    """Return a text of any media type without its secrets."""
    if not may_name_secrets(text):
        return text
    kind = essence(media_type)
    if kind.startswith("multipart/"):
        return _replace_in_parts(text, replace)
    looks_like_json = text.lstrip()[:1] in ("{", "[")  # curl says of JSON that it is a form, unless it is told better
    if (kind == URLENCODED and not looks_like_json) or _PAIRS.fullmatch(text):
        return replace_in_pairs(text, replace)
    is_json = "json" in kind or looks_like_json
    text = replace_in_json(text, replace, bare_names=is_json)
    if "yaml" in kind:
        text = _replace_named(_YAML, text, replace)
    return text if is_json else _replace_in_markup(text, replace)


def replace_in_json(text: str, replace: Replace, *, bare_names: bool = True) -> str:
    """Return JSON, whole or half typed, in which every member with a secret's name has another value.

    A text or number becomes the replacement in quotes, a list or an object becomes an empty one.

    Args:
        text: the JSON.
        replace: says what stands in the place of a secret.
        bare_names: whether names without quotes count, as JavaScript writes them.
    """
    done: list[str] = []
    end = 0
    for word_start, word_end in secret_words(text):
        if word_start < end or (found := _key_at(text, word_start, word_end, bare_names=bare_names)) is None:
            continue
        name, start, quote = found
        begin, stop, new = _value_at(text, start, quote, replace(name))
        if stop > begin >= end and is_secret_name(name):
            done += [text[end:begin], new]
            end = stop
    done.append(text[end:])
    return WEB_TOKEN.sub(lambda _: replace("token"), "".join(done))


def replace_in_pairs(query: str, replace: Replace) -> str:
    """Return a query, or the body of a form, in which every secret has another value."""
    pieces = []
    for piece in query.split("&"):
        raw, equals, value = piece.partition("=")
        name = unquote_plus(raw)
        inside = unquote_plus(value)  # it may be an address with a query of its own
        secret = is_secret_name(name) or (may_name_secrets(inside) and ("=" in inside or "eyJ" in inside))
        pieces.append(f"{raw}={replace(name)}" if equals and value and secret else piece)
    return "&".join(pieces)


def _key_at(text: str, start: int, end: int, *, bare_names: bool) -> tuple[str, int, str] | None:
    """Return the name that a word belongs to, where its value begins, and the name's quote; None for no name."""
    word, before = text[start:end], text[max(0, start - _LONGEST_NAME) : start]
    if (key := _REST_OF_KEY.match(text, end)) is not None:
        front = _BEFORE_KEY.search(before)
        return (front[0] if front is not None else "") + word + key["rest"], key.end(), key["quote"]
    if not bare_names or (key := _REST_OF_BARE_KEY.match(text, end)) is None:
        return None
    front = _BEFORE_BARE_KEY.search(before)
    return None if front is None else (front["name"] + word + key["rest"], key.end(), '"')


def _value_at(text: str, start: int, quote: str, new: str) -> tuple[int, int, str]:
    """Return where a value begins and ends, and what takes its place."""
    opening = _OPENING.match(text, start)
    if opening is not None:
        begin = opening.end()
        if opening[0] == '"' and (inside := _INSIDE_QUOTES.match(text, begin)) is not None:
            return begin, inside.end(), new
        line_end = text.find("\n", begin)
        stop = text.find(opening[0], begin, line_end if line_end >= 0 else len(text))
        return begin, stop if stop >= 0 else line_end if line_end >= 0 else len(text), new
    if text[start : start + 1] in ("{", "["):
        stop = _end_of_container(text, start)
        return start, stop, "{}" if text[start] == "{" else "[]"
    plain = _PLAIN.match(text, start)
    if plain is None or plain[0].strip().lower() in _HARMLESS_VALUES:
        return start, start, ""
    return start, start + len(plain[0].rstrip()), f"{quote}{new}{quote}"


def _end_of_container(text: str, start: int) -> int:
    depth = 0
    for token in _TOKEN.finditer(text, start):
        depth += (token["open"] is not None) - (token["close"] is not None)
        if depth == 0 and token["close"] is not None:
            return token.end()
    return len(text)


def _replace_in_markup(text: str, replace: Replace) -> str:
    return _replace_named(_ATTRIBUTE, _replace_named(_ELEMENT, text, replace), replace)


def _replace_named(pattern: re.Pattern[str], text: str, replace: Replace) -> str:
    """Replace the group ``text`` of every match whose group ``name`` is a secret's."""

    def one(match: re.Match[str]) -> str:
        if not is_secret_name(match["name"]):
            return match[0]
        start, end = match.span("text")
        return text[match.start() : start] + replace(match["name"]) + text[end : match.end()]

    return pattern.sub(one, text)


def _replace_in_parts(text: str, replace: Replace) -> str:
    def part(match: re.Match[str]) -> str:
        new = replace(match["name"]) if is_secret_name(match["name"]) else replace_in_text(match["text"], "", replace)
        return f"{match['head']}{new}{match['tail']}"

    return _PART.sub(part, text)
