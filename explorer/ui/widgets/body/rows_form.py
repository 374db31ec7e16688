"""A urlencoded or multipart body, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from explorer.client.draft import FormField
from explorer.openapi.fields import FieldSpec
from explorer.openapi.hints import Hint
from explorer.ui import names
from explorer.ui.models.file_facts import FileFact
from explorer.ui.models.form_rows import (
    Fields,
    FormRowView,
    moved,
    row_views,
    with_another,
    with_dropped,
    with_field,
    with_files,
    without_field,
)
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.body.builder import Builder
from explorer.ui.widgets.body.field_frame import FieldFrame, FieldLabel
from explorer.ui.widgets.body.file_button import local_files
from explorer.ui.widgets.body.form_line import FormLine
from explorer.ui.widgets.body.retire import retire
from explorer.ui.widgets.body.rows_row import RowsRow

_AT_ONCE = 20  # rows that are made before anything else happens: they fill the room there is


class RowsForm(QWidget):
    """Shows a row for each field, and for each declared name that has none.

    Signals:
        fields_edited: the person changed something; all fields.
        arranged_anew: rows came or went, so the order of the Tab key must be set again.
    """

    fields_edited = Signal(object)
    arranged_anew = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._specs: Mapping[str, FieldSpec] = {}
        self._document: Mapping[str, Any] = {}
        self._multipart = False
        self._fields: Fields = ()
        self._facts: Mapping[str, FileFact] = {}
        self._hints: Mapping[int, tuple[Hint, ...]] = {}
        self._rows: list[RowsRow] = []
        self._views: list[FormRowView] = []
        self._changed = False  # rows came or went, and nobody was told yet
        self.builder = Builder(self)
        self.setObjectName(names.REQUEST_BODY_ROWS)
        self.setAcceptDrops(True)
        self._layout = QVBoxLayout(self)
        self._whole = FieldFrame(themes, FieldLabel(name=""), parent=self)
        self._whole.hide()
        self._layout.addWidget(self._whole)
        self._foot = self._build_foot()
        self._layout.addWidget(self._foot)
        themes.metrics.set(self._layout, margins=(0, 4, 0, 8), spacing=0)

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_schema(self, specs: Mapping[str, FieldSpec], document: Mapping[str, Any]) -> None:
        """Begin with another body's schema: what it says of each name."""
        self._specs, self._document = specs, document
        self._hints = {}
        self.builder.clear()
        self._views = []
        self._drop(0)

    def set_fields(self, fields: Fields, *, multipart: bool) -> None:
        """Show these fields; rows that still fit are kept, and with them the cursor. Very many come bit by bit."""
        there = bool(self._rows) or self.builder.busy
        if fields == self._fields and multipart == self._multipart and there:
            return
        self._fields, self._multipart = fields, multipart
        self._add_file.setVisible(multipart)
        self.builder.clear()
        self._views = row_views(fields, self._specs, self._document)
        self._drop(len(self._views))
        self.builder.start(self._arrange())

    def set_facts(self, facts: Mapping[str, FileFact]) -> None:
        """Show what is known of the files."""
        self._facts = facts
        for row in self._rows:
            row.set_view(row.view, facts.get(row.view.field.file or ""))

    def set_hints(self, hints: Mapping[int, tuple[Hint, ...]]) -> None:
        """Show what the schema says, by the index of the field; -1 for what belongs to none."""
        self._hints = hints
        self._show_hints()

    def focus_widgets(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [widget for row in self._rows for widget in row.focus_widgets()] + self._foot.focus_widgets()

    def find_loc(self, loc: tuple[str | int, ...]) -> QWidget | None:
        """Return the control of the field that a 422 names; None when there is none."""
        self.builder.finish()
        steps = loc[1:] if loc[:1] == ("body",) else loc
        if not steps:
            return None
        rows = [row for row in self._rows if row.view.field.name == str(steps[0])]
        number = steps[1] if len(steps) > 1 and isinstance(steps[1], int) else 0
        row = rows[number] if 0 <= number < len(rows) else next(iter(rows), None)
        return row.control if row is not None else None

    # --- files that are dropped beside the rows -----------------------------------------------------------------------
    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._multipart and local_files(event):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = local_files(event)
        if self._multipart and paths:
            event.acceptProposedAction()
            self._change(with_dropped(self._fields, paths))

    # --- inside -------------------------------------------------------------------------------------------------------
    def _build_foot(self) -> FormLine:
        foot = FormLine(self._themes, parent=self)
        self._add_text = QPushButton("Add a field")
        self._add_text.setObjectName(names.ROW_ADD_TEXT)
        self._add_text.setAccessibleName("Add a field to the form")
        self._add_text.clicked.connect(lambda: self._append(FormField(name="", text="")))
        self._add_file = QPushButton("Add a file")
        self._add_file.setObjectName(names.ROW_ADD_FILE)
        self._add_file.setAccessibleName("Add a file to the form")
        self._add_file.clicked.connect(lambda: self._append(FormField(name="", is_file=True)))
        for button in (self._add_text, self._add_file):
            button.setProperty("variant", "add")
            self._themes.bind_icon(button, "plus", "t3", 12)
        foot.set_buttons(self._add_text, self._add_file)
        return foot

    def _arrange(self) -> Iterator[None]:
        """Keep the rows that still fit, and make the others, one a step."""
        for place, view in enumerate(self._views):
            row = self._rows[place] if place < len(self._rows) else None
            wanted = repr(RowsRow.signature(view, multipart=self._multipart))
            made = row is None or row.property("signature") != wanted
            if row is None or made:
                new = self._make(place, view, wanted)
                if row is None:
                    self._rows.append(new)
                else:
                    self._replace(place, row, new)
                row = new
            if made or view != row.view or view.field.is_file:
                row.set_view(view, self._facts.get(view.field.file or ""))
            if made:
                self._changed = True
                if place >= _AT_ONCE:
                    yield
        self._show_hints()
        if self._changed:
            self._changed = False
            self.arranged_anew.emit()

    def _make(self, place: int, view: FormRowView, signature: str) -> RowsRow:
        row = RowsRow(self._themes, view, place, multipart=self._multipart, parent=self)
        row.setProperty("signature", signature)
        row.field_edited.connect(lambda field: self._on_row_field_edited(row, field))
        row.files_chosen.connect(lambda paths: self._on_row_files_chosen(row, paths))
        row.more_requested.connect(lambda: self._on_row_more_requested(row))
        row.move_requested.connect(lambda step: self._on_row_move_requested(row, step))
        row.remove_requested.connect(lambda: self._on_row_remove_requested(row))
        self._layout.insertWidget(place + 1, row)
        row.show()
        return row

    def _replace(self, place: int, old: RowsRow, new: RowsRow) -> None:
        had_focus = old.isAncestorOf(self.window().focusWidget()) if self.window().focusWidget() is not None else False
        self._rows[place] = new
        retire(old)
        if had_focus and new.control is not None:
            new.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self, keep: int) -> None:
        self._changed = self._changed or len(self._rows) > keep
        for row in self._rows[keep:]:
            retire(row)
        del self._rows[keep:]

    def _show_hints(self) -> None:
        for row in self._rows:
            index = row.view.index
            row.set_hints(self._hints.get(index, ()) if index is not None else ())
        whole = list(self._hints.get(-1, ()))
        for row in self._rows:  # a declared name without a field says by itself that it is missing
            if row.view.index is None:
                own = tuple(hint for hint in whole if len(hint.loc) > 1 and hint.loc[1] == row.view.field.name)
                row.set_hints(own)
                whole = [hint for hint in whole if hint not in own]
        self._whole.set_hints(tuple(whole))
        self._whole.setVisible(bool(whole))

    def _change(self, fields: Fields) -> None:
        if fields != self._fields:
            self.set_fields(fields, multipart=self._multipart)
            self.builder.finish()
            self.fields_edited.emit(fields)

    def _append(self, field: FormField) -> None:
        self._change((*self._fields, field))
        for row in self._rows:
            if row.view.index == len(self._fields) - 1:
                row.focus_widgets()[1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _all(self, row: RowsRow) -> tuple[Fields, int]:
        """Return fields of which one belongs to the row, and its index: declared names without one get theirs."""
        if row.view.index is not None:
            return self._fields, row.view.index
        return tuple(view.field for view in self._views), self._rows.index(row)

    def _on_row_field_edited(self, row: RowsRow, field: FormField) -> None:
        fields, index = self._all(row)
        self._change(with_field(fields, index, field))

    def _on_row_files_chosen(self, row: RowsRow, paths: tuple[str, ...]) -> None:
        fields, index = self._all(row)
        self._change(with_files(fields, index, paths if row.view.repeats else paths[:1]))

    def _on_row_more_requested(self, row: RowsRow) -> None:
        fields, index = self._all(row)
        self._change(with_another(fields, index))
        control = self._rows[index + 1].control
        if control is not None:
            control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_row_move_requested(self, row: RowsRow, step: int) -> None:
        if row.view.index is not None:
            self._change(moved(self._fields, row.view.index, step))

    def _on_row_remove_requested(self, row: RowsRow) -> None:
        if row.view.index is None:
            return
        place = self._rows.index(row)
        self._change(without_field(self._fields, row.view.index))
        near = self._rows[min(place, len(self._rows) - 1)].control if self._rows else self._add_text
        if near is not None:
            near.setFocus(Qt.FocusReason.OtherFocusReason)
