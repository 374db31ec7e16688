import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.testclient import WebSocketDenialResponse, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect


def close_code(socket: WebSocketTestSession) -> int:
    """Wait until the server closes, and return the code."""
    with pytest.raises(WebSocketDisconnect) as closed:
        socket.receive_text()
    return closed.value.code


def refusal_code(client: TestClient, path: str) -> int:
    """Try to open a socket that is refused, and return the code."""
    with pytest.raises(WebSocketDisconnect) as closed, client.websocket_connect(path):
        pass
    return closed.value.code


def test_that_the_echo_answers_until_the_client_goes(client: TestClient) -> None:
    with client.websocket_connect("/ws/echo") as socket:
        for word in ("one", "", "Grüße 🎈"):
            socket.send_text(word)
            assert socket.receive_text() == f"You said: {word}"


def test_that_json_is_answered_even_when_it_is_wrong(client: TestClient) -> None:
    with client.websocket_connect("/ws/json") as socket:
        socket.send_json({"name": "Desk lamp", "quantity": 2})
        assert socket.receive_json() == {"text": "2 × Desk lamp, noted.", "mistakes": []}
        socket.send_json({"name": "Desk lamp", "quantity": 0})
        assert socket.receive_json()["mistakes"] == ["quantity: Input should be greater than or equal to 1"]
        socket.send_text('{"name": "Desk lamp",')
        assert socket.receive_json()["mistakes"][0].startswith("message: Invalid JSON")


def test_that_bytes_come_back_turned_round(client: TestClient) -> None:
    with client.websocket_connect("/ws/bytes") as socket:
        socket.send_bytes(b"\x00\x01\xff")
        assert socket.receive_bytes() == b"\xff\x01\x00"


@pytest.mark.parametrize("path", ["/ws/echo", "/ws/json"])
def test_that_bytes_for_a_text_socket_are_closed_with_1003(client: TestClient, path: str) -> None:
    with client.websocket_connect(path) as socket:
        socket.send_bytes(b"bytes")
        assert close_code(socket) == 1003


def test_that_too_long_a_message_is_closed_with_1009(client: TestClient) -> None:
    with client.websocket_connect("/ws/echo") as socket:
        socket.send_text("x" * 10_001)
        assert close_code(socket) == 1009
    with client.websocket_connect("/ws/bytes") as socket:
        socket.send_bytes(b"x" * 10_001)
        assert close_code(socket) == 1009


def test_that_the_opening_carries_query_cookie_header_and_dependency(client: TestClient) -> None:
    client.cookies.set("visitor", "v-7")
    with client.websocket_connect("/ws/handshake?lang=de", headers={"user-agent": "test"}) as socket:
        assert socket.receive_json() == {"lang": "de", "visitor": "v-7", "user_agent": "test", "user": "Ada"}
        assert vars(socket)["extra_headers"] == [(b"x-handshake", b"read")]
        assert close_code(socket) == 1000


@pytest.mark.parametrize("code", [1000, 1001, 1008, 1013, 3000, 4999])
def test_that_a_close_code_says_why(client: TestClient, code: int) -> None:
    with client.websocket_connect(f"/ws/close/{code}") as socket:
        assert close_code(socket) == code


@pytest.mark.parametrize("code", [1005, 1006, 1015, 2000])
def test_that_some_codes_are_never_sent(client: TestClient, code: int) -> None:
    with pytest.raises(WebSocketDenialResponse) as refused, client.websocket_connect(f"/ws/close/{code}"):
        pass
    assert refused.value.status_code == 400


def test_that_a_refusal_before_accept_is_an_http_answer(client: TestClient) -> None:
    assert refusal_code(client, "/ws/refused/close") == 1008
    with pytest.raises(WebSocketDenialResponse) as answered, client.websocket_connect("/ws/refused/answer"):
        pass
    assert (answered.value.status_code, answered.value.json()) == (401, {"detail": "Who are you?"})
    with pytest.raises(RuntimeError, match="before the socket was open"), client.websocket_connect("/ws/refused/bug"):
        pass


@pytest.mark.parametrize("path", ["/ws/rooms/Hall", "/ws/rooms/hall?name=", "/ws/close/9", "/ws/refused/rudely"])
def test_that_what_does_not_validate_is_refused(client: TestClient, path: str) -> None:
    assert refusal_code(client, path) == 1008


def test_that_a_ticket_opens_one_private_connection(client: TestClient) -> None:
    ticket = client.post("/ws/tickets").json()["ticket"]
    with client.websocket_connect(f"/ws/private?ticket={ticket}") as socket:
        assert socket.receive_json() == {"user_id": 1}
    for query in (f"?ticket={ticket}", "?ticket=guess", ""):
        assert refusal_code(client, f"/ws/private{query}") == 1008


def test_that_a_ticket_may_travel_as_a_subprotocol(client: TestClient) -> None:
    ticket = client.post("/ws/tickets").json()["ticket"]
    with client.websocket_connect("/ws/private", subprotocols=["ticket", ticket]) as socket:
        assert vars(socket)["accepted_subprotocol"] == "ticket"
        assert socket.receive_json() == {"user_id": 1}


def test_that_sockets_are_not_in_openapi(documentation: dict[str, Any]) -> None:
    paths: dict[str, Any] = documentation["paths"]
    assert {path for path in paths if path.startswith("/ws")} == {
        "/ws/rooms",
        "/ws/rooms/{room_name}/messages",
        "/ws/tickets",
    }
    assert "/ws/echo" not in json.dumps(paths)
