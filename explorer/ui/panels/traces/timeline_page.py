"""A trace as a journey on one axis."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtWidgets import QAbstractItemView, QFrame, QVBoxLayout, QWidget

from explorer.trace.journey import Journey
from explorer.ui import names
from explorer.ui.models.xray_model import XRayModel
from explorer.ui.models.xray_rows import axis_ms, rows, summary
from explorer.ui.models.xray_sql import repeated_key
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.xray_axis import XRayAxis
from explorer.ui.widgets.xray_view import XRayView


class TimelinePage(QFrame):
    """The axis with its summary, and the stops below it."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "bg0")
        self._journey: Journey | None = None
        self._compact = False
        self.model = XRayModel(self)
        self._axis = XRayAxis(themes)
        self.view = XRayView(themes, self.model)
        self.view.setObjectName(names.TRACE_TIMELINE)
        layout = QVBoxLayout(self)
        layout.addWidget(self._axis)
        layout.addWidget(self.view, 1)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)

    def set_journey(self, journey: Journey) -> None:
        """Show a journey as far as it is known."""
        grows = self._journey is not None and self._journey.trace.trace_id == journey.trace.trace_id
        self._journey = journey
        with self._kept() if grows else nullcontext():
            self._show()

    def set_compact(self, compact: bool) -> None:
        """Show the stops alone, or with their details."""
        self._compact = compact
        self._show()

    def show_repeated(self) -> None:
        """Stand on the SQL that was run again and again, and scroll it to the top; nothing happens without any."""
        key = repeated_key(self._journey) if self._journey is not None else ""
        number = next((i for i, row in enumerate(self.model.rows) if row.key == key), -1)
        if number >= 0:
            index = self.model.index(number)
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)

    @contextmanager
    def _kept(self) -> Iterator[None]:
        """Let rows come, such as the routes that were tried; the one that a person stands on stays in its place."""
        current = QPersistentModelIndex(self.view.currentIndex())
        before = self.view.visualRect(self.view.currentIndex())
        in_sight = current.isValid() and self.view.viewport().rect().intersects(before)
        yield
        if in_sight and current.isValid():
            bar = self.view.verticalScrollBar()
            bar.setValue(bar.value() + self.view.visualRect(self.view.currentIndex()).top() - before.top())

    def _show(self) -> None:
        if self._journey is None:
            return
        text, failed = summary(self._journey)
        self._axis.set_summary(text, failed=failed)
        self._axis.set_length(axis_ms(self._journey))
        self.model.set_rows(rows(self._journey, compact=self._compact))
        self.view.viewport().update()
