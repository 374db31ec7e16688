"""With which code and reason a client closes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from explorer.client.sockets.close_codes import CLOSE_CODES, close_problem
from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.properties import set_property

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
        for known in CLOSE_CODES:
            if known.travels:
                self.code.addItem(f"{known.code} {known.name}")
        self.code.addItem("4000 The app's own")
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

    def _show(self) -> None:
        problem = close_problem(self._code(), self.reason.text())
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        set_property(self.code, "state", "invalid" if close_problem(self._code(), "") else "")
        self.button.setEnabled(not problem)
        self.adjustSize()

    def _choose(self) -> None:
        code = self._code()
        if code is not None and not close_problem(code, self.reason.text()):
            self.close()
            self.close_requested.emit(code, self.reason.text())
