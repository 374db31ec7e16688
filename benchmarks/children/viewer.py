"""A view of a body in a window of its own, and a timer that notices when the window stops.

Orders: ``view pretty|raw PATH`` shows a body in one of the window's own views, waits until all of it is known, and
then jumps through it; ``idle`` shows an empty window for a while; ``peer PATH`` shows the body in a plain
QPlainTextEdit. The child says `ready` when its empty window is there and waits for ``go``; then it answers the
`milliseconds` of the first painting, the `longest` stop, and the most that one stop was `busy`: the rest of it other
programs had the processor. The file of a ``view`` goes with its body.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from benchmarks.children.talk import next_order, say
from explorer.bootstrap.collection import pause_collection, resume_collection
from explorer.client.body import Body
from explorer.client.viewers.content import present_body
from explorer.ui.application import make_application
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.text_page import PrettyView, RawView, TextPage

_PLACES = 40  # jumps through the body
_JUMP_EVERY_MS = 20
_PATIENCE_SECONDS = 120
_IDLE_SECONDS = 4


class Watch:
    """Runs the event loop, and keeps the longest time for which it did nothing else than one thing."""

    def __init__(self) -> None:
        self.longest = self.busy = 0.0
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start()

    def restart(self) -> None:
        """Begin to look."""
        self.longest = self.busy = 0.0
        self._last, self._worked = time.perf_counter(), time.thread_time()

    def run_until(self, done: Callable[[], bool]) -> None:
        """Let the window live until something is so."""
        loop = QEventLoop()
        look = QTimer()
        look.setInterval(5)
        look.timeout.connect(lambda: loop.quit() if done() else None)
        look.start()
        limit = QTimer()
        limit.setSingleShot(True)
        limit.timeout.connect(loop.quit)
        limit.start(_PATIENCE_SECONDS * 1000)
        loop.exec()
        if not done():
            raise RuntimeError("The body did not become known in time.")

    def _on_timer_timeout(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, now - self._last)
        self.busy = max(self.busy, worked - self._worked)
        self._last, self._worked = now, worked


def _show(view: QWidget, watch: Watch, put: Callable[[], None], settle: Callable[[], None]) -> None:
    view.resize(1_000, 700)
    view.show()
    watch.run_until(view.isVisible)
    say(ready=True)
    next_order()
    watch.restart()
    began = time.perf_counter()
    put()
    view.repaint()
    first = time.perf_counter() - began
    watch.run_until(lambda: True)
    settle()
    longest = max(watch.longest, first)
    say(milliseconds=first * 1000, longest=longest * 1000, busy=watch.busy * 1000)
    view.close()


def _view(view: TextPage, path: Path, watch: Watch) -> None:
    def put() -> None:
        view.set_body(present_body(Body(path=path), "application/json"))

    def settle() -> None:
        watch.run_until(lambda: view.complete)
        bar = view.code.verticalScrollBar()
        for i in range(_PLACES):
            bar.setValue(bar.maximum() * (i * 17 % _PLACES) // _PLACES)
            due = time.perf_counter() + _JUMP_EVERY_MS / 1000
            watch.run_until(lambda due=due: time.perf_counter() >= due)  # type: ignore[misc]

    _show(view, watch, put, settle)


def _peer(path: Path, watch: Watch) -> None:
    edit = QPlainTextEdit()
    edit.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    text = path.read_text("utf-8")
    _show(edit, watch, lambda: edit.setPlainText(text), lambda: watch.run_until(lambda: True))


def _idle(window: QWidget, watch: Watch) -> None:
    due = time.perf_counter() + _IDLE_SECONDS
    _show(window, watch, lambda: None, lambda: watch.run_until(lambda: time.perf_counter() >= due))


def main() -> None:
    """Do what is ordered."""
    logging.getLogger("explorer.qt").setLevel(logging.ERROR)  # the offscreen platform has much to say
    application: QApplication = make_application()
    themes, watch = Themes(application, "dark", 100), Watch()
    pause_collection()
    resume_collection()  # as the program does when its window is there
    while order := next_order():
        what, *rest = order.split(" ", 2)
        if what == "peer":
            _peer(Path(rest[0]), watch)
        elif what == "idle":
            _idle(QWidget(), watch)
        else:
            _view((PrettyView if rest[0] == "pretty" else RawView)(themes), Path(rest[1]), watch)


if __name__ == "__main__":
    main()
