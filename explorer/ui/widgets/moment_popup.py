"""A calendar, a clock, or both, for choosing a date or a time instead of typing it."""

from __future__ import annotations

from PySide6.QtCore import QDate, QDateTime, QPoint, Qt, QTime, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTimeEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.client.editors import EditorKind
from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

_DATE = "yyyy-MM-dd"
_TIME = "HH:mm:ss"


class MomentPopup(QFrame):
    """Opens below a field, and goes when the person chose, pressed Escape, or turned elsewhere.

    Signals:
        chosen: the moment in the spelling of ISO 8601, such as ``2025-03-01`` or ``2025-03-01T16:04:00``.
    """

    chosen = Signal(str)

    def __init__(self, themes: Themes, kind: EditorKind, parent: QWidget) -> None:
        """`kind` is DATE, DATETIME or TIME."""
        super().__init__(parent, Qt.WindowType.Popup)
        self._themes = themes
        self._kind = kind
        self._zone = ""
        self.setObjectName(names.MOMENT_POPUP)
        self.setProperty("panel", "popup")
        self._calendar = QCalendarWidget()
        self._calendar.setObjectName(names.MOMENT_CALENDAR)
        self._calendar.setAccessibleName("Date")
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self._dress()
        themes.changed.connect(self._dress)
        themes.metrics.set(self._calendar, min_width=330, min_height=220)
        self._calendar.setVisible(kind is not EditorKind.TIME)
        self._calendar.activated.connect(self._on_calendar_activated)
        self._calendar.clicked.connect(self._on_calendar_clicked)
        self._time = QTimeEdit()
        self._time.setObjectName(names.MOMENT_TIME)
        self._time.setAccessibleName("Time")
        self._time.setDisplayFormat(_TIME)
        self._time.setProperty("variant", "code")
        layout = QVBoxLayout(self)
        layout.addWidget(self._calendar)
        layout.addLayout(self._build_foot(themes))
        themes.metrics.set(layout, margins=(8, 8, 8, 8), spacing=8)

    def show_at(self, corner: QPoint, text: str) -> None:
        """Open with the upper left corner at `corner`, at the moment in `text` if it holds one, else now."""
        moment, self._zone = _read(text, self._kind)
        self._calendar.setSelectedDate(moment.date())
        self._time.setTime(moment.time())
        self.adjustSize()
        screen = self.screen().availableGeometry()
        x = max(screen.left(), min(corner.x(), screen.right() - self.width()))
        fits = corner.y() + self.height() <= screen.bottom()
        y = corner.y() if fits else max(screen.top(), corner.y() - self.height())
        self.move(x, y)
        self.show()
        (self._time if self._kind is EditorKind.TIME else self._calendar).setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _dress(self) -> None:
        """Take Qt's own colours out of the calendar: weekends are days, not warnings."""
        day = QTextCharFormat()
        day.setForeground(self._themes.theme.color("t1"))
        for weekday in Qt.DayOfWeek:
            self._calendar.setWeekdayTextFormat(weekday, day)
        heading = QTextCharFormat()
        heading.setForeground(self._themes.theme.color("t3"))
        heading.setBackground(self._themes.theme.color("bg2"))
        self._calendar.setHeaderTextFormat(heading)
        for name, icon in (("qt_calendar_prevmonth", "cl"), ("qt_calendar_nextmonth", "cr")):
            button = self._calendar.findChild(QToolButton, name)
            if isinstance(button, QToolButton):
                self._themes.bind_icon(button, icon, "t2", 14)

    def _build_foot(self, themes: Themes) -> QHBoxLayout:
        now = QPushButton("Today" if self._kind is EditorKind.DATE else "Now")
        now.setProperty("variant", "ghost")
        now.setObjectName(names.MOMENT_NOW)
        now.setAccessibleName("Choose today" if self._kind is EditorKind.DATE else "Choose this moment")
        now.clicked.connect(self._on_now_clicked)
        use = QPushButton("Use it")
        use.setObjectName(names.MOMENT_USE)
        use.setAccessibleName("Use this moment")
        use.clicked.connect(self._choose)
        foot = QHBoxLayout()
        if self._kind is not EditorKind.DATE:
            label = QLabel("Time")
            label.setProperty("role", "caption")
            foot.addWidget(label)
            foot.addWidget(self._time)
        foot.addWidget(now)
        foot.addStretch(1)
        foot.addWidget(use)
        themes.metrics.set(foot, spacing=8)
        return foot

    def _choose(self) -> None:
        day = self._calendar.selectedDate().toString(_DATE)
        time = self._time.time().toString(_TIME) + self._zone
        text = {EditorKind.DATE: day, EditorKind.TIME: time}.get(self._kind, f"{day}T{time}")
        self.close()
        self.chosen.emit(text)

    def _on_calendar_activated(self, _: QDate) -> None:
        self._choose()

    def _on_calendar_clicked(self, _: QDate) -> None:
        if self._kind is EditorKind.DATE:  # with a time, a click is only half of the choice
            self._choose()

    def _on_now_clicked(self) -> None:
        self._calendar.setSelectedDate(QDate.currentDate())
        self._time.setTime(QTime.currentTime())
        self._choose()


def _read(text: str, kind: EditorKind) -> tuple[QDateTime, str]:
    """Return the moment in a text, now for what is missing, and the time zone as it is written there."""
    now = QDateTime.currentDateTime()
    day, _, rest = ("", "", text) if kind is EditorKind.TIME else text.replace(" ", "T").partition("T")
    time, zone = rest, ""
    for i, character in enumerate(rest):
        if character in "Zz+-":
            time, zone = rest[:i], rest[i:]
            break
    date = QDate.fromString(day, _DATE)
    clock = QTime.fromString(time, Qt.DateFormat.ISODate)
    return QDateTime(date if date.isValid() else now.date(), clock if clock.isValid() else now.time()), zone
