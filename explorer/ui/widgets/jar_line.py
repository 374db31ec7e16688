"""Below the cookies that a person typed: those of the jar, which go along by themselves."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QWidget

from explorer.ui import names
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.options_page import jar_sentence


class JarLine(QWidget):
    """A check box, a sentence and the way to the jar; hidden while the jar has nothing for this address.

    Signals:
        use_changed: the person wants the jar's cookies to go with this request, or not.
        jar_requested: the person wants to see the jar.
    """

    use_changed = Signal(bool)
    jar_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QCheckBox()
        self._box.setObjectName(names.COOKIES_USE_JAR)
        self._box.setToolTip("Switched off, this request leaves the jar's cookies at home")
        self._box.clicked.connect(self.use_changed)
        self._words = ElidedLabel(role="caption")
        self._edit = QPushButton("Edit the jar…")
        self._edit.setObjectName(names.COOKIES_JAR)
        self._edit.setProperty("variant", "link")
        self._edit.setAccessibleName("Edit the cookie jar")
        self._edit.clicked.connect(self.jar_requested)
        layout = QHBoxLayout(self)
        layout.addWidget(self._box)
        layout.addWidget(self._words)
        layout.addWidget(self._edit)
        layout.addStretch(1)
        themes.metrics.set(layout, margins=(16, 2, 8, 2), spacing=8)
        self.hide()

    def set_jar(self, cookies: tuple[tuple[str, str], ...], used: bool) -> None:
        """Show the jar's cookies for this request (name and value), and whether they go with it."""
        self._words.set_text(jar_sentence(cookies, used))
        self._words.setToolTip(as_written("\n".join(f"{name}={value}" for name, value in cookies)))
        self._box.setChecked(used)
        self._box.setAccessibleName(f"Send the jar's cookies. {self._words.whole_text}")
        self.setVisible(bool(cookies))

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self._box, self._edit]
