"""The body of a request: its media type and model, an editor, and whether it fits."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from explorer.openapi.hints import Hint
from explorer.openapi.operations import Body
from explorer.ui import names
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.chip import Chip
from explorer.ui.widgets.code_editor import CodeEditor
from explorer.ui.widgets.code_view import LineNote
from explorer.ui.widgets.hairline import Hairline
from explorer.ui.widgets.json_syntax import json_runs
from explorer.ui.widgets.verdict_line import VerdictLine
from explorer.ui.wording import count_text, size_text

_HEADER_HEIGHT = 32


class BodySection(QWidget):
    """Edits a body.

    Signals:
        body_changed: the person changed the text; the whole of it.
        example_requested: the person wants an example that fits the model.
        format_requested: the person wants the text laid out.
    """

    body_changed = Signal(str)
    example_requested = Signal()
    format_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._model = ""
        self._required = False
        self._is_json = True
        self._errors = 0
        self._fresh = True
        self._media_type = Chip(themes)
        self._model_chip = Chip(themes, outlined=True)
        self.editor = CodeEditor(themes)
        self.editor.setObjectName(names.REQUEST_BODY)
        self.editor.setAccessibleName("Body of the request")
        self.editor.setPlaceholderText("No body is sent. Type one, or press Example.")
        self.editor.text_edited.connect(self._on_editor_text_edited)
        self.verdict = VerdictLine(themes)
        self.verdict.setObjectName(names.REQUEST_BODY_VERDICT)
        layout = QVBoxLayout(self)
        layout.addWidget(Hairline(themes))
        layout.addWidget(self._build_header())
        layout.addWidget(Hairline(themes))
        layout.addWidget(self.editor, 1)
        layout.addWidget(self.verdict)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self._example, self._format, self.editor]

    def set_body(self, body: Body) -> None:
        """Begin with another operation's body, still empty."""
        self._model = body.model
        self._required = body.required
        self._is_json = body.media_type == "application/json" or body.media_type.endswith("+json")
        self._errors = 0
        self._fresh = True
        self._media_type.set_text(body.media_type)
        self._model_chip.set_text(body.model)
        self._format.setEnabled(self._is_json)
        self.editor.set_coloring(json_runs if self._is_json else None)
        self.editor.set_notes({})
        self._show_verdict()

    def set_text(self, text: str) -> None:
        """Show the text of a draft; the first one after `set_body` cannot be undone."""
        if self._fresh:
            self._fresh = False
            self.editor.start_text(text)
        else:
            self.editor.replace_text(text)
        self._show_verdict()

    def set_hints(self, hints: tuple[Hint, ...], notes: Mapping[int, str]) -> None:
        """Show remarks at the ends of lines.

        Args:
            hints: what the schema has to say about the text.
            notes: what the model wants, by 0-based line; a hint on the same line takes its place.
        """
        shown = {line: LineNote(text=text) for line, text in notes.items()}
        for hint in sorted(hints, key=lambda hint: hint.error):
            line = hint.line or 0
            there = shown.get(line)
            text = f"{hint.message} — {' › '.join(str(part) for part in hint.loc)}" if hint.error else hint.message
            if there is not None and there.error:
                text = f"{there.text} · {text}"
            shown[line] = LineNote(text=text, error=hint.error, column=hint.column or 0, length=hint.length)
        self._errors = sum(hint.error for hint in hints)
        self.editor.set_notes(shown)
        self._show_verdict()

    def _build_header(self) -> QWidget:
        header = QFrame()
        header.setProperty("panel", "bg2")
        title = QLabel("Body")
        title.setProperty("role", "control_bold")
        self._example = example = QPushButton("Example")
        example.setProperty("variant", "ghost")
        example.setObjectName(names.REQUEST_EXAMPLE)
        example.setAccessibleName("Put in an example")
        example.setToolTip("Replace the body by an example that fits the model")
        example.clicked.connect(self.example_requested)
        self._themes.bind_icon(example, "bolt", "t2", 14)
        self._format = QPushButton("Format")
        self._format.setProperty("variant", "ghost")
        self._format.setObjectName(names.REQUEST_FORMAT)
        self._format.setAccessibleName("Lay out the body")
        self._format.setToolTip("Lay the JSON out, one member a line")
        self._format.clicked.connect(self.format_requested)
        layout = QHBoxLayout(header)
        layout.addWidget(title)
        layout.addWidget(self._media_type)
        layout.addWidget(self._model_chip)
        layout.addStretch(1)
        layout.addWidget(example)
        layout.addWidget(self._format)
        layout.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._themes.metrics.set(layout, margins=(16, 0, 8, 0), spacing=8)
        self._themes.metrics.set(header, height=_HEADER_HEIGHT)
        return header

    def _show_verdict(self) -> None:
        text = self.editor.toPlainText()
        model = self._model or "the schema"
        size = size_text(len(text.encode("utf-8", "surrogatepass")))
        if not text:
            sentence = "The body is empty" + (", and the server wants one." if self._required else ".")
            self.verdict.set_verdict(
                "alert" if self._required else "info", "warn" if self._required else "t3", sentence
            )
        elif self._errors:
            self.verdict.set_verdict(
                "alert",
                "err",
                f"{count_text(self._errors, 'problem')} against {model}. "
                "You may still send it — that is how you learn what the server says.",
            )
        elif not self._is_json:
            self.verdict.set_verdict("info", "t3", f"{size} · sent as typed")
        else:
            details = f"· {size} · checked against the OpenAPI schema while you type"
            self.verdict.set_verdict("check", "ok", f"Matches {model}", details)

    def _on_editor_text_edited(self, text: str) -> None:
        self._show_verdict()
        self.body_changed.emit(text)
