"""The cookie jar on the screen: which of its cookies fit the request, and the window that shows all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QObject

from explorer.client.cookies import CookieJar
from explorer.ui.panels.request_panel import RequestPanel
from explorer.ui.tasks import Tasks
from explorer.ui.theme.manager import Themes

if TYPE_CHECKING:
    from explorer.ui.dialogs.cookie_jar import CookieJarDialog


class CookiesController(QObject):
    """Keeps the panel and the window in step with the jar."""

    def __init__(
        self,
        panel: RequestPanel,
        jar: CookieJar,
        themes: Themes,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._jar = jar
        self._url = ""
        self._themes = themes
        self._tasks = tasks
        self._dialog: CookieJarDialog | None = None
        self._unsubscribe = jar.subscribe(self.refresh)
        self.destroyed.connect(lambda _=None, unsubscribe=self._unsubscribe: unsubscribe())
        panel.jar_requested.connect(self.on_panel_jar_requested)
        panel.url_shown.connect(self.on_panel_url_shown)

    def refresh(self) -> None:
        """Show what is in the jar now, and what of it fits the request in front."""
        self._panel.set_jar_cookies(self._jar.for_url(self._url) if self._url else ())
        if self._dialog is not None:
            self._dialog.set_cookies(self._jar.cookies())

    def on_panel_url_shown(self, url: str) -> None:
        """Look which cookies fit another URL."""
        self._url = url
        self._panel.set_jar_cookies(self._jar.for_url(url) if url else ())

    def on_panel_jar_requested(self) -> None:
        """Open the jar, or bring it to the front."""
        if self._dialog is None:
            self._tasks.start(self._show_jar(), "show the cookie jar")
            return
        self._dialog.raise_()
        self._dialog.activateWindow()

    async def _show_jar(self) -> None:
        from explorer.ui.dialogs.cookie_jar import CookieJarDialog

        host = _host_of(self._url) or "127.0.0.1"
        dialog = self._dialog = CookieJarDialog(self._themes, host, self._panel.window())
        dialog.cookie_set.connect(self._jar.set)
        dialog.cookie_removed.connect(self._jar.remove)
        dialog.cleared.connect(self._jar.clear)
        dialog.set_cookies(self._jar.cookies())
        try:
            await dialog.closing()
        finally:
            self._dialog = None
            dialog.hide()
            dialog.deleteLater()


def _host_of(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:  # it is being typed
        return None
