"""The form for a request's parameters: one section for each place where parameters travel."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from explorer.client.draft import RequestDraft
from explorer.openapi.hints import Hint
from explorer.openapi.operations import Location, Parameter
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.parameter_row import ParameterRow

SECTIONS: dict[Location, tuple[str, str]] = {
    Location.PATH: ("Path", "part of the URL"),
    Location.QUERY: ("Query", "after the ?"),
    Location.HEADER: ("Headers", "sent before the body"),
    Location.COOKIE: ("Cookies", "sent in one header"),
}
_TITLES = ("Name", "Type", "Value", "Description")
_COLUMNS = ((130, 139), (106, 112), (150, 195), (0, 186))  # least width in design pixels, share of the rest

ParameterKey = tuple[Location, str]


class ParameterTable(QWidget):
    """Rows for parameters, under Path, Query, Headers and Cookies.

    Signals:
        value_changed: the person changed a value: `Location`, name, and the text or None for "not sent".
    """

    value_changed = Signal(object, str, object)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._rows: dict[ParameterKey, ParameterRow] = {}
        self._section_titles: dict[Location, QWidget] = {}
        self._outer = QVBoxLayout(self)
        self._body: QWidget | None = None
        themes.metrics.set(self._outer, margins=(0, 0, 0, 0), spacing=0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @property
    def rows(self) -> Mapping[ParameterKey, ParameterRow]:
        """The rows in their order."""
        return self._rows

    def set_parameters(self, parameters: tuple[Parameter, ...]) -> None:
        """Show rows for these parameters instead of those before, all of them not sent."""
        if self._body is not None:
            self._outer.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._rows = {}
        self._section_titles = {}
        self._body = QWidget()
        self._fill(self._body, parameters)
        self._outer.addWidget(self._body)
        self.setVisible(bool(parameters))

    def set_values(self, draft: RequestDraft) -> None:
        """Show the values of a draft."""
        for (location, name), row in self._rows.items():
            row.edit.set_value(draft.value(location, name))

    def set_hints(self, hints: Mapping[ParameterKey, tuple[Hint, ...]]) -> None:
        """Show remarks below the rows; rows that are not named have none."""
        for key, row in self._rows.items():
            row.set_hints(hints.get(key, ()))

    def focus_chain(self) -> list[QWidget]:
        """Return the editors in the order of the Tab key."""
        return [row.editor for row in self._rows.values()]

    def section_top(self, location: Location) -> int:
        """Return where a section begins, in pixels below the table's top."""
        title = self._section_titles.get(location)
        first = next(iter(self._section_titles), None)
        return 0 if title is None or location == first else title.mapTo(self, title.rect().topLeft()).y()

    def _fill(self, body: QWidget, parameters: tuple[Parameter, ...]) -> None:
        grid = QGridLayout(body)
        self._themes.metrics.set(grid, margins=(16, 8, 16, 8), spacing=6)
        for column, (title, (_, share)) in enumerate(zip(_TITLES, _COLUMNS, strict=True)):
            label = QLabel(title)
            label.setProperty("role", "caption")
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._themes.metrics.set(label, min_width=_COLUMNS[column][0])
            grid.addWidget(label, 0, column)
            grid.setColumnStretch(column, share)
        line = 1
        for location, (title, where) in SECTIONS.items():
            rows = [parameter for parameter in parameters if parameter.location is location]
            if not rows:
                continue
            self._section_titles[location] = heading = self._heading(title, where)
            grid.addWidget(heading, line, 0, 1, len(_TITLES))
            line += 1
            for parameter in rows:
                self._add_row(body, parameter, grid, line)
                line += 2

    def _add_row(self, body: QWidget, parameter: Parameter, grid: QGridLayout, line: int) -> None:
        row = ParameterRow(self._themes, parameter, body)
        row.place(grid, line)
        location, name = parameter.location, parameter.name
        row.value_edited.connect(lambda text: self.value_changed.emit(location, name, text))
        self._rows[location, name] = row

    def _heading(self, title: str, where: str) -> QWidget:
        heading = QWidget()
        label = QLabel(title)
        label.setProperty("role", "control_bold")
        layout = QHBoxLayout(heading)
        layout.addWidget(label)
        layout.addWidget(ElidedLabel(where, role="caption"))
        layout.addStretch(1)
        layout.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._themes.metrics.set(layout, margins=(0, 2, 0, 0), spacing=8)
        return heading
