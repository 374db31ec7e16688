"""Above a client's column: who it is, where it leads, how it stands, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAction, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from explorer.client.sockets.record import SocketState
from explorer.ui import names
from explorer.ui.models.socket_client import ClientView, state_word
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.quiet_button import QuietButton

_HEIGHT = 46
_CIRCLE = 26
_TOKENS = ("ws", "info", "ok", "warn", "patch", "s_dep")
_NARROW = 340  # design pixels; in less, the state is a dot alone
_ENTRIES = (
    ("duplicate", "Duplicate"),
    ("edit", "Edit the connection…"),
    ("rename", "Rename"),
    ("drop", "Drop the network"),
    ("export", "Export the log…"),
    ("remove", "Remove"),
)
_LABELS = {
    SocketState.IDLE: ("Connect", "connect"),
    SocketState.CONNECTING: ("Cancel", "cancel"),
    SocketState.OPEN: ("Close…", "close"),
    SocketState.CLOSING: ("Drop", "drop"),
}


class ColumnHead(QFrame):
    """The head of one column.

    Signals:
        acted: the person wants something: ``connect``, ``cancel``, ``close``, ``drop``, ``duplicate``, ``edit``,
            ``export`` or ``remove``.
        renamed: the person gave another name.
        chosen: the person pressed on the head.
    """

    acted = Signal(str)
    renamed = Signal(str)
    chosen = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._client: ClientView | None = None
        self._act = "connect"
        self._number = 0
        self.setProperty("panel", "bg1")
        self._circle = _Circle(themes)
        self.name = ElidedLabel(role="control_bold")
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.name.installEventFilter(self)
        self.name_edit = QLineEdit()
        self.name_edit.setAccessibleName("Name of the client")
        self.name_edit.installEventFilter(self)
        self.name_edit.editingFinished.connect(self._on_name_edited)
        self.name_edit.hide()
        self.target = ElidedLabel(role="code_caption")
        self.target.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.state = _StatePill(themes)
        self.button = QPushButton()
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(lambda: self.acted.emit(self._act))
        self.more = QuietButton(themes, "more", "More for this client")
        self.more.clicked.connect(self._on_more_clicked)
        self._build()

    def set_number(self, number: int) -> None:
        """Take the object names and the colour of the column with this number."""
        self._number = number
        self._circle.set_token(_TOKENS[number % len(_TOKENS)])
        for widget, name in (
            (self, names.SOCKET_HEAD),
            (self.name, names.SOCKET_NAME),
            (self.name_edit, names.SOCKET_NAME_EDIT),
            (self.target, names.SOCKET_TARGET),
            (self.state, names.SOCKET_STATE),
            (self.button, names.SOCKET_CONNECT),
            (self.more, names.SOCKET_MENU_BUTTON),
        ):
            widget.setObjectName(name.format(number=number))

    def set_client(self, client: ClientView) -> None:
        """Show a client as it is now."""
        if client == self._client:
            return
        self._client = client
        self._circle.set_letter("?" if client.foreign else client.name[:1].upper())
        self.name.set_text(client.name)
        self.target.set_text(client.target)
        self.state.set_state(state_word(client.status), client.token, client.status.sentence)
        label, self._act = _LABELS.get(client.status.state, ("Reconnect", "connect"))
        self.button.setText(label)
        self.button.setAccessibleName(f"{label.rstrip('…')} {client.name}")
        self.button.setVisible(not client.foreign)
        self.more.set_words(f"More for {client.name}")

    def begin_rename(self) -> None:
        """Let the person type another name."""
        if self._client is None or self._client.foreign:
            return
        self.name_edit.setText(self._client.name)
        self.name.hide()
        self.name_edit.show()
        self.name_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name_edit.selectAll()

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self.name_edit, self.button, self.more]

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.name and event.type() == QEvent.Type.MouseButtonDblClick:
            self.begin_rename()
            return True
        if watched is self.name_edit and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._end_rename()
                return True
        if event.type() == QEvent.Type.MouseButtonPress:
            self.chosen.emit()
        return super().eventFilter(watched, event)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self.chosen.emit()
        return super().event(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.state.set_compact(self.width() < self._themes.theme.px(_NARROW))

    def _on_name_edited(self) -> None:
        if self.name_edit.isHidden():
            return
        name = " ".join(self.name_edit.text().split())
        self._end_rename()
        if name and self._client is not None and name != self._client.name:
            self.renamed.emit(name)

    def _end_rename(self) -> None:
        back = self.name_edit.hasFocus()
        self.name_edit.hide()
        self.name.show()
        if back:
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_more_clicked(self) -> None:
        client = self._client
        if client is None:
            return
        menu = QMenu(self)
        menu.setObjectName(names.SOCKET_MENU.format(number=self._number))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, label in _ENTRIES:
            if client.foreign and key not in ("export", "remove"):
                continue
            action = QAction("Hide" if client.foreign and key == "remove" else label, menu)
            action.setObjectName(names.SOCKET_MENU_ENTRY.format(number=self._number, entry=key))
            action.setEnabled(self._can(key, client))
            action.triggered.connect(lambda _checked=False, key=key: self._on_entry_triggered(key))
            menu.addAction(action)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _on_entry_triggered(self, key: str) -> None:
        if key == "rename":
            self.begin_rename()
        else:
            self.acted.emit(key)

    def _can(self, key: str, client: ClientView) -> bool:
        match key:
            case "drop":
                return client.live
            case "export":
                return client.recorded > 0
        return True

    def _build(self) -> None:
        words = QVBoxLayout()
        words.addStretch(1)
        for part in (self.name, self.name_edit, self.target):
            words.addWidget(part)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.addWidget(self._circle)
        row.addLayout(words, 1)
        for widget in (self.state, self.button, self.more):
            row.addWidget(widget)
        metrics = self._themes.metrics
        metrics.set(words, spacing=0)
        metrics.set(row, margins=(12, 0, 8, 0), spacing=8)
        metrics.set(self.name_edit, height=24)
        metrics.set(self.button, height=26)
        metrics.set(self, height=_HEIGHT)


class _Circle(QWidget):
    """The first letter of a name, in a circle of its own colour."""

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self._themes = themes
        self._letter = ""
        self._token = _TOKENS[0]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.updateGeometry)

    def set_letter(self, letter: str) -> None:
        self._letter = letter
        self.update()

    def set_token(self, token: str) -> None:
        self._token = token
        self.update()

    @override
    def sizeHint(self) -> QSize:
        side = self._themes.theme.px(_CIRCLE)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tint(self._token))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setPen(theme.color(self._token))
        painter.setFont(theme.font("caption_bold"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letter)
        painter.end()


class _StatePill(QWidget):
    """A dot and a word; in little room the dot alone."""

    accessible_role = QAccessible.Role.StaticText

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self._themes = themes
        self._word, self._token = "", "t3"
        self._compact = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.updateGeometry)

    def set_state(self, word: str, token: str, sentence: str) -> None:
        self._word, self._token = word, token
        self.setAccessibleName(word)
        self.setToolTip(as_written(sentence or word))
        self.updateGeometry()
        self.update()

    def set_compact(self, compact: bool) -> None:
        if compact != self._compact:
            self._compact = compact
            self.updateGeometry()
            self.update()

    @override
    def sizeHint(self) -> QSize:
        px = self._themes.theme.px
        if self._compact:
            return QSize(px(14), px(18))
        self.setFont(self._themes.theme.font("caption"))
        return QSize(px(20) + self.fontMetrics().horizontalAdvance(self._word) + px(7), px(18))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        px = theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if not self._compact:
            painter.setBrush(theme.tint(self._token))
            painter.drawRoundedRect(QRectF(self.rect()), px(4), px(4))
        painter.setBrush(theme.color(self._token))
        side = px(7)
        left = (self.width() - side) / 2 if self._compact else px(7)
        painter.drawEllipse(QRectF(left, (self.height() - side) / 2, side, side))
        if not self._compact:
            painter.setPen(theme.color(self._token))
            painter.setFont(theme.font("caption"))
            words = self.rect().adjusted(px(18), 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._word)
        painter.end()
