"""What holds for the tree as a whole."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.ui import names

ROOT = Path(__file__).parents[2]
FOREIGN = {"explorer/trace": set(), "explorer/probe": {"starlette", "fastapi"}}


def python_files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Yield (top-level package, level of a relative import) for every import of a file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.split(".")[0], 0
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0], node.level


def test_that_the_import_contracts_hold() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([command], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("folder", sorted(FOREIGN))
def test_that_what_goes_into_other_environments_imports_the_standard_library_only(folder: str) -> None:
    allowed = sys.stdlib_module_names | FOREIGN[folder]
    strangers = {
        (path.name, package)
        for path in python_files(folder)
        for package, level in imports(path)
        if level == 0 and package not in allowed
    }

    assert strangers == set()


def test_that_object_names_are_unique_dotted_paths() -> None:
    values = [value for key, value in vars(names).items() if key.isupper()]

    assert len(values) == len(set(values))
    assert all(re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_{}]+)*", value) for value in values)


def test_that_no_colour_and_no_style_stands_in_a_widget() -> None:
    theme = ROOT / "explorer/ui/theme"
    offenders = [
        (path.relative_to(ROOT).as_posix(), number)
        for path in python_files("explorer/ui")
        if theme not in path.parents
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"#[0-9a-fA-F]{6}\b", line) or "setStyleSheet(" in line
    ]

    assert offenders == []


def test_that_no_committed_file_names_this_machine() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout
    paths = [ROOT / name for name in listed.decode().split("\0") if name.endswith((".py", ".md", ".toml", ".qss"))]

    assert [path.name for path in paths if path.exists() and str(ROOT) in path.read_text("utf-8")] == []
