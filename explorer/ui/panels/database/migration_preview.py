"""Below the chain: what going to a revision would change, as schema, as SQL, and the Python that says so."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from explorer.database.migrations.revisions import StepPreview
from explorer.ui import names
from explorer.ui.delegates.schema_line_delegate import SchemaLineDelegate
from explorer.ui.models.migration_steps import remark
from explorer.ui.models.schema_lines_model import SchemaLinesModel
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.code_view import CodeView
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.empty_state import EmptyState
from explorer.ui.widgets.icon_label import IconLabel
from explorer.ui.widgets.properties import set_property
from explorer.ui.widgets.row_frame import RowList
from explorer.ui.widgets.segmented import Segmented
from explorer.ui.widgets.sql_syntax import python_inside, python_runs, sql_inside, sql_runs

_SCHEMA, _SQL, _PYTHON = range(3)
_NO_CHANGE = "Nothing changes in the schema."
_NO_SQL = "No statement runs."
_NO_SOURCE = "The file of this revision is not there."


class MigrationPreview(QWidget):
    """Shows one preview in three ways.

    What a step ran is shown over it, until a person looks at something else.

    Signals:
        go_requested: go where the preview leads.
        action_requested: the button below the sentence in place of a preview; its words.
        outcome_left: what a step ran is not shown any more.
    """

    go_requested = Signal()
    action_requested = Signal(str)
    outcome_left = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._preview: StepPreview | None = None
        self._title_words, self._remark_words, self._warns = "", "", False
        self._action = ""
        self._outcome: tuple[str, tuple[str, ...], str] | None = None  # title, statements, words
        self._sentence = ""  # what stands in place of a preview
        self._sql: tuple[str, ...] = ()
        self._source = ""
        self._view_before: int | None = None  # the way that was chosen before an outcome was shown as SQL
        self._title = ElidedLabel(role="control_bold")
        self._title.setObjectName(names.MIGRATIONS_TITLE)
        self._views = Segmented(themes, ("Schema", "SQL", "Python"))
        self._views.setObjectName(names.MIGRATIONS_VIEWS)
        self._views.setAccessibleName("How the change is shown")
        self._views.changed.connect(self._on_view_changed)
        self._lines = SchemaLinesModel(self)
        self._schema = self._build_schema()
        self._sql_view = self._code_view(names.MIGRATIONS_SQL, "The SQL of this step")
        self._sql_view.set_coloring_over_lines(sql_runs, sql_inside)
        self._python_view = self._code_view(names.MIGRATIONS_PYTHON, "The revision's file")
        self._python_view.set_coloring_over_lines(python_runs, python_inside)
        self._message = EmptyState(themes)
        self._message.label.setObjectName(names.MIGRATIONS_MESSAGE)
        self._message.button.setObjectName(names.MIGRATIONS_MESSAGE_ACTION)
        self._message.action_requested.connect(lambda: self.action_requested.emit(self._action))
        self._pages = QStackedWidget()
        for page in (self._schema, self._sql_view, self._python_view, self._message):
            self._pages.addWidget(page)
        self._icon = IconLabel(themes, "info", "t3", 13)
        self._remark = QLabel()
        self._remark.setObjectName(names.MIGRATIONS_REMARK)
        self._remark.setWordWrap(True)
        self._go = QPushButton()
        self._go.setObjectName(names.MIGRATIONS_GO)
        self._go.clicked.connect(lambda _checked=False: self.go_requested.emit())
        self._build_layout()
        self.set_message("", "")

    @property
    def view(self) -> int:
        """Which of the three ways is chosen: 0 schema, 1 SQL, 2 Python."""
        return self._views.current

    @property
    def shows_outcome(self) -> bool:
        """Whether what a step ran is shown."""
        return self._outcome is not None

    def set_message(self, title: str, sentence: str, source: str = "", action: str = "") -> None:
        """Say `sentence` in place of a preview; `source` is the text of the revision's file, `action` a button."""
        self._preview, self._sql, self._sentence, self._source = None, (), sentence, source
        self._title_words, self._remark_words, self._warns, self._action = title, "", False, action
        self._show()

    def set_preview(self, title: str, preview: StepPreview, source: str) -> None:
        """Show what a step would do."""
        self._preview, self._sql, self._source = preview, preview.sql, source
        self._sentence = "" if preview.lines else _NO_CHANGE
        self._remark_words, self._warns = remark(preview)
        self._title_words, self._action = title, ""
        self._lines.set_lines(preview.lines)
        self._show()

    def set_outcome(self, title: str, sql: Sequence[str], words: str) -> None:
        """Show the statements that a step ran, and below them what came of it, over the preview of the next step."""
        self._outcome = title, tuple(sql), words
        self._view_before = self._views.current if self._view_before is None else self._view_before
        self._views.set_current(_SQL)
        self._show()

    def leave_outcome(self) -> None:
        """Show the preview again, in the way that was chosen before a step told its SQL."""
        if self._view_before is not None:
            self._views.set_current(self._view_before)
        self._forget_outcome()

    def set_go(self, words: str, *, enabled: bool) -> None:
        """Label the button that goes there; nothing hides it."""
        self._go.setText(words)
        self._go.setAccessibleName(words)
        self._go.setVisible(bool(words))
        self._go.setEnabled(enabled)

    def _on_view_changed(self, _number: int) -> None:
        self._forget_outcome()

    def _forget_outcome(self) -> None:
        shown, self._outcome, self._view_before = self._outcome, None, None
        self._show()
        if shown is not None:
            self.outcome_left.emit()

    def _show(self) -> None:
        if self._outcome is not None:
            title, statements, words = self._outcome
            self._show_page(title, statements, "", words, warns=False)
        else:
            self._show_page(self._title_words, self._sql, self._sentence, self._remark_words, warns=self._warns)

    def _show_page(self, title: str, statements: Sequence[str], sentence: str, words: str, *, warns: bool) -> None:
        view, tried = self._views.current, self._preview is not None
        self._title.set_text(title)
        self._set_remark(words, warns=warns)
        self._sql_view.set_text("\n\n".join(_ended(statement) for statement in statements))
        self._python_view.set_text(self._source)
        message = {
            _SCHEMA: sentence,
            _SQL: "" if statements else sentence if not tried else _NO_SQL,
            _PYTHON: "" if self._source else _NO_SOURCE if title else sentence,
        }[view]
        self._message.set_message(message, self._action if message == sentence else "")
        blank = message or (view == _SCHEMA and not tried)
        self._pages.setCurrentIndex(self._pages.indexOf(self._message) if blank else view)

    def _set_remark(self, words: str, *, warns: bool) -> None:
        self._remark.setText(words)
        set_property(self._remark, "role", "warning" if warns else "caption_text")
        self._icon.set_icon("alert" if warns else "info", "warn" if warns else "t3")
        for widget in (self._remark, self._icon):
            widget.setVisible(bool(words))

    def _build_schema(self) -> QListView:
        view = RowList(self._themes)
        view.setObjectName(names.MIGRATIONS_SCHEMA)
        view.setAccessibleName("What changes in the schema")
        view.setModel(self._lines)
        view.setItemDelegate(SchemaLineDelegate(self._themes, view))
        view.setUniformItemSizes(True)
        self._themes.changed.connect(view.scheduleDelayedItemsLayout)
        return view

    def _code_view(self, name: str, words: str) -> CodeView:
        view = CodeView(self._themes)
        view.setObjectName(name)
        view.setAccessibleName(words)
        return view

    def _build_layout(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._views)
        foot.addWidget(self._icon)
        foot.addWidget(self._remark, 1)
        foot.addStretch(0)
        foot.addWidget(self._go, 0, Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(self._pages, 1)
        layout.addLayout(foot)
        self._themes.metrics.set(head, margins=(12, 8, 12, 8), spacing=8)
        self._themes.metrics.set(foot, margins=(12, 8, 12, 8), spacing=8)
        self._themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)
        self._themes.metrics.set(self._pages, min_height=60)


def _ended(statement: str) -> str:
    text = statement.strip()
    return text if text.endswith(";") or text.startswith("--") else f"{text};"
