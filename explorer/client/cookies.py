"""The cookies that servers asked us to keep: which are kept, and which go with the next request.

The rules are those of RFC 6265 and of today's browsers. The standard library's ``http.cookiejar`` follows older ones:
it calls the host ``localhost`` ``localhost.local``, knows neither SameSite nor name prefixes, and sends no secure
cookie to the learner's own machine, where browsers do.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from explorer.client.cookie_rules import is_address, is_safe, parts_of, refusal
from explorer.client.set_cookie import SetCookie, parse_set_cookie

__all__ = ["Cookie", "CookieJar", "SetCookie", "join_cookies", "parse_set_cookie"]

MOST_COOKIES = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cookie:
    """One cookie that is kept.

    Attributes:
        name: may be empty.
        value: as it travels.
        domain: the host that it belongs to, lower case, without a leading dot.
        path: begins with a slash; it goes with requests below it.
        expires: seconds since the epoch; None for the life of this program.
        secure: whether it travels over https (or to this machine) only.
        http_only: whether a browser would hide it from scripts.
        same_site: ``Strict``, ``Lax``, ``None`` or empty. It has no meaning outside a browser, and is kept to be shown.
        host_only: whether it is for `domain` alone, and not for the hosts below it.
    """

    name: str
    value: str
    domain: str
    path: str = "/"
    expires: float | None = None
    secure: bool = False
    http_only: bool = False
    same_site: str = ""
    host_only: bool = True

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from every other cookie of a jar: name, domain and path."""
        return self.name, self.domain, self.path


class CookieJar:
    """Cookies in memory. It belongs to one thread."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """`clock` returns seconds since the epoch, for what expires."""
        self._clock = clock
        self._cookies: dict[tuple[str, str, str], Cookie] = {}
        self._callbacks: list[Callable[[], object]] = []

    def cookies(self) -> tuple[Cookie, ...]:
        """Return all that have not expired, the oldest first."""
        now = self._clock()
        return tuple(cookie for cookie in self._cookies.values() if not _expired(cookie, now))

    def set(self, cookie: Cookie) -> None:
        """Keep a cookie, in place of the one with the same name, domain and path."""
        self._put(cookie)
        self._tell()

    def remove(self, cookie: Cookie) -> None:
        """Forget a cookie; does nothing when there is none with its name, domain and path."""
        if self._cookies.pop(cookie.key, None) is not None:
            self._tell()

    def clear(self) -> None:
        """Forget all."""
        if self._cookies:
            self._cookies.clear()
            self._tell()

    def for_url(self, url: str) -> tuple[tuple[str, str], ...]:
        """Return the names and values that go with a request to `url`: those with longer paths first, then older."""
        if not self._cookies:
            return ()
        scheme, host, path = parts_of(url)
        now = self._clock()
        found = [
            cookie
            for cookie in self._cookies.values()
            if _host_fits(cookie, host)
            and _path_fits(cookie.path, path)
            and (not cookie.secure or is_safe(scheme, host))
            and not _expired(cookie, now)
        ]
        found.sort(key=lambda cookie: -len(cookie.path))
        return tuple((cookie.name, cookie.value) for cookie in found)

    def store(self, url: str, headers: Iterable[tuple[str, str]]) -> None:
        """Keep what the response from `url` asks for in its ``Set-Cookie`` headers, as far as a browser would."""
        changed = False
        for name, value in headers:
            if name.lower() == "set-cookie":
                changed = self._take(url, parse_set_cookie(value)) or changed
        if changed:
            self._tell()

    def subscribe(self, callback: Callable[[], object]) -> Callable[[], None]:
        """Call `callback` after every change; returns what ends that."""
        self._callbacks.append(callback)

        def unsubscribe() -> None:
            if callback in self._callbacks:
                self._callbacks.remove(callback)

        return unsubscribe

    def _take(self, url: str, said: SetCookie) -> bool:
        _, host, request_path = parts_of(url)
        now = self._clock()
        if refusal(said, url):
            return False
        expires = said.expires
        if said.max_age is not None:
            expires = now + said.max_age if said.max_age > 0 else 0.0
        cookie = Cookie(
            name=said.name,
            value=said.value,
            domain=said.domain or host,
            path=said.path or _default_path(request_path),
            expires=expires,
            secure=said.secure,
            http_only=said.http_only,
            same_site=said.same_site,
            host_only=not said.domain or is_address(host),
        )
        if _expired(cookie, now):
            return self._cookies.pop(cookie.key, None) is not None
        self._put(cookie)
        return True

    def _put(self, cookie: Cookie) -> None:
        self._cookies[cookie.key] = cookie  # one that is there already keeps its age
        while len(self._cookies) > MOST_COOKIES:
            del self._cookies[next(iter(self._cookies))]

    def _tell(self) -> None:
        for callback in tuple(self._callbacks):
            callback()


def join_cookies(own: str | None, kept: Iterable[tuple[str, str]]) -> str:
    """Return the ``Cookie`` header of a request that wrote `own` itself, with those of the jar behind it.

    Where both have a cookie of the same name, the request's own is the one that travels.
    """
    names = {piece.partition("=")[0].strip() for piece in own.split(";")} if own is not None else set()
    pieces = [own] if own else []
    pieces += [f"{name}={value}" if name else value for name, value in kept if name not in names]
    return "; ".join(pieces)


def _host_fits(cookie: Cookie, host: str) -> bool:
    if host == cookie.domain:
        return True
    return not cookie.host_only and not is_address(host) and host.endswith(f".{cookie.domain}")


def _path_fits(cookie_path: str, path: str) -> bool:
    if path == cookie_path:
        return True
    return path.startswith(cookie_path) and (cookie_path.endswith("/") or path[len(cookie_path)] == "/")


def _default_path(path: str) -> str:
    return path.rpartition("/")[0] or "/"


def _expired(cookie: Cookie, now: float) -> bool:
    return cookie.expires is not None and cookie.expires <= now
