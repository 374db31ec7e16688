"""One row of a form: paints name, type, description and remarks, and holds the control that edits the value.

A form may have hundreds of rows, and a label is a widget of its own that Qt has to dress: what only shows is painted.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from explorer.openapi.hints import Hint
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written
from explorer.ui.widgets.chip import chip_font
from explorer.ui.widgets.flash import Flash
from explorer.ui.widgets.form_columns import FormColumns, form_columns
from explorer.ui.widgets.properties import set_property

ROW = 34
CONTROL = 28
SMALL = 22  # a button beside a value
_DOT = 5
_CHIP = 20
_CHIP_PADDING = 7
_SIGN = 13
_STEP = 16  # by which a level stands further right; the button before a name stands in the step before it
_DEEPEST = 4  # levels beyond this one stand no further right
_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignTop)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLabel:
    """What a row says about its field.

    Attributes:
        name: as it travels; empty for none.
        type_label: such as ``int ≥ 1``.
        description: what its author wrote; may be empty.
        required: whether the server refuses a request without it.
        deprecated: whether its author discourages it.
        foreign: whether the model does not know it.
        note: what the tool tip adds, such as the default.
        bold: whether the name stands above other rows.
    """

    name: str
    type_label: str = ""
    description: str = ""
    required: bool = False
    deprecated: bool = False
    foreign: bool = False
    note: str = ""
    bold: bool = False


class FieldFrame(QWidget):
    """A row of the four columns; what its control does is a subclass's."""

    accessible_role = QAccessible.Role.Grouping

    def __init__(self, themes: Themes, label: FieldLabel, *, depth: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.themes = themes
        self._label = label
        self._depth = depth
        self._hints: tuple[Hint, ...] = ()
        self._dimmed = False
        self._control: QWidget | None = None
        self._lead: QWidget | None = None
        self._name_edit: QWidget | None = None
        self._tail: tuple[QWidget, ...] = ()
        self._below: QWidget | None = None
        self._hint_top = self._text_right = 0
        self._flash = Flash(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()
        self._fit()

    # --- parts --------------------------------------------------------------------------------------------------------
    @property
    def label(self) -> FieldLabel:
        """What the row says about its field."""
        return self._label

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The remarks below the value."""
        return self._hints

    def set_label(self, label: FieldLabel) -> None:
        """Say something else about the field."""
        if label != self._label:
            self._label = label
            self._describe()
            self.update()

    def set_hints(self, hints: tuple[Hint, ...]) -> None:
        """Show remarks below the value; nothing for an empty tuple."""
        if hints == self._hints:
            return
        self._hints = hints
        control = self._control
        if control is not None:
            set_property(control, "state", "invalid" if any(hint.error for hint in hints) else "")
            control.setAccessibleDescription(" ".join(filter(None, (self._hint_text(), self._label.description))))
        self._fit()

    def set_dimmed(self, dimmed: bool) -> None:
        """Show the row as one that does not count."""
        self._dimmed = dimmed
        self.update()

    def set_parts(
        self,
        *,
        control: QWidget | None = None,
        lead: QWidget | None = None,
        name_edit: QWidget | None = None,
        tail: tuple[QWidget, ...] = (),
        below: QWidget | None = None,
    ) -> None:
        """Put the controls into the row.

        Args:
            control: edits the value.
            lead: stands before the name.
            name_edit: takes the place of the painted name.
            tail: buttons at the right end of the row.
            below: one more line under the value; hidden until it is shown.
        """
        self._control, self._lead, self._name_edit, self._tail, self._below = control, lead, name_edit, tail, below
        for part in (control, lead, name_edit, *tail, below):
            if part is not None and part.parentWidget() is not self:
                part.setParent(self)
        self._fit()

    def flash(self) -> None:
        """Draw the eye to the row for a moment."""
        self._flash.start()

    @property
    def flashes(self) -> bool:
        """Whether the row is drawing the eye just now."""
        return self._flash.on

    def refit(self) -> None:
        """Look again at how high the row must be."""
        self._fit()

    def focus_widgets(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        parts = (self._lead, self._name_edit, self._control, *self._tail, self._below)
        found: list[QWidget] = []
        for part in parts:
            if part is None:
                continue
            inner: list[QWidget] = part.chain() if hasattr(part, "chain") else [part]
            found += inner
        return found

    # --- geometry -----------------------------------------------------------------------------------------------------
    @override
    def sizeHint(self) -> QSize:
        return QSize(self.themes.theme.px(420), self.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def control_height(self) -> int:
        """Return how high the control wants to be, in pixels."""
        return self.themes.theme.px(CONTROL)

    def _fit(self) -> None:
        px = self.themes.theme.px
        at = self._columns()
        height, side, line = self.control_height(), px(SMALL), px(CONTROL)
        top = (px(ROW) - line) // 2
        small_top = top + (line - side) // 2
        left = self._name_left(at)
        if self._lead is not None:
            self._lead.setGeometry(max(0, left - px(_STEP)), small_top, px(_STEP), side)
        if self._name_edit is not None:
            self._name_edit.setGeometry(left, top, max(px(30), sum(at.name) - left), line)
        right = at.right
        for part in reversed(self._tail):
            if not part.isHidden():
                part.setGeometry(right - side, small_top, side, side)
                right -= side + px(2)
        self._text_right = right - px(4)
        value_left, value_right = at.value[0], min(sum(at.value), self._text_right)
        if self._control is not None:
            self._control.setGeometry(value_left, top, max(px(40), value_right - value_left), height)
        bottom = height + px(ROW) - line
        if self._below is not None and not self._below.isHidden():
            self._below.setGeometry(value_left, bottom, at.right - value_left, line)
            bottom += line + px(6)
        self._hint_top = bottom
        if self._hints:
            bottom += self._hint_height() + px(6)
        if self.minimumHeight() != bottom or self.maximumHeight() != bottom:
            self.setFixedHeight(bottom)
        self.update()

    def _columns(self) -> FormColumns:
        return form_columns(self.width(), self.themes.theme.px)

    def _name_left(self, at: FormColumns) -> int:
        return at.name[0] + min(self._depth, _DEEPEST) * self.themes.theme.px(_STEP)

    def _hint_rect(self) -> QRect:
        px = self.themes.theme.px
        at = self._columns()
        left = at.value[0] + px(4) + px(_SIGN) + px(8)
        return QRect(left, self._hint_top, max(px(60), at.right - left), 10_000)

    def _hint_height(self) -> int:
        metrics = QFontMetrics(self.themes.theme.font("caption"))
        return metrics.boundingRect(self._hint_rect(), _WRAP, self._hint_text()).height()

    # --- painting -----------------------------------------------------------------------------------------------------
    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._flash.paint(painter, self.themes.theme)
        if self._dimmed:
            painter.setOpacity(0.6)
        at = self._columns()
        px = self.themes.theme.px
        if self._name_edit is None:
            left = self._name_left(at)
            self._paint_name(painter, QRect(left, 0, sum(at.name) - left, px(ROW)))
        self._paint_type(painter, at.type)
        self._paint_description(painter, at)
        painter.setOpacity(1)
        if self._hints:
            self._paint_hints(painter)

    def description_text(self) -> str:
        """Return what stands right of the value."""
        return self._label.description

    def _paint_description(self, painter: QPainter, at: FormColumns) -> None:
        # Without a control the description has the value's room as well.
        left = at.description[0] if self._control is not None else at.value[0]
        room = self._text_right - left
        if (self._control is not None and not at.description[1]) or room <= 0:
            return
        painter.setFont(self.themes.theme.font("caption"))
        painter.setPen(self.themes.theme.color("t3"))
        flat = " ".join(self.description_text().split())
        text = painter.fontMetrics().elidedText(flat, Qt.TextElideMode.ElideRight, room)
        rect = QRect(left, 0, room, self.themes.theme.px(ROW))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_name(self, painter: QPainter, rect: QRect) -> None:
        theme = self.themes.theme
        font = QFont(theme.font("code_bold" if self._label.bold else "code"))
        font.setStrikeOut(self._label.deprecated)
        painter.setFont(font)
        painter.setPen(theme.color("t2" if self._label.foreign else "t1"))
        room = rect.width() - (theme.px(_DOT) + theme.px(6) if self._label.required else 0)
        text = painter.fontMetrics().elidedText(self._label.name, Qt.TextElideMode.ElideRight, max(0, room))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, text)
        if self._label.required:
            side = theme.px(_DOT)
            left = rect.left() + painter.fontMetrics().horizontalAdvance(text) + theme.px(6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("err"))
            painter.drawEllipse(QRectF(left, (rect.height() - side) / 2, side, side))

    def _paint_type(self, painter: QPainter, column: tuple[int, int]) -> None:
        theme = self.themes.theme
        if not self._label.type_label:
            return
        font = chip_font(theme, code=not self._label.foreign)
        metrics = QFontMetrics(font)
        padding = theme.px(_CHIP_PADDING)
        room = column[1] - 2 * padding
        text = metrics.elidedText(self._label.type_label, Qt.TextElideMode.ElideRight, max(0, room))
        height = theme.px(_CHIP)
        width = metrics.horizontalAdvance(text) + 2 * padding
        box = QRectF(column[0], (theme.px(ROW) - height) / 2, width, height)
        outlined = self._label.foreign
        painter.setPen(theme.color("bd2") if outlined else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if outlined else theme.color("bg3"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4))
        painter.setFont(font)
        painter.setPen(theme.color("t2"))
        painter.drawText(box.adjusted(padding, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_hints(self, painter: QPainter) -> None:
        theme = self.themes.theme
        token = "err" if any(hint.error for hint in self._hints) else "t3"
        rect = self._hint_rect()
        sign = self.themes.pixmap("info" if token == "t3" else "alert", token, _SIGN, self.devicePixelRatioF())
        side = theme.px(_SIGN)
        painter.drawPixmap(QRect(rect.left() - side - theme.px(8), rect.top() + theme.px(1), side, side), sign)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color(token))
        painter.drawText(rect, _WRAP, self._hint_text())

    # --- words --------------------------------------------------------------------------------------------------------
    def _hint_text(self) -> str:
        if not self._hints:
            return ""
        sentence = " · ".join(hint.message for hint in self._hints)
        first = self._hints[0]
        return f"{sentence} — {' › '.join(str(step) for step in first.loc)}" if first.error else sentence

    def _describe(self) -> None:
        label = self._label
        words = (label.name, label.type_label, "required" if label.required else "")
        self.setAccessibleName(", ".join(filter(None, words)))
        self.setAccessibleDescription(label.description)

    def _tip_at(self, point: QPoint) -> str:
        label = self._label
        at = self._columns()
        if point.y() >= self._hint_top and self._hints:
            return self._hint_text()
        if at.type[0] <= point.x() < at.value[0]:
            return label.type_label
        required = "The server refuses a request without it." if label.required else ""
        deprecated = "Deprecated: its author discourages it." if label.deprecated else ""
        return "\n".join(filter(None, (label.name, label.description, label.note, required, deprecated)))

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), as_written(self._tip_at(event.pos())), self)
            return True
        return super().event(event)
