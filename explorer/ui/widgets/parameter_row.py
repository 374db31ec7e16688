"""One row of the form: whether it counts, name, type, value and description, and what the schema says of the value."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAction, QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QMenu, QSizePolicy, QVBoxLayout, QWidget

from explorer.client.editors import Editor, EditorKind
from explorer.client.header_names import HEADER_NAMES
from explorer.client.rows import Row
from explorer.client.secret_names import is_secret_header, is_secret_name
from explorer.openapi.hints import Hint
from explorer.openapi.operations import Location
from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written
from explorer.ui.widgets.chip import CHIP_HEIGHT, chip_width, paint_chip
from explorer.ui.widgets.choice_box import ChoiceBox
from explorer.ui.widgets.enable_box import EnableBox
from explorer.ui.widgets.flash import Flash
from explorer.ui.widgets.form_columns import FormColumns, form_columns
from explorer.ui.widgets.properties import set_property
from explorer.ui.widgets.quiet_button import QuietButton
from explorer.ui.widgets.row_hint import RowHint
from explorer.ui.widgets.value_edit import ValueEdit

_HEIGHT = 34
_EDITOR_HEIGHT = 28
_BUTTON = 22
_BOX = 15
_DOT = 5
_KINDS = {Location.QUERY: "query parameter", Location.HEADER: "header", Location.COOKIE: "cookie"}


class ParameterRow(QWidget):
    """The widgets of one row. What only is to be read is painted, so that many rows open at once.

    Signals:
        text_edited: the person changed the value; its text, or None for "not sent".
        name_edited: the person changed the name of a row that they added.
        name_settled: the person left the name.
        enable_changed: the person switched the row on or off.
        more_requested: one more row of this name is wanted behind it.
        remove_requested: the row is to go.
        move_requested: the row is to change places with the one this many places further.
    """

    text_edited = Signal(object)
    name_edited = Signal(str)
    name_settled = Signal()
    enable_changed = Signal(bool)
    more_requested = Signal()
    remove_requested = Signal()
    move_requested = Signal(int)

    def __init__(self, themes: Themes, row: Row, editor: Editor, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._row = row
        self._kind = editor
        self._hovered = False
        self._flash = Flash(self)
        self._hint: RowHint | None = None
        self._hints: tuple[Hint, ...] = ()
        self.name_edit = self._build_name() if row.added else None
        self.edit = ValueEdit(themes, leaves_out=row.location is not Location.PATH, editor=editor)
        self.edit.value_edited.connect(self.text_edited)
        self.editor: QWidget = self.edit
        if editor.kind is EditorKind.CHOICE:
            self.editor = ChoiceBox(self.edit, editor.choices)
        self.editor.setParent(self)
        self.box = EnableBox(themes, self)
        self.box.setVisible(row.location is not Location.PATH)
        self.box.clicked.connect(self.enable_changed)
        self.more = QuietButton(themes, "more", "", quiet=True, parent=self)
        self.more.clicked.connect(self._on_more_clicked)
        self._plus = QuietButton(themes, "plus", "", parent=self) if editor.many else None
        if self._plus is not None:
            self._plus.clicked.connect(self.more_requested)
        self.cross = QuietButton(themes, "x", "", size=11, quiet=True, parent=self)
        self.cross.clicked.connect(self.remove_requested)
        for part in self.focus_chain():
            part.installEventFilter(self)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, themes.theme.px(_HEIGHT), 0, 0)
        self._outer.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self._on_themes_changed)
        self.set_row(row, force=True)

    # --- what is shown ------------------------------------------------------------------------------------------------
    @property
    def row(self) -> Row:
        """What the row shows."""
        return self._row

    def fits(self, row: Row, editor: Editor) -> bool:
        """Tell whether another row can be shown by the same widgets."""
        return row.added == self._row.added and row.parameter == self._row.parameter and editor == self._kind

    def set_row(self, row: Row, *, force: bool = False) -> None:
        """Show another state of the row, or another row that `fits`."""
        before, self._row = self._row, row
        value = row.value
        self.edit.set_value(value.text, ask=value.ask)
        if self.name_edit is not None and self.name_edit.text() != row.name:
            self.name_edit.setText(row.name)
        if not force and before == row:
            return
        self.box.setChecked(value.enabled)
        self.cross.setVisible(row.removable)
        if self._plus is not None:
            self._plus.setVisible(row.number == row.count - 1)
        if force or before.value.enabled != value.enabled:
            self._show_enabled(value.enabled)
        if force or (before.name, before.number, before.count) != (row.name, row.number, row.count):
            self._name_parts()
        self._arrange()
        self.update()

    def set_hints(self, hints: tuple[Hint, ...]) -> None:
        """Show what the schema says of the value; nothing for an empty tuple."""
        set_property(self.editor, "state", "invalid" if any(hint.error for hint in hints) else "")
        self._hints = hints
        self._describe_value()
        if self._hint is None and hints:
            self._hint = RowHint(self._themes, self)
            self._hint.setObjectName(self._object_name(names.PARAMETER_HINT))
            self._outer.addWidget(self._hint)
            self._arrange()
        if self._hint is not None:
            self._hint.set_hints(hints)
        self.updateGeometry()

    def flash(self) -> None:
        """Draw the eye to the row for a moment."""
        self._flash.start()

    @property
    def flashes(self) -> bool:
        """Whether the row is drawing the eye just now."""
        return self._flash.on

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        parts = [self.box, self.name_edit, self.editor, self.more, self.cross, self._plus]
        return [part for part in parts if part is not None]

    def take_focus(self) -> None:
        """Lead the person to the value, or to the name while there is none."""
        target = self.edit if self.name_edit is None or self.name_edit.text() else self.name_edit
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        target.selectAll()

    # --- Qt -----------------------------------------------------------------------------------------------------------
    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._show_quiet(focused=event.type() == QEvent.Type.FocusIn)
            if watched is self.name_edit and event.type() == QEvent.Type.FocusOut:
                self.name_settled.emit()
        return super().eventFilter(watched, event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self._show_quiet()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self._show_quiet()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._flash.paint(painter, theme)
        columns = self._columns()
        height = theme.px(_HEIGHT)
        on = self._row.value.enabled
        parameter = self._row.parameter
        if self.name_edit is None and self._row.number == 0:
            self._paint_name(painter, QRect(columns.name[0], 0, columns.name[1], height), on)
        if parameter is not None and self._row.number == 0 and columns.type[1]:
            width = min(columns.type[1], chip_width(theme, parameter.type_label))
            chip = theme.px(CHIP_HEIGHT)
            where = QRect(columns.type[0], (height - chip) // 2, width, chip)
            paint_chip(painter, theme, where, parameter.type_label)
        if parameter is not None and columns.description[1] > 0:
            left = columns.description[0] + theme.px(2)
            room = QRect(left, 0, self._tail_left(seen=True) - theme.px(4) - left, height)
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("t3"))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._described(room.width()))

    def _paint_name(self, painter: QPainter, room: QRect, on: bool) -> None:
        theme = self._themes.theme
        parameter = self._row.parameter
        required = parameter.required if parameter is not None else self._row.location is Location.PATH
        font = theme.font("code")
        if parameter is not None and parameter.deprecated:
            font = type(font)(font)
            font.setStrikeOut(True)
        dot = theme.px(_DOT)
        metrics = QFontMetrics(font)
        name = parameter.name if parameter is not None else self._row.name
        text = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room.width() - (2 * dot if required else 0))
        painter.setFont(font)
        painter.setPen(theme.color("t1" if on else "t3"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        if required:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("err"))
            left = room.left() + metrics.horizontalAdvance(text) + dot
            painter.drawEllipse(QRect(left, room.center().y() - dot // 2 + 1, dot, dot))

    def _described(self, width: int) -> str:
        parameter = self._row.parameter
        if parameter is None or self._row.number:
            return ""
        words = "off, not sent" if not self._row.value.enabled else " ".join(parameter.description.split())
        metrics = QFontMetrics(self._themes.theme.font("caption"))
        return metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)

    # --- building -----------------------------------------------------------------------------------------------------
    def _build_name(self) -> QLineEdit:
        edit = QLineEdit(self)
        edit.setProperty("variant", "code")
        edit.setPlaceholderText("name")
        edit.textEdited.connect(self.name_edited)
        if self._row.location is Location.HEADER:
            completer = QCompleter(HEADER_NAMES, edit)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.activated.connect(self.name_edited)
            popup = QListView()
            popup.setProperty("panel", "popup")
            completer.setPopup(popup)
            edit.setCompleter(completer)
        return edit

    def _object_name(self, pattern: str) -> str:
        row = self._row
        name = f"{pattern.format(location=row.location, name=row.name)}"
        if row.added:
            return pattern.format(location=row.location, name=f"+{row.number}")
        return f"{name}.{row.number}" if row.parameter is not None and row.number else name

    def _name_parts(self) -> None:
        """Tell tests and assistive tools what each control is."""
        row = self._row
        parameter = row.parameter
        called = row.name or f"{_KINDS.get(row.location, 'parameter')} {row.number + 1}"
        if parameter is not None and row.count > 1:
            called = f"{row.name}, {row.number + 1} of {row.count}"
        kind = f", {parameter.type_label}" if parameter is not None else ""
        required = ", required" if parameter is not None and parameter.required else ""
        self.edit.setObjectName(self._object_name(names.PARAMETER_VALUE))
        self.edit.set_secret(_is_secret(row))
        self.edit.setAccessibleName(f"Value of {called}{kind}{required}")
        self._describe_value()
        self.edit.set_default(parameter.default if parameter is not None and row.number == 0 else None)
        self.editor.setAccessibleName(self.edit.accessibleName())
        if self.name_edit is not None:
            self.name_edit.setObjectName(self._object_name(names.PARAMETER_NAME))
            self.name_edit.setAccessibleName(f"Name of {called}")
        self.box.setObjectName(self._object_name(names.PARAMETER_ENABLED))
        self.box.setAccessibleName(f"Send {called}")
        self.more.setObjectName(self._object_name(names.PARAMETER_MORE))
        self.more.set_words(f"More for {called}")
        self.cross.setObjectName(self._object_name(names.PARAMETER_REMOVE))
        self.cross.set_words(f"Remove {called}")
        if self._plus is not None:
            self._plus.setObjectName(self._object_name(names.PARAMETER_ADD))
            self._plus.set_words(f"Add another {row.name}")
        self.setToolTip(as_written(_documentation(row)))

    def _describe_value(self) -> None:
        """Let assistive tools say what is wrong with the value, and then what it is for."""
        parameter = self._row.parameter
        said = [hint.message for hint in self._hints]
        if parameter is not None and parameter.description:
            said.append(parameter.description)
        for control in (self.edit, self.editor):
            control.setAccessibleDescription(" ".join(said))

    # --- arranging ----------------------------------------------------------------------------------------------------
    def _columns(self) -> FormColumns:
        return form_columns(self.width(), self._themes.theme.px)

    def _tail(self) -> list[QuietButton]:
        tail = [self.more, self.cross, self._plus]
        return [part for part in tail if part is not None and not part.isHidden()]

    def _tail_left(self, *, seen: bool = False) -> int:
        """Return where the buttons at the end begin: all of them, or only those that are to be seen just now."""
        count = sum(not (seen and part.quiet) for part in self._tail())
        return self._columns().right - count * self._themes.theme.px(_BUTTON)

    def _arrange(self) -> None:
        px = self._themes.theme.px
        columns = self._columns()
        height, button = px(_HEIGHT), px(_BUTTON)
        box = px(_BOX)
        self.box.setGeometry((columns.name[0] - box) // 2 + 1, (height - box) // 2, box, box)
        left = self._tail_left()
        top = (height - px(_EDITOR_HEIGHT)) // 2
        value_left, value_width = columns.value
        if not columns.description[1]:  # the rows of one array all end at the same place
            buttons = 3 if self._plus is not None else len(self._tail())
            value_width = columns.right - buttons * button - px(4) - value_left
        if self.name_edit is not None:
            width = columns.type[0] + columns.type[1] - columns.name[0]
            self.name_edit.setGeometry(columns.name[0], top, width, px(_EDITOR_HEIGHT))
        self.editor.setGeometry(value_left, top, max(value_width, px(60)), px(_EDITOR_HEIGHT))
        for i, part in enumerate(self._tail()):
            part.setGeometry(left + i * button, (height - button) // 2, button, button)
        if self._hint is not None:
            self._outer.setContentsMargins(value_left, height, 0, 0)

    def _show_quiet(self, *, focused: bool = False) -> None:
        quiet = not (self._hovered or focused)
        for part in (self.box, self.more, self.cross):
            part.set_quiet(quiet)
        self.update()

    def _show_enabled(self, on: bool) -> None:
        for edit in (self.editor, self.edit, self.name_edit):
            if edit is not None:
                set_property(edit, "off", not on)

    def _on_themes_changed(self) -> None:
        self._outer.setContentsMargins(0, self._themes.theme.px(_HEIGHT), 0, 0)
        self._arrange()
        self.updateGeometry()
        self.update()

    # --- the menu -----------------------------------------------------------------------------------------------------
    def make_menu(self) -> QMenu:
        """Return what can be done with the row."""
        menu = QMenu(self)
        row, parameter = self._row, self._row.parameter
        if parameter is not None:
            example = parameter.example if parameter.example != parameter.default else None
            for label, text in (("Use example", example), ("Use default", parameter.default)):
                if text is not None:
                    shown = text if len(text) <= 30 else f"{text[:29]}…"
                    _act(menu, f"{label}: {shown}", lambda text=text: self.edit.enter_value(text))
        if self.edit.leaves_out:
            if self.edit.value is not None:
                _act(menu, "Do not send it", lambda: self.edit.enter_value(None))
            if self.edit.value != "":
                _act(menu, "Send empty text", lambda: self.edit.enter_value(""))
            _act(menu, "Switch off" if row.value.enabled else "Switch on", self.box.click)
        if self._kind.many:
            _act(menu, f"Add another {row.name}", self.more_requested.emit)
        if row.count > 1 and row.location is not Location.PATH:
            _act(menu, "Move up", lambda: self.move_requested.emit(-1), enabled=row.number > 0)
            _act(menu, "Move down", lambda: self.move_requested.emit(1), enabled=row.number < row.count - 1)
        if row.removable:
            _act(menu, "Remove", self.remove_requested.emit)
        return menu

    def _on_more_clicked(self) -> None:
        menu = self.make_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))


def _act(menu: QMenu, label: str, slot: object, *, enabled: bool = True) -> None:
    action = QAction(label, menu)
    action.setEnabled(enabled)
    action.triggered.connect(lambda _checked=False: slot())  # type: ignore[operator]
    menu.addAction(action)


def _documentation(row: Row) -> str:
    parameter = row.parameter
    if parameter is None:
        return ""
    lines = [f"{parameter.name}: {parameter.type_label}", parameter.description]
    if parameter.required:
        lines.append("The server refuses a request without it.")
    elif parameter.default is not None:
        lines.append(f"Not sent: the server takes {parameter.default}.")
    if parameter.example is not None and parameter.example != parameter.default:
        lines.append(f"Example: {parameter.example}")
    if parameter.deprecated:
        lines.append("Its author discourages it.")
    return "\n".join(line for line in lines if line)


def _is_secret(row: Row) -> bool:
    named = is_secret_header if row.location is Location.HEADER else is_secret_name
    return row.location is Location.COOKIE or named(row.name)
