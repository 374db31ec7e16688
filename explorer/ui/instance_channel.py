"""How a second start of the program asks the first window to come to the front."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_RAISE = b"raise\n"
_PATIENCE_MS = 1000


def channel_name(folder: Path) -> str:
    """Return the name under which the window of a data folder listens."""
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()
    return f"fastapi-explorer-{digest[:16]}"


class InstanceChannel(QObject):
    """The first window's ear. Only the same user can speak to it.

    Signals:
        raise_requested: come to the front.

    """

    raise_requested = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = channel_name(folder)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self.on_server_new_connection)

    def listen(self) -> bool:
        """Begin to listen; False when that is not possible here, which costs only the convenience.

        Call it only as the holder of the folder's lock: what a crashed window left behind is removed.
        """
        QLocalServer.removeServer(self._name)
        return self._server.listen(self._name)

    def close(self) -> None:
        """Listen no longer."""
        self._server.close()

    def on_server_new_connection(self) -> None:
        """Take a caller in."""
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda caller=socket: self._read(caller))
            socket.disconnected.connect(socket.deleteLater)
            self._read(socket)  # what came before we were connected is not announced again

    def _read(self, socket: QLocalSocket) -> None:
        if socket.canReadLine() and socket.readLine().data() == _RAISE:
            socket.disconnectFromServer()
            self.raise_requested.emit()


def ask_to_raise(folder: Path) -> bool:
    """Ask the window of a data folder to come to the front; False when none answers within a second."""
    socket = QLocalSocket()
    socket.connectToServer(channel_name(folder))
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    socket.write(_RAISE)
    return socket.waitForBytesWritten(_PATIENCE_MS)
