"""Secrets that are known by their values: wherever they turn up again, and however they are written there."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, quote_plus, urlsplit

from explorer.client.draft import RequestDraft
from explorer.client.exchange import Exchange, Headers, Request
from explorer.client.secret_names import is_secret_name, may_name_secrets
from explorer.client.secrets import held_secrets
from explorer.client.set_cookie import parse_set_cookie

_SHORTEST = 4  # characters; a shorter one would take half of a text away
_SHORTEST_COOKIE = 8  # most cookies of a server are settings such as "dark", and words of its answers
_SIGNING_IN = ("authorization", "proxy-authorization")


def secrets_of(exchange: Exchange, draft: RequestDraft) -> frozenset[str]:
    """Return what was sent or set that is not for the disk: credentials, keys, cookies, and what a body held."""
    found = {*held_secrets(draft), *_of_text(draft.body or "")}
    for field in draft.fields:
        found.update(_of_text(field.text or ""))
    cookies: set[str] = set()
    for response in (exchange.response, *(hop.response for hop in exchange.hops)):
        if response is not None:
            cookies.update(
                parse_set_cookie(text).value for name, text in response.headers if name.lower() == "set-cookie"
            )
    requests = (exchange.request, *(hop.request for hop in exchange.hops))
    return _long_enough(found, cookies).union(*map(secrets_in, requests))


def secrets_in(request: Request) -> frozenset[str]:
    """Return what a request carries that lets somebody in: in its address, its headers and its cookies."""
    return _long_enough({*request.secrets, *_of_request(request)}, _of_cookie_header(request.headers))


def hide(text: str, secrets: Iterable[str], mask: str) -> str:
    """Return a text in which `mask` stands for every secret: as it is, in a URL, and in JSON."""
    for written in ways_to_write(secrets):
        text = text.replace(written, mask)
    return text


def hide_bytes(content: bytes, secrets: Iterable[str], mask: str) -> bytes:
    """Return the bytes of a text, of which `hide` would have made another."""
    for written in ways_to_write(secrets):
        content = content.replace(written.encode(errors="surrogatepass"), mask.encode())
    return content


def _long_enough(secrets: set[str], cookies: set[str]) -> frozenset[str]:
    found = {text for text in secrets if len(text) >= _SHORTEST}
    return frozenset(found | {text for text in cookies if len(text) >= _SHORTEST_COOKIE})


def ways_to_write(secrets: Iterable[str]) -> list[str]:
    """Return the longest first: one secret may be part of another."""
    found: set[str] = set()
    for text in secrets:
        found.add(text)
        found.update((quote(text, errors="replace"), quote(text, safe="", errors="replace")))
        found.add(quote_plus(text, errors="replace"))
        found.update((json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1]))
    return sorted(found, key=len, reverse=True)


def _of_request(request: Request) -> set[str]:
    found = _of_pairs(_query(request.url))
    for name, text in request.headers:
        if name.lower() in _SIGNING_IN:
            credentials = text.partition(" ")[2] or text
            found |= {credentials, _password_in(credentials)}
        elif is_secret_name(name) and name.lower() != "cookie":
            found.add(text)
    return found


def _of_cookie_header(headers: Headers) -> set[str]:
    texts = [text for name, text in headers if name.lower() == "cookie"]
    return {pair.partition("=")[2].strip().strip('"') for text in texts for pair in text.split(";")}


def _of_text(text: str) -> set[str]:
    """Return the secrets in a body that is JSON or a form; of any other only the names can tell."""
    if not may_name_secrets(text):
        return set()
    try:
        return set(_of_json(json.loads(text)))
    except (ValueError, RecursionError):
        return _of_pairs(text)


def _of_json(value: object, name: str = "") -> Iterable[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _of_json(inner, name if is_secret_name(name) else key)
    elif isinstance(value, list):
        for inner in value:
            yield from _of_json(inner, name)
    elif isinstance(value, str) and is_secret_name(name):
        yield value


def _of_pairs(query: str) -> set[str]:
    try:
        return {text for name, text in parse_qsl(query) if is_secret_name(name)}
    except ValueError:  # more pairs than anybody types
        return set()


def _query(url: str) -> str:
    try:
        return urlsplit(url).query
    except ValueError:
        return ""


def _password_in(credentials: str) -> str:
    try:
        return base64.b64decode(credentials).decode().partition(":")[2]
    except ValueError:
        return ""
