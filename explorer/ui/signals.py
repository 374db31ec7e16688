"""Ctrl+C in the terminal, and a system that shuts down, close the window as a person does."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSocketNotifier

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")  # the last one is not known everywhere
_USUAL = (signal.SIG_DFL, signal.default_int_handler)


@contextmanager
def closing_on_signals(close: Callable[[], object]) -> Iterator[None]:
    """Call `close` on the window's thread when the process is asked to end. What others ignore or handle stays so."""
    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    ours = [number for number in numbers if before[number] in _USUAL]
    # Qt's loop runs no Python while it waits, so Python's handler would come too late. Python writes a byte here at
    # once, which wakes Qt; the first line of Python that runs then is the handler's.
    reader, writer = socket.socketpair()
    with reader, writer:
        reader.setblocking(False)
        writer.setblocking(False)
        notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read)
        notifier.activated.connect(lambda: _drain(reader))
        previous = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        for number in ours:
            signal.signal(number, lambda _number, _frame: close())
        try:
            yield
        finally:
            for number in ours:
                signal.signal(number, before[number])
            signal.set_wakeup_fd(previous)
            notifier.setEnabled(False)


def _drain(reader: socket.socket) -> None:
    reader.recv(64)
