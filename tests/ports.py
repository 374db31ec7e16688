"""Ports that are a test's own, also while nothing listens on them."""

from __future__ import annotations

import atexit
import itertools
import socket
from collections.abc import Iterator

HOST = "127.0.0.1"
# Below the ports that the system gives to clients: a client that tries one of those again and again meets itself.
_FIRST, _END = 12_000, 32_000
_BLOCK = 250
_SPARE = 50  # at the end of a block, for a server whose port is taken: so many more it tries


def free_port() -> int:
    """Return a port that nobody uses, that was not returned before, and that no other process of the tests returns."""
    return next(port for port in _ports if _is_free(port))


def _blocks() -> Iterator[range]:
    """Yield ranges of ports. Whoever has bound the first of one, which nobody can do twice, has them all."""
    for first in range(_FIRST, _END, _BLOCK):
        claim = socket.socket()
        try:
            claim.bind((HOST, first))
        except OSError:
            claim.close()
        else:
            atexit.register(claim.close)
            yield range(first + 1, first + _BLOCK - _SPARE)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


_ports = itertools.chain.from_iterable(_blocks())
