"""With which code and reason a client closes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.properties import set_property

_CODES = (
    (1000, "Normal closure"),
    (1001, "Going away"),
    (1003, "Data it cannot use"),
    (1008, "Policy violation"),
    (1009, "Message too big"),
    (1011, "Something unexpected"),
    (3000, "Unauthorized"),
    (4000, "An app's own code"),
)
_LONGEST_REASON = 123  # bytes of UTF-8
_WIDTH = 300


class ClosePopup(QFrame):
    """A small window below the button that opened it; Enter closes the socket, Escape only the popup.

    Signals:
        close_requested: the socket is to be closed; code and reason.
    """

    close_requested = Signal(int, str)

    def __init__(self, themes: Themes, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName(names.SOCKET_CLOSE)
        self.setProperty("panel", "popup")
        self.code = QComboBox()
        self.code.setEditable(True)
        self.code.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for code, meaning in _CODES:
            self.code.addItem(f"{code} {meaning}")
        self.code.setAccessibleName("Code")
        self.code.setObjectName(names.SOCKET_CLOSE_CODE)
        self.code.setProperty("variant", "code")
        self.code.editTextChanged.connect(self._show)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Reason, if any")
        self.reason.setAccessibleName("Reason")
        self.reason.setObjectName(names.SOCKET_CLOSE_REASON)
        self.reason.textChanged.connect(self._show)
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setProperty("role", "error")
        self.problem.setObjectName(names.SOCKET_CLOSE_PROBLEM)
        self.button = QPushButton("Close the socket")
        self.button.setProperty("variant", "primary")
        self.button.setObjectName(names.SOCKET_CLOSE_NOW)
        self.button.clicked.connect(self._choose)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.button)
        layout = QVBoxLayout(self)
        for widget in (self.code, self.reason, self.problem):
            layout.addWidget(widget)
        layout.addLayout(foot)
        themes.metrics.set(layout, margins=(10, 10, 10, 10), spacing=8)
        themes.metrics.set(self, width=_WIDTH)
        for field in (self.code, self.reason, self.button):
            themes.metrics.set(field, height=28)
        self._show()

    def show_at(self, corner: QPoint) -> None:
        """Open with the upper right corner at `corner`, as far as the screen allows."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        left = max(screen.left(), min(corner.x() - self.width(), screen.right() - self.width()))
        self.move(left, max(screen.top(), min(corner.y(), screen.bottom() - self.height())))
        self.show()
        self.code.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        else:
            super().keyPressEvent(event)

    def _code(self) -> int | None:
        word = self.code.currentText().split(" ")[0]
        return int(word) if word.isascii() and word.isdigit() else None

    def _problem(self) -> str:
        code = self._code()
        if code is None:
            return "Type a number, such as 1000."
        if not (1000 <= code <= 1003 or 1007 <= code <= 1014 or 3000 <= code <= 4999):
            return "A client may send 1000 to 1003, 1007 to 1014 and 3000 to 4999."
        size = len(self.reason.text().encode())
        return f"The reason may take 123 bytes: these are {size}." if size > _LONGEST_REASON else ""

    def _show(self) -> None:
        problem = self._problem()
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        set_property(self.code, "state", "invalid" if problem and "reason" not in problem else "")
        self.button.setEnabled(not problem)
        self.adjustSize()

    def _choose(self) -> None:
        code = self._code()
        if code is not None and not self._problem():
            self.close()
            self.close_requested.emit(code, self.reason.text())
