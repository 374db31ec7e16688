"""The helper process: goes through large bodies, so that the window's process need not.

It reads requests from its standard input and answers on its standard output; see `messages`. It takes one after the
other. When the window ends, its input ends, and so does the process.
"""

from __future__ import annotations

import mmap
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue

from explorer.client.viewers.charset import Decoder
from explorer.client.viewers.index import index
from explorer.client.viewers.json_rows import JsonLayout
from explorer.client.viewers.members import Cursor, count, page, root
from explorer.client.viewers.messages import Message, encoded, messages
from explorer.client.viewers.rows import Checkpoint, Layout, LayoutError
from explorer.client.viewers.search import bytes_pattern, longest, pattern, search
from explorer.client.viewers.text_rows import TextLayout

_LAYOUTS: dict[str, Callable[[], Layout]] = {"json": JsonLayout, "text": TextLayout}
_CHUNKS_A_STEP = 128
_CONVERTED_AT_ONCE = 1024 * 1024
_NICER = 5  # steps below the window's priority


class _Files:
    """Files as bytes, without reading them."""

    def __init__(self) -> None:
        self._open: dict[str, mmap.mmap] = {}

    def data(self, request: Message) -> mmap.mmap | bytes:
        """Return the text that a request is about."""
        if "text" in request:
            return str(request["text"]).encode("utf-8", "replace")
        path = request["path"]
        if path not in self._open:
            with Path(path).open("rb") as file:
                self._open[path] = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return self._open[path]


_files = _Files()
_unfinished: set[Path] = set()


def _index(request: Message) -> Iterator[Message]:
    layout = _LAYOUTS[request["layout"]]()
    with Path(request["path"]).open("rb") as file:

        def read(position: int, length: int) -> bytes:
            file.seek(position)
            return file.read(length)

        size = file.seek(0, os.SEEK_END)
        for step in index(read, size, layout, Checkpoint(*request["start"]), _CHUNKS_A_STEP):
            yield {"checkpoints": step.checkpoints, "end": step.end, "bad": step.bad, "problem": step.problem}


def _convert(request: Message) -> Iterator[Message]:
    decoder = Decoder(request["charset"])
    with (
        Path(request["path"]).open("rb") as source,
        tempfile.NamedTemporaryFile(prefix="body-", delete=False) as target,
    ):
        path = Path(target.name)
        _unfinished.add(path)
        size = source.seek(0, os.SEEK_END)
        source.seek(0)
        done = 0
        while done < size:
            chunk = source.read(_CONVERTED_AT_ONCE)
            done = done + len(chunk) if chunk else size
            text = decoder.decode(chunk, final=done >= size)
            target.write(text.encode("utf-8", "replace"))
            yield {"searched": done, "size": size}
    _unfinished.discard(path)
    yield {"path": str(path), "bad": decoder.bad}


def _root(request: Message) -> Iterator[Message]:
    yield {"member": root(_files.data(request))}


def _page(request: Message) -> Iterator[Message]:
    found = page(_files.data(request), request["start"], Cursor(*request["cursor"]))
    yield {"members": found.members, "next": found.next}


def _count(request: Message) -> Iterator[Message]:
    yield {"count": count(_files.data(request), request["start"])}


def _find(request: Message) -> Iterator[Message]:
    text = request["wanted"]
    if request.get("as_bytes"):
        wanted = bytes_pattern(text)
    else:
        wanted = pattern(text, match_case=request["match_case"], as_json=request["as_json"])
    data = _files.data(request)
    for hits in search(data, wanted, longest(text)):
        yield {"spans": hits.spans, "searched": hits.searched, "size": len(data)}


def _follow(request: Message) -> Iterator[Message]:
    from explorer.client.viewers.paths import PathProblemError, check, evaluate

    try:
        check(request["wanted"])
        yield {"found": evaluate(_files.data(request), request["wanted"])}
    except PathProblemError as error:
        yield {"sentence": str(error)}


_JOBS: dict[str, Callable[[Message], Iterator[Message]]] = {
    "index": _index,
    "convert": _convert,
    "root": _root,
    "page": _page,
    "count": _count,
    "find": _find,
    "follow": _follow,
}


def _answer(request: Message, send: Callable[[Message], None]) -> None:
    key = request["id"]
    try:
        for reply in _JOBS[request["job"]](request):
            send({"id": key, **reply})
        send({"id": key, "done": True})
    except LayoutError as error:
        send({"id": key, "done": True, "broken": error.position})
    except (OSError, ValueError) as error:  # a file that is empty now cannot be mapped: a ValueError
        send({"id": key, "done": True, "gone": str(error)})
    except MemoryError:
        send({"id": key, "done": True, "sentence": "There is not enough memory for that."})


def main() -> None:
    """Serve until the input ends."""
    with suppress(AttributeError, OSError):
        os.nice(_NICER)
    requests: SimpleQueue[Message] = SimpleQueue()

    def listen() -> None:
        for request in messages(sys.stdin.buffer):
            requests.put(request)
        for path in _unfinished.copy():
            path.unlink(missing_ok=True)
        os._exit(0)  # whatever is under way: nobody waits for it

    threading.Thread(target=listen, daemon=True).start()
    output = sys.stdout.buffer

    def send(message: Message) -> None:
        output.write(encoded(message))
        output.flush()

    while True:
        _answer(requests.get(), send)


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        main()
