"""Servers that misbehave, and the sentence that a person then reads: never a crash, never silence."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtWidgets import QLabel, QTableView, QWidget

from explorer.ui import names
from explorer.ui.widgets.elided_label import ElidedLabel

from .conftest import Person

OK = b"HTTP/1.1 200 OK\r\n"
MOST_DECODED = 50_000_000  # bytes; of the gigabyte that really is unpacked, a busy machine has half a minute's work


def answer(*headers: str, body: bytes = b"", status: bytes = OK) -> bytes:
    return status + "".join(f"{header}\r\n" for header in headers).encode("latin-1") + b"\r\n" + body


def bomb() -> bytes:
    """Return more zeros than are unpacked, in a thousandth of their bytes."""
    packed = gzip.compress(bytes(MOST_DECODED + 1_000_000))
    return answer("Content-Encoding: gzip", f"Content-Length: {len(packed)}", body=packed)


JSON = "Content-Type: application/json"
BAD: dict[str, bytes] = {
    "/wrong-type": answer("Content-Type: text/html", "Content-Length: 11", body=b'{"name": 1}'),
    "/truncated": answer(JSON, "Content-Length: 100", body=b'{"name": "Des'),
    "/too-long": answer(JSON, "Content-Length: 11", body=b'{"name": 1}and more'),
    "/invalid-utf-8": answer("Content-Type: text/plain", "Content-Length: 8", body=b"Gr\xfc\xdfe, A"),
    "/unknown-charset": answer("Content-Type: text/plain; charset=klingon", "Content-Length: 5", body=b"nuqne"),
    "/no-gzip": answer("Content-Encoding: gzip", "Content-Length: 7", body=b"no gzip"),
    "/cut-gzip": answer("Content-Encoding: gzip", "Content-Length: 30", body=gzip.compress(b"x" * 5_000)[:30]),
    "/headers": answer(*(f"X-Header-{number}: value" for number in range(10_000)), "Content-Length: 0"),
    "/dies": answer("Transfer-Encoding: chunked", body=b"5\r\nfirst\r\n"),
    "/no-http": b"220 mail.example.org ESMTP\r\n",
    "/nothing": b"",
    "/bad-chunk": answer("Transfer-Encoding: chunked", body=b"5\r\nfirst\r\nzz\r\n"),
}


class Villain:
    """Reads a request's head and answers with bytes that were prepared for its path."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            with connection:
                head = b""
                while b"\r\n\r\n" not in head and (more := connection.recv(65_536)):
                    head += more
                path = head.split(b" ")[1].decode() if b" " in head else ""
                connection.sendall(bomb() if path == "/bomb" else BAD.get(path, b""))

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(10)


@pytest.fixture
def villain() -> Iterator[Villain]:
    made = Villain()
    yield made
    made.close()


def ask(person: Person, url: str) -> None:
    person.write(names.REQUEST_URL, url)
    person.send()


def words(person: Person) -> str:
    """Return all that the response pane says about the answer."""
    panel = person.find(QWidget, names.RESPONSE_PANEL)
    labels = [label for label in panel.findChildren(QLabel) if label.isVisible()]
    return "\n".join(label.whole_text if isinstance(label, ElidedLabel) else label.text() for label in labels)


def says(person: Person, sentence: str) -> bool:
    return sentence in words(person)


SAID: dict[str, str] = {
    "/wrong-type": "The response says text/html, but the body looks like JSON.",
    "/truncated": "The body is not whole: 13 of 100 bytes arrived, and are shown.",
    "/too-long": "The server sent 8 bytes more than its Content-Length says (11)",
    "/invalid-utf-8": "UTF-8",
    "/unknown-charset": "klingon",
    "/no-gzip": "The header Content-Encoding says gzip, and the body is no gzip: it is shown as it came.",
    "/cut-gzip": "The body ends before its gzip encoding does: the part that arrived is shown.",
    "/dies": "The body is not whole: it broke off after 5 bytes, which are shown.",
    "/bad-chunk": "against the rules of HTTP",
    "/no-http": "is not HTTP",
    "/nothing": "The server closed the connection without an answer",
    "/bomb": f"The body unpacks to more than {MOST_DECODED:,} bytes, which may be a decompression bomb",
}


def test_that_every_bad_answer_is_told_in_a_sentence(
    person: Person, villain: Villain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.client.decoding.MOST_DECODED", MOST_DECODED)
    for path, sentence in SAID.items():
        ask(person, villain.url + path)
        person.until(partial(says, person, sentence))
    ask(person, f"{person.rooms.server.url}/items")
    assert person.read(names.RESPONSE_STATUS) == "200 OK", "the window goes on"


def test_that_what_came_before_a_server_died_can_be_read(person: Person, villain: Villain) -> None:
    ask(person, f"{villain.url}/dies")
    assert person.read(names.RESPONSE_STATUS) == "200 OK"
    person.until(lambda: person.read(names.RESPONSE_PRETTY) == "first")


def test_that_ten_thousand_headers_are_listed(person: Person, villain: Villain) -> None:
    ask(person, f"{villain.url}/headers")
    person.choose_tab(names.RESPONSE_TABS, "headers")
    assert person.find(QTableView, names.RESPONSE_HEADERS).model().rowCount() == 10_001


def test_that_a_header_that_would_smuggle_in_another_is_not_sent(person: Person) -> None:
    person.click(names.PARAMETERS_ADD.format(location="header"))
    person.write(names.PARAMETER_NAME.format(location="header", name="+0"), "X-Note: a")
    person.write(names.PARAMETER_VALUE.format(location="header", name="+0"), "b")
    person.click(names.COMPOSE_SEND)
    person.until(lambda: "cannot be the name of a header" in words(person))
