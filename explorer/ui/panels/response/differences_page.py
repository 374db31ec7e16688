"""Where the body is another than the operation promises."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from explorer.ui import names
from explorer.ui.models.response_state import ResponseState
from explorer.ui.models.text_rows_model import TextRow, TextRowsModel
from explorer.ui.override import override
from explorer.ui.panels.response.page import ResponsePage
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.counted_tabs import Tab
from explorer.ui.widgets.sentence_bar import SentenceBar
from explorer.ui.widgets.value_table import ValueTable


class DifferencesPage(ResponsePage):
    """One row for each difference."""

    key = "differences"

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._model = TextRowsModel(themes, ("Where", "What differs"), self)
        self.note = SentenceBar(themes, names.RESPONSE_DIFFERENCES_NOTE)
        self.table = ValueTable(themes, self._model)
        self.table.setObjectName(names.RESPONSE_DIFFERENCES)
        self.table.setAccessibleName("Differences between the body and the schema")
        self.table.set_widths(220, None)
        middle = QHBoxLayout()
        middle.addWidget(self.table)
        layout = QVBoxLayout(self)
        layout.addWidget(self.note)
        layout.addLayout(middle, 1)
        themes.metrics.set(middle, margins=(8, 0, 0, 0), spacing=0)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)

    @classmethod
    @override
    def tab(cls, state: ResponseState) -> Tab | None:
        verdict = state.verdict
        if verdict is None or not verdict.problems or state.live:
            return None
        wrong = any(hint.error for hint in verdict.problems)
        return Tab(cls.key, "Schema", f"{len(verdict.problems):,}", error=wrong)

    @override
    def show_state(self, state: ResponseState) -> None:
        verdict = state.verdict
        if verdict is None:
            return
        self._model.set_rows(
            [
                TextRow((" › ".join(map(str, hint.loc)), hint.message), "err" if hint.error else "")
                for hint in verdict.problems
            ]
        )
        model = f"{verdict.model}, which the document promises" if verdict.model else "what the document promises"
        self.note.set_sentence(verdict.note or f"Where the body differs from {model}.", "bg2")

    @override
    def focus_chain(self) -> list[QWidget]:
        return [self.table]
