"""Draws one SVG picture, in a process of its own: Qt can neither be stopped while it draws, nor lets the window go on.

Some kilobytes can ask for hours of work, and a drawing that brings Qt down takes nothing else with it.
"""

from __future__ import annotations

import faulthandler
import os
import subprocess
import sys

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from explorer.client.viewers.process import helper_command, helper_environment

PATIENCE_SECONDS = 5.0
NO_SVG = "These bytes do not make an SVG picture."
TOO_MUCH_WORK = (
    f"This picture takes more than {PATIENCE_SECONDS:g} seconds to draw, so it is not shown: save it, "
    "or open it in a browser."
)
_SIDE = 1_200  # pixels of the longer side when a drawing is turned into a picture


def draw_apart(svg: bytes, patience: float = PATIENCE_SECONDS) -> QImage | str:
    """Return the picture, or one sentence that says why there is none. Waits; not for the window's thread.

    Args:
        svg: without references to anything outside of it.
        patience: seconds.
    """
    environment = helper_environment()
    if sys.platform.startswith("linux"):
        environment["QT_QPA_PLATFORM"] = "offscreen"  # it needs no display; elsewhere fonts come with the platform
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [*helper_command(__name__), str(patience)],
            input=svg,
            capture_output=True,
            timeout=patience + 1,  # a machine that is busy starts it late
            check=False,
            env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        return TOO_MUCH_WORK
    except OSError as error:
        return f"The helper process that draws SVG pictures did not start ({error.strerror}): save it instead."
    if done.returncode == 0:
        return QImage.fromData(QByteArray(done.stdout)) if done.stdout else NO_SVG
    return TOO_MUCH_WORK if b"Timeout" in done.stderr else "Qt could not draw this picture: save it instead."


def draw(svg: bytes) -> bytes:
    """Return the picture as PNG; nothing when it is none. Needs a `QGuiApplication`."""
    renderer = QSvgRenderer(QByteArray(svg))
    if not renderer.isValid():
        return b""
    size = renderer.defaultSize()
    if size.isEmpty():
        size = QSize(_SIDE, _SIDE)
    size = size.scaled(_SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", 100)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def main() -> None:
    """Read a picture from standard input and write what was drawn to standard output."""
    # Even when the window is gone, and although Qt holds Python's lock while it draws.
    faulthandler.dump_traceback_later(float(sys.argv[1]), exit=True)
    application = QGuiApplication([])
    sys.stdout.buffer.write(draw(sys.stdin.buffer.read()))
    sys.stdout.buffer.flush()
    del application
    os._exit(0)


if __name__ == "__main__":
    main()
