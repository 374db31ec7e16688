"""The fields of one cookie."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from explorer.client.cookies import Cookie
from explorer.client.expiry import expiry_text, read_expiry
from explorer.ui import names
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.properties import set_property

_TEXTS = {"name": "Name", "value": "Value", "domain": "Domain", "path": "Path", "expires": "Expires"}
_SWITCHES = {"secure": "Secure", "http_only": "HttpOnly", "below": "Hosts below, too"}
_SAME_SITE = ("", "Lax", "Strict", "None")


class CookieForm(QWidget):
    """Edits a cookie; nothing is told before Save.

    Signals:
        saved: the `Cookie` as it is to be, and the one that it takes the place of, or None for a new one.
    """

    saved = Signal(object, object)

    def __init__(self, themes: Themes, host: str, parent: QWidget | None = None) -> None:
        """`host` is the domain that a new cookie begins with."""
        super().__init__(parent)
        self._themes = themes
        self._host = host
        self._old: Cookie | None = None
        self._fields: dict[str, QLineEdit] = {}
        self._boxes: dict[str, QCheckBox] = {}
        grid = QGridLayout(self)
        for place, name in enumerate(_TEXTS):
            self._add_text(themes, grid, name, *divmod(place, 2))
        self._same_site = QComboBox()
        self._same_site.setObjectName(names.JAR_FIELD.format(name="same_site"))
        self._same_site.setAccessibleName("SameSite")
        for value in _SAME_SITE:
            self._same_site.addItem(value or "not said", value)
        label = QLabel("SameSite")
        label.setProperty("role", "control")
        grid.addWidget(label, 2, 2)
        grid.addWidget(self._same_site, 2, 3)
        themes.metrics.set(self._same_site, height=28)
        grid.addLayout(self._build_foot(themes), 3, 0, 1, 4)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        themes.metrics.set(grid, margins=(0, 0, 0, 0), spacing=8)
        themes.changed.connect(self._hide_value)
        self._hide_value()
        self.begin(None)

    def begin(self, cookie: Cookie | None) -> None:
        """Show a cookie, or the empty form of a new one."""
        self._old = cookie
        shown = cookie or Cookie(name="", value="", domain=self._host)
        for name in ("name", "value", "domain", "path"):
            self._fields[name].setText(getattr(shown, name))
        self._fields["expires"].setText(expiry_text(shown.expires))
        self._boxes["secure"].setChecked(shown.secure)
        self._boxes["http_only"].setChecked(shown.http_only)
        self._boxes["below"].setChecked(not shown.host_only)
        same_site = self._same_site.findData(shown.same_site, flags=Qt.MatchFlag.MatchFixedString)  # servers write lax
        self._same_site.setCurrentIndex(max(0, same_site))
        self._save.setText("Save" if cookie is not None else "Add")
        self._complain("", "")

    def focus_name(self) -> None:
        """Lead the person to the first field."""
        self._fields["name"].setFocus(Qt.FocusReason.OtherFocusReason)
        self._fields["name"].selectAll()

    def save(self) -> None:
        """Tell the cookie, or say what is wrong with it."""
        old = self._old
        text = self._fields["expires"].text()
        try:
            expires = old.expires if old is not None and text == expiry_text(old.expires) else read_expiry(text)
        except ValueError as error:
            self._complain("expires", str(error))
            return
        texts = {name: self._fields[name].text().strip() for name in ("name", "value", "domain", "path")}
        texts["domain"] = texts["domain"].lower().removeprefix(".")
        if not texts["domain"]:
            self._complain("domain", "Type the host that the cookie is for, such as 127.0.0.1.")
            return
        if not texts["path"].startswith("/"):
            self._complain("path", "Let the path begin with a slash.")
            return
        if any(sign in texts["name"] + texts["value"] for sign in ";\r\n"):
            self._complain("value", "A cookie cannot carry a semicolon or a line break.")
            return
        new = Cookie(
            **texts,
            expires=expires,
            secure=self._boxes["secure"].isChecked(),
            http_only=self._boxes["http_only"].isChecked(),
            host_only=not self._boxes["below"].isChecked(),
            same_site=str(self._same_site.currentData()),
        )
        self._complain("", "")
        self.saved.emit(new, old)

    def _add_text(self, themes: Themes, grid: QGridLayout, name: str, row: int, column: int) -> None:
        words = _TEXTS[name]
        label = QLabel(words)
        label.setProperty("role", "control")
        field = QLineEdit()
        field.setObjectName(names.JAR_FIELD.format(name=name))
        field.setAccessibleName(f"{words} of the cookie")
        field.setProperty("variant", "code")
        if name == "expires":
            field.setPlaceholderText("with this program")
        field.returnPressed.connect(self.save)
        label.setBuddy(field)
        themes.metrics.set(field, height=28)
        grid.addWidget(label, row, 2 * column)
        grid.addWidget(field, row, 2 * column + 1)
        self._fields[name] = field

    def _build_foot(self, themes: Themes) -> QHBoxLayout:
        foot = QHBoxLayout()
        for name, words in _SWITCHES.items():
            box = QCheckBox(words)
            box.setObjectName(names.JAR_FIELD.format(name=name))
            foot.addWidget(box)
            self._boxes[name] = box
        self._complaint = QLabel()
        self._complaint.setProperty("role", "error")
        self._save = QPushButton("Add")
        self._save.setObjectName(names.JAR_SAVE)
        self._save.setToolTip("Keep the cookie as it stands here (Enter)")
        self._save.clicked.connect(self.save)
        foot.addStretch(1)
        foot.addWidget(self._complaint)
        foot.addWidget(self._save)
        themes.metrics.set(foot, spacing=12)
        return foot

    def _hide_value(self) -> None:
        """Keep the value from those who look on: a cookie lets somebody in."""
        hidden = self._themes.presenting
        self._fields["value"].setEchoMode(QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal)

    def _complain(self, name: str, sentence: str) -> None:
        for each, field in self._fields.items():
            set_property(field, "state", "invalid" if each == name else "")
        self._complaint.setText(sentence)
        if name:
            self._fields[name].setFocus(Qt.FocusReason.OtherFocusReason)
