"""The form for a request's parameters: one section for each place where parameters travel."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.client.rows import Row
from explorer.openapi.hints import Hint
from explorer.openapi.operations import Location
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.form_columns import form_columns
from explorer.ui.widgets.jar_line import JarLine
from explorer.ui.widgets.parameter_row import ParameterRow
from explorer.ui.widgets.parameter_section import SECTIONS, Edit, Editors, ParameterSection

__all__ = ["SECTIONS", "Edit", "ParameterKey", "ParameterTable"]

ParameterKey = tuple[Location, str]

_BELOW = 8  # design pixels below the last section


class ParameterTable(QWidget):
    """Rows for parameters, under Path, Query, Headers and Cookies; sections without rows share lines at the end.

    Signals:
        edited: what the person did, as a function from draft to draft.
        rows_changed: there are other rows now.
        name_settled: the person left the name of an added row.
    """

    edited = Signal(object)
    rows_changed = Signal()
    name_settled = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titled = True
        self._hints: Mapping[ParameterKey, tuple[Hint, ...]] = {}
        self._themes = themes
        self._arranging = False
        self._head = _Head(themes)
        self._head.setParent(self)
        self.sections = {location: ParameterSection(themes, location, self) for location in SECTIONS}
        for section in self.sections.values():
            section.edited.connect(self.edited)
            section.rows_changed.connect(self.rows_changed)
            section.name_settled.connect(self.name_settled)
        self.jar = JarLine(themes)
        self.sections[Location.COOKIE].add_foot(self.jar, self.jar.focus_chain())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.arrange)

    @property
    def rows(self) -> Mapping[ParameterKey, ParameterRow]:
        """The first row of each name, in the order of the form."""
        found: dict[ParameterKey, ParameterRow] = {}
        for section in self.sections.values():
            for widget in section.rows:
                found.setdefault((section.location, _name_of(widget)), widget)
        return found

    def set_rows(self, rows: tuple[Row, ...], editors: Editors) -> None:
        """Show these rows."""
        for location, section in self.sections.items():
            mine = tuple(row for row in rows if row.location is location)
            section.set_rows(mine, editors)
            section.setVisible(bool(mine) or location is not Location.PATH)
        self._show_head()
        self.set_hints(self._hints)
        self.arrange()

    def set_titled(self, titled: bool) -> None:
        """Show the titles of the columns, or give their room to the rows."""
        self._titled = titled
        self._show_head()

    def _show_head(self) -> None:
        self._head.setVisible(self._titled and any(section.rows for section in self.sections.values()))
        self.arrange()

    def set_hints(self, hints: Mapping[ParameterKey, tuple[Hint, ...]]) -> None:
        """Show remarks below the rows; rows that are not named have none."""
        self._hints = hints
        for section in self.sections.values():
            section.set_hints(hints)

    def row(self, location: Location, name: str, number: int = 0) -> ParameterRow | None:
        """Return the row of a parameter, or of an added row of that name.

        Header names have no case; and a 422 may name the field of a model, with underscores for hyphens.
        """
        for alike in (str, str.lower, _with_hyphens) if location is Location.HEADER else (str,):
            mates = [w for w in self.sections[location].rows if alike(_name_of(w)) == alike(name)]
            if mates:
                return next((widget for widget in mates if widget.row.number == number), mates[0])
        return None

    @property
    def typed_name(self) -> int | None:
        """The index of the value whose name is being typed; None when none is."""
        typed = (section.typed_name for section in self.sections.values())
        return next((index for index in typed if index is not None), None)

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [part for section in (*self._large(), *self._small()) for part in section.focus_chain()]

    def section_top(self, location: Location) -> int:
        """Return where a section begins, in pixels below the table's top."""
        first = next(iter((*self._large(), *self._small())), None)
        section = self.sections[location]
        return 0 if section is first else section.y()

    # --- arranging ----------------------------------------------------------------------------------------------------
    def arrange(self) -> None:
        """Put all sections in their places: no layout of Qt's lets some share a line without new parents."""
        if self._arranging:
            return
        self._arranging = True
        top = 0
        for part in (self._head, *self._large()):
            if not part.isHidden():
                wraps = part.hasHeightForWidth()  # what the schema says of a value may take several lines
                height = part.heightForWidth(self.width()) if wraps else part.sizeHint().height()
                part.setGeometry(0, top, self.width(), height)
                top += height
        left = line = 0
        for section in self._small():
            size = section.sizeHint()
            if left and left + size.width() > self.width():
                top, left, line = top + line, 0, 0
            section.setGeometry(left, top, min(size.width(), self.width()), size.height())
            left += size.width()
            line = max(line, size.height())
        height = top + line + self._themes.theme.px(_BELOW)
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)
        self._arranging = False

    @override
    def minimumSizeHint(self) -> QSize:
        sections = (*self._large(), *self._small())
        return QSize(max((section.minimumSizeHint().width() for section in sections), default=0), self.minimumHeight())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a section needs more room, or less
            self.arrange()
            self.updateGeometry()
        return super().event(event)

    def _large(self) -> list[ParameterSection]:
        return [section for section in self.sections.values() if not section.isHidden() and not section.small]

    def _small(self) -> list[ParameterSection]:
        return [section for section in self.sections.values() if not section.isHidden() and section.small]


def _name_of(widget: ParameterRow) -> str:
    parameter = widget.row.parameter
    return parameter.name if parameter is not None else widget.row.name


def _with_hyphens(name: str) -> str:
    return name.lower().replace("_", "-")


class _Head(QWidget):
    """The titles of the columns."""

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self._themes = themes
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        return QSize(0, self._themes.theme.px(26))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("t3"))
        columns = form_columns(self.width(), theme.px)
        pairs = (columns.name, columns.type, columns.value, columns.description)
        for title, (left, width) in zip(("Name", "Type", "Value", "Description"), pairs, strict=True):
            if width:
                painter.drawText(QRect(left, 0, width, self.height()), Qt.AlignmentFlag.AlignVCenter, title)
