from __future__ import annotations

import json
from pathlib import Path

from explorer.client.draft import Auth, AuthKind, Value
from explorer.client.sockets.drafts import MOST_SENT, read_all, remember, to_plain
from explorer.client.sockets.record import Composed, MessageKind
from explorer.openapi.operations import Location
from explorer.storage.sockets import SavedSockets, sockets_document
from tests.core.client.sockets.conftest import draft


def test_that_a_client_comes_back_from_the_disk_without_its_secrets_which_are_asked_for(tmp_path: Path) -> None:
    told = Composed(kind=MessageKind.JSON, text='{"password": "hunter22"}')
    token = Value(location=Location.QUERY, name="token", text="abcd1234")
    auth = Auth(kind=AuthKind.BEARER, token="zyxw9876")
    client = remember(draft("/ws/{room}", values=(token,), auth=auth), told)
    document = sockets_document(tmp_path / "sockets.json")
    raw = document.encode(SavedSockets(clients=(to_plain(client),), chosen="a", endpoint="/ws/{room}", held=False))
    document.path.write_bytes(raw)
    saved, problem = document.load()
    assert problem is None
    assert (saved.chosen, saved.endpoint, saved.held) == ("a", "/ws/{room}", False)
    ((back,), _) = read_all(saved.clients)
    assert (back.name, back.request.path) == ("Ana", "/ws/{room}")
    assert back.request.auth.ask
    assert back.request.values[0].ask
    assert not any(secret in raw.decode() for secret in ("abcd1234", "zyxw9876", "hunter22"))


def test_that_headers_and_cookies_that_let_somebody_in_are_not_saved_and_asked_for_anew(tmp_path: Path) -> None:
    typed = (
        Value(location=Location.HEADER, name="Authorization", text="Basic YW5hOnNlY3JldA=="),
        Value(location=Location.HEADER, name="Cookie", text="session=wxyz5678"),
        Value(location=Location.COOKIE, name="session_id", text="qrst9012"),
        Value(location=Location.HEADER, name="Accept-Language", text="pt"),
    )
    document = sockets_document(tmp_path / "sockets.json")
    document.path.write_bytes(document.encode(SavedSockets(clients=(to_plain(draft("/ws", values=typed)),))))
    raw = document.path.read_text()
    assert not any(secret in raw for secret in ("YW5hOnNlY3JldA", "wxyz5678", "qrst9012"))
    saved, _ = document.load()
    ((back,), _) = read_all(saved.clients)
    assert [(value.name, value.ask) for value in back.request.values] == [
        ("Authorization", True), ("Cookie", True), ("session_id", True), ("Accept-Language", False),
    ]  # fmt: skip
    assert back.request.values[3].text == "pt"


def test_that_what_cannot_be_read_is_left_for_who_can_and_the_rest_is_read() -> None:
    good = json.loads(json.dumps(to_plain(draft())))
    clients, unreadable = read_all([{"id": 5}, good])
    assert [client.name for client in clients] == ["Ana"]
    assert unreadable == ({"id": 5},)


def test_that_what_was_sent_is_remembered_once_and_not_for_ever() -> None:
    client = draft()
    for number in range(MOST_SENT + 5):
        client = remember(client, Composed(text=str(number), repeat_seconds=1.0))
    client = remember(client, Composed(text="20"))
    assert len(client.sent) == MOST_SENT
    assert [each.text for each in client.sent].count("20") == 1
    assert client.sent[-1] == Composed(text="20")
