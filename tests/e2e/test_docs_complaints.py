"""What people who try their FastAPI app at /docs complain of, each shown solved in the window."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QFileDialog, QWidget

from explorer.ui import names

from .conftest import CONTROL, Person
from .trial import Trial


def answer(person: Person) -> Any:
    response = person.last_exchange.response
    assert response is not None
    return json.loads(response.body.read())


def rows(person: Person, name: str) -> list[str]:
    """Return the rows of a table, each as one text."""
    model = person.find(QAbstractItemView, name).model()
    columns = range(model.columnCount())
    return [" ".join(str(model.index(row, column).data()) for column in columns) for row in range(model.rowCount())]


def test_that_cookies_are_sent(trier: Person) -> None:
    trier.choose("POST /cookies")
    trier.send()
    trier.choose("GET /cookies")
    trier.send()
    assert answer(trier) == {"flavour": "vanilla", "theme": "dark"}
    trier.write(names.PARAMETER_VALUE.format(location="cookie", name="flavour"), "lemon")
    trier.send()
    assert answer(trier) == {"flavour": "lemon", "theme": "dark"}, "what the person writes wins over the jar"


def test_that_a_list_of_upload_files_is_no_list_of_text_boxes(trier: Person, tmp_path: Path) -> None:
    files = [tmp_path / "a.txt", tmp_path / "b.bin"]
    for file in files:
        file.write_bytes(b"x" * 70_000)
    trier.choose("POST /many-files")
    trier.click(names.ROW_FILE.format(index=0))
    dialog = trier.find(QFileDialog, names.REQUEST_FILE_DIALOG)
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    dialog.filesSelected.emit([str(file) for file in files])
    dialog.close()
    trier.send()
    assert answer(trier) == [["a.txt", 70_000], ["b.bin", 70_000]]


def test_that_a_list_in_a_form_is_not_sent_as_one_text_with_commas(trier: Person) -> None:
    trier.choose("POST /tags")
    trier.write(names.ROW_VALUE.format(index=0), "a")
    trier.click(names.ROW_MORE.format(index=0))
    trier.write(names.ROW_VALUE.format(index=1), "b")
    trier.send()
    assert answer(trier) == ["a", "b"]


def test_that_an_optional_file_gives_no_422(trier: Person) -> None:
    trier.choose("POST /optional-file")
    trier.write(names.ROW_VALUE.format(index=0), "hello")
    trier.send()
    assert trier.read(names.RESPONSE_STATUS) == "200 OK"
    assert answer(trier) == "hello: none"


def test_that_a_stream_is_shown_before_its_end(trier: Person, trial: Trial) -> None:
    trier.choose("GET /sse")
    with trier.exchange():
        trier.press(Qt.Key.Key_Return, CONTROL)
        trier.until(lambda: trier.sees(names.RESPONSE_EVENTS) and len(rows(trier, names.RESPONSE_EVENTS)) == 1)
        assert not trial.gate.is_set(), "the server has sent one of three"
        trial.gate.set()
    assert len(rows(trier, names.RESPONSE_EVENTS)) == 3


def test_that_nothing_is_blank_offline(trier: Person) -> None:
    trier.write(names.REQUEST_URL, f"{trier.rooms.server.url}/docs")
    trier.send()
    response = trier.last_exchange.response
    assert response is not None
    loaded = re.findall(r"""(?:src|href)=["']([^"']+)""", response.body.read().decode())
    assert loaded
    assert [address for address in loaded if "//" in address] == [], "everything comes from this server"


def test_that_an_optional_enum_keeps_its_drop_down(trier: Person) -> None:
    trier.choose("GET /parameters/{place}")
    box = trier.find(QWidget, names.PARAMETER_VALUE.format(location="query", name="size")).parent()
    assert isinstance(box, QComboBox)
    assert [box.itemText(number) for number in range(box.count())] == ["small", "large"]


def test_that_a_login_is_not_lost_on_reload(trier: Person) -> None:
    trier.choose("GET /me")
    trier.choose_tab(names.REQUEST_TABS, "auth")
    trier.write(names.AUTH_FIELD.format(name="username"), "ada")
    trier.write(names.AUTH_FIELD.format(name="password"), "engine")
    trier.send()
    assert answer(trier) == {"user": "ada"}
    trier.restart()
    trier.send()
    assert answer(trier) == {"user": "ada"}
    assert trier.read(names.AUTH_TOKEN_STATE).startswith("Token until ")


def test_that_set_cookie_is_not_hidden(trier: Person) -> None:
    trier.choose("POST /cookies")
    trier.send()
    trier.choose_tab(names.RESPONSE_TABS, "headers")
    sent = [row for row in rows(trier, names.RESPONSE_HEADERS) if row.lower().startswith("set-cookie")]
    assert len(sent) == 2
    trier.choose_tab(names.RESPONSE_TABS, "cookies")
    assert ["flavour" in row or "theme" in row for row in rows(trier, names.RESPONSE_COOKIES)] == [True, True]


def test_that_redirects_are_not_followed_invisibly(trier: Person) -> None:
    trier.choose("GET /hops/{left}")
    trier.write(names.PARAMETER_VALUE.format(location="path", name="left"), "2")
    trier.send()
    assert trier.read(names.RESPONSE_STATUS) == "200 OK"
    trier.choose_tab(names.RESPONSE_TABS, "redirects")
    hops = rows(trier, names.RESPONSE_REDIRECTS)
    assert [f"/hops/{left}" in hop and "307" in hop for left, hop in zip((2, 1, 0), hops[:3], strict=True)] == [
        True
    ] * 3
