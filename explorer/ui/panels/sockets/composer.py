"""Below a client's column: what it is about to send."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from explorer.client.sockets.composing import ComposedVerdict, judge
from explorer.client.sockets.record import Composed, MessageKind, SocketDraft
from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.panels.sockets.repeat_line import RepeatLine
from explorer.ui.panels.sockets.verdict_labels import VerdictLabels
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.body.file_button import FileButton
from explorer.ui.widgets.grow_edit import GrowEdit
from explorer.ui.widgets.properties import set_property
from explorer.ui.widgets.quiet_button import QuietButton
from explorer.ui.widgets.segmented import Segmented
from explorer.ui.wording import size_text

_TEXT, _JSON, _BINARY = range(3)
_SEGMENTS = {MessageKind.TEXT: _TEXT, MessageKind.JSON: _JSON, MessageKind.HEX: _BINARY, MessageKind.FILE: _BINARY}
_PLACEHOLDERS = {
    MessageKind.TEXT: "A text message",
    MessageKind.JSON: '{"type": "typing"}',
    MessageKind.HEX: "Bytes, such as 89 50 4e 47",
}


class Composer(QFrame):
    """Edits what a `SocketDraft` is about to send.

    Signals:
        draft_edited: the person changed something; the whole new `SocketDraft`.
        send_requested: what is in front is to be sent.
        ping_requested: a ping is to be sent.
        repeat_requested: what is in front is to be sent again and again (True), or no longer (False).
    """

    draft_edited = Signal(object)
    send_requested = Signal()
    ping_requested = Signal()
    repeat_requested = Signal(bool)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._draft: SocketDraft | None = None
        self._verdict = ComposedVerdict()
        self._recalled = 0  # how many messages back
        self._showing = False
        self._open = False
        self._trouble = ""
        self.kind = Segmented(themes, ("Text", "JSON", "Binary"))
        self.kind.changed.connect(self._on_kind_changed)
        self.ping = QuietButton(themes, "bolt", "Send a ping")
        self.ping.clicked.connect(self.ping_requested)
        self.repeat = QuietButton(themes, "clock", "Send again and again")
        self.repeat.clicked.connect(self._on_repeat_clicked)
        self.from_file = QuietButton(themes, "file", "Send the bytes of a file")
        self.from_file.clicked.connect(self._on_from_file_clicked)
        self.verdict = VerdictLabels(self)
        self.text = GrowEdit(themes)
        self.text.setAccessibleName("Message")
        self.text.textChanged.connect(self._on_text_changed)
        self.text.send_pressed.connect(self.send_now)
        self.text.recall_pressed.connect(self._on_recall_pressed)
        self.file = FileButton(themes, "the message", several=False)
        self.file.files_chosen.connect(self._on_files_chosen)
        self.send = QPushButton("Send")
        self.send.setAccessibleName("Send the message")
        self.send.clicked.connect(self.send_now)
        themes.bind_icon(self.send, "send", "t2", 14)
        self.line = RepeatLine(themes)
        self.line.seconds_changed.connect(self._on_seconds_changed)
        self.line.toggled.connect(self.repeat_requested)
        self.line.hide()
        self._build()

    def set_number(self, number: int) -> None:
        """Take the object names of the column with this number."""
        for widget, name in (
            (self, names.SOCKET_COMPOSER),
            (self.kind, names.SOCKET_KIND),
            (self.text, names.SOCKET_TEXT),
            (self.file, names.SOCKET_FILE),
            (self.from_file, names.SOCKET_FROM_FILE),
            (self.send, names.SOCKET_SEND),
            (self.ping, names.SOCKET_PING),
            (self.repeat, names.SOCKET_REPEAT),
        ):
            widget.setObjectName(name.format(number=number))
        self.line.set_number(number)
        self.verdict.set_number(number)

    def set_draft(self, draft: SocketDraft) -> None:
        """Show what is being written. What the person types stays where it is."""
        if draft is self._draft:
            return
        self._draft = draft
        self._showing = True
        composed = self._composed()
        self.kind.set_current(_SEGMENTS[draft.kind])
        self.text.set_json(draft.kind is MessageKind.JSON)
        self.text.setPlaceholderText(_PLACEHOLDERS.get(draft.kind, ""))
        is_file = draft.kind is MessageKind.FILE
        if is_file:
            self.file.set_file(composed.text or None, None)
        else:
            self.text.set_text(composed.text)
        self._fields.setCurrentWidget(self.file if is_file else self.text)
        self._fields.updateGeometry()
        binary = self.kind.current == _BINARY
        self.from_file.setVisible(binary)
        self.from_file.set_icon(
            "code" if is_file else "file", "Type the bytes" if is_file else "Send the bytes of a file"
        )
        self.line.set_seconds(composed.repeat_seconds)
        self._showing = False
        self._judge()

    def set_open(self, is_open: bool, *, repeating: bool = False) -> None:
        """Say whether messages can be sent now, and whether one is being sent again and again."""
        self._open = is_open
        self.line.set_running(repeating, can_run=is_open)
        if repeating:
            self.line.show()
        self.ping.setEnabled(is_open)
        self._show_send()

    def set_trouble(self, sentence: str) -> None:
        """Say why a message could not be sent; an empty sentence says nothing. It goes when the person types."""
        self._trouble = sentence
        self._show_verdict()

    def set_primary(self, primary: bool) -> None:
        """Fill the button of the column that a person works in."""
        set_property(self.send, "variant", "primary" if primary else "")
        self._themes.bind_icon(self.send, "send", "accink" if primary and self.send.isEnabled() else "t2", 14)

    def take_focus(self) -> None:
        """Put the keyboard where the message is written."""
        field = self.text if self._fields.currentWidget() is self.text else self.file
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        first: list[QWidget] = [self.kind, self.from_file, self.ping, self.repeat]
        return [*first, self.text, self.file, self.send, *self.line.focus_chain()]

    # --- what the person does -----------------------------------------------------------------------------------------
    def _composed(self, kind: MessageKind | None = None) -> Composed:
        """Return what is written, of the kind in front or of another."""
        if self._draft is None:
            return Composed()
        wanted = kind or self._draft.kind
        return next((one for one in self._draft.composed if one.kind is wanted), Composed(kind=wanted))

    def _write(self, composed: Composed) -> None:
        """Put something in front, and tell."""
        if self._draft is None:
            return
        others = tuple(one for one in self._draft.composed if one.kind is not composed.kind)
        draft = replace(self._draft, composed=(*others, composed), kind=composed.kind)
        if draft == self._draft:
            return
        self._trouble = ""
        self.set_draft(draft)
        self.draft_edited.emit(draft)

    def _on_kind_changed(self, segment: int) -> None:
        kinds = {_TEXT: MessageKind.TEXT, _JSON: MessageKind.JSON, _BINARY: MessageKind.HEX}
        chosen = Composed(kind=kinds[segment])
        file = self._composed(MessageKind.FILE)
        if segment == _BINARY and file.text and not self._composed(MessageKind.HEX).text:
            chosen = file
        self._recalled = 0
        self._write(self._composed(chosen.kind))
        self.take_focus()

    def _on_text_changed(self) -> None:
        if self._showing or self._draft is None or self._draft.kind is MessageKind.FILE:
            return
        self._write(replace(self._composed(), text=self.text.toPlainText()))

    def _on_files_chosen(self, paths: tuple[str, ...]) -> None:
        self._write(replace(self._composed(MessageKind.FILE), text=paths[0]))

    def _on_from_file_clicked(self) -> None:
        is_file = self._draft is not None and self._draft.kind is MessageKind.FILE
        self._write(self._composed(MessageKind.HEX if is_file else MessageKind.FILE))
        if not is_file and not self._composed().text:
            self.file.open_dialog()

    def _on_seconds_changed(self, seconds: float) -> None:
        self._write(replace(self._composed(), repeat_seconds=seconds))

    def _on_repeat_clicked(self) -> None:
        self.line.setVisible(self.line.isHidden())
        if not self.line.isHidden():
            self.line.take_focus()
        self.updateGeometry()

    def _on_recall_pressed(self, by: int) -> None:
        """Put a message that was sent before in front again: up for an older one, down for a newer one."""
        if self._draft is None or not self._draft.sent:
            return
        back = max(0, min(len(self._draft.sent), self._recalled - by))
        if back == self._recalled:
            return
        self._recalled = back
        if back:
            self._write(replace(self._draft.sent[-back], repeat_seconds=None))
        else:
            self._write(replace(self._composed(), text=""))

    def send_now(self) -> None:
        """Send what is in front, if it can be sent."""
        if self.send.isEnabled():
            self._recalled = 0
            self.send_requested.emit()

    # --- what is said -------------------------------------------------------------------------------------------------
    def _judge(self) -> None:
        self._verdict = judge(self._composed())
        self._show_send()
        self._show_verdict()

    def _show_send(self) -> None:
        self.send.setEnabled(self._open and self._verdict.sendable)
        self.set_primary(self.send.property("variant") == "primary")

    def _show_verdict(self) -> None:
        verdict = self._verdict
        composed = self._composed()
        words = [verdict.sentence] if verdict.sentence else []
        if composed.text and verdict.size is not None:
            words.append(size_text(verdict.size))
        elif not composed.text and self._draft is not None and self._draft.sent:
            words = ["↑ recalls the last message"]
        wrong = bool(self._trouble) or (verdict.wrong and bool(composed.text))
        self.verdict.set_words(self._trouble or " · ".join(words), wrong=wrong)

    def _build(self) -> None:
        self._fields = _Fields()
        self._fields.addWidget(self.text)
        self._fields.addWidget(self.file)
        first = QHBoxLayout()
        for button in (self.kind, self.from_file, self.ping, self.repeat):
            first.addWidget(button)
        first.addWidget(self.verdict.beside, 1)
        second = QHBoxLayout()
        second.addWidget(self._fields, 1)
        second.addWidget(self.send, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.addLayout(first)
        layout.addLayout(second)
        layout.addWidget(self.verdict.below)
        layout.addWidget(self.line)
        layout.addStretch(1)
        self._themes.metrics.set(self.send, height=32)
        self._themes.metrics.set(self.file, height=32)
        self._themes.metrics.set(first, spacing=4)
        self._themes.metrics.set(second, spacing=8)
        self._themes.metrics.set(layout, margins=(12, 10, 12, 10), spacing=8)


class _Fields(QStackedWidget):
    """As high as the page in front."""

    @override
    def sizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.sizeHint() if page is not None else super().sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()
