"""The button that chooses files, and says which one is chosen. Files can be dropped on it, too."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QSizePolicy, QWidget

from explorer.ui import names
from explorer.ui.models.file_facts import FileFact, file_name
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written
from explorer.ui.widgets.properties import set_property
from explorer.ui.wording import size_text


class FileButton(QPushButton):
    """Shows the name and size of a file.

    Signals:
        files_chosen: the person chose or dropped files; a tuple of their paths.
    """

    files_chosen = Signal(object)

    def __init__(self, themes: Themes, name: str, *, several: bool, parent: QWidget | None = None) -> None:
        """`name` says whose file it is; `several` whether more than one may be chosen at once."""
        super().__init__(parent)
        self._themes = themes
        self._name = name
        self._several = several
        self._whole = self._end = ""
        self.setProperty("variant", "file")
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes.bind_icon(self, "file", "t2", 13)
        self.clicked.connect(self.open_dialog)
        self.set_file(None, None)

    def set_file(self, path: str | None, fact: FileFact | None) -> None:
        """Show a file; `fact` is None while it is still looked up."""
        state = self._end = ""
        if fact is not None and fact.problem:
            self._end, state = f" · {fact.problem}", "invalid"
        elif fact is not None:
            self._end = f" · {size_text(fact.size or 0)}"
        if path is None:
            self._whole = "Choose files…" if self._several else "Choose file…"
        else:
            self._whole = file_name(path) + self._end
        set_property(self, "state", state)
        self.setAccessibleName(f"File of {self._name}: {self._whole}")
        self.setToolTip(as_written(path or "Choose a file, or drop one here"))
        self._fit()

    @property
    def whole_text(self) -> str:
        """What the button says, before anything is left out."""
        return self._whole

    def open_dialog(self) -> None:
        """Let the person choose; the window stays alive meanwhile."""
        dialog = QFileDialog(self.window(), f"Choose a file for {self._name}")
        dialog.setObjectName(names.REQUEST_FILE_DIALOG)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        mode = QFileDialog.FileMode.ExistingFiles if self._several else QFileDialog.FileMode.ExistingFile
        dialog.setFileMode(mode)
        dialog.filesSelected.connect(lambda paths: self.files_chosen.emit(tuple(paths)))
        dialog.open()

    @override
    def sizeHint(self) -> QSize:
        return QSize(80, super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = local_files(event)
        if paths:
            event.acceptProposedAction()
            self.files_chosen.emit(paths if self._several else paths[:1])

    def _fit(self) -> None:
        room = self.width() - self.iconSize().width() - 3 * self.fontMetrics().averageCharWidth() - 12
        metrics = self.fontMetrics()
        end = self._end if metrics.horizontalAdvance(self._end) < room else ""
        start = self._whole.removesuffix(end)
        room -= metrics.horizontalAdvance(end)
        self.setText(metrics.elidedText(start, Qt.TextElideMode.ElideMiddle, max(0, room)) + end)
        self._themes.fit_icon(self)


def local_files(event: QDropEvent) -> tuple[str, ...]:
    """Return the paths of the files that are dragged."""
    return tuple(url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile())
