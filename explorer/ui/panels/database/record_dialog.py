"""One row, whole: all its columns one below the other, and the chosen value as long as it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from explorer.client.viewers.content import ContentKind
from explorer.database.grid import Cut, GridRow
from explorer.database.schema import Table
from explorer.ui import names
from explorer.ui.models.cell_text import cell_text
from explorer.ui.models.record_model import RecordField, RecordModel
from explorer.ui.models.record_value import RecordValue, record_value
from explorer.ui.panels.database.value_pane import ValuePane
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.enter_dialog import EnterDialog
from explorer.ui.widgets.icon_button import IconButton
from explorer.ui.widgets.switch import Switch
from explorer.ui.widgets.value_table import ValueTable

_WIDTHS = (130, 110, None)
_HIDDEN = "Hidden while you present: the column's name says that it lets somebody in."


class RecordDialog(EnterDialog):
    """Shows a row; other windows stay usable.

    Signals:
        value_wanted: a value was shown by its beginning only; the column. Answer with `set_value`.
        stepped: the row before (-1) or after (1) is wanted.
        followed: the row that the chosen column points to is wanted; the column.
        save_requested: the chosen value is to be saved to a file; the column and the value.
        copy_requested: the chosen value is to be put on the clipboard; the value.
    """

    value_wanted = Signal(str)
    stepped = Signal(int)
    followed = Signal(str)
    save_requested = Signal(str, object)
    copy_requested = Signal(object)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._value: RecordValue | None = None
        self._column = ""
        self.setObjectName(names.RECORD_DIALOG)
        self.setWindowTitle("Record")
        self._model = RecordModel(themes, self)
        self.table = self._build_table(themes)
        self.pane = ValuePane(themes)
        self._fact = ElidedLabel(role="caption")
        self._fact.setObjectName(names.RECORD_FACT)
        self.laid_out = Switch(themes, "Laid out")
        self.laid_out.setObjectName(names.RECORD_LAID_OUT)
        self.laid_out.setChecked(True)
        self.laid_out.toggled.connect(self._on_laid_out_toggled)
        self._follow = self._button("Go to the row", names.RECORD_FOLLOW, self._on_follow_clicked)
        self._save = self._button("Save to a file…", names.RECORD_SAVE, self._on_save_clicked)
        self._copy = self._button("Copy", names.RECORD_COPY, self._on_copy_clicked)
        self._copy.setAccessibleName("Copy the value")
        self._close = self._button("Close", names.RECORD_CLOSE, self.close)
        self._build_layout(themes)
        self._presented = themes.presenting
        themes.changed.connect(self._on_themes_changed)
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda by=by: self.stepped.emit(by))
        wanted = QSize(themes.theme.px(860), themes.theme.px(540))
        self.resize(wanted.boundedTo(self.screen().availableGeometry().size() * 0.9))

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_row(self, table: Table, row: GridRow, number: int, *, column: str = "", last: bool = False) -> None:
        """Show a row.

        Args:
            table: where it is.
            row: the row.
            number: of the row, from 0.
            column: which column is chosen first; empty for the one that was chosen.
            last: whether no row comes after it.

        """
        name = " ".join(_key_words(table, row))
        self._title.set_text(f"{table.name} {name}".strip())
        self.setWindowTitle(f"Record of {table.name}")
        self._number.setText(f"Row {number + 1:,}" + (f", {row.mark}" if row.mark else ""))
        self._back.setEnabled(number > 0)
        self._forth.setEnabled(not last)
        self._model.set_row(table, row)
        wanted = self._model.number_of(column or self._column)
        self._column = ""
        self.table.selectRow(wanted)
        self._choose(wanted)

    def set_value(self, column: str, value: RecordValue | None) -> None:
        """Show a value whole, if its column is still the chosen one; None for NULL."""
        if column == self._column:
            self._show_value(value)

    def set_problem(self, sentence: str) -> None:
        """Say why a value cannot be shown."""
        self._value = None
        self.pane.say(sentence)
        self._show_buttons()

    @property
    def column(self) -> str:
        """The chosen column."""
        return self._column

    # --- building -----------------------------------------------------------------------------------------------------
    def _build_table(self, themes: Themes) -> ValueTable:
        table = ValueTable(themes, self._model)
        table.setObjectName(names.RECORD_COLUMNS)
        table.setAccessibleName("Columns of the row")
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.set_widths(*_WIDTHS)
        table.set_values(2)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.row_chosen.connect(lambda index: self._choose(index.row()))
        return table

    def _build_layout(self, themes: Themes) -> None:
        self._title = ElidedLabel(role="title")
        self._title.setObjectName(names.RECORD_TITLE)
        self._number = QLabel()
        self._number.setProperty("role", "caption")
        self._back = IconButton(themes, "cu", "The row before (Alt+↑)")
        self._back.setObjectName(names.RECORD_BACK)
        self._back.clicked.connect(lambda: self.stepped.emit(-1))
        self._forth = IconButton(themes, "cd", "The row after (Alt+↓)")
        self._forth.setObjectName(names.RECORD_FORTH)
        self._forth.clicked.connect(lambda: self.stepped.emit(1))
        head = QHBoxLayout()
        parts: list[QWidget] = [self._title, self._number, self._back, self._forth]
        for part in parts:
            head.addWidget(part)
        head.insertStretch(2, 1)
        right = QFrame()
        tools = QHBoxLayout()
        tools.addWidget(self._fact, 1)
        tools.addStretch(1)
        for tool in (self.laid_out, self._follow, self._copy, self._save):
            tools.addWidget(tool)
        column = QVBoxLayout(right)
        column.addLayout(tools)
        column.addWidget(self.pane, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(right)
        split.setChildrenCollapsible(False)
        split.setSizes([240, 260])
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(split, 1)
        layout.addLayout(foot)
        themes.metrics.set(head, spacing=8)
        themes.metrics.set(tools, margins=(0, 8, 0, 0), spacing=8)
        themes.metrics.set(column, margins=(0, 0, 0, 0), spacing=8)
        themes.metrics.set(layout, margins=(20, 14, 20, 16), spacing=10)

    def _button(self, words: str, name: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: slot())
        return button

    # --- showing ------------------------------------------------------------------------------------------------------
    def _choose(self, number: int) -> None:
        field = self._model.field(number)
        if field is None or field.column.name == self._column:
            return
        self._column = field.column.name
        self._value = None
        if isinstance(field.cell, Cut):
            self.pane.say("Reading the value…")
            self._show_buttons()
            self.value_wanted.emit(self._column)
        else:
            self._show_value(record_value(field.cell))

    def _show_value(self, value: RecordValue | None) -> None:
        self._value = value
        self._show_pane()
        self._show_buttons()

    def _show_pane(self) -> None:
        if self._value is None:
            self.pane.say("NULL: there is no value.")
        elif self._themes.hides(self._column):
            self.pane.say(_HIDDEN)
        else:
            self.pane.set_value(self._value)

    def _on_themes_changed(self) -> None:
        """Hide what others may not read, or show it again."""
        if self._value is not None and self._themes.presenting is not self._presented:
            self._show_pane()
            self._show_buttons()
        self._presented = self._themes.presenting

    def _show_buttons(self) -> None:
        field, value = self._field(), self._value
        for button in (self._copy, self._save):
            button.setEnabled(value is not None)
        key = field.key if field else None
        self._follow.setVisible(key is not None)
        self._follow.setText(f"Go to {key.table}".replace("&", "&&") if key else "")
        self.laid_out.setVisible(value is not None and value.content.kind is ContentKind.JSON)
        facts = [field.column.name if field else "", value.size if value else ""]
        if field is not None and field.before is not None:
            facts.append(f"it was {self._themes.shown_value(field.column.name, field.before)}")
        self._fact.set_text(" · ".join(fact for fact in facts if fact))

    def _field(self) -> RecordField | None:
        return self._model.field(self._model.number_of(self._column)) if self._column else None

    # --- intents ------------------------------------------------------------------------------------------------------
    def _on_laid_out_toggled(self, laid_out: bool) -> None:
        self.pane.text.laid_out = laid_out
        self.pane.text.show_again()

    def _on_follow_clicked(self) -> None:
        self.followed.emit(self._column)

    def _on_save_clicked(self) -> None:
        if self._value is not None:
            self.save_requested.emit(self._column, self._value)

    def _on_copy_clicked(self) -> None:
        if self._value is not None:
            self.copy_requested.emit(self._value)


def _key_words(table: Table, row: GridRow) -> list[str]:
    """Return the key of a row in words: ``id 47``."""
    shown = [column.name for column in table.columns if not column.hidden]
    return [f"{name} {cell_text(row.cells[shown.index(name)])}" for name in table.key_columns if name in shown]
