"""One section of the form: the rows of one place where parameters travel, as rows or as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from explorer.client import rows as edits
from explorer.client.bulk import values_from_text, values_to_text
from explorer.client.draft import RequestDraft
from explorer.client.editors import PLAIN, Editor
from explorer.client.rows import Row
from explorer.openapi.hints import Hint
from explorer.openapi.operations import Location
from explorer.ui import names
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.bulk_edit import BulkEdit
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.parameter_row import ParameterRow
from explorer.ui.widgets.properties import set_property

SECTIONS: dict[Location, tuple[str, str]] = {
    Location.PATH: ("Path", "part of the URL"),
    Location.QUERY: ("Query", "after the ?"),
    Location.HEADER: ("Headers", "sent before the body"),
    Location.COOKIE: ("Cookies", "sent in one header"),
}
_ADD = {
    Location.QUERY: ("Add parameter", "Add a query parameter that the operation does not declare"),
    Location.HEADER: ("Add header", "Add a header that the operation does not declare"),
    Location.COOKIE: ("Add cookie", "Add a cookie that the operation does not declare"),
}

Edit = Callable[[RequestDraft], RequestDraft]
Editors = Mapping[tuple[Location, str], Editor]


class ParameterSection(QWidget):
    """A heading and its rows. An empty section is as small as it can be, so that several of them share a line.

    Signals:
        edited: what the person did, as a function from draft to draft.
        rows_changed: there are other rows now.
        name_settled: the person left the name of an added row.
    """

    edited = Signal(object)
    rows_changed = Signal()
    name_settled = Signal()

    def __init__(self, themes: Themes, location: Location, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.location = location
        self.rows: list[ParameterRow] = []
        self._add: QPushButton | None = None
        self._foot: list[QWidget] = []
        self._bulk: QPushButton | None = None
        self._text: BulkEdit | None = None
        self._shown_small = False
        self._outer = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._lines = QVBoxLayout()
        self._outer.addWidget(self._build_heading())
        self._outer.addLayout(self._lines)
        themes.metrics.set(self._outer, margins=(0, 0, 0, 0), spacing=0)

    def set_rows(self, rows: tuple[Row, ...], editors: Editors) -> None:
        """Show these rows; widgets stay with what they show, so that focus and cursor do."""
        old = {_key(widget.row): widget for widget in self.rows}
        widgets = []
        for row in rows:
            editor = editors.get((row.location, row.parameter.name), PLAIN) if row.parameter is not None else PLAIN
            widget = old.pop(_key(row), None)
            if widget is not None and not widget.fits(row, editor):
                self._drop(widget)
                widget = None
            if widget is None:
                widget = self._make_row(row, editor)
            else:
                widget.set_row(row)
            widgets.append(widget)
        focused = self._focused_place(old.values())
        for widget in old.values():
            self._drop(widget)
        set_property(self._title, "quiet", not rows)
        if self._text is not None and self.bulk:
            self._text.set_text(self._as_text(rows, self._text.toPlainText()))
        if widgets == self.rows:
            self._show_size()
            return
        self.rows = widgets
        # Shown one by one, each row would lay out all of them anew; hidden, a section would lose the focus.
        at_once = self.isVisible() and not self.isAncestorOf(self.window().focusWidget())
        if at_once:
            self.hide()
        for place, widget in enumerate(widgets):
            if self._lines.indexOf(widget) != place:
                self._lines.insertWidget(place, widget)
                widget.setVisible(not self.bulk)
        if at_once:
            self.show()
        if focused is not None:
            self._focus_place(focused)
        self._show_bulk()
        self._show_size()
        self.rows_changed.emit()

    def set_hints(self, hints: Mapping[tuple[Location, str], tuple[Hint, ...]]) -> None:
        """Show remarks below the rows; rows that are not named have none."""
        for widget in self.rows:
            row = widget.row
            mine = hints.get((row.location, row.parameter.name), ()) if row.parameter is not None else ()
            widget.set_hints(tuple(hint for hint in mine if _number(hint, row.count) == row.number))

    def add_foot(self, foot: QWidget, chain: list[QWidget]) -> None:
        """Put something below the rows, or beside the heading; `chain` are its controls in the order of the Tab key."""
        self._outer.addWidget(foot)
        self._foot = chain

    @property
    def small(self) -> bool:
        """Whether there are neither rows nor a text, so that the section needs no line of its own."""
        return not self.rows and not self.bulk

    @property
    def bulk(self) -> bool:
        """Whether the rows are edited as text."""
        return self._bulk is not None and self._bulk.isChecked()

    def set_bulk(self, bulk: bool) -> None:
        """Turn the rows into text, or back."""
        if self._bulk is not None:
            self._bulk.setChecked(bulk)

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        rows = [part for widget in self.rows for part in widget.focus_chain()]
        heading = (self._add, self._bulk)
        return [part for part in (*heading, *rows, self._text, *self._foot) if part is not None]

    @property
    def typed_name(self) -> int | None:
        """The index of the value whose name is being typed; None when none is."""
        for widget in self.rows:
            if widget.name_edit is not None and widget.name_edit.hasFocus():
                return widget.row.index
        return None

    def focus_last(self) -> None:
        """Lead the person to the last row."""
        if self.rows:
            self.rows[-1].take_focus()

    # --- building -----------------------------------------------------------------------------------------------------
    def _build_heading(self) -> QWidget:
        heading = QWidget()
        title, where = SECTIONS[self.location]
        self._title = label = QLabel(title)
        label.setProperty("role", "control_bold")
        label.setProperty("quiet", True)
        layout = QHBoxLayout(heading)
        layout.addWidget(label)
        self._where = ElidedLabel(where, role="caption")
        layout.addSpacing(self._themes.theme.px(4))
        layout.addWidget(self._where)
        layout.addStretch(1)
        if self.location in _ADD:
            word, words = _ADD[self.location]
            self._add = QPushButton(word)
            self._add.setObjectName(names.PARAMETERS_ADD.format(location=self.location))
            self._add.setProperty("variant", "link")
            self._add.setToolTip(words)
            self._add.setAccessibleName(words)
            self._add.clicked.connect(self._on_add_clicked)
            self._themes.bind_icon(self._add, "plus", "t3", 11)
            layout.addWidget(self._add)
            self._bulk = QPushButton("Bulk edit")
            self._bulk.setObjectName(names.PARAMETERS_BULK.format(location=self.location))
            self._bulk.setProperty("variant", "link")
            self._bulk.setCheckable(True)
            self._bulk.setToolTip("Edit the rows as text, one a line")
            self._bulk.setAccessibleName(f"Edit the rows of {title} as text")
            self._bulk.toggled.connect(self._on_bulk_toggled)
            layout.addWidget(self._bulk)
        layout.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._themes.metrics.set(heading, height=28)
        self._themes.metrics.set(layout, margins=(16, 0, 10, 0), spacing=4)
        return heading

    def _make_row(self, row: Row, editor: Editor) -> ParameterRow:
        widget = ParameterRow(self._themes, row, editor, self)
        widget.text_edited.connect(lambda text: self._edit(widget, lambda d, r: edits.set_text(d, r, text)))
        widget.name_edited.connect(lambda name: self._edit(widget, lambda d, r: edits.rename(d, r, name)))
        widget.enable_changed.connect(lambda on: self._edit(widget, lambda d, r: edits.enable(d, r, on)))
        widget.remove_requested.connect(lambda: self._edit(widget, edits.remove))
        widget.more_requested.connect(lambda: self._on_more_requested(widget))
        widget.move_requested.connect(lambda by: self._on_move_requested(widget, by))
        widget.name_settled.connect(self.name_settled)
        return widget

    def _build_text(self) -> BulkEdit:
        text = BulkEdit(self._themes)
        text.setObjectName(names.PARAMETERS_TEXT.format(location=self.location))
        text.setAccessibleName(f"{SECTIONS[self.location][0]} as text, one row a line")
        text.text_edited.connect(self._on_text_edited)
        holder = QVBoxLayout()
        holder.addWidget(text)
        self._themes.metrics.set(holder, margins=(16, 2, 16, 6))
        self._outer.insertLayout(2, holder)
        return text

    def _as_text(self, rows: tuple[Row, ...], shown: str) -> str:
        """Return the rows as text; `shown` when that says the same in its own way, for then nobody's cursor jumps."""
        values = tuple(row.value for row in sorted(rows, key=lambda row: row.index or 0) if row.index is not None)
        if values_from_text(shown, self.location, values) == values:
            return shown
        return values_to_text(values, self.location)

    def _show_bulk(self) -> None:
        for widget in self.rows:
            widget.setVisible(not self.bulk)
        if self._text is not None:
            self._text.setVisible(self.bulk)

    def _show_size(self) -> None:
        small = self.small
        if small is self._shown_small:
            return
        self._shown_small = small
        directions = QBoxLayout.Direction
        self._outer.setDirection(directions.LeftToRight if small else directions.TopToBottom)
        self._where.setVisible(not small)
        if self._add is not None:
            self._add.setText("Add" if small else _ADD[self.location][0])
        self.updateGeometry()

    def _edit(self, widget: ParameterRow, change: Callable[[RequestDraft, Row], RequestDraft]) -> None:
        row = widget.row
        self.edited.emit(lambda draft: change(draft, row))

    def _drop(self, widget: ParameterRow) -> None:
        self._lines.removeWidget(widget)
        widget.hide()
        widget.setParent(None)
        widget.deleteLater()

    # --- what the person does with rows -------------------------------------------------------------------------------
    def _on_bulk_toggled(self, bulk: bool) -> None:
        if self._text is None:
            self._text = self._build_text()
        self._text.set_text(self._as_text(tuple(widget.row for widget in self.rows), ""))
        self._show_bulk()
        self._show_size()
        self.rows_changed.emit()
        if bulk:
            self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_text_edited(self, text: str) -> None:
        location = self.location
        self.edited.emit(lambda draft: edits.set_section_text(draft, location, text))

    def _on_add_clicked(self) -> None:
        self.set_bulk(False)
        location = self.location
        self.edited.emit(lambda draft: edits.add(draft, location))
        self.focus_last()

    def _on_more_requested(self, widget: ParameterRow) -> None:
        key, number = _key(widget.row), widget.row.number + 1
        self._edit(widget, edits.add_after)
        new = next((w for w in self.rows if _key(w.row) == (key[0], number)), None)
        if new is not None:
            new.take_focus()

    def _on_move_requested(self, widget: ParameterRow, by: int) -> None:
        mates = tuple(w.row for w in self.rows)
        key = (_key(widget.row)[0], widget.row.number + by)
        self._edit(widget, lambda draft, row: edits.move(draft, row, mates, by))
        moved = next((w for w in self.rows if _key(w.row) == key), None)
        if moved is not None:
            moved.take_focus()

    def _focused_place(self, leaving: object) -> int | None:
        """Return the place of the row that has the focus, if it is one of those that leave."""
        for place, widget in enumerate(self.rows):
            if widget in leaving and any(part.hasFocus() for part in widget.focus_chain()):  # type: ignore[operator]
                return place
        return None

    def _focus_place(self, place: int) -> None:
        """After a row has gone the focus stays where it was, not at the other end of the window."""
        if self.rows:
            self.rows[min(place, len(self.rows) - 1)].take_focus()
        elif self._add is not None:
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)


def _key(row: Row) -> tuple[str, int]:
    return (row.parameter.name if row.parameter is not None else "" if row.added else row.name, row.number)


def _number(hint: Hint, count: int) -> int:
    """Return which of the rows of its parameter a hint is for."""
    at = hint.loc[2] if len(hint.loc) > 2 else 0
    return at if isinstance(at, int) and 0 <= at < count else 0
