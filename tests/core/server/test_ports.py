from __future__ import annotations

import socket
import sys

import pytest

from explorer.server.ports import PortError, base_url, listen


def test_that_a_socket_says_it_is_tcp() -> None:
    # asyncio sets TCP_NODELAY only then, and without it each keep-alive answer waits 44 ms.
    with listen("127.0.0.1", 0, fixed=False) as sock:
        assert sock.proto == socket.IPPROTO_TCP


def test_that_the_port_is_held_from_the_first_moment() -> None:
    with listen("127.0.0.1", 0, fixed=False) as sock:
        port = sock.getsockname()[1]
        with pytest.raises(PortError, match=f"Port {port} is in use by another program"):
            listen("127.0.0.1", port, fixed=True)
        with listen("127.0.0.1", port, fixed=False) as other:
            assert other.getsockname()[1] > port


@pytest.mark.skipif(sys.platform != "linux", reason="other systems let anybody use low ports")
def test_that_a_forbidden_port_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(self: socket.socket, address: object) -> None:
        raise PermissionError(13, "Permission denied")

    # The test may run as root, who may use every port, so the system's answer is put in its mouth.
    monkeypatch.setattr(socket.socket, "bind", deny)
    with pytest.raises(PortError, match="does not let you use port 80"):
        listen("127.0.0.1", 80, fixed=True)
    with pytest.raises(PortError, match="All ports from 80 to 130 are taken"):
        listen("127.0.0.1", 80, fixed=False)


def test_that_a_name_nobody_has_is_explained() -> None:
    with pytest.raises(PortError, match="not an address of this machine"):
        listen("no such host", 0, fixed=False)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),  # noqa: S104 - that is what is tested
        ("::", "http://[::1]:8000"),
        ("::1", "http://[::1]:8000"),
        ("localhost", "http://localhost:8000"),
    ],
)
def test_that_the_address_is_one_this_machine_can_reach(host: str, url: str) -> None:
    assert base_url(host, 8000) == url
