"""The method of a request, as the URL bar shows it, and the menu that changes it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QRegularExpressionValidator,
)
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QMenu, QSizePolicy, QWidget

from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # what HTTP calls a token: nothing else can be a method
_WIDTH = 68
_HEIGHT = 22
_RADIUS = 4
_CHEVRON = 11
_PADDING = 8


class MethodBox(QAbstractButton):
    """A larger badge with the whole word; a click offers the others, and a line for one of one's own.

    Signals:
        method_chosen: the person wants another method; upper case.
    """

    method_chosen = Signal(str)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._method = ""
        self._token = "opt"
        self.line: QLineEdit | None = None
        self.setObjectName(names.REQUEST_METHOD)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip("Choose another method")
        self.setAccessibleName("Method")
        self.clicked.connect(self._on_clicked)
        themes.changed.connect(self.updateGeometry)

    @property
    def method(self) -> str:
        """The word that is shown."""
        return self._method

    def set_method(self, method: str, token: str) -> None:
        """Show `method` in the colour `token`."""
        self._method, self._token = method, token
        self.setAccessibleName(f"Method {method}")
        self.updateGeometry()
        self.update()

    def make_menu(self) -> QMenu:
        """Return the methods that can be chosen."""
        menu = QMenu(self)
        group = QActionGroup(menu)
        for method in dict.fromkeys((*METHODS, self._method)):
            action = QAction(method, menu)
            action.setCheckable(True)
            action.setChecked(method == self._method)
            action.triggered.connect(lambda _checked=False, method=method: self._choose(method))
            group.addAction(action)
            menu.addAction(action)
        menu.addSeparator()
        other = QAction("Other…", menu)
        other.triggered.connect(self.type_method)
        menu.addAction(other)
        return menu

    def type_method(self) -> None:
        """Let the person type any method in the place of the word."""
        if self.line is None:
            self.line = QLineEdit(self)
            self.line.setObjectName(names.REQUEST_METHOD_LINE)
            self.line.setAccessibleName("Method")
            self.line.setProperty("variant", "method")
            self.line.setMaxLength(40)
            self.line.setValidator(QRegularExpressionValidator(QRegularExpression(_TOKEN), self.line))
            self.line.returnPressed.connect(self._on_line_return_pressed)
            self.line.editingFinished.connect(self.line.hide)
        self.line.setGeometry(self.rect())
        self.line.setText(self._method)
        self.line.selectAll()
        self.line.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_clicked()
        elif event.key() == Qt.Key.Key_Escape and self.line is not None and self.line.isVisible():
            self.line.hide()
            self.setFocus()
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        px = self._themes.theme.px
        text = QFontMetrics(self._font()).horizontalAdvance(self._method)
        return QSize(max(px(_WIDTH), text + px(_CHEVRON) + px(4) + 2 * px(_PADDING)), px(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._method:
            return
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = theme.color("acc") if self.hasFocus() else theme.tint_border(self._token)
        painter.setPen(edge if self.hasFocus() or self.underMouse() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.tint(self._token))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(_RADIUS), theme.px(_RADIUS)
        )
        painter.setFont(self._font())
        painter.setPen(theme.color(self._token))
        chevron = theme.px(_CHEVRON)
        room = self.rect().adjusted(0, 0, -chevron - theme.px(2), 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self._method)
        icon = self._themes.pixmap("cd", self._token, _CHEVRON, self.devicePixelRatioF())
        where = QRect(self.width() - chevron - theme.px(6), (self.height() - chevron) // 2, chevron, chevron)
        painter.drawPixmap(where, icon)
        painter.end()

    def _font(self) -> QFont:
        return self._themes.theme.font("code_bold")

    def _choose(self, method: str) -> None:
        if method and method != self._method:
            self.method_chosen.emit(method)

    def _on_clicked(self) -> None:
        if self._method:
            menu = self.make_menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _on_line_return_pressed(self) -> None:
        if self.line is not None:
            text = self.line.text().strip().upper()
            self.line.hide()
            self._choose(text)
