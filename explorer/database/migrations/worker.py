"""The helper process of migrations: it alone imports Alembic and the app's own migrations.

It reads requests from its standard input and answers on its standard output, an object in JSON a line:

- ``{"job": "chain", "ini": …}`` → ``{"revisions": […]}``
- ``{"job": "go", "ini": …, "url": …, "file": …, "variables": …, "up": …, "target": …}`` → ``{"sql": …}`` for each
  statement, then ``{"done": true}``
- and ``{"error": sentence, "details": …, "kind": …}`` when it fails.

It ends with its input, or when nobody asked anything for two minutes.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

_IDLE_SECONDS = 120.0
_MOST_STATEMENTS = 2_000  # that are told; the others are counted
_LONGEST_STATEMENT = 4_000
_CREATED = re.compile(r"^Create Date:[ \t]*(.+?)[ \t]*$", re.MULTILINE)
_LOOKING_AROUND = re.compile(
    r"\s*(PRAGMA\b|SELECT\b[^;]*\b(sqlite_(temp_)?(master|schema)|alembic_version)\b)", re.IGNORECASE | re.DOTALL
)

Message = dict[str, Any]
Send = Callable[[Message], None]


class ForeignDatabaseError(Exception):
    """The app's ``env.py`` opened another database than it was told to."""


def main() -> None:
    """Serve until the input ends."""
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a migration prints must not get between our lines

    def send(message: Message) -> None:
        output.write(json.dumps(message).encode() + b"\n")
        output.flush()

    while True:
        idle = threading.Timer(_IDLE_SECONDS, os._exit, (0,))
        idle.daemon = True
        idle.start()
        line = sys.stdin.buffer.readline()
        idle.cancel()
        if not line:
            return
        answer(json.loads(line), send)


def answer(request: Message, send: Send) -> None:
    """Do what a request asks for; whatever an app's code raises becomes an answer."""
    try:
        with redirect_stdout(io.StringIO()):
            _JOBS[request["job"]](request, send)
    except ImportError as error:
        if (error.name or "").partition(".")[0] == "alembic":
            send({"error": "Alembic is not installed beside the app: pip install alembic.", "kind": "no_alembic"})
        else:
            send(_failure(error))
    except SystemExit as error:
        send({"error": f"The migration ended the process ({error.code}).", "details": traceback.format_exc()})
    except Exception as error:  # noqa: BLE001 - an app's own code runs here
        send(_failure(error))


def _chain(request: Message, send: Send) -> None:
    from alembic.script import ScriptDirectory

    script = ScriptDirectory.from_config(_config(request))
    heads = set(script.get_heads())
    found = []
    for one in script.walk_revisions():  # the newest first
        path = Path(one.path)
        doc = one.module.__doc__ or ""
        created = _CREATED.search(doc)
        found.append(
            {
                "id": one.revision,
                "title": one.doc or path.stem,
                "parents": _names(one.down_revision),
                "depends": _names(one.dependencies),
                "created": created[1] if created else "",
                "head": one.revision in heads,
                "path": str(path),
                "source": path.read_text("utf-8", "replace"),
            }
        )
    send({"revisions": found})


def _go(request: Message, send: Send) -> None:
    from alembic import command

    config = _config(request)
    config.set_main_option("sqlalchemy.url", request["url"].replace("%", "%%"))
    before = {name: os.environ.get(name) for name in request["variables"]}
    os.environ.update(request["variables"])
    try:
        with _watched(Path(request["file"]), send):
            (command.upgrade if request["up"] else command.downgrade)(config, request["target"])
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
    send({"done": True})


def _config(request: Message) -> Any:
    from alembic.config import Config

    ini = Path(request["ini"])
    os.chdir(ini.parent)  # where people run it, and paths in it may be relative
    return Config(str(ini))


@contextmanager
def _watched(file: Path, send: Send) -> Iterator[None]:
    """Tell each statement that runs, and let no database be opened but `file`."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    told = 0

    def tell(sql: str, many: int = 1) -> None:
        nonlocal told
        told += 1
        if told <= _MOST_STATEMENTS:
            text = sql.strip().rstrip(";")[:_LONGEST_STATEMENT]
            send({"sql": f"{text}  -- {many} times" if many > 1 else text})
        elif told % 1_000 == 0:
            send({"more": told - _MOST_STATEMENTS})

    def on_execute(_connection: Any, _cursor: Any, sql: str, parameters: Any, _context: Any, executemany: bool) -> None:
        if not _LOOKING_AROUND.match(sql):
            tell(sql, len(parameters) if executemany else 1)

    def on_connect(dialect: Any, _record: Any, arguments: Any, _options: Any) -> None:
        named = str(arguments[0]) if dialect.name == "sqlite" and arguments else dialect.name
        if named != ":memory:" and not _is(named, file):
            raise ForeignDatabaseError(named)

    watchers: tuple[tuple[str, Callable[..., Any]], ...] = (
        ("before_cursor_execute", on_execute),
        ("do_connect", on_connect),
        ("commit", lambda _connection: tell("COMMIT")),
        ("rollback", lambda _connection: tell("ROLLBACK")),
    )
    for name, watcher in watchers:
        event.listen(Engine, name, watcher)
    try:
        yield
    finally:
        for name, watcher in watchers:
            event.remove(Engine, name, watcher)


def _is(named: str, file: Path) -> bool:
    path = named.removeprefix("file:").partition("?")[0]
    try:
        return Path(path).samefile(file)
    except OSError:
        return False


def _failure(error: Exception) -> Message:
    reason = getattr(error, "orig", None) or error
    text = " ".join(str(reason).split()) or type(reason).__name__
    kind = "locked" if "database is locked" in text else ""
    if isinstance(error, ForeignDatabaseError):
        return {
            "error": f"The migrations' env.py opened {text} instead of the database it was given: nothing was run.",
            "kind": "foreign",
        }
    return {"error": text, "details": traceback.format_exc(), "kind": kind}


def _names(value: Any) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else [str(one) for one in value]


_JOBS: dict[str, Callable[[Message, Send], None]] = {"chain": _chain, "go": _go}

if __name__ == "__main__":
    main()
