"""How a request is sent."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from explorer.client.draft import SendOptions
from explorer.client.durations import read_seconds, seconds_text
from explorer.ui import names
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.properties import set_property
from explorer.ui.widgets.settings_page import SettingsPage, caption
from explorer.ui.wording import count_text

_SWITCHES = {  # field of `SendOptions`: words, sentence
    "follow_redirects": (
        "Follow redirects",
        "A 3xx answer with a Location is followed, and every hop is shown. Off: the 3xx itself is the answer.",
    ),
    "use_jar": ("Use the cookie jar", ""),
    "verify": (
        "Verify TLS certificates",
        "Off: an https server is believed whatever certificate it shows, such as one of your own making.",
    ),
    "traceparent": (
        "Send traceparent",
        "This header joins what was sent with what the server did. Off: the X-ray shows this side only.",
    ),
}
_TIMES = {
    "connect_timeout": ("Connect within", "How long the server may take to accept the connection."),
    "timeout": ("Each step within", "How long the server may keep silent, in each step. Empty: as long as it takes."),
}


class OptionsPage(SettingsPage):
    """Edits `SendOptions`.

    Signals:
        options_edited: the person changed something; the whole new `SendOptions`.
        jar_requested: the person wants to see the cookie jar.
    """

    options_edited = Signal(object)
    jar_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._options = SendOptions()
        self.setObjectName(names.OPTIONS_PAGE)
        self._switches: dict[str, QCheckBox] = {}
        self._times: dict[str, QLineEdit] = {}
        self._complaints: dict[str, QLabel] = {}
        self._jar_words = caption("")
        self._jar = QPushButton("Edit the jar…")
        self._jar.setObjectName(names.OPTIONS_JAR)
        self._jar.setProperty("variant", "link")
        self._jar.setAccessibleName("Edit the cookie jar")
        self._jar.clicked.connect(self.jar_requested)
        for name in _SWITCHES:
            self.add_across(self._build_switch(themes, name))
        for name in _TIMES:
            self._add_time(themes, name)
        self.set_jar_cookies(())
        self.set_options(self._options)

    def set_options(self, options: SendOptions) -> None:
        """Show how a draft is sent."""
        self._options = options
        for name, box in self._switches.items():
            box.setChecked(getattr(options, name))
        for name, field in self._times.items():
            seconds = getattr(options, name)
            if not field.hasFocus() or _read(field.text()) != (True, seconds):
                field.setText(seconds_text(seconds))
                self._complain(name, "")
        self._show_jar()

    def set_jar_cookies(self, cookies: tuple[tuple[str, str], ...]) -> None:
        """Say which cookies of the jar fit this request: name and value."""
        self._cookies = cookies
        self._show_jar()

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        chain: list[QWidget] = []
        for name, box in self._switches.items():
            chain += [box, self._jar] if name == "use_jar" else [box]
        return [*chain, *self._times.values()]

    def _show_jar(self) -> None:
        self._jar_words.setText(jar_sentence(self._cookies, self._options.use_jar))

    def _build_switch(self, themes: Themes, name: str) -> QWidget:
        words, sentence = _SWITCHES[name]
        box = QCheckBox(words)
        box.setObjectName(names.OPTION.format(name=name))
        box.clicked.connect(lambda on: self._edit(**{name: on}))
        self._switches[name] = box
        below = self._jar_words if name == "use_jar" else caption(sentence)
        box.setAccessibleDescription(sentence)
        line = QHBoxLayout()
        line.addWidget(below, 1)
        if name == "use_jar":
            line.addWidget(self._jar)
        themes.metrics.set(line, margins=(22, 0, 0, 0), spacing=8)
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.addWidget(box)
        layout.addLayout(line)
        themes.metrics.set(layout, margins=(0, 0, 0, 6), spacing=2)
        return holder

    def _add_time(self, themes: Themes, name: str) -> None:
        words, sentence = _TIMES[name]
        field = QLineEdit()
        field.setObjectName(names.OPTION.format(name=name))
        field.setProperty("variant", "code")
        field.setAccessibleName(f"{words}, seconds")
        field.setAccessibleDescription(sentence)
        field.setPlaceholderText("no limit")
        field.textEdited.connect(lambda text: self._on_time_edited(name, text))
        field.editingFinished.connect(lambda: self.set_options(self._options))
        unit = QLabel("seconds")
        unit.setProperty("role", "caption")
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.addWidget(field)
        layout.addWidget(unit)
        layout.addStretch(1)
        themes.metrics.set(field, width=90, height=28)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=8)
        self.add_line(words, holder)
        self.add_below(caption(sentence))
        complaint = caption("", "error")
        complaint.hide()
        self.add_below(complaint)
        self._times[name] = field
        self._complaints[name] = complaint

    def _on_time_edited(self, name: str, text: str) -> None:
        fine, seconds = _read(text)
        if fine and seconds is None and name == "connect_timeout":
            fine = False
        self._complain(name, "" if fine else "Type seconds, such as 5 or 0.5, up to a day.")
        if fine:
            self._edit(**{name: seconds})

    def _complain(self, name: str, sentence: str) -> None:
        set_property(self._times[name], "state", "invalid" if sentence else "")
        self._complaints[name].setText(sentence)
        self._complaints[name].setVisible(bool(sentence))

    def _edit(self, **changes: object) -> None:
        options = replace(self._options, **changes)  # type: ignore[arg-type]
        if options != self._options:
            self._options = options
            self._show_jar()
            self.options_edited.emit(options)


def jar_sentence(cookies: tuple[tuple[str, str], ...], used: bool) -> str:
    """Say which cookies of the jar go with a request."""
    if not cookies:
        return "The jar has no cookie for this address. What a server sets is kept in it."
    named = ", ".join(name for name, _ in cookies[:4]) + (", …" if len(cookies) > 4 else "")
    count = count_text(len(cookies), "cookie")
    verb = "goes" if len(cookies) == 1 else "go"
    return f"{count} of the jar {verb} with it: {named}." if used else f"{count} of the jar would fit: {named}."


def _read(text: str) -> tuple[bool, float | None]:
    try:
        return True, read_seconds(text)
    except ValueError:
        return False, None
