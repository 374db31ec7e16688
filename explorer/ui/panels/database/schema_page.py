"""How a table is made: its statement, columns, indexes, foreign keys in both directions, and triggers."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.database.schema import Schema, Table
from explorer.ui import names
from explorer.ui.focus import chain_focus
from explorer.ui.models.schema_facts import Facts, facts_of, kind_words
from explorer.ui.models.text_rows_model import TextRow, TextRowsModel
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.code_view import LINE_HEIGHT, CodeView
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.empty_state import EmptyState
from explorer.ui.widgets.sentence_bar import SentenceBar
from explorer.ui.widgets.sql_syntax import sql_inside, sql_runs
from explorer.ui.widgets.value_table import ValueTable

_CHOOSE = "Choose a table or view at the left."
_NO_SQL = "-- SQLite keeps no statement for this one."
_ROW = 26
_MOST_ROWS = 60  # of a section; a longer one scrolls by itself
_MOST_LINES = 40  # of a statement; a longer one scrolls by itself


class SchemaPage(QFrame):
    """Shows one table or view of a schema.

    Signals:
        table_chosen: another table is to be shown; its name.
        copy_requested: put this statement on the clipboard.
    """

    table_chosen = Signal(str)
    copy_requested = Signal(str)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._schema = Schema()
        self._table: Table | None = None
        self._name = ""
        self._sections: list[QWidget] = []
        self.setObjectName(names.SCHEMA_PAGE)
        self.setProperty("panel", "bg1")
        self._title = ElidedLabel(role="code")
        self._kind = QLabel()
        self._kind.setProperty("role", "caption")
        self.copy_button = QPushButton("Copy SQL")
        self.copy_button.setObjectName(names.SCHEMA_COPY)
        self.copy_button.setAccessibleName("Copy the statement that made it")
        self.copy_button.setProperty("variant", "ghost")
        themes.bind_icon(self.copy_button, "copy", "t2", 13)
        self.copy_button.clicked.connect(lambda _checked=False: self._on_copy_clicked())
        self._problem = SentenceBar(themes, names.SCHEMA_PROBLEM)
        self.ddl = CodeView(themes)
        self.ddl.setObjectName(names.SCHEMA_DDL)
        self.ddl.setAccessibleName("The statement that made it")
        self.ddl.set_coloring_over_lines(sql_runs, sql_inside)
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._content)
        self._empty = EmptyState(themes)
        self._empty.label.setObjectName(names.SCHEMA_MESSAGE)
        self._empty.set_message(_CHOOSE)
        self._pages = QStackedWidget()
        self._build_layout()
        themes.changed.connect(self._show)
        self._show()

    def set_schema(self, schema: Schema) -> None:
        """Look tables up in this schema; the one on show stays on show if it is still there."""
        self._schema = schema
        self.set_table(self._name)

    def set_table(self, name: str) -> None:
        """Show a table or view; an empty or unknown name shows none."""
        before, self._name = self._table, name
        self._table = self._schema.find(name) if name else None
        if self._table != before or self._table is not None:
            self._show()
        if before is None or self._table is None or before.name != self._table.name:
            self._scroll.verticalScrollBar().setValue(0)

    @property
    def sections(self) -> tuple[str, ...]:
        """The objectNames of the sections on show, from top to bottom."""
        return tuple(section.objectName() for section in self._sections if section.objectName())

    def _show(self) -> None:
        table = self._table
        self._pages.setCurrentIndex(0 if table is not None else 1)
        for section in self._sections:
            self._column.removeWidget(section)
            section.hide()
            section.deleteLater()
        self._sections = []
        self._problem.set_sentence(table.problem or "" if table is not None else "", "err")
        if table is None:
            return
        self._title.set_text(table.name)
        self._kind.setText(kind_words(table))
        statement = table.sql.strip() or _NO_SQL
        self.ddl.set_text(statement)
        lines = min(statement.count("\n") + 1, _MOST_LINES)
        self._themes.metrics.set(self.ddl, height=lines * LINE_HEIGHT + 20)
        for facts in facts_of(self._schema, table):
            self._add_section(facts)
        chain_focus([self.copy_button, self.ddl, *(part for part in self._sections if isinstance(part, _FactsTable))])

    def _add_section(self, facts: Facts) -> None:
        heading = QLabel(facts.title)
        heading.setProperty("role", "section")
        self._themes.metrics.set(heading, margins=(0, 10, 0, 0))
        table = _FactsTable(self._themes, facts)
        table.setObjectName(names.SCHEMA_SECTION.format(section=facts.key))
        table.target_chosen.connect(self.table_chosen)
        for widget in (heading, table):
            self._column.insertWidget(self._column.count() - 1, widget)
            self._sections.append(widget)

    def _on_copy_clicked(self) -> None:
        if self._table is not None:
            self.copy_requested.emit(self._table.sql)

    def _build_layout(self) -> None:
        header = QFrame()
        header.setProperty("edge", "bottom")
        row = QHBoxLayout(header)
        row.addWidget(self._title)
        row.addWidget(self._kind)
        row.addStretch(1)
        row.addWidget(self.copy_button)
        frame = QFrame()
        frame.setProperty("panel", "bg2")
        inside = QVBoxLayout(frame)
        inside.addWidget(self.ddl)
        self._column.addWidget(frame)
        self._column.addStretch(1)
        page = QWidget()
        below = QVBoxLayout(page)
        for widget in (header, self._problem):
            below.addWidget(widget)
        below.addWidget(self._scroll, 1)
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.addWidget(self._pages)
        metrics = self._themes.metrics
        metrics.set(row, margins=(16, 0, 12, 0), spacing=10)
        metrics.set(header, height=40)
        metrics.set(self._column, margins=(16, 12, 16, 16), spacing=8)
        for part in (inside, below, layout):
            metrics.set(part, margins=(0, 0, 0, 0), spacing=0)


class _FactsTable(ValueTable):
    """A table as high as its rows.

    Signals:
        target_chosen: the person wants to go where a row leads; a table's name.
    """

    target_chosen = Signal(str)

    def __init__(self, themes: Themes, facts: Facts) -> None:
        self._facts = facts
        self._facts_model = _FactsModel(themes, facts)
        super().__init__(themes, self._facts_model)
        self._facts_model.setParent(self)
        self.setAccessibleName(facts.title)
        self.set_widths(*facts.widths)
        self.setVerticalScrollMode(ValueTable.ScrollMode.ScrollPerPixel)
        self.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustIgnored)
        shown = min(len(facts.rows), _MOST_ROWS)
        themes.metrics.set(self, height=shown * _ROW + 28)
        if shown == len(facts.rows):
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._on_clicked)
        self.activated.connect(lambda index: self._go(index.row()))

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == self._facts.link:
            self._go(index.row())

    def _go(self, row: int) -> None:
        if 0 <= row < len(self._facts.targets):
            self.target_chosen.emit(self._facts.targets[row])


class _FactsModel(TextRowsModel):
    def __init__(self, themes: Themes, facts: Facts) -> None:
        super().__init__(themes, facts.heads)
        self._facts = facts
        self.set_rows(facts.rows)

    @override
    def _color(self, row: TextRow, column: int) -> QColor | None:
        if column == self._facts.link:
            return self._themes.theme.color("acc")
        return self._themes.theme.color("t1" if column == 0 else "t2")

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.FontRole:
            return self._themes.theme.font("code")
        return super().data(index, role)
