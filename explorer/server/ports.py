"""A listening socket on the port that was asked for, or on the next one that is free."""

from __future__ import annotations

import errno
import socket
import sys

TRIES = 50  # how many ports after the first are looked at
_BACKLOG = 2048  # uvicorn's own
_IN_USE = {errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE)}
_DENIED = {errno.EACCES, errno.EPERM}
_NO_SUCH_ADDRESS = {errno.EADDRNOTAVAIL, getattr(errno, "WSAEADDRNOTAVAIL", errno.EADDRNOTAVAIL)}


class PortError(Exception):
    """No socket could be had. Its text is one sentence for a person.

    Attributes:
        taken: whether another program has the port.
    """

    def __init__(self, sentence: str, *, taken: bool = False) -> None:
        super().__init__(sentence)
        self.taken = taken


def listen(host: str, port: int, *, fixed: bool) -> socket.socket:
    """Return a socket that listens on `port`, or on the next free one unless `fixed`. 0 lets the system choose.

    It listens at once, so that no other program can take the port while the app is still being loaded.

    Raises:
        PortError: the port is taken, forbidden, or the address is not one of this machine.

    """
    family, address = _resolve(host)
    last = port if fixed or port == 0 else min(port + TRIES, 65535)
    for candidate in range(port, last + 1):
        try:
            return _listen_on(family, address, candidate)
        except OSError as error:
            # Windows reserves ranges of ports and answers "denied" for each of them.
            skippable = error.errno in _IN_USE or (error.errno in _DENIED and not fixed)
            if not skippable or fixed:
                raise PortError(_explain(error, host, candidate), taken=error.errno in _IN_USE) from error
    raise PortError(f"All ports from {port} to {last} are taken. Choose another with --port.")


def base_url(host: str, port: int) -> str:
    """Return how this machine itself reaches a server bound to `host`."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 - a lookup
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"


def _resolve(host: str) -> tuple[socket.AddressFamily, str]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise PortError(f"“{host}” is not an address of this machine. Use 127.0.0.1, or 0.0.0.0 for all.") from error
    # 127.0.0.1 before ::1: the address that is shown is the one everybody knows.
    family, _, _, _, address = min(found, key=lambda entry: entry[0] != socket.AF_INET)
    return family, str(address[0])


def _listen_on(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    # asyncio sets TCP_NODELAY only on sockets that say IPPROTO_TCP; without it every keep-alive answer takes 44 ms.
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform == "win32":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((address, port))
        sock.listen(_BACKLOG)
    except BaseException:
        sock.close()
        raise
    sock.setblocking(False)
    return sock


def _explain(error: OSError, host: str, port: int) -> str:
    if error.errno in _IN_USE:
        return f"Port {port} is in use by another program. End that program, or choose another port with --port."
    if error.errno in _DENIED:
        return f"This system does not let you use port {port}. Choose one above 1023 with --port."
    if error.errno in _NO_SUCH_ADDRESS:
        return f"“{host}” is not an address of this machine. Use 127.0.0.1, or 0.0.0.0 for all."
    return f"Port {port} could not be opened: {error.strerror or error}."
