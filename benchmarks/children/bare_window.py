"""The floor of every start: an empty QMainWindow, painted."""

from __future__ import annotations

import sys
import time

from PySide6.QtWidgets import QApplication, QMainWindow

application = QApplication(sys.argv[:1])
window = QMainWindow()
window.resize(1440, 900)
window.show()
application.processEvents()
painted_ns = time.perf_counter_ns()

from benchmarks.children.talk import say  # noqa: E402 - what is measured is over

say(painted_ns=painted_ns)
