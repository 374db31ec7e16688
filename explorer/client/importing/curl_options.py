"""The options of curl: which take a value, and what becomes of those that are not about the request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

SHORT = {
    "X": "request", "H": "header", "d": "data", "F": "form", "b": "cookie", "u": "user", "A": "user-agent",
    "e": "referer", "G": "get", "I": "head", "L": "location", "k": "insecure", "m": "max-time", "T": "upload-file",
    "x": "proxy", "o": "output", "O": "remote-name", "s": "silent", "S": "show-error", "v": "verbose", "i": "include",
    "f": "fail", "g": "globoff", "N": "no-buffer", "c": "cookie-jar", "D": "dump-header", "w": "write-out",
    "E": "cert", "K": "config", "r": "range", "0": "http1.0", "1": "tlsv1", "4": "ipv4", "6": "ipv6",
    "#": "progress-bar", "j": "junk-session-cookies", "q": "disable", "n": "netrc", "J": "remote-header-name",
    "a": "append", "R": "remote-time", "y": "speed-time", "Y": "speed-limit", "z": "time-cond", "C": "continue-at",
    "U": "proxy-user", "p": "proxytunnel", "Z": "parallel", ":": "next", "h": "help", "V": "version",
}  # fmt: skip
TAKEN = frozenset((
    "request", "header", "data", "data-ascii", "data-raw", "data-binary", "data-urlencode", "json", "form",
    "form-string", "cookie", "user", "user-agent", "referer", "max-time", "connect-timeout", "url", "upload-file",
    "oauth2-bearer", "range", "url-query",
))  # fmt: skip
SWITCHES = frozenset((
    "get", "head", "location", "location-trusted", "insecure", "compressed", "path-as-is",
))  # fmt: skip
# They say what curl shows and where, or how it uses its connection; nothing that the server could see the sense of.
SILENT = frozenset((
    "silent", "show-error", "verbose", "include", "fail", "fail-with-body", "fail-early", "progress-bar",
    "no-progress-meter", "globoff", "no-buffer", "buffer", "remote-name", "remote-name-all", "remote-header-name",
    "remote-time", "styled-output", "tcp-nodelay", "keepalive", "no-keepalive", "http1.1", "http2",
    "http2-prior-knowledge", "http1.0", "http3", "ipv4", "ipv6", "disable", "basic", "raw", "tr-encoding",
    "create-dirs", "compressed-ssh", "sessionid", "no-sessionid", "alpn", "no-alpn", "npn", "no-npn", "parallel",
    "trace-time", "trace-ids", "xattr", "parallel-immediate", "suppress-connect-headers", "tcp-fastopen", "http0.9",
    "http3-only", "form-escape",
))  # fmt: skip
SILENT_WITH_VALUE = frozenset((
    "output", "output-dir", "write-out", "stderr", "trace", "trace-ascii", "dump-header", "retry", "retry-delay",
    "retry-max-time", "limit-rate", "keepalive-time", "speed-time", "speed-limit", "expect100-timeout",
    "max-filesize",
))  # fmt: skip
IGNORED = frozenset((
    "digest", "ntlm", "negotiate", "anyauth", "junk-session-cookies", "netrc", "netrc-optional", "tlsv1",
    "tlsv1.0", "tlsv1.1", "tlsv1.2", "tlsv1.3", "sslv3", "ssl-no-revoke", "ssl-reqd", "ssl",
    "ssl-revoke-best-effort", "retry-connrefused", "retry-all-errors", "proxytunnel", "post301", "post302",
    "post303", "append", "crlf", "ca-native", "cert-status", "doh-insecure", "proxy-insecure", "proxy-basic",
    "proxy-digest", "haproxy-protocol", "ignore-content-length", "disallow-username-in-url",
))  # fmt: skip
IGNORED_WITH_VALUE = frozenset((
    "proxy", "proxy-user", "proxy-header", "preproxy", "noproxy", "socks5", "socks5-hostname", "socks4",
    "socks4a", "cacert", "capath", "cert", "cert-type", "key", "key-type", "pass", "ciphers", "tls13-ciphers",
    "tls-max", "curves", "pinnedpubkey", "crlfile", "cookie-jar", "config", "resolve", "connect-to", "interface",
    "local-port", "dns-servers", "doh-url", "unix-socket", "abstract-unix-socket", "max-redirs", "time-cond",
    "continue-at", "etag-save", "etag-compare", "libcurl", "parallel-max", "rate", "delegation", "tlsuser",
    "tlspassword", "tlsauthtype", "netrc-file", "alt-svc", "hsts", "engine", "aws-sigv4",
    "happy-eyeballs-timeout-ms", "proto", "proto-default", "proto-redir", "request-target",
))  # fmt: skip


class CurlError(ValueError):
    """A command that cannot be understood; the message is a sentence for the person."""


def read_options(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield every option by its long name, with its value, "" for a switch; an address is the option ``url``.

    Only the first request of a command is read: the option ``next`` ends it.

    Raises:
        CurlError: an option is unknown, or lacks its value.
    """
    waiting = iter(words)
    for word in waiting:
        if word == "--":
            yield from (("url", rest) for rest in waiting)
        elif word.startswith("--"):
            yield _long(word, waiting)
        elif word.startswith("-") and len(word) > 1:
            yield from _short(word, waiting)
        else:
            yield "url", word


def _long(word: str, waiting: Iterator[str]) -> tuple[str, str]:
    name = word[2:]
    known = TAKEN | SILENT_WITH_VALUE | IGNORED_WITH_VALUE
    if name in known:
        return name, _value(word, waiting)
    if name in SWITCHES | SILENT | IGNORED | {"next", "help", "version"}:
        return name, ""
    if name.startswith("no-") and name[3:] in SWITCHES | SILENT | IGNORED:
        return name, ""
    # curl takes the beginning of a name while only one begins so.
    longer = sorted(each for each in known | SWITCHES | SILENT | IGNORED if each.startswith(name) and len(name) > 2)
    if len(longer) == 1:
        return longer[0], _value(word, waiting) if longer[0] in known else ""
    raise CurlError(f"{word} is no option of curl that is known here: remove it, and paste the command again.")


def _short(word: str, waiting: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Yield the options of a word such as ``-sSLd@file``: the first that takes a value takes the rest."""
    for position, letter in enumerate(word[1:], start=1):
        name = SHORT.get(letter)
        if name is None:
            raise CurlError(
                f"-{letter} is no option of curl that is known here: remove it, and paste the command again."
            )
        if name in TAKEN | SILENT_WITH_VALUE | IGNORED_WITH_VALUE:
            yield name, word[position + 1 :] or _value(f"-{letter}", waiting)
            return
        yield name, ""


def _value(option: str, waiting: Iterator[str]) -> str:
    value = next(waiting, None)
    if value is None:
        raise CurlError(f"The option {option} needs a value, and the command ends after it: copy the whole command.")
    return value
