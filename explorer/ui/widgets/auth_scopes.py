"""The scopes that a token is asked for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from explorer.ui import names
from explorer.ui.theme.manager import Themes


class AuthScopes(QWidget):
    """A check box for each scope that the app declares, and a line for others.

    Signals:
        edited: the scopes that the person wants, separated by spaces.
        arranged_anew: there are other check boxes now.
    """

    edited = Signal(str)
    arranged_anew = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: tuple[tuple[str, str], ...] = ()
        self._scopes: tuple[str, ...] = ()
        self._boxes: dict[str, QCheckBox] = {}
        self._others = QLineEdit()
        self._others.setObjectName(names.AUTH_FIELD.format(name="scopes"))
        self._others.setProperty("variant", "code")
        self._others.textEdited.connect(self._on_others_text_edited)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._others)
        themes.metrics.set(self._others, height=28)
        themes.metrics.set(self._layout, margins=(0, 4, 0, 0), spacing=6)

    def set_scopes(self, scopes: str, known: tuple[tuple[str, str], ...]) -> None:
        """Show what is asked for, of the scopes that the app declares (name and description) and others."""
        if known != self._known:
            self._known = known
            self._build_boxes()
        self._scopes = tuple(scopes.split())
        for name, box in self._boxes.items():
            box.setChecked(name in self._scopes)
        words = "Other scopes" if known else "Scopes, separated by spaces"
        self._others.setAccessibleName(words)
        self._others.setPlaceholderText(words.lower())
        if tuple(self._others.text().split()) != self._rest():
            self._others.setText(" ".join(self._rest()))

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [*self._boxes.values(), self._others]

    def _rest(self) -> tuple[str, ...]:
        return tuple(scope for scope in self._scopes if scope not in self._boxes)

    def _build_boxes(self) -> None:
        for box in self._boxes.values():
            self._layout.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = {}
        for place, (name, description) in enumerate(self._known):
            box = QCheckBox(f"{name} — {description}" if description else name)
            box.setObjectName(names.AUTH_SCOPE.format(name=name))
            box.setAccessibleName(f"Scope {name}. {description}")
            box.clicked.connect(self._on_box_clicked)
            self._layout.insertWidget(place, box)
            self._boxes[name] = box
        self.arranged_anew.emit()

    def _on_box_clicked(self) -> None:
        self._tell(self._rest())

    def _on_others_text_edited(self, text: str) -> None:
        self._tell(tuple(text.split()))

    def _tell(self, rest: tuple[str, ...]) -> None:
        chosen = tuple(name for name, box in self._boxes.items() if box.isChecked())
        self._scopes = (*chosen, *rest)
        self.edited.emit(" ".join(self._scopes))
