"""Hands and eyes of the tour: finds widgets by name, clicks, types, waits, and takes pictures."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QCursor, QGuiApplication, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTreeView,
    QWidget,
)

from explorer.ui import names
from explorer.ui.panels.operations_panel import OperationsPanel
from explorer.ui.widgets.counted_tabs import CountedTabs
from explorer.ui.widgets.request_tabs import RequestTabs
from explorer.ui.widgets.segmented import Segmented

W = TypeVar("W", bound=QObject)

PATIENCE_SECONDS = 10.0
START_PATIENCE_SECONDS = 45.0  # a first start reads everything from the disk, maybe on a busy machine
_SETTLE_ROUNDS = 6


class StoryFailedError(RuntimeError):
    """A story did not go as it must; the message says where it stopped."""


class Driver:
    """Uses a window as a person does."""

    def __init__(self, window: QWidget) -> None:
        self.window = window

    def find(self, kind: type[W], name: str) -> W:
        """Return the widget with an objectName of `explorer.ui.names`.

        Raises:
            StoryFailedError: there is none.
        """
        found = self.window.findChild(kind, name)
        if found is None:
            raise StoryFailedError(f"no {kind.__name__} is named {name}")
        return found

    def sees(self, name: str) -> bool:
        """Tell whether a widget is in sight; some are made when they are first needed."""
        found = self.window.findChild(QWidget, name)
        return found is not None and found.isVisible()

    def words(self, name: str) -> str:
        """Return what a widget is called by assistive tools."""
        return self.find(QWidget, name).accessibleName()

    def click(self, name: str) -> None:
        """Click a widget in its middle."""
        widget = self.find(QWidget, name)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, widget.rect().center())

    def press(self, name: str, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key in a widget."""
        QTest.keyClick(self.find(QWidget, name), key, modifiers)

    def write(self, name: str, text: str) -> None:
        """Replace what a text field holds by typing."""
        widget = self.find(QWidget, name)
        widget.setFocus()
        if isinstance(widget, (QLineEdit, QPlainTextEdit)):
            widget.selectAll()
        if isinstance(widget, QPlainTextEdit):
            widget.insertPlainText(text)  # key by key, the editor would indent for us
        elif text:
            QTest.keyClicks(widget, text)
        else:
            QTest.keyClick(widget, Qt.Key.Key_Delete)

    def choose(self, key: str) -> None:
        """Choose an operation, such as ``GET /items``, in the tree.

        Raises:
            StoryFailedError: there is none.
        """
        panel = self.find(OperationsPanel, names.OPERATIONS_PANEL)
        panel.operation_chosen.emit(key)
        if panel.chosen != key:
            raise StoryFailedError(f"there is no operation {key}")

    def choose_tab(self, bar: str, key: str) -> None:
        """Choose a tab of a bar by its key.

        Raises:
            StoryFailedError: there is none.
        """
        tabs = self.find(CountedTabs, bar)
        if key not in tabs.keys:
            raise StoryFailedError(f"{bar} has no tab {key}")
        place = tabs.tabRect(tabs.keys.index(key)).center()
        QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def set_compact(self, compact: bool) -> None:
        """Choose the amount of detail in the X-ray."""
        mode = self.find(Segmented, names.XRAY_MODE)
        QTest.mouseClick(mode.findChildren(QAbstractButton)[int(compact)], Qt.MouseButton.LeftButton)

    def choose_segment(self, name: str, number: int) -> None:
        """Choose one of a few choices that stand side by side, counted from 0."""
        segments = self.find(Segmented, name)
        QTest.mouseClick(segments.buttons[number], Qt.MouseButton.LeftButton)

    def close_log(self) -> None:
        """Close the server's log if an earlier story has left it open."""
        if self.sees(names.LOG_PANEL):
            self.click(names.LOG_CLOSE)

    async def open_side(self, button: str, inside: str) -> None:
        """Open the panel behind an edge button if what is inside it is not in sight: where the window is narrow."""
        if not self.sees(inside):
            self.click(button)
            await self.settle()

    async def close_dialogs(self) -> None:
        """Close the dialogs and the palette that an earlier story has left open.

        The keyboard then goes back to the window, as a desktop sees to it; where pictures are painted there is none.
        """
        if self.sees(names.PALETTE):
            self.press(names.PALETTE_LINE, Qt.Key.Key_Escape)
        for dialog in self.window.findChildren(QDialog):
            if dialog.isVisible():
                dialog.close()
        self.window.activateWindow()
        await self.settle()

    def trigger(self, name: str) -> None:
        """Choose an entry of a menu."""
        self.find(QAction, name).trigger()

    async def send(
        self,
        key: str,
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        body: str | None = None,
    ) -> None:
        """Open an operation, fill it in, send it, and wait until both sides are shown."""
        self.choose(key)
        await self.settle()
        for location, values in (("path", path), ("query", query)):
            for name, text in (values or {}).items():
                self.write(names.PARAMETER_VALUE.format(location=location, name=name), text)
        if body is not None:
            self.write(names.REQUEST_BODY, body)
        await self._send()

    @property
    def address(self) -> str:
        """Where the request that is open goes, without path and query."""
        scheme, _, rest = self.find(QLineEdit, names.REQUEST_URL).text().partition("://")
        return f"{scheme}://{rest.partition('/')[0]}"

    async def send_here(self) -> None:
        """Send the request that is open, and wait until both sides are shown."""
        await self._send()

    async def close_requests(self) -> None:
        """Close all open requests but one."""
        strip = self.find(RequestTabs, names.OPEN_REQUESTS)
        for tab in strip.bar.tabs[1:]:
            strip.close_requested.emit(tab.id)
        await self.settle()

    async def paste(self, name: str, text: str) -> None:
        """Paste a text into a field, in place of what it holds."""
        QGuiApplication.clipboard().setText(text)
        field = self.find(QLineEdit, name)
        field.setFocus()
        field.selectAll()
        QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        await self.settle()

    async def send_url(self, target: str) -> None:
        """Type a path and query into the URL bar, and send it with the Enter key."""
        self.write(names.REQUEST_URL, f"{self.address}{target}")
        await self._send()

    async def _send(self) -> None:
        before = self.find(QLabel, names.XRAY_TRACE).text()
        await self.settle()
        self.click(names.COMPOSE_SEND)
        axis = self.find(QWidget, names.XRAY_AXIS)
        await self.until(
            lambda: self.find(QLabel, names.XRAY_TRACE).text() != before and "so far" not in axis.accessibleName(),
            "the X-ray is complete",
        )
        await self.settle()

    async def until_ready(self) -> None:
        """Wait until the server runs and its operations are listed."""
        up = self.find(QLabel, names.STATUS_SERVER)
        await self.until(lambda: " up " in up.text(), "the server runs", START_PATIENCE_SECONDS)
        tree = self.find(QTreeView, names.OPERATIONS_TREE)
        await self.until(lambda: tree.model().rowCount() > 0, "the operations are listed")
        await self.settle()

    async def until(self, true: Callable[[], object], what: str, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until a condition holds.

        Raises:
            StoryFailedError: it did not within `seconds`.
        """
        deadline = time.monotonic() + seconds
        while not true():
            if time.monotonic() > deadline:
                raise StoryFailedError(f"waited {seconds:.0f} s in vain until {what}")
            await asyncio.sleep(0.01)

    async def settle(self) -> None:
        """Let everything be laid out and painted.

        The loop does that by itself while we sleep. Processing events from inside a coroutine would start other tasks
        in the middle of this one, which asyncio refuses, and they would hang for ever.
        """
        for _ in range(_SETTLE_ROUNDS):
            await asyncio.sleep(0.03)

    async def take_picture(self, path: Path) -> None:
        """Save the window as a PNG.

        Raises:
            StoryFailedError: the file could not be written.
        """
        QCursor.setPos(self.window.mapToGlobal(QPoint(2, 2)))  # no hover where no hand is
        await self.settle()
        picture = self.window.grab()
        painter = QPainter(picture)
        for dialog in self.window.findChildren(QDialog):
            if dialog.isVisible():  # a window of its own, which a grab of ours leaves out
                place = QRect(QPoint(), dialog.size())
                place.moveCenter(self.window.rect().center())
                painter.drawPixmap(place, dialog.grab())
                painter.setPen(Qt.GlobalColor.gray)  # the desktop's frame, which there is none of
                painter.drawRect(place)
        for popup in self.window.findChildren(QWidget):
            if popup.windowType() == Qt.WindowType.Popup and popup.isVisible():
                painter.drawPixmap(self.window.mapFromGlobal(popup.pos()), popup.grab())
        painter.end()
        if not picture.save(str(path), "PNG"):
            raise StoryFailedError(f"{path} could not be written")
