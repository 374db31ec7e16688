"""The shelf: a folder of texts that clients may read by path, and nothing outside of it."""

from pathlib import Path

from demo_api.errors import NotFoundError

SHELF = Path(__file__).parents[1] / "shelf"


def find_on_shelf(file_path: str, shelf: Path = SHELF) -> Path:
    """Return the file that a client names, if it is on the shelf.

    First the path is resolved, `..` and links and all; then it is asked where it ended up. Looking for `..` in the text
    would miss the other ways out.

    Raises:
        NotFoundError: it is not there, or not on the shelf. The answer is the same, so that nobody learns what is
            elsewhere.
    """
    try:
        path = (shelf / file_path).resolve()
        if path.is_relative_to(shelf.resolve()) and path.is_file():
            return path
    except (OSError, ValueError, RuntimeError):  # too long, with a null byte, or a link that leads to itself
        pass
    raise NotFoundError("There is no such text on the shelf. GET /shelf lists them.")


def list_shelf(shelf: Path = SHELF) -> list[str]:
    """Return the paths of all texts, as a client writes them."""
    return sorted(path.relative_to(shelf).as_posix() for path in shelf.rglob("*.txt"))
