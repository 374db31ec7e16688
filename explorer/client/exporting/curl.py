"""A request as a curl command for sh, laid out to be read, that makes the server see the same."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from explorer.client.build import usual_headers
from explorer.client.draft import AuthKind, SendOptions
from explorer.client.exchange import Request
from explorer.client.exporting.shell_words import quoted, variable
from explorer.client.importing.values import auth_of
from explorer.client.known_secrets import hide
from explorer.client.multipart import Part, boundary_of, read_parts, without_boundary
from explorer.client.secret_names import is_secret_header, is_secret_name, is_secret_value
from explorer.client.secret_texts import replace_in_text
from explorer.client.secrets import safe_url
from explorer.client.urls import split_url
from explorer.openapi.media_types import MULTIPART, URLENCODED

_DOTS = re.compile(r"/(?:\.|%2e){1,2}(?:/|\Z)", re.IGNORECASE)
_ADDED = frozenset({"content-length", "connection", "traceparent", "transfer-encoding"})  # by curl in its own way


def to_curl(request: Request, *, with_secrets: bool) -> str:
    """Return a command that sends the same request.

    Headers that every client sends in its own words (``User-Agent``, ``Accept: */*``) are left to curl. Files are
    named, and must still be there when the command runs.

    Args:
        request: as built, or as it was sent.
        with_secrets: whether tokens, passwords, keys and cookies stand in it; else ``"$TOKEN"`` and the like stand
            in their places, to be set in the shell.
    """
    return _Export(request, with_secrets=with_secrets).command()


class _Export:
    """One command in the making."""

    def __init__(self, request: Request, *, with_secrets: bool) -> None:
        self._request = request
        self._with_secrets = with_secrets
        origin, self._target = _split(request.url)
        self._server = re.sub(r"://.*@", "://", origin)
        self._content_type = next((text for name, text in request.headers if name.lower() == "content-type"), None)

    def command(self) -> str:
        before, body, is_form = self._body()
        first = " ".join(["curl", *self._switches(), *self._method(has_body=bool(body)), quoted(self._url())])
        return before + " \\\n  ".join([first, *self._headers(has_body=bool(body), is_form=is_form), *body])

    def _switches(self) -> list[str]:
        request, options = self._request, self._request.options
        path = self._target.partition("?")[0]
        usual = dict(usual_headers())["Accept-Encoding"]
        found = [
            ("-L", options.follow_redirects),
            ("-k", not options.verify),
            ("-g", re.search(r"[\[\]{}]", request.url) is not None),
            ("--path-as-is", _DOTS.search(path) is not None),
            ("--compressed", ("Accept-Encoding", usual) in request.headers),
            (f"--max-time {options.timeout:g}" if options.timeout is not None else "", options.timeout is not None),
            (
                f"--connect-timeout {options.connect_timeout:g}",
                options.connect_timeout != SendOptions().connect_timeout,
            ),
        ]
        return [switch for switch, wanted in found if wanted]

    def _method(self, *, has_body: bool) -> list[str]:
        method = self._request.method
        if method == ("POST" if has_body else "GET"):
            return []
        return ["-I"] if method == "HEAD" and not has_body else [f"-X {quoted(method)}"]

    def _url(self) -> str:
        url = self._request.url
        if self._with_secrets:
            return url
        safe = safe_url(url, variable)
        if safe is None:
            return f"{self._server}/{variable('path and query')}"
        return hide(safe, self._request.secrets, variable("secret"))

    def _headers(self, *, has_body: bool, is_form: bool) -> list[str]:
        ours = {(name.lower(), text) for name, text in usual_headers()}
        host = self._server.partition("://")[2]
        lines = []
        for name, text in self._request.headers:
            low = name.lower()
            if low in _ADDED or (low, text) in ours or (low == "host" and text == host):
                continue
            if low == "content-type" and has_body:
                lines += self._content_type_line(name, text, is_form=is_form)
            else:
                lines.append(self._header(name, text))
        if has_body and self._content_type is None:
            lines.append("-H 'Content-Type:'")  # without it curl would say that it is a form
        return lines

    def _content_type_line(self, name: str, text: str, *, is_form: bool) -> list[str]:
        if is_form:  # curl makes a boundary of its own
            text = without_boundary(text)
        if text == (MULTIPART if is_form else URLENCODED):
            return []
        return [f"-H {quoted(f'{name}: {text}', latin_1=True)}"]

    def _header(self, name: str, text: str) -> str:
        low = name.lower()
        if not text:
            return f"-H {quoted(f'{name};')}"
        if low == "cookie" and "=" in text:
            pairs = [pair.strip().partition("=") for pair in text.split(";")]
            hidden = "; ".join(f"{key}{sign}{variable(f'cookie_{key}') if sign else ''}" for key, sign, _ in pairs)
            return f"-b {quoted(text if self._with_secrets else hidden, latin_1=True)}"
        auth = auth_of(text) if low == "authorization" else None
        if auth is not None and auth.kind is AuthKind.BASIC:
            password = auth.password if self._with_secrets else variable("password")
            return f"-u {quoted(f'{auth.username}:{password}')}"
        if not self._with_secrets:
            if low.endswith("authorization"):
                scheme, space, _ = text.partition(" ")
                text = f"{scheme} {variable('token')}" if space else variable("token")
            elif is_secret_header(low) or is_secret_value(text) or text in self._request.secrets:
                text = variable(low.removeprefix("x-"))
        return f"-H {quoted(f'{name}: {text}', latin_1=True)}"

    def _body(self) -> tuple[str, list[str], bool]:
        """Return what stands before the command, the lines of the body, and whether they are a multipart form."""
        payload = self._request.content
        if not payload:
            return "", [], False
        parts = self._parts()
        if parts is not None:
            return "", [self._part(part) for part in parts], True
        path = payload.pieces[0]
        if len(payload.pieces) == 1 and isinstance(path, Path):
            return "", [f"--data-binary {quoted(f'@{path}')}"], False
        raw = b"".join(payload.chunks())
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            text = "\0"
        if "\0" in text:  # no word of a command line can carry it
            if not self._with_secrets:  # no variable can stand inside what is encoded
                hidden = replace_in_text(raw.decode("latin-1"), self._content_type or "", lambda _: "***")
                raw = hidden.encode("latin-1")
            return f"printf %s {base64.b64encode(raw).decode()} | base64 -d | ", ["--data-binary @-"], False
        media_type = self._content_type or ""
        if not self._with_secrets:
            text = replace_in_text(text, media_type, variable)
        pieces = text.split("&") if media_type.lower() == URLENCODED else [text]
        return "", [f"--data-raw {quoted(piece)}" for piece in pieces], False

    def _parts(self) -> tuple[Part, ...] | None:
        """Return the parts of a form; None when the body is none, or one that curl cannot make."""
        payload = self._request.content
        first = payload.pieces[0]
        boundary = boundary_of(self._content_type or "")
        if boundary is None and isinstance(first, bytes) and first.startswith(b"--"):
            boundary = first[2:].partition(b"\r\n")[0].decode("latin-1")
        parts = read_parts(payload, boundary) if boundary else None
        if not parts or any(isinstance(part.content, bytes) and not _is_word(part.content) for part in parts):
            return None
        return parts

    def _part(self, part: Part) -> str:
        name = part.name.replace("=", "%3D")  # where curl would see the end of the name
        if isinstance(part.content, Path):
            file_name = f";filename={_in_quotes(part.file_name or '')}" if part.file_name != part.content.name else ""
            path = str(part.content)
            path = _in_quotes(path) if re.search(r'[",;\\]', path) else path
            return f"-F {quoted(f'{name}=@{path};type={part.content_type}{file_name}')}"
        text = part.content.decode()
        if not self._with_secrets:
            secret = is_secret_name(part.name) or is_secret_value(text)
            text = variable(part.name) if secret else replace_in_text(text, part.content_type, variable)
        if part.content_type:
            return f"-F {quoted(f'{name}={_in_quotes(text)};type={part.content_type}')}"
        return f"--form-string {quoted(f'{name}={text}')}"


def _split(url: str) -> tuple[str, str]:
    try:
        return split_url(url)
    except ValueError:  # of a request that could not be sent
        return "", url


def _is_word(content: bytes) -> bool:
    try:
        return "\0" not in content.decode()
    except UnicodeDecodeError:
        return False


def _in_quotes(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
