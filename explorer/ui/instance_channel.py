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
        self._callers: list[QLocalSocket] = []
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
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.setParent(self)
            self._callers.append(socket)
            socket.readyRead.connect(self.on_caller_ready_read)
            socket.disconnected.connect(self.on_caller_disconnected)
        self.on_caller_ready_read()  # what came before we were connected is not announced again

    def on_caller_ready_read(self) -> None:
        """Read what callers want."""
        for socket in tuple(self._callers):  # who hears of it may let callers go
            if socket.canReadLine() and socket.readLine().data() == _RAISE:
                self.raise_requested.emit()

    def on_caller_disconnected(self) -> None:
        """Forget callers that have gone."""
        gone = [socket for socket in self._callers if socket.state() == QLocalSocket.LocalSocketState.UnconnectedState]
        for socket in gone:
            self._callers.remove(socket)
            socket.deleteLater()


def ask_to_raise(folder: Path) -> bool:
    """Ask the window of a data folder to come to the front; False when none answers within a second."""
    socket = QLocalSocket()
    socket.connectToServer(channel_name(folder))
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    socket.write(_RAISE)
    return socket.waitForBytesWritten(_PATIENCE_MS)
