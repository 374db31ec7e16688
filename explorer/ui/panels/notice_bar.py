"""What went wrong, between the top bar and the room: never a dialog, never silent."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from explorer.server.interface import ServerState, StatusChanged
from explorer.ui import names
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.notice import Notice, NoticeAction, Tone

_SERVER, _ERROR, _FILES, _MESSAGE = _ORDER = ("server", "error", "files", "message")
_RESTART = NoticeAction("restart", "Restart")
_ABANDON = NoticeAction("abandon", "Abandon it and start on the next port")
_NEXT_PORT = NoticeAction("next_port", "Start on the next free port")
_DETAILS = NoticeAction("details", "Details")
_COPY = NoticeAction("copy", "Copy report")


class NoticeBar(QWidget):
    """Up to four notices: of the server, of our own unexpected errors, of the files we keep, and of everything else.

    Signals:
        restart_requested: start the server again.
        abandon_requested: leave the blocked server, or the port that is taken, behind.
        details_requested: show a title and a long text.
        copy_requested: put a text on the clipboard.
        arranged_anew: there are other buttons now.

    """

    restart_requested = Signal()
    abandon_requested = Signal()
    details_requested = Signal(str, str)
    copy_requested = Signal(str)
    arranged_anew = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(names.NOTICE_BAR)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._status = StatusChanged(state=ServerState.STOPPED)
        self._report = ""
        self._put_aside: list[str] = []
        self._saving = ""
        self._themes = themes
        self._notices: dict[str, Notice] = {}
        self._layout = QVBoxLayout(self)
        themes.metrics.set(self._layout, margins=(0, 0, 0, 0), spacing=0)

    def set_server_status(self, status: StatusChanged) -> None:
        """Say why the server is down, blocked or elsewhere; say nothing while it is well."""
        self._status = status
        details = [_DETAILS] if status.details else []
        if status.state is ServerState.CRASHED:
            sentence = status.reason or "The server ended without being asked to."
            elsewhere = [_NEXT_PORT] if status.port_taken else []
            self._notice(_SERVER).show_sentence(sentence, "err", [*details, *elsewhere, _RESTART])
        elif status.state is ServerState.BLOCKED:
            sentence = status.reason or "A handler holds the server's event loop. Other requests wait."
            self._notice(_SERVER).show_sentence(sentence, "warn", [*details, _ABANDON])
        elif status.state is ServerState.RUNNING and status.reason:
            self._notice(_SERVER).show_sentence(status.reason, "info")
        elif _SERVER in self._notices:
            self._notices[_SERVER].hide()

    def show_error(self, sentence: str, report: str) -> None:
        """Tell of an unexpected error of our own; `report` is fit to be copied into a bug report."""
        self._report = report
        self._notice(_ERROR).show_sentence(sentence, "err", [_DETAILS, _COPY])

    def show_put_aside(self, sentence: str) -> None:
        """Tell of a file that could not be used, below what was told of others and is not closed yet."""
        if self._notice(_FILES).isHidden():
            self._put_aside, self._saving = [], ""
        self._put_aside.append(sentence)
        self._show_files("info")

    def show_saving(self, sentence: str, *, troubled: bool) -> None:
        """Tell what cannot be saved, or that all is saved again, in place of what was told of that before."""
        if self._notice(_FILES).isHidden():
            self._put_aside = []
        self._saving = sentence
        self._show_files("warn" if troubled else "info")

    def show_message(self, sentence: str) -> None:
        """Tell something that needs no action."""
        self._notice(_MESSAGE).show_sentence(sentence, "info")

    def withdraw_message(self, sentence: str) -> None:
        """Take a message back that does not hold any more, unless another one took its place."""
        notice = self._notices.get(_MESSAGE)
        if notice is not None and notice.accessibleName() == sentence:
            notice.hide()

    def on_server_action_chosen(self, key: str) -> None:
        """Pass on what the person wants done about the server."""
        if key == _RESTART.key:
            self.restart_requested.emit()
        elif key in (_ABANDON.key, _NEXT_PORT.key):
            self.abandon_requested.emit()
        else:
            self.details_requested.emit("What the server said", self._status.details or "")

    def on_error_action_chosen(self, key: str) -> None:
        """Pass on what the person wants to know of the error."""
        if key == _DETAILS.key:
            self.details_requested.emit("What went wrong", self._report)
        else:
            self.copy_requested.emit(self._report)

    def _show_files(self, tone: Tone) -> None:
        self._notice(_FILES).show_sentence("\n".join(filter(None, [*self._put_aside, self._saving])), tone)

    def _notice(self, kind: str) -> Notice:
        """Return the notice of a kind, which is made when there is something to say for the first time."""
        notice = self._notices.get(kind)
        if notice is None:
            notice = self._notices[kind] = Notice(self._themes, kind)
            above = _ORDER[: _ORDER.index(kind)]
            self._layout.insertWidget(sum(other in self._notices for other in above), notice)
            notice.arranged_anew.connect(self.arranged_anew)
            if kind == _SERVER:
                notice.action_chosen.connect(self.on_server_action_chosen)
            elif kind == _ERROR:
                notice.action_chosen.connect(self.on_error_action_chosen)
        return notice
