from __future__ import annotations

from pathlib import Path

from explorer.client.sockets.log import START, Rare, SocketLog
from explorer.client.sockets.record import Direction, FrameHead, FrameKind
from explorer.client.sockets.spill import BLOCK, SpillFolder


def test_that_an_entry_comes_back_as_it_was_put_in() -> None:
    log = SocketLog()
    head = FrameHead(fin=True, rsv=4, opcode=1, length=3, mask_key=b"abcd", start=b"\x01\x02\x03")
    log.append(at_ns=5, direction=Direction.SENT, kind=FrameKind.TEXT, payload=b"abc", head=head, index=0)
    rare = Rare(code=1001, reason="gone", problem="Odd.")
    log.append(at_ns=7, direction=Direction.RECEIVED, kind=FrameKind.CLOSE, payload=b"xy", automatic=True, rare=rare)
    first, second = log.entries(0, 10)
    assert (first.number, first.at_ns, first.direction, first.kind) == (0, 5, Direction.SENT, FrameKind.TEXT)
    assert (first.start, first.size, first.index, first.head) == (b"abc", 3, 0, head)
    assert (second.code, second.reason, second.problem) == (1001, "gone", "Odd.")
    assert second.automatic
    assert second.index is None


def test_that_a_message_the_server_saw_is_an_entry_like_others() -> None:
    log, other = SocketLog(), SocketLog()
    for index, (received, text) in enumerate([(False, True), (True, True), (True, False)]):
        log.append_message(7, received, text, b"be", 5_000, index)
        other.append(
            at_ns=7,
            direction=Direction.RECEIVED if received else Direction.SENT,
            kind=FrameKind.TEXT if text else FrameKind.BINARY,
            payload=b"be",
            size=5_000,
            index=index,
        )
    assert log.entries(0, 3) == other.entries(0, 3)
    assert (log.messages, log.size, log.payload(2)) == (other.messages, other.size, b"be")


def test_that_payloads_larger_than_the_memory_holds_come_back_whole_from_the_file(tmp_path: Path) -> None:
    folder = SpillFolder(tmp_path)
    log = SocketLog(folder)
    payloads = [bytes([number]) * (BLOCK // 3 + number) for number in range(20)]
    for number, payload in enumerate(payloads):
        log.append(at_ns=number, direction=Direction.RECEIVED, kind=FrameKind.BINARY, payload=payload)
    assert [log.payload(number) for number in range(20)] == payloads
    assert [len(entry.start) for entry in log.entries(0, 20)] == [START] * 20
    assert folder.settle(10)
    assert list(tmp_path.iterdir())
    assert [log.payload(number) for number in range(20)] == payloads
    log.close()
    assert not list(tmp_path.iterdir())


def test_that_the_trace_of_each_connection_is_known_by_entry() -> None:
    log = SocketLog()
    log.begin("a")
    log.append(at_ns=1, direction=Direction.SENT, kind=FrameKind.TEXT)
    log.begin("b")
    log.append(at_ns=2, direction=Direction.SENT, kind=FrameKind.TEXT)
    assert [log.trace_of(0), log.trace_of(1)] == ["a", "b"]


def test_that_a_folder_that_cannot_be_written_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way of the folder")
    folder = SpillFolder(tmp_path / "file" / "bodies")
    log = SocketLog(folder)
    for number in range(4):
        log.append(at_ns=number, direction=Direction.SENT, kind=FrameKind.BINARY, payload=bytes([number]) * BLOCK)
    assert folder.settle(10)
    assert [log.payload(number) for number in range(4)] == [bytes([number]) * BLOCK for number in range(4)]

    (tmp_path / "file").unlink()  # from now on all of it can be written, what waits in memory too
    log.append(at_ns=4, direction=Direction.SENT, kind=FrameKind.BINARY, payload=bytes([4]) * BLOCK)
    assert folder.settle(10)
    (file,) = (tmp_path / "file" / "bodies").iterdir()
    assert file.stat().st_size >= 5 * BLOCK
    assert [log.payload(number) for number in range(5)] == [bytes([number]) * BLOCK for number in range(5)]
    log.close()
