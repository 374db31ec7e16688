"""Where the files that ship with the program are: beside the code in a checkout, inside the package in a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


class MissingResourceError(Exception):
    """The program is installed without what ships with it. Its text is one sentence for a person."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}, which ships with FastAPI Explorer, is missing. Install FastAPI Explorer again.")


@cache
def resource_root() -> Path:
    """Return the folder that holds ``icons``, ``fonts`` and the others.

    Raises:
        MissingResourceError: there is none.

    """
    # The wheel's own first: a folder named `resources` beside an installed package may be anybody's.
    for folder in (_PACKAGE / "_resources", _PACKAGE.parent / "resources"):
        if folder.is_dir():
            return folder
    raise MissingResourceError("The folder of icons, fonts and styles")


def resource(path: str) -> Path:
    """Return the place of one file or folder, such as ``desktop``. It need not exist."""
    return resource_root() / path


def needed(path: str) -> Path:
    """Return the place of one without which no window can be shown, such as ``icons/icons.json``.

    Raises:
        MissingResourceError: it does not exist.

    """
    found = resource(path)
    if not found.exists():
        raise MissingResourceError(f"The file {found}")
    return found
