"""Dialogs that are waited for, while everything else goes on."""

from __future__ import annotations

import asyncio

from PySide6.QtWidgets import QDialog


async def until_closed(dialog: QDialog) -> None:
    """Show a dialog, wait until the person closes it, and take it away."""
    over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    dialog.finished.connect(lambda _result: None if over.done() else over.set_result(None))
    dialog.show()
    try:
        await over
    finally:
        dialog.hide()
        dialog.deleteLater()
