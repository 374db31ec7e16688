"""One row of the form: a parameter's name, type, value and description, and what the schema says of the value."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from explorer.openapi.hints import Hint
from explorer.openapi.operations import Location, Parameter
from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.chip import Chip
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.value_edit import ValueEdit

_DOT = 5
_EDITOR_HEIGHT = 28


class ParameterRow(QObject):
    """The widgets of one parameter, in two rows of a grid that the form owns.

    Signals:
        value_edited: the person changed the value; its text, or None for "not sent".
    """

    value_edited = Signal(object)

    def __init__(self, themes: Themes, parameter: Parameter, parent: QWidget) -> None:
        super().__init__(parent)
        self.parameter = parameter
        self._name = _Name(themes, parameter)
        self._type = Chip(themes, parameter.type_label)
        self._type.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._description = ElidedLabel(parameter.description, role="caption")
        self._description.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.edit = ValueEdit(themes, leaves_out=parameter.location is not Location.PATH)
        self.edit.setObjectName(names.PARAMETER_VALUE.format(location=parameter.location, name=parameter.name))
        self.edit.setAccessibleName(f"Value of {parameter.name}, {parameter.type_label}")
        self.edit.setAccessibleDescription(parameter.description)
        self.edit.value_edited.connect(self.value_edited)
        self._editor: QWidget = _Choices(self.edit, parameter.choices) if parameter.choices else self.edit
        themes.metrics.set(self._editor, height=_EDITOR_HEIGHT)
        self._hint = _HintLine(themes)
        self._hint.setObjectName(names.PARAMETER_HINT.format(location=parameter.location, name=parameter.name))
        self._hint.hide()

    def place(self, grid: QGridLayout, row: int) -> None:
        """Put the widgets into two rows of `grid`, from `row` on."""
        grid.addWidget(self._name, row, 0)
        type_cell = QHBoxLayout()
        type_cell.addWidget(self._type)
        type_cell.addStretch(1)
        grid.addLayout(type_cell, row, 1)
        grid.addWidget(self._editor, row, 2)
        grid.addWidget(self._description, row, 3)
        grid.addWidget(self._hint, row + 1, 2, 1, 2)

    def set_hints(self, hints: tuple[Hint, ...]) -> None:
        """Show what the schema says of the value; nothing for an empty tuple."""
        state = "invalid" if any(hint.error for hint in hints) else ""
        if (self._editor.property("state") or "") != state:
            self._editor.setProperty("state", state)
            self._editor.style().unpolish(self._editor)
            self._editor.style().polish(self._editor)
        self._hint.set_hints(hints)
        self._hint.setVisible(bool(hints))

    @property
    def editor(self) -> QWidget:
        """The widget to scroll to."""
        return self._editor


class _Name(QWidget):
    """A parameter's name in the code font, with a dot when it is required."""

    def __init__(self, themes: Themes, parameter: Parameter) -> None:
        super().__init__()
        label = ElidedLabel(parameter.name, role="code")
        layout = QHBoxLayout(self)
        layout.addWidget(label)
        if parameter.required:
            layout.addWidget(_Dot(themes))
        layout.addStretch(1)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=6)
        if parameter.deprecated:
            font = label.font()
            font.setStrikeOut(True)
            label.setFont(font)


class _Dot(QWidget):
    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self._themes = themes
        self.setToolTip("The server refuses a request without it")
        self.setAccessibleName("required")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        side = self._themes.theme.px(_DOT)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._themes.theme.color("err"))
        painter.drawEllipse(self.rect())


class _Choices(QComboBox):
    """Offers the allowed values; others can be typed, to see what the server says."""

    def __init__(self, edit: ValueEdit, choices: tuple[str, ...]) -> None:
        super().__init__()
        self._edit = edit
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItems(list(choices))
        self.setCurrentIndex(-1)  # a list must not choose its first entry by itself
        self.setLineEdit(edit)
        self.setCompleter(None)  # type: ignore[arg-type]  # Qt takes None for "no completer"
        self.setProperty("variant", "code")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(edit.accessibleName())
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.textActivated.connect(edit.enter_value)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the wheel scrolls the form; it must not change a value on the way


class _HintLine(QWidget):
    """A sign, the sentence, and where FastAPI would say the mistake is; wraps where there is little room."""

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self._themes = themes
        self._hints: tuple[Hint, ...] = ()
        self._sign = QLabel()
        self._text = QLabel()
        self._text.setProperty("role", "error")
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setWordWrap(True)
        layout = QHBoxLayout(self)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        themes.metrics.set(layout, margins=(4, 0, 0, 2), spacing=8)
        themes.changed.connect(self._show_hints)

    def set_hints(self, hints: tuple[Hint, ...]) -> None:
        if hints and hints != self._hints:
            self._hints = hints
            self._show_hints()

    def _show_hints(self) -> None:
        if not self._hints:
            return
        theme = self._themes.theme
        first = self._hints[0]
        sentence = " · ".join(hint.message for hint in self._hints)
        where = " › ".join(str(part) for part in first.loc)
        font = theme.font("code_caption").family()
        self._text.setText(
            f"{escape(sentence)} &nbsp;<span style=\"color: {theme.hex('t3')}; font-family: '{font}'\">"
            f"{escape(where)}</span>"
        )
        self.setAccessibleName(f"{sentence} ({where})")
        name, token = ("alert", "err") if first.error else ("info", "t3")
        self._sign.setPixmap(self._themes.pixmap(name, token, 13, self.devicePixelRatioF()))
