"""A small form for one filter: a column, how to compare, and with what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from explorer.database.grid import Comparison, Filter
from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

_WITHOUT_VALUE = (Comparison.IS_NULL, Comparison.IS_NOT_NULL)


class FilterPopup(QFrame):
    """Opens below a button; Return takes the filter, Escape does not.

    Signals:
        filter_made: the filter, and the one that it replaces or None.
    """

    filter_made = Signal(object, object)

    def __init__(self, themes: Themes, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._replaces: Filter | None = None
        self.setObjectName(names.DATA_FILTER_POPUP)
        self.setProperty("panel", "popup")
        self.column = QComboBox()
        self.column.setObjectName(names.DATA_FILTER_COLUMN)
        self.column.setAccessibleName("Column")
        self.column.setProperty("variant", "code")
        self.comparison = QComboBox()
        self.comparison.setObjectName(names.DATA_FILTER_COMPARISON)
        self.comparison.setAccessibleName("Comparison")
        self.comparison.addItems([str(comparison) for comparison in Comparison])
        self.comparison.currentIndexChanged.connect(self._on_comparison_changed)
        self.value = QLineEdit()
        self.value.setObjectName(names.DATA_FILTER_VALUE)
        self.value.setAccessibleName("Value")
        self.value.setPlaceholderText("Value")
        self.value.setProperty("variant", "code")
        apply = QPushButton("Filter")
        apply.setObjectName(names.DATA_FILTER_APPLY)
        apply.setAccessibleName("Show only these rows")
        apply.setProperty("variant", "primary")
        apply.clicked.connect(self._make)
        row = QHBoxLayout(self)
        where = QLabel("Where")
        where.setProperty("role", "text")
        for widget in (where, self.column, self.comparison, self.value, apply):
            row.addWidget(widget)
        themes.metrics.set(row, margins=(10, 8, 8, 8), spacing=8)
        themes.metrics.set(self.column, min_width=130, max_width=240)
        themes.metrics.set(self.comparison, min_width=104)
        themes.metrics.set(self.value, width=180)

    def ask(self, columns: Sequence[str], corner: QPoint, condition: Filter, *, replaces: Filter | None = None) -> None:
        """Open with the upper left corner at `corner`, filled in with a filter."""
        self._replaces = replaces
        self.column.clear()
        self.column.addItems(list(columns))
        self.column.setCurrentIndex(max(0, self.column.findText(condition.column, Qt.MatchFlag.MatchFixedString)))
        self.comparison.setCurrentIndex(list(Comparison).index(condition.comparison))
        self.value.setText(condition.text)
        self.value.selectAll()
        self.adjustSize()
        screen = self.screen().availableGeometry()
        self.move(max(screen.left(), min(corner.x(), screen.right() - self.width())), corner.y())
        self.show()
        first = self.value if condition.text or replaces is not None else self.column
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._make()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _make(self) -> None:
        comparison = list(Comparison)[self.comparison.currentIndex()]
        text = "" if comparison in _WITHOUT_VALUE else self.value.text()
        self.close()
        self.filter_made.emit(Filter(self.column.currentText(), comparison, text), self._replaces)

    def _on_comparison_changed(self, number: int) -> None:
        self.value.setEnabled(list(Comparison)[max(0, number)] not in _WITHOUT_VALUE)
