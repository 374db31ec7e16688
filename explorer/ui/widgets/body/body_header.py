"""The line above a body: how it is written, its model, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.body.media_box import MediaBox
from explorer.ui.widgets.chip import Chip
from explorer.ui.widgets.segmented import Segmented

_HEIGHT = 36
_ROOMY = 620  # design pixels; in less, Example and Format are without their words
_TIGHT = 500  # design pixels; in less, the model's name is left to the verdict


class BodyHeader(QFrame):
    """Media type, model, Form or text, Example and Format.

    Signals:
        form_chosen: the person wants the form (True) or the text.
        example_requested: an example is wanted.
        format_requested: the text is to be laid out.
    """

    form_chosen = Signal(bool)
    example_requested = Signal()
    format_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._model_name = ""
        self._formats = False
        self.setProperty("panel", "bg2")
        self._title = QLabel("Body")
        self._title.setProperty("role", "control_bold")
        self.media = MediaBox(themes)
        self._model = Chip(themes, outlined=True)
        self._model.hide()
        self.json_view = self._switch(("Form", "JSON"), "Edit the JSON as a form, or as text")
        self.json_view.setObjectName(names.REQUEST_BODY_VIEW)
        self.rows_view = self._switch(("Rows", "Text"), "Edit the form row by row, or all rows as text")
        self.rows_view.setObjectName(names.REQUEST_BODY_ROWS_VIEW)
        self._example = self._button("Example", "bolt", "Put in an example")
        self._example.setObjectName(names.REQUEST_EXAMPLE)
        self._example.setToolTip("Replace the body by an example that fits the model")
        self._example.clicked.connect(self.example_requested)
        self._format = self._button("Format", "layers", "Lay out the body")
        self._format.setObjectName(names.REQUEST_FORMAT)
        self._format.setToolTip("Lay the JSON out, one member a line (Ctrl+Shift+F in the editor)")
        self._format.clicked.connect(self.format_requested)
        layout = QHBoxLayout(self)
        left: list[QWidget] = [self._title, self.media, self._model]
        right: list[QWidget] = [self.json_view, self.rows_view, self._example, self._format]
        for widget in left:
            layout.addWidget(widget)
        layout.addStretch(1)
        for widget in right:
            layout.addWidget(widget)
        layout.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        themes.metrics.set(layout, margins=(16, 0, 8, 0), spacing=8)
        themes.metrics.set(self, height=_HEIGHT)

    def set_model(self, name: str) -> None:
        """Show the name of the model; an empty one shows none."""
        self._model_name = name
        self._model.set_text(name)
        self._arrange()

    def set_views(self, *, json: bool, rows: bool, form: bool, form_possible: bool = True) -> None:
        """Offer Form or JSON, or Rows or Text, and show which one holds.

        Args:
            json: whether the body is JSON.
            rows: whether it is a form.
            form: whether the form or the rows are on show.
            form_possible: whether the JSON is short enough for a form.
        """
        self.json_view.setVisible(json)
        self.rows_view.setVisible(rows)
        self.json_view.set_current(0 if form and form_possible else 1)
        self.json_view.setEnabled(form_possible)
        self.json_view.setToolTip(
            "Edit the JSON as a form, or as text" if form_possible else "This body is too long for a form"
        )
        self.rows_view.set_current(0 if form else 1)

    def set_actions(self, *, example: bool, format_: bool) -> None:
        """Say whether there is an example, and something that can be laid out."""
        self._example.setVisible(example)
        self._format.setVisible(format_)

    def focus_widgets(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        segments = [*self.json_view.buttons, *self.rows_view.buttons]
        return [self.media, *segments, self._example, self._format]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        px = self._themes.theme.px
        roomy = self.width() >= px(_ROOMY)
        self._model.setVisible(bool(self._model_name) and self.width() >= px(_TIGHT))
        self._example.setText("Example" if roomy else "")
        self._format.setText("Format" if roomy else "")
        for button in (self._example, self._format):
            self._themes.fit_icon(button)

    def _switch(self, labels: tuple[str, ...], name: str) -> Segmented:
        switch = Segmented(self._themes, labels)
        switch.setAccessibleName(name)
        switch.setToolTip(name)
        switch.changed.connect(lambda number: self.form_chosen.emit(number == 0))
        switch.hide()
        return switch

    def _button(self, text: str, icon: str, name: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("variant", "ghost")
        button.setAccessibleName(name)
        self._themes.bind_icon(button, icon, "t2", 14)
        return button
