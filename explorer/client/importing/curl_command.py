"""A curl command, option by option, and the draft that it comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote, unquote

from explorer.client.build import usual_headers
from explorer.client.draft import Auth, AuthKind, BodyKind, RequestDraft, SendOptions, Value
from explorer.client.files import guessed_type
from explorer.client.importing.curl_data import DATA_OPTIONS, FORM_OPTIONS, CurlData
from explorer.client.importing.curl_options import IGNORED, IGNORED_WITH_VALUE, SILENT, SWITCHES, CurlError
from explorer.client.importing.fitting import fitted_rows, with_fields
from explorer.client.importing.values import auth_of, cookie_text, form_fields, without_dot_segments, without_variables
from explorer.client.matching import absolute_url, draft_from_target
from explorer.client.multipart import without_boundary
from explorer.client.urls import split_url
from explorer.openapi.media_types import JSON, MULTIPART, URLENCODED
from explorer.openapi.operations import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a command.

    Attributes:
        draft: the request.
        ignored: the parts of the command that have no place in it, as they were written.
    """

    draft: RequestDraft
    ignored: tuple[str, ...] = ()


@dataclass(slots=True)
class Command:
    """What the options said so far; `imported` says what they come to."""

    method: str = ""
    urls: list[str] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)
    cookies: list[tuple[str, str]] = field(default_factory=list)
    query: list[str] = field(default_factory=list)
    data: CurlData = field(default_factory=CurlData)
    auth: Auth | None = None
    options: SendOptions = field(default_factory=lambda: SendOptions(follow_redirects=False))
    upload: bool = False
    into_query: bool = False
    head: bool = False
    as_is: bool = False
    ignored: list[str] = field(default_factory=list)

    def take(self, option: str, value: str) -> None:
        """Take an option, by its long name.

        Raises:
            CurlError: it cannot be understood.
        """
        if option in DATA_OPTIONS | FORM_OPTIONS:
            self.data.add(option, value)
        elif option in _TAKERS:
            _TAKERS[option](self, value)
        elif option in IGNORED or (option.startswith("no-") and not {option, option[3:]} & (SILENT | SWITCHES)):
            self.ignored.append(f"--{option}")
        elif option in IGNORED_WITH_VALUE:
            self.ignored.append(f"--{option} {value}")

    def take_header(self, value: str) -> None:
        """Take ``-H``: a header, an empty one with a semicolon, or one that is taken away."""
        name, colon, text = value.partition(":")
        if value.startswith("@") or not (colon or value.rstrip().endswith(";")):
            self.ignored.append(f"-H {value}")
        elif not colon:
            self.headers.append((value.rstrip()[:-1].strip(), ""))
        elif not text.strip():  # takes away a header that curl would send
            self.removed.add(name.strip().lower())
            if any(name.strip().lower() == usual.lower() for usual, _ in usual_headers()):
                self.ignored.append(f"-H {value}")
        elif name.strip().lower() == "cookie":
            self.take_cookies(text)
        else:
            self.headers.append((name.strip(), text.strip()))

    def take_cookies(self, value: str) -> None:
        """Take the value of a Cookie header."""
        if "=" not in value:
            self.ignored.append(f"-b {value}")  # a file of cookies
            return
        for pair in value.split(";"):
            name, _, text = pair.strip().partition("=")
            if name:
                self.cookies.append((name, cookie_text(text)))

    def take_user(self, value: str) -> None:
        """Take ``name:password``."""
        username, _, password = value.partition(":")
        self.auth = Auth(kind=AuthKind.BASIC, username=username, password=password)

    def take_seconds(self, option: str, value: str) -> None:
        """Take a limit of time."""
        try:
            seconds = float(value)
        except ValueError:
            raise CurlError(f"--{option} {value} is no number of seconds: correct it.") from None
        if option == "max-time":
            self.options = replace(self.options, timeout=seconds or None)
        elif seconds > 0:
            self.options = replace(self.options, connect_timeout=seconds)

    def imported(self, base_url: str, catalogue: Catalogue) -> Imported:
        """Return the request, fitted to the operation that it is for; to be asked once, when all is taken.

        Raises:
            CurlError: the options together make no request.
        """
        url = self._url()
        self.ignored += [*self.urls[1:], *self.data.ignored]
        self._take_headers()
        draft = draft_from_target(self._method(), url, base_url, catalogue, catalogue.document)
        draft = self._with_body(draft)
        draft = replace(
            draft,
            values=self._values(draft, url),
            auth=self._auth(draft.auth),
            options=self.options,
        )
        return Imported(draft=without_variables(draft), ignored=tuple(self.ignored))

    def _auth(self, declared: Auth) -> Auth:
        """Return how the command proves who sends it, with the addresses that the app declares for other ways."""
        found = self.auth or Auth()
        return replace(declared, kind=found.kind, token=found.token, username=found.username, password=found.password)

    def _method(self) -> str:
        if self.method:
            return self.method
        if self.head:
            return "HEAD"
        if self.upload:
            return "PUT"
        has_body = self.data.text is not None or self.data.file is not None or self.data.fields
        return "POST" if has_body and not self.into_query else "GET"

    def _url(self) -> str:
        if not self.urls:
            raise CurlError("The command has no address: add one, such as http://127.0.0.1:8000/items.")
        url = absolute_url(self.urls[0])
        if "://" not in url:
            url = f"http://{url}"
        try:
            origin, target = split_url(url.partition("#")[0])
        except ValueError:
            raise CurlError(f"{self.urls[0]} is no address: correct it, such as http://127.0.0.1:8000/items.") from None
        scheme, _, server = origin.partition("://")
        user, at_sign, server = server.rpartition("@")
        if at_sign and self.auth is None:
            self.take_user(":".join(unquote(part) for part in user.split(":", 1)))
        path, _, query = target.partition("?")
        if self.into_query and self.data.file is not None:
            raise CurlError("-G puts a file into the address: paste its text in place of its name.")
        more = [query, *self.query, self.data.text if self.into_query else ""]
        query = "&".join(part for part in more if part)
        path = path if self.as_is else without_dot_segments(path)
        if self.upload and path.endswith("/"):
            path += quote(Path(self.data.file or "").name)
        return f"{scheme}://{server}{path}{'?' if query else ''}{query}"

    def _take_headers(self) -> None:
        """Make of a header of authentication what it says, and drop the headers that we would send ourselves."""
        kept = []
        usual = {(name.lower(), text) for name, text in usual_headers()}
        for name, text in self.headers:
            auth = auth_of(text) if name.lower() == "authorization" else None
            if auth is not None and self.auth is None:
                self.auth = auth
            elif (name.lower(), text) not in usual:
                kept.append((name, text))
        self.headers = kept

    def _with_body(self, draft: RequestDraft) -> RequestDraft:
        data = CurlData() if self.into_query else self.data
        declared = self._header("content-type")
        media_type = declared or (JSON if data.is_json else URLENCODED)
        if "content-type" in self.removed:
            media_type = ""
        if data.is_json and self._header("accept") is None:
            self.headers.append(("Accept", JSON))
        if data.fields:
            self._take_multipart_type()
            return with_fields(draft, BodyKind.MULTIPART, tuple(data.fields))
        if data.file is not None:
            if self.upload and declared is None:
                media_type = guessed_type(data.file)
            self._drop("content-type")
            return replace(draft, body_kind=BodyKind.FILE, file=data.file, media_type=media_type)
        if not data.text:
            return replace(draft, body_kind=BodyKind.NONE)
        self._drop("content-length", str(len(data.text.encode(errors="replace"))))
        self._drop("content-type")
        fields = form_fields(data.text) if media_type.lower() == URLENCODED else None
        if fields is not None:
            return with_fields(draft, BodyKind.URLENCODED, fields)
        return replace(draft, body_kind=BodyKind.TEXT, body=data.text, media_type=media_type)

    def _take_multipart_type(self) -> None:
        """Take the boundary out of a Content-Type written by hand: it would not fit the form that we make."""
        for position, (name, text) in enumerate(self.headers):
            if name.lower() == "content-type":
                self.headers[position] = (name, without_boundary(text))
        self._drop("content-type", MULTIPART)

    def _values(self, draft: RequestDraft, url: str) -> tuple[Value, ...]:
        """Put headers and cookies into the rows that the operation has for them, and make rows for the others."""
        self._drop("host", split_url(url)[0].partition("://")[2])
        return fitted_rows(draft, self.headers, self.cookies)

    def _header(self, name: str) -> str | None:
        return next((text for key, text in self.headers if key.lower() == name), None)

    def _drop(self, name: str, text: str | None = None) -> None:
        self.headers = [(k, v) for k, v in self.headers if k.lower() != name or (text is not None and v != text)]


def _switch(**changes: bool) -> Callable[[Command, str], None]:
    def take(command: Command, _value: str) -> None:
        for name, value in changes.items():
            setattr(command, name, value)

    return take


def _send_option(**changes: bool) -> Callable[[Command, str], None]:
    def take(command: Command, _value: str) -> None:
        command.options = replace(command.options, **changes)

    return take


def _upload(command: Command, value: str) -> None:
    command.upload = True
    command.data.add("data-binary", f"@{value}")


_TAKERS: Mapping[str, Callable[[Command, str], None]] = {
    "request": lambda command, value: setattr(command, "method", value.upper()),
    "url": lambda command, value: command.urls.append(value),
    "url-query": lambda command, value: command.query.append(value),
    "header": Command.take_header,
    "user-agent": lambda command, value: command.headers.append(("User-Agent", value)),
    "referer": lambda command, value: command.headers.append(("Referer", value.removesuffix(";auto"))),
    "range": lambda command, value: command.headers.append(("Range", f"bytes={value}")),
    "cookie": Command.take_cookies,
    "user": Command.take_user,
    "oauth2-bearer": lambda command, value: setattr(command, "auth", Auth(kind=AuthKind.BEARER, token=value)),
    "max-time": lambda command, value: command.take_seconds("max-time", value),
    "connect-timeout": lambda command, value: command.take_seconds("connect-timeout", value),
    "upload-file": _upload,
    "get": _switch(into_query=True),
    "head": _switch(head=True),
    "path-as-is": _switch(as_is=True),
    "location": _send_option(follow_redirects=True),
    "location-trusted": _send_option(follow_redirects=True),
    "insecure": _send_option(verify=False),
}
