"""The body of a request: how it is written, a form or an editor for it, and whether it fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from explorer.client.body_kinds import body_of, kind_of, media_type_of
from explorer.client.draft import BodyKind, RequestDraft
from explorer.client.starting import change_body
from explorer.openapi.fields import FieldSpec, field_spec
from explorer.openapi.hints import Hint
from explorer.openapi.media_types import OCTET_STREAM, is_json
from explorer.openapi.operations import Body, Operation
from explorer.ui import names
from explorer.ui.focus import chain_focus
from explorer.ui.models.body_verdict import Verdict, body_verdict
from explorer.ui.models.file_facts import FileFact
from explorer.ui.models.form_rows import form_specs
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.body.body_header import BodyHeader
from explorer.ui.widgets.body.held_text import HeldText, must_be_held
from explorer.ui.widgets.body.json_text import line_notes, line_runs, select_loc
from explorer.ui.widgets.body.media_choices import MediaChoice, media_choices
from explorer.ui.widgets.code_editor import CodeEditor
from explorer.ui.widgets.hairline import Hairline
from explorer.ui.widgets.verdict_line import VerdictLine

if TYPE_CHECKING:
    from explorer.ui.widgets.body.file_form import FileForm
    from explorer.ui.widgets.body.json_form import JsonForm
    from explorer.ui.widgets.body.rows_form import RowsForm
    from explorer.ui.widgets.body.rows_text import RowsText

W = TypeVar("W", bound=QWidget)

MOST_IN_FORM = 200_000  # characters; a longer text is edited as text
MOST_COLORED = 1_000_000  # characters; a longer text has neither colours nor remarks
_FORMS = ("held", "json_form", "rows_form", "rows_text", "file_form")  # in the order of the Tab key
_NO_BODY = "No body is sent. Choose another kind above to send one."


class BodySection(QWidget):
    """Edits the body of a draft, whatever its kind. The forms are imported and made when they are first shown.

    Signals:
        draft_edited: the person changed something; the whole new `RequestDraft`.
        example_requested: the person wants an example that fits the model.
        format_requested: the person wants the text laid out.
        files_shown: files are on show of which nothing is known yet; a tuple of their paths. `set_file_facts` answers.
    """

    draft_edited = Signal(object)
    example_requested = Signal()
    format_requested = Signal()
    files_shown = Signal(object)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._operation: Operation | None = None
        self._document: Mapping[str, Any] = {}
        self._draft = RequestDraft(method="GET", path="/", body_kind=BodyKind.NONE)
        self._body: Body | None = None
        self._schema_of: object = None  # the body that the forms were last set up for
        self._fresh = True
        self._read_anew = False
        self._form_wanted = False
        self._rows_as_text = False
        self._new = False  # a form was made, and the Tab key does not know of it yet
        self._hints: tuple[Hint, ...] = ()
        self._notes: Mapping[int, str] = {}
        self._field_hints: Mapping[int, tuple[Hint, ...]] = {}
        self._facts: Mapping[str, FileFact] = {}
        self._asked: frozenset[str] = frozenset()
        self.header = BodyHeader(themes)
        self.editor = CodeEditor(themes)
        self.editor.setObjectName(names.REQUEST_BODY)
        self.editor.setAccessibleName("Body of the request")
        self.editor.setPlaceholderText("No body is sent. Type one, or press Example.")
        self._nothing = QLabel(_NO_BODY)
        self._nothing.setProperty("role", "caption")
        themes.metrics.set(self._nothing, margins=(16, 10, 16, 10))
        self.verdict = VerdictLine(themes)
        self.verdict.setObjectName(names.REQUEST_BODY_VERDICT)
        self._layout = layout = QVBoxLayout(self)
        layout.addWidget(Hairline(themes))
        layout.addWidget(self.header)
        layout.addWidget(Hairline(themes))
        layout.addWidget(self.editor, 1)
        layout.addWidget(self._nothing)
        self._nothing.hide()
        layout.addStretch(0)
        layout.addWidget(self.verdict)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)
        self._connect()

    # --- the forms ----------------------------------------------------------------------------------------------------
    @cached_property
    def held(self) -> HeldText:
        """A text with a line too long for the editor."""
        held = HeldText(self._themes)
        held.lay_out_requested.connect(self.format_requested)
        held.removed.connect(lambda: self._on_text_edited(self.editor.toPlainText()))
        return self._put_in(held)

    @cached_property
    def json_form(self) -> JsonForm:
        """A JSON body as a form."""
        from explorer.ui.widgets.body.json_form import JsonForm

        form = JsonForm(self._themes)
        form.text_edited.connect(self._on_text_edited)
        form.text_requested.connect(lambda: self._on_header_form_chosen(form=False))
        form.arranged_anew.connect(self._order_tabs)
        form.set_schema(self._spec(), self._document)
        form.set_hints(self._hints)
        return self._put_in(form)

    @cached_property
    def rows_form(self) -> RowsForm:
        """A urlencoded or multipart body, row by row."""
        from explorer.ui.widgets.body.rows_form import RowsForm

        form = RowsForm(self._themes)
        form.fields_edited.connect(lambda fields: self._edit(replace(self._draft, fields=fields)))
        form.arranged_anew.connect(self._order_tabs)
        form.set_schema(self._specs(), self._document)
        form.set_facts(self._facts)
        return self._put_in(form)

    @cached_property
    def rows_text(self) -> RowsText:
        """The same rows as text."""
        from explorer.ui.widgets.body.rows_text import RowsText

        text = RowsText(self._themes)
        text.fields_edited.connect(lambda fields: self._edit(replace(self._draft, fields=fields)))
        return self._put_in(text)

    @cached_property
    def file_form(self) -> FileForm:
        """A file that is the body."""
        from explorer.ui.widgets.body.file_form import FileForm

        form = FileForm(self._themes)
        form.file_edited.connect(lambda path: self._edit(replace(self._draft, file=path)))
        form.media_type_edited.connect(lambda text: self._edit(replace(self._draft, media_type=text)))
        return self._put_in(form)

    def _made(self, name: str) -> bool:
        """Tell whether a form is there, without making it."""
        return name in vars(self)

    def _in_sight(self, name: str) -> bool:
        return self._made(name) and not getattr(self, name).isHidden()

    def _put_in(self, form: W) -> W:
        form.hide()
        self._layout.insertWidget(self._layout.indexOf(self._nothing), form)
        self._new = True
        return form

    # --- what is shown ------------------------------------------------------------------------------------------------
    @property
    def draft(self) -> RequestDraft:
        """The draft on show, with what the person changed in it."""
        return self._draft

    def set_operation(self, operation: Operation | None, document: Mapping[str, Any]) -> None:
        """Begin with another operation, or with the same one of an app that was read anew; its draft comes next."""
        same = operation is not None and self._operation is not None and operation.key == self._operation.key
        self._read_anew = same
        self._operation, self._document = operation, document
        self._hints, self._notes, self._field_hints = (), {}, {}
        self._schema_of = self
        self._fresh = True
        self.editor.set_notes({})
        self.header.media.set_choices(media_choices(operation, document))

    def set_draft(self, draft: RequestDraft) -> None:
        """Show a draft; the cursor stays where a person types. The first text of an operation cannot be undone."""
        if self._fresh and self._read_anew and draft is self._draft:
            self._fresh = False  # the person goes on where they were, and can undo what they did
            self._show(read_anew=True)
        elif draft is not self._draft or self._fresh:
            self._draft = draft
            self._show()

    def set_hints(self, hints: tuple[Hint, ...], notes: Mapping[int, str]) -> None:
        """Show remarks about a text: at the ends of its lines, and below the rows of the form.

        Args:
            hints: what the schema has to say about the text.
            notes: what the model wants, by 0-based line; a hint on the same line takes its place.
        """
        self._hints, self._notes = hints, notes
        self.editor.set_notes(line_notes(hints, notes) if self._colored else {})
        if self._made("json_form"):
            self.json_form.set_hints(hints)
        self._show_verdict()

    def set_field_hints(self, hints: Mapping[int, tuple[Hint, ...]]) -> None:
        """Show remarks below the rows of a urlencoded or multipart body, by their index; -1 for the whole."""
        self._field_hints = hints
        if self._made("rows_form"):
            self.rows_form.set_hints(hints)
        self._show_verdict()

    def set_file_facts(self, facts: Mapping[str, FileFact]) -> None:
        """Show sizes of files, and which are gone; the answer to `files_shown`."""
        self._facts = {**self._facts, **facts}
        if self._made("rows_form"):
            self.rows_form.set_facts(self._facts)
        self._show_file()
        self._show_verdict()

    def summary(self) -> tuple[str, bool]:
        """Return what the tab of the body counts, and whether it counts mistakes."""
        return self._verdict().count

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        made = [getattr(self, name) for name in _FORMS if self._made(name)]
        return [
            *self.header.focus_widgets(),
            *(widget for form in made for widget in form.focus_widgets()),
            self.editor,
        ]

    def focus_loc(self, loc: tuple[str | int, ...]) -> bool:
        """Lead the person to what a 422's ``loc`` names, such as ``("body", "price")``; False when it is not here."""
        if loc[:1] != ("body",):
            return False
        control: QWidget | None = None
        if self._in_sight("rows_form"):
            control = self.rows_form.find_loc(loc)
        elif self._in_sight("json_form"):
            control = self.json_form.find_loc(loc)
        elif not self.editor.isHidden():
            if len(self._draft.body or "") <= MOST_IN_FORM:
                select_loc(self.editor, self._draft.body or "", loc)
            control = self.editor
        elif self._in_sight("rows_text"):
            control = self.rows_text.focus_widgets()[0]
        elif self._in_sight("file_form"):
            control = self.file_form.focus_widgets()[0]
        if control is None:
            return False
        self._lead_to(control)
        return True

    def state(self) -> dict[str, Any]:
        """Return what is worth remembering, as plain JSON values."""
        return {"form": self._form_wanted}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up a state that `state` returned."""
        self._form_wanted = state.get("form") is True
        self._show()

    # --- inside: showing ----------------------------------------------------------------------------------------------
    def _connect(self) -> None:
        self.header.media.choice_made.connect(self._on_media_choice_made)
        self.header.media.media_type_typed.connect(self._on_media_type_typed)
        self.header.form_chosen.connect(self._on_header_form_chosen)
        self.header.example_requested.connect(self.example_requested)
        self.header.format_requested.connect(self.format_requested)
        self.editor.text_edited.connect(self._on_text_edited)
        self.editor.format_requested.connect(self.format_requested)
        self.editor.long_text_pasted.connect(self._on_text_edited)

    @property
    def _is_json(self) -> bool:
        return self._draft.body_kind is BodyKind.TEXT and is_json(self._draft.media_type)

    @property
    def _colored(self) -> bool:
        return len(self._draft.body or "") <= MOST_COLORED

    @property
    def _shows_form(self) -> bool:
        return self._is_json and self._form_wanted and len(self._draft.body or "") <= MOST_IN_FORM

    @property
    def _holds(self) -> bool:
        return self._draft.body_kind is BodyKind.TEXT and not self._shows_form and must_be_held(self._draft.body or "")

    def _show(self, *, read_anew: bool = False) -> None:
        draft, kind = self._draft, self._draft.body_kind
        self._body = body_of(self._operation, draft)
        rows = self._has_rows
        text = kind is BodyKind.TEXT
        self._show_media_type()
        self.header.set_model(self._body.model if self._body is not None else "")
        self.header.set_views(
            json=self._is_json,
            rows=rows,
            form=not self._rows_as_text if rows else self._form_wanted,
            form_possible=len(draft.body or "") <= MOST_IN_FORM,
        )
        self.header.set_actions(example=text and self._body is not None, format_=self._is_json)
        if self._schema_of is not self._body:
            self._set_schema(read_anew=read_anew)
        if text:
            self._show_text()
        if rows and self._rows_as_text:
            self.rows_text.set_fields(draft.fields)
        elif rows:
            self.rows_form.set_fields(draft.fields, multipart=kind is BodyKind.MULTIPART)
            self.rows_form.set_hints(self._field_hints)
        if self._shows_form:
            self.json_form.set_text(draft.body or "")
            self.json_form.set_hints(self._hints)
        self._show_file()
        shown = {
            "held": self._holds,
            "json_form": self._shows_form,
            "rows_form": rows and not self._rows_as_text,
            "rows_text": rows and self._rows_as_text,
            "file_form": kind is BodyKind.FILE,
        }
        pages = {getattr(self, name): wanted for name, wanted in shown.items() if wanted or self._made(name)}
        pages[self.editor] = text and not self._shows_form and not self._holds
        pages[self._nothing] = kind is BodyKind.NONE
        for page, wanted in sorted(pages.items(), key=lambda pair: pair[1]):
            page.setVisible(wanted)
        self.verdict.setVisible(kind is not BodyKind.NONE)
        self._ask_for_files()
        self._show_verdict()
        if self._new:
            self._new = False
            self._order_tabs()

    def _show_media_type(self) -> None:
        otherwise = "a file as it is" if self._draft.body_kind is BodyKind.FILE else "no body"
        self.header.media.set_media_type(media_type_of(self._draft), otherwise)

    def _set_schema(self, *, read_anew: bool) -> None:
        self._schema_of = self._body
        if self._made("json_form"):
            self.json_form.set_schema(self._spec(), self._document, keep_folds=read_anew)
        if self._made("rows_form"):
            self.rows_form.set_schema(self._specs(), self._document)

    @property
    def _has_rows(self) -> bool:
        return self._draft.body_kind in (BodyKind.URLENCODED, BodyKind.MULTIPART)

    def _spec(self) -> FieldSpec:
        """Return what the schema says of a JSON body."""
        body = self._body
        return field_spec(body.schema, self._document) if body is not None and not self._has_rows else FieldSpec()

    def _specs(self) -> Mapping[str, FieldSpec]:
        """Return what the schema says of the rows of a form."""
        body = self._body
        return form_specs(body.schema, self._document) if body is not None and self._has_rows else {}

    def _show_text(self) -> None:
        text = self._draft.body or ""
        if self._holds:
            self.held.set_text(text, json=self._is_json)
            return
        self.editor.set_coloring(line_runs if self._is_json and self._colored else None)
        if self._fresh:
            self._fresh = False
            self.editor.start_text(text)
        else:
            self.editor.replace_text(text)
        if not self._colored:
            self.editor.set_notes({})

    def _show_file(self) -> None:
        draft = self._draft
        if draft.body_kind is BodyKind.FILE:
            self.file_form.set_file(draft.file, draft.media_type, self._facts.get(draft.file or ""))

    def _ask_for_files(self) -> None:
        draft = self._draft
        paths = {draft.file} if draft.body_kind is BodyKind.FILE else set()
        if draft.body_kind is BodyKind.MULTIPART:
            paths |= {field.file for field in draft.fields if field.is_file}
        new = {path for path in paths if path is not None} - self._asked
        if new:
            self._asked |= new
            self.files_shown.emit(tuple(sorted(new)))

    def _verdict(self) -> Verdict:
        return body_verdict(
            self._draft,
            self._body,
            hints=self._hints if self._is_json else (),
            field_hints=self._field_hints,
            facts=self._facts,
            noted=len(self._notes),
            checked=self._colored,
        )

    def _show_verdict(self) -> None:
        verdict = self._verdict()
        self.verdict.set_verdict(verdict.icon, verdict.token, verdict.sentence, verdict.details)

    # --- inside: edits ------------------------------------------------------------------------------------------------
    def _edit(self, draft: RequestDraft) -> None:
        if draft != self._draft:
            self._draft = draft
            self._show()
            self.draft_edited.emit(draft)

    def _on_text_edited(self, text: str) -> None:
        self._edit(replace(self._draft, body=text))

    def _on_media_choice_made(self, choice: MediaChoice) -> None:
        if choice.body is not None:
            self._edit(change_body(self._draft, choice.body, self._document))
            return
        media_type = choice.media_type if choice.kind in (BodyKind.TEXT, BodyKind.FILE) else self._draft.media_type
        if choice.kind is BodyKind.FILE and choice.media_type == OCTET_STREAM:
            media_type = ""  # guessed from the file's name
        self._edit(replace(self._draft, body_kind=choice.kind, media_type=media_type))

    def _on_media_type_typed(self, media_type: str) -> None:
        kind = kind_of(media_type)
        if self._draft.body_kind is BodyKind.FILE and kind is BodyKind.TEXT:
            kind = BodyKind.FILE
        if kind in (BodyKind.TEXT, BodyKind.FILE):
            self._edit(replace(self._draft, body_kind=kind, media_type=media_type))
        else:
            self._edit(replace(self._draft, body_kind=kind))
        self._show_media_type()

    def _on_header_form_chosen(self, form: bool) -> None:
        if self._draft.body_kind is BodyKind.TEXT:
            self._form_wanted = form
        else:
            self._rows_as_text = not form
        self._show()
        self._order_tabs()

    # --- inside: focus ------------------------------------------------------------------------------------------------
    def _order_tabs(self) -> None:
        chain_focus(self.focus_chain())

    def _lead_to(self, control: QWidget) -> None:
        from explorer.ui.widgets.body.field_frame import FieldFrame

        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        control.setFocus(Qt.FocusReason.OtherFocusReason)
        row = control.parentWidget()
        if isinstance(row, FieldFrame):
            row.flash()
        if hasattr(control, "selectAll") and control is not self.editor:
            control.selectAll()
        layout = self.layout()
        if layout is not None:
            layout.activate()
        if area is not None:
            area.ensureWidgetVisible(control)
