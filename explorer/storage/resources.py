"""Where the files that ship with the program are: beside the code in a checkout, inside the package in a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def resource_root() -> Path:
    """Return the folder that holds ``icons``, ``fonts`` and the others.

    Raises:
        FileNotFoundError: the program is installed without its resources.

    """
    # The wheel's own first: a folder named `resources` beside an installed package may be anybody's.
    for folder in (_PACKAGE / "_resources", _PACKAGE.parent / "resources"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("The files that ship with FastAPI Explorer are missing. Install it again.")


def resource(path: str) -> Path:
    """Return the place of one file or folder, such as ``icons/icons.json``. It need not exist."""
    return resource_root() / path
