"""The page of the entity-relationship diagram: the picture, and its tools."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QStackedWidget, QVBoxLayout, QWidget

from explorer.database.diagram.layout import lay_out
from explorer.database.diagram.values import Card, Layout, Link
from explorer.database.schema import Schema
from explorer.ui import names
from explorer.ui.models.diagram_cards import CardWords, Relation
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.empty_state import EmptyState
from explorer.ui.widgets.er_view import ErView
from explorer.ui.widgets.icon_button import IconButton
from explorer.ui.wording import count_text

_AT_ONCE = 60  # cards and links; a larger diagram is laid out off the window's thread
_LAYING_OUT = "Laying the diagram out…"
_NO_TABLES = "There are no tables to draw."


@dataclass(frozen=True, slots=True)
class LayoutWish:
    """Cards and links that a layout is wanted for; give it back with the layout."""

    cards: tuple[Card, ...]
    links: tuple[Link, ...]


class ErDiagram(QFrame):
    """Shows a schema as a diagram.

    Signals:
        table_opened: this table is to be shown; its name.
        layout_wanted: a `LayoutWish` is to be laid out off the window's thread, and given to `set_layout`.
        save_requested: the diagram is to be saved, as ``png`` or ``svg``.
        arranged: the person moved cards; `state` is worth keeping.
    """

    table_opened = Signal(str)
    layout_wanted = Signal(object)
    save_requested = Signal(str)
    arranged = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._schema: Schema | None = None
        self._wish: LayoutWish | None = None
        self._cards: tuple[CardWords, ...] = ()
        self._relations: tuple[Relation, ...] = ()
        self.setObjectName(names.ER_PAGE)
        self.setProperty("panel", "bg0")
        self.view = ErView(themes)
        self.view.table_opened.connect(self.table_opened)
        self.view.arranged.connect(self.arranged)
        self._facts = QLabel()
        self._facts.setProperty("role", "caption")
        self._message = EmptyState(themes)
        self._message.label.setObjectName(names.ER_MESSAGE)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self._message)
        self._tools = [
            self._tool("plus", "plus", "Larger (Ctrl+wheel, or +)", lambda: self.view.zoom(1)),
            self._tool("minus", "minus", "Smaller (Ctrl+wheel, or −)", lambda: self.view.zoom(-1)),
            self._tool("fit", "fit", "All in sight (F)", self.view.fit),
            self._tool("arrange", "refresh", "Put the cards back where the layout has them", self.view.arrange),
            self._tool("save", "down", "Save as a picture", self._on_save_clicked),
        ]
        layout = QVBoxLayout(self)
        layout.addWidget(self._build_header())
        layout.addWidget(self._pages, 1)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)
        self._say(_NO_TABLES)

    def set_schema(self, schema: Schema) -> None:
        """Draw a schema; the chosen card stays chosen."""
        if self._schema is not None and schema.tables == self._schema.tables:
            return
        self._schema = schema
        self._cards, self._relations = self.view.measured(schema)
        wish = LayoutWish(tuple(words.card for words in self._cards), tuple(r.link for r in self._relations))
        self._wish = wish
        self._facts.setText(
            f"{count_text(len(self._cards), 'table')} · {count_text(len(self._relations), 'foreign key')}"
        )
        if not wish.cards:
            self._say(_NO_TABLES)
        elif len(wish.cards) + len(wish.links) <= _AT_ONCE:
            self.set_layout(wish, lay_out(wish.cards, wish.links))
        else:
            self._say(_LAYING_OUT)
            self.layout_wanted.emit(wish)

    def set_layout(self, wish: LayoutWish, layout: Layout) -> None:
        """Take the layout that was wanted; one for a schema that is not on show any more is left alone."""
        if wish is self._wish:
            self.view.show_diagram(self._cards, self._relations, layout)
            self._pages.setCurrentWidget(self.view)

    def choose(self, name: str) -> None:
        """Choose a table's card without a signal."""
        self.view.choose(name)

    def state(self) -> dict[str, Any]:
        """Return what is worth remembering, as plain JSON values."""
        return self.view.state()

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up a state that `state` returned; what is odd is left as it is."""
        self.view.restore(state)

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [*self._tools, self.view]

    def _say(self, sentence: str) -> None:
        self._message.set_message(sentence)
        self._pages.setCurrentWidget(self._message)

    def _build_header(self) -> QWidget:
        header = QFrame()
        header.setProperty("panel", "bg1")
        header.setProperty("edge", "bottom")
        row = QHBoxLayout(header)
        row.addWidget(self._facts)
        row.addStretch(1)
        for tool in self._tools:
            row.addWidget(tool)
        self._themes.metrics.set(row, margins=(16, 0, 8, 0), spacing=4)
        self._themes.metrics.set(header, height=40)
        return header

    def _tool(self, key: str, icon: str, words: str, slot: Any) -> IconButton:
        button = IconButton(self._themes, icon, words)
        button.setObjectName(names.ER_TOOL.format(tool=key))
        button.clicked.connect(lambda _checked=False: slot())
        return button

    def _on_save_clicked(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for form, words in (("png", "PNG…"), ("svg", "SVG…")):
            action = QAction(words, menu)
            action.setObjectName(names.ER_TOOL.format(tool=form))
            action.triggered.connect(lambda _checked=False, form=form: self.save_requested.emit(form))
            menu.addAction(action)
        button = self._tools[-1]
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
