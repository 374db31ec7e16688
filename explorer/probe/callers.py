"""Which line of the app caused a statement: the innermost frame that belongs to no library."""

from __future__ import annotations

import os
import sys
import sysconfig
from types import CodeType, FrameType
from typing import Any

_OURS = os.path.dirname(os.path.abspath(__file__)) + os.sep  # noqa: PTH100,PTH120 - compared with co_filename, as text
_STANDARD = tuple(
    os.path.join(sysconfig.get_paths()[key], "")  # noqa: PTH118
    for key in ("stdlib", "platstdlib")
)
_INSTALLED = (f"{os.sep}site-packages{os.sep}", f"{os.sep}dist-packages{os.sep}")
_MACHINERY = {"sqlalchemy", "sqlmodel", "aiosqlite", "greenlet", "alembic", "starlette", "fastapi", "anyio", "uvicorn"}
_MOST_FRAMES = 120

_APP, _LIBRARY, _PLUMBING = 2, 1, 0
_known: dict[str, int] = {}


def caller(frame: FrameType | None) -> dict[str, Any]:
    """Return ``file``, ``line`` and ``function`` of the app's code at or outside `frame`; empty when there is none.

    A library that is neither SQLAlchemy nor part of the server is taken when no code of the app's own is found: an app
    may be installed itself.
    """
    second: tuple[CodeType, int] | None = None
    for _ in range(_MOST_FRAMES):
        if frame is None:
            break
        code = frame.f_code
        rank = _known.get(code.co_filename)
        if rank is None:
            rank = _rank(code.co_filename)
        if rank == _APP:
            return _described(code, frame.f_lineno)
        if rank == _LIBRARY and second is None:
            second = code, frame.f_lineno
        frame = frame.f_back if frame.f_back is not None else _outside_greenlet(frame)
    return _described(*second) if second is not None else {}


def _described(code: CodeType, line: int) -> dict[str, Any]:
    return {"file": code.co_filename, "line": line, "function": code.co_name}


def _rank(file: str) -> int:
    rank = _APP
    if file.startswith(("<", _OURS)):
        rank = _PLUMBING
    else:
        for folder in _INSTALLED:
            _, found, inside = file.rpartition(folder)
            if found:
                rank = _PLUMBING if inside.split(os.sep, 1)[0].removesuffix(".py") in _MACHINERY else _LIBRARY
                break
        else:
            if file.startswith(_STANDARD):
                rank = _PLUMBING
    if len(_known) < 5000:
        _known[file] = rank
    return rank


def _outside_greenlet(frame: FrameType) -> FrameType | None:
    """Return where a greenlet was entered, when `frame` is the outermost of the running one.

    SQLAlchemy runs its synchronous half in a greenlet when it is awaited; the app's code stands outside it.
    """
    greenlet = sys.modules.get("greenlet")
    if greenlet is None:
        return None
    current = greenlet.getcurrent()
    parent = current.parent
    outside = parent.gr_frame if parent is not None else None
    return outside if isinstance(outside, FrameType) and outside is not frame else None
