"""What was wrong with the request, with a way from each error to its place, and the JSON that says so."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.client.validation_errors import summary_of
from explorer.ui import names
from explorer.ui.models.errors_model import ErrorColumn, ErrorsModel
from explorer.ui.models.response_state import ResponseState
from explorer.ui.override import override
from explorer.ui.panels.response.page import ResponsePage
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.code_view import CodeView
from explorer.ui.widgets.counted_tabs import Tab
from explorer.ui.widgets.json_syntax import json_runs
from explorer.ui.widgets.sentence_bar import SentenceBar
from explorer.ui.widgets.value_table import ValueTable

_JSON_NEEDS = 42  # design pixels of height
_ROOM_FOR_RECEIVED = 560  # design pixels


class _ErrorsTable(ValueTable):
    error_activated = Signal(int)

    def __init__(self, themes: Themes, model: ErrorsModel) -> None:
        from explorer.ui.delegates.error_delegate import ROW_HEIGHT, ErrorDelegate

        super().__init__(themes, model, row_height=ROW_HEIGHT)
        self.high = ROW_HEIGHT  # design pixels of a row
        self.setItemDelegate(ErrorDelegate(themes, self))
        self.setMouseTracking(True)
        self.setProperty("variant", "wide")
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(lambda index: self.error_activated.emit(index.row()))
        self.entered.connect(self._on_entered)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.error_activated.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == ErrorColumn.LINK:
            self.error_activated.emit(index.row())

    def _on_entered(self, index: QModelIndex) -> None:
        over_link = index.column() == ErrorColumn.LINK and bool(index.data())
        shape = Qt.CursorShape.PointingHandCursor if over_link else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)


class ErrorsPage(ResponsePage):
    """The table, one sentence, and the JSON where there is room for it.

    Signals:
        error_activated: the person wants to go to a place of the request; its ``loc`` as a tuple.
    """

    key = "errors"
    error_activated = Signal(tuple)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._model = ErrorsModel(self)
        self.table = _ErrorsTable(themes, self._model)
        self.table.setObjectName(names.RESPONSE_ERRORS)
        self.table.setAccessibleName("Errors that the server found in the request")
        self.table.error_activated.connect(self._on_table_error_activated)
        self.summary = SentenceBar(themes, names.RESPONSE_ERRORS_SUMMARY)
        self.code = CodeView(themes)
        self.code.setObjectName(names.RESPONSE_ERRORS_JSON)
        self.code.setAccessibleName("The errors as JSON")
        self.code.set_coloring(json_runs)
        layout = QVBoxLayout(self)
        layout.addWidget(self.table)
        layout.addWidget(self.summary)
        layout.addWidget(self.code, 1)
        layout.addStretch(0)
        self._layout = layout
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)
        themes.changed.connect(self._fit)

    @classmethod
    @override
    def tab(cls, state: ResponseState) -> Tab | None:
        errors = state.answer.errors if state.answer is not None and not state.live else ()
        return Tab(cls.key, "Errors", f"{len(errors):,}", error=True) if errors else None

    @override
    def show_state(self, state: ResponseState) -> None:
        answer = state.answer
        errors = answer.errors if answer is not None else ()
        self._model.set_errors(errors)
        if errors:
            self.table.setCurrentIndex(self._model.index(0, 0))
        self.summary.set_sentence(summary_of(errors), "bg2")
        self.code.set_text(answer.refusal if answer is not None else "")
        self._fit()

    @override
    def focus_chain(self) -> list[QWidget]:
        return [self.table, self.code]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Make the table as high as its rows, as long as something is left for the JSON; else leave the JSON out."""
        px = self.themes.theme.px
        high = px(self.table.high)
        self.table.setColumnHidden(ErrorColumn.RECEIVED, self.width() < px(_ROOM_FOR_RECEIVED))
        self.table.set_widths(140, None, 130, 104)
        header = self.table.horizontalHeader().sizeHint().height()
        wanted = header + self._model.rowCount() * high + 2
        said = self.summary.sizeHint().height() if self.summary.sentence else 0
        if self.height() - said < header + high:
            said = 0  # the errors come first
        self.summary.setVisible(said > 0)
        room = self.height() - said - px(_JSON_NEEDS)
        with_json = wanted <= max(room, high) and not self.code.document().isEmpty()
        self.code.setVisible(with_json)
        self.table.setMaximumHeight(wanted)
        self.table.setMinimumHeight(min(wanted, max(header + high, self.height() - said)))
        self._layout.setStretch(0, 0 if with_json else 1)

    def _on_table_error_activated(self, row: int) -> None:
        self.error_activated.emit(self._model.errors[row].loc)
