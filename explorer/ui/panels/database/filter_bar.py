"""Above the rows: the filters that hold, as chips, and what is shown of the last change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from explorer.database.grid import Comparison, Filter
from explorer.ui import names
from explorer.ui.actions.told_keys import tip_with_keys
from explorer.ui.focus import chain_focus
from explorer.ui.panels.database.filter_popup import FilterPopup
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written
from explorer.ui.widgets.flow_layout import FlowLayout
from explorer.ui.widgets.quiet_button import QuietButton
from explorer.ui.widgets.switch import Switch

_LONGEST = 40  # characters of a filter in its chip
_ALONE = (Comparison.IS_NULL, Comparison.IS_NOT_NULL)


def filter_text(condition: Filter) -> str:
    """Return a filter as a person reads it: ``owner_id = 42``."""
    if condition.comparison in _ALONE:
        return f"{condition.column} {condition.comparison}"
    return f"{condition.column} {condition.comparison} {condition.text}"


class FilterBar(QFrame):
    """Shows filters, and takes others.

    Signals:
        filters_changed: the person wants these filters; a tuple of `Filter`.
        back_requested: the person wants to go back to before the jump.
        show_change_toggled: whether the change is to be shown in the rows.
        undo_requested: what the change did is to be taken back.
    """

    filters_changed = Signal(object)
    back_requested = Signal()
    show_change_toggled = Signal(bool)
    undo_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._filters: tuple[Filter, ...] = ()
        self._columns: tuple[str, ...] = ()
        self._chips: list[QWidget] = []
        self.setProperty("edge", "bottom")
        self._back = QuietButton(themes, "cl", "Back to before the jump", side=26, size=15)
        tip_with_keys(self._back, "Back to before the jump", "back")
        self._back.setObjectName(names.DATA_BACK)
        self._back.clicked.connect(self.back_requested)
        self._back.hide()
        self._add = QPushButton("Filter")
        self._add.setObjectName(names.DATA_FILTER_ADD)
        self._add.setProperty("variant", "ghost")
        self._add.setAccessibleName("Add a filter")
        themes.bind_icon(self._add, "plus", "t2", 13)
        self._add.clicked.connect(self._on_add_clicked)
        self._popup = FilterPopup(themes, self)
        self._popup.filter_made.connect(self._on_popup_filter_made)
        self.show_change = Switch(themes, "Show last change")
        self.show_change.setObjectName(names.DATA_SHOW_CHANGE)
        self.show_change.setChecked(True)
        self.show_change.toggled.connect(self.show_change_toggled)
        self.undo = QPushButton("Undo this request")
        self.undo.setObjectName(names.DATA_UNDO)
        self.undo.setProperty("variant", "ghost")
        self.undo.setAccessibleName("Undo this request")
        themes.bind_icon(self.undo, "undo", "t2", 13)
        self.undo.clicked.connect(self.undo_requested)
        self._chip_area = QWidget()
        self._flow = FlowLayout(self._chip_area)
        self._flow.addWidget(self._add)
        row = QHBoxLayout(self)
        row.addWidget(self._back)
        row.addWidget(self._chip_area, 1)
        row.addWidget(self.show_change)
        row.addWidget(self.undo)
        themes.metrics.set(self._flow, margins=(0, 0, 0, 0), spacing=6)
        themes.metrics.set(row, margins=(12, 5, 10, 5), spacing=8)
        themes.metrics.set(self, min_height=38)

        self._presented = themes.presenting
        themes.changed.connect(self._on_themes_changed)

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_columns(self, columns: Sequence[str]) -> None:
        """Say which columns can be filtered by."""
        self._columns = tuple(columns)
        self._add.setEnabled(bool(columns))

    def set_filters(self, filters: Sequence[Filter]) -> None:
        """Show the filters that hold, without a signal."""
        filters = tuple(filters)
        if filters == self._filters:
            return
        self._filters = filters
        self._show_filters()

    def _show_filters(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._make_chip(number, condition) for number, condition in enumerate(self._filters)]
        self._flow.removeWidget(self._add)
        for widget in (*self._chips, self._add):
            self._flow.addWidget(widget)
            widget.show()
        chain_focus([stop for chip in self._chips for stop in chip.findChildren(QPushButton)] + [self._add])

    def set_change(self, *, known: bool, can_undo: bool, reason: str = "") -> None:
        """Say whether there is a change to show, and whether it can be taken back, or why not."""
        self.show_change.setVisible(known)
        self.undo.setVisible(known)
        self.undo.setEnabled(can_undo)
        self.undo.setToolTip(as_written(reason))

    def set_can_go_back(self, *, can: bool) -> None:
        """Offer the way back after a jump."""
        self._back.setVisible(can)

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The filters that hold."""
        return self._filters

    # --- intents ------------------------------------------------------------------------------------------------------
    def ask_for_filter(self, column: str = "", text: str = "", comparison: Comparison = Comparison.EQUAL) -> None:
        """Open the form for a new filter, filled in as far as it is known."""
        if self._columns:
            corner = self._add.mapToGlobal(self._add.rect().bottomLeft()) + QPoint(0, 2)
            self._popup.ask(self._columns, corner, Filter(column or self._columns[0], comparison, text))

    def add_filter(self, condition: Filter) -> None:
        """Let one more filter hold."""
        if condition not in self._filters:
            self.filters_changed.emit((*self._filters, condition))

    def _on_themes_changed(self) -> None:
        if self._themes.presenting is not self._presented:
            self._presented = self._themes.presenting
            self._show_filters()

    def _on_add_clicked(self) -> None:
        self.ask_for_filter()

    def _on_popup_filter_made(self, condition: Filter, replaced: Filter | None) -> None:
        kept = [condition if one == replaced else one for one in self._filters]
        if replaced is None or replaced not in self._filters:
            kept.append(condition)
        self.filters_changed.emit(tuple(dict.fromkeys(kept)))

    def _make_chip(self, number: int, condition: Filter) -> QWidget:
        chip = QFrame()
        chip.setProperty("panel", "chip")
        said = self._themes.shown_value(condition.column, condition.text)
        text = filter_text(replace(condition, text=said))
        shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
        button = QPushButton(shown.replace("&", "&&"))
        button.setObjectName(names.DATA_CHIP.format(number=number))
        button.setProperty("variant", "chip")
        button.setAccessibleName(f"Filter {text}: change it")
        button.setToolTip(as_written(f"{text}\nClick to change it"))
        self._themes.bind_icon(button, "filter", "t3", 12)
        button.clicked.connect(lambda: self._change(button, condition))
        close = QPushButton()
        close.setObjectName(names.DATA_CHIP_CLOSE.format(number=number))
        close.setProperty("variant", "chip_close")
        close.setAccessibleName(f"Take the filter {text} away")
        close.setToolTip("Take this filter away")
        self._themes.bind_icon(close, "x", "t3", 12)
        close.clicked.connect(lambda: self._remove(condition))
        row = QHBoxLayout(chip)
        row.addWidget(button)
        row.addWidget(close)
        self._themes.metrics.set(row, margins=(1, 1, 1, 1), spacing=0)
        self._themes.metrics.set(chip, height=26)
        return chip

    def _change(self, button: QPushButton, condition: Filter) -> None:
        corner = button.mapToGlobal(button.rect().bottomLeft()) + QPoint(0, 4)
        self._popup.ask(self._columns, corner, condition, replaces=condition)

    def _remove(self, condition: Filter) -> None:
        self.filters_changed.emit(tuple(one for one in self._filters if one != condition))
        self._add.setFocus()
