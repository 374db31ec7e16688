"""Above the rows: who changed them last, how many, and the way to the request."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from explorer.database.changes import ChangeSet
from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written, documentation
from explorer.ui.widgets.badge import Badge, method_token, short_method
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.quiet_button import QuietButton
from explorer.ui.widgets.tone_pill import TonePill
from explorer.ui.wording import count_text

_KINDS = (("added", "ok"), ("changed", "warn"), ("deleted", "err"))
_SHORT_TRACE = 6
_UNDONE = "The rows are as if this had not been: it was undone, or a reset or a snapshot took its place."
_NARROW = 700  # a strip that is narrower says less


class ChangeStrip(QFrame):
    """Hidden while no change is known.

    Signals:
        change_opened: the request is to be shown in the X-ray; its trace id.
        stepped: an earlier (-1) or a later (1) change is wanted.
        newest_wanted: the newest change is wanted.
        table_wanted: another table that the change touched is wanted; its name.
    """

    change_opened = Signal(str)
    stepped = Signal(int)
    newest_wanted = Signal()
    table_wanted = Signal(str)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._change: ChangeSet | None = None
        self._table = ""
        self._later = 0
        self._undone = False
        self.setObjectName(names.DATA_CHANGE)
        self.setProperty("edge", "bottom")
        self._words = QLabel("Changed by")
        self._words.setProperty("role", "text")
        self._method = Badge(themes, "", "opt", least=(44, 16))
        self._path = ElidedLabel(role="code")
        self._link = QPushButton()
        self._link.setObjectName(names.DATA_CHANGE_LINK)
        self._link.setProperty("variant", "trace")
        self._link.clicked.connect(self._on_link_clicked)
        self._others = QPushButton()
        self._others.setProperty("variant", "link")
        self._others.clicked.connect(self._on_others_clicked)
        self._pills = {
            kind: TonePill(themes, token) for kind, token in (*_KINDS, ("too_many", "info"), ("undone", "info"))
        }
        for kind, pill in self._pills.items():
            pill.setObjectName(names.DATA_CHANGE_COUNTS.format(kind=kind))
        self._newer = QPushButton()
        self._newer.setObjectName(names.DATA_CHANGE_NEWER)
        self._newer.setProperty("variant", "link")
        self._newer.clicked.connect(self.newest_wanted)
        self._back = QuietButton(themes, "cl", "The change before")
        self._back.setObjectName(names.DATA_CHANGE_BACK)
        self._back.clicked.connect(lambda: self.stepped.emit(-1))
        self._forth = QuietButton(themes, "cr", "The change after")
        self._forth.setObjectName(names.DATA_CHANGE_FORTH)
        self._forth.clicked.connect(lambda: self.stepped.emit(1))
        row = QHBoxLayout(self)
        left: list[QWidget] = [self._words, self._method, self._path, self._link, self._others]
        for widget in (*left, *self._pills.values(), self._newer, self._back, self._forth):
            row.addWidget(widget)
        row.insertStretch(len(left), 1)
        themes.metrics.set(row, margins=(16, 0, 10, 0), spacing=8)
        themes.metrics.set(self, height=42)
        self.hide()

    def set_change(
        self, change: ChangeSet | None, *, earlier: bool = False, later: int = 0, undone: bool = False
    ) -> None:
        """Show a change; None for none. `earlier` says whether there are others before it, `later` how many after.

        Of one that is `undone`, that is said in place of what it did.
        """
        self._change = change
        self._undone = undone
        self._later = later
        self._back.setEnabled(earlier)
        self._forth.setEnabled(later > 0)
        for button in (self._back, self._forth):
            button.setVisible(earlier or later > 0)
        self._show()

    def set_table(self, name: str) -> None:
        """Say which table is on show, for what a change did to this one stands first."""
        self._table = name
        self._show()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    @property
    def focus_chain(self) -> list[QWidget]:
        """The controls in the order of the Tab key."""
        return [self._link, self._others, self._newer, self._back, self._forth]

    def _show(self) -> None:
        change = self._change
        self.setVisible(change is not None)
        if change is None:
            return
        method, _, path = change.label.partition(" ")
        by_request = bool(change.trace_id)
        self._method.setVisible(by_request and bool(path))
        self._method.set_badge(short_method(method), method_token(method))
        self._path.set_text(path if by_request and path else change.label)
        self._link.setVisible(by_request)
        self._link.setText(change.trace_id[:_SHORT_TRACE])
        self._link.setAccessibleName(f"Show {change.label} in the X-ray")
        self._link.setToolTip(as_written(f"Show {change.label} in the X-ray"))
        here = next((counts for name, counts in change.counts.items() if name.lower() == self._table.lower()), None)
        counts = here if here is not None and any(here) else change.total
        narrow = self.width() < self._themes.theme.px(_NARROW)
        self._words.setVisible(not narrow)
        for (kind, _), sign, count in zip(_KINDS, "+~−", counts, strict=True):
            whole = f"{count:,} {kind}" if count and not self._undone else ""
            self._pills[kind].set_text(
                f"{sign}{count:,}" if whole and narrow else whole, whole if narrow else "", spoken=whole
            )
        known = change.complete or self._undone
        self._pills["too_many"].set_text("" if known else _too_many(change), change.notice or "")
        self._pills["undone"].set_text("undone" if self._undone else "", _UNDONE if self._undone else "")
        self._show_others(change, here is not None and any(here))
        self._newer.setVisible(self._later > 0)
        self._newer.setText(f"{self._later:,} newer")
        self._newer.setAccessibleName(f"Show the newest change: {count_text(self._later, 'change')} after this one")
        self._newer.setToolTip("Show the newest change")

    def _show_others(self, change: ChangeSet, here: bool) -> None:
        others = self._other_tables(change)
        where = others[0] if len(others) == 1 else count_text(len(others), "table")
        self._others.setText(f"also in {where}" if here else f"in {where}")
        self._others.setVisible(bool(others))
        self._others.setAccessibleName(f"Changed {self._others.text()}: go there")
        self._others.setToolTip(documentation("\n".join(others)))

    def _other_tables(self, change: ChangeSet) -> list[str]:
        return [name for name, counts in change.counts.items() if any(counts) and name.lower() != self._table.lower()]

    def _on_link_clicked(self) -> None:
        if self._change is not None:
            self.change_opened.emit(self._change.trace_id)

    def _on_others_clicked(self) -> None:
        others = self._other_tables(self._change) if self._change else []
        if len(others) == 1:
            self.table_wanted.emit(others[0])
        elif others:
            menu = QMenu(self)
            for name in others:
                action = QAction(name.replace("&", "&&"), menu)
                action.triggered.connect(lambda _checked=False, name=name: self.table_wanted.emit(name))
                menu.addAction(action)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self._others.mapToGlobal(self._others.rect().bottomLeft()))


def _too_many(change: ChangeSet) -> str:
    return "too many to show" if any(change.total) else "rows unknown"
