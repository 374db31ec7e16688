from __future__ import annotations

import base64
import csv
import json
from pathlib import Path

import pytest

from explorer.client.draft import Value
from explorer.client.sockets.export import ExportOptions, LogFormat, export, lines_of_log
from explorer.client.sockets.log import Rare, SocketLog
from explorer.client.sockets.opening import opening_of
from explorer.client.sockets.record import Direction, FrameKind
from explorer.openapi.operations import Location
from tests.core.client.sockets.conftest import draft

SECRET = "s3cr3t-abcdef"


@pytest.fixture
def log() -> SocketLog:
    log = SocketLog()
    head = f"GET /ws?token={SECRET} HTTP/1.1\r\nAuthorization: Bearer {SECRET}\r\nHost: x\r\n\r\n".encode()
    log.append(at_ns=1, direction=Direction.SENT, kind=FrameKind.HANDSHAKE, payload=head, rare=Rare(code=101))
    said = b'{"password": "hunter22", "text": "gr\xc3\xbc\xc3\x9fe"}'
    log.append(at_ns=2_000_001, direction=Direction.SENT, kind=FrameKind.TEXT, payload=said, index=0)
    log.append(at_ns=3_000_001, direction=Direction.RECEIVED, kind=FrameKind.BINARY, payload=b"\x00\xff", index=0)
    log.append(at_ns=4_000_001, direction=Direction.RECEIVED, kind=FrameKind.TEXT, payload=b"=1+1", index=1)
    log.append(at_ns=5_000_001, direction=Direction.RECEIVED, kind=FrameKind.CLOSE, rare=Rare(code=1001, reason="gone"))
    return log


def _export(log: SocketLog, path: Path, format_: LogFormat, *, redact: bool = True) -> str:
    export(path, lines_of_log(log, "Ana"), ExportOptions(format=format_, redact=redact, secrets=frozenset({SECRET})))
    return path.read_bytes().decode()


def test_that_json_lines_hold_every_entry_with_its_time_and_no_secret(log: SocketLog, tmp_path: Path) -> None:
    text = _export(log, tmp_path / "log.jsonl", LogFormat.JSON_LINES)
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["kind"] for line in lines] == ["handshake", "text", "binary", "text", "close"]
    assert lines[1]["since_previous_ms"] == 2
    assert base64.b64decode(lines[2]["base64"]) == b"\x00\xff"
    assert (lines[4]["code"], lines[4]["reason"]) == (1001, "gone")
    assert "grüße" in lines[1]["text"]
    assert SECRET not in text
    assert "hunter22" not in text


def test_that_secrets_are_written_when_that_is_asked_for(log: SocketLog, tmp_path: Path) -> None:
    assert SECRET in _export(log, tmp_path / "log.jsonl", LogFormat.JSON_LINES, redact=False)


@pytest.mark.parametrize("format_", list(LogFormat))
def test_that_headers_and_cookies_that_were_typed_are_masked_wherever_they_are_said(
    format_: LogFormat, tmp_path: Path
) -> None:
    typed = (
        Value(location=Location.HEADER, name="Authorization", text="Bearer abcd1234efgh"),
        Value(location=Location.HEADER, name="Cookie", text="theme=dark; session=wxyz5678ijkl"),
        Value(location=Location.COOKIE, name="session_id", text="qrst9012mnop"),
    )
    opening = opening_of(draft("/ws", values=typed), "http://127.0.0.1:8000", None, "dGhlIHNhbXBsZSBub25jZQ==")
    log = SocketLog()
    head = opening.head()
    log.append(at_ns=1, direction=Direction.SENT, kind=FrameKind.HANDSHAKE, payload=head, rare=Rare(code=101))
    echoed = b"You are abcd1234efgh, wxyz5678ijkl and qrst9012mnop"
    log.append(at_ns=2, direction=Direction.RECEIVED, kind=FrameKind.TEXT, payload=echoed, index=0)
    secrets = ("abcd1234efgh", "wxyz5678ijkl", "qrst9012mnop")

    def export_to(name: str, *, redact: bool) -> str:
        options = ExportOptions(format=format_, redact=redact, secrets=frozenset(opening.secrets))
        export(tmp_path / name, lines_of_log(log, "Ana"), options)
        return (tmp_path / name).read_text()

    masked = export_to("masked", redact=True)
    assert [secret for secret in secrets if secret in masked] == []
    assert "You are" in masked
    assert all(secret in export_to("whole", redact=False) for secret in secrets)


def test_that_a_spreadsheet_runs_nothing_of_what_was_received(log: SocketLog, tmp_path: Path) -> None:
    text = _export(log, tmp_path / "log.csv", LogFormat.CSV)
    rows = list(csv.DictReader(text.splitlines(keepends=True)))
    assert rows[3]["text"] == "'=1+1"
    assert rows[2]["direction"] == "from server"


def test_that_the_text_says_who_said_what_in_one_line_each(log: SocketLog, tmp_path: Path) -> None:
    lines = _export(log, tmp_path / "log.txt", LogFormat.TEXT).splitlines()
    assert "Ana ← close 0 B  1001 gone" in lines[-1]
