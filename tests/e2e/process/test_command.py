"""The command without a display, and what the wheel carries."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

ROOT = Path(__file__).parents[3]


# A few of each kind: an answer, a dialog above the window, a room that is furnished when it is first entered.
STORIES = (
    "01-first-run",
    "02-list-items",
    "19-cookie-jar",
    "20-pasted-curl",
    "50-sockets-empty",
    "70-database-posted",
    "80-database-schema",
)


def test_that_the_tour_paints_its_screens_without_a_display(tmp_path: Path) -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    out = tmp_path / "pictures"
    options = ["--out", str(out), "--theme", "dark", "--size", "1280x720", "--only", ",".join(STORIES)]
    done = subprocess.run(
        [sys.executable, "-m", "explorer", "tour", *options],
        capture_output=True,
        text=True,
        check=False,
        env={name: value for name, value in os.environ.items() if name not in hidden},
    )
    assert (done.returncode, done.stderr) == (0, "")
    pictures = [out / f"{name}-dark.png" for name in STORIES]
    assert done.stdout.splitlines() == [str(picture) for picture in pictures]
    assert sorted(out.iterdir()) == pictures
    images = [QImage(str(picture)) for picture in pictures]
    assert {(image.width(), image.height()) for image in images} == {(1280, 720)}
    assert len({picture.read_bytes() for picture in pictures}) == len(pictures), "two pictures are alike"


def test_that_the_wheel_carries_resources_and_migrations(tmp_path: Path) -> None:
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not installed")
    built = subprocess.run(
        [uv, "build", "--wheel", "--offline", "--out-dir", tmp_path, ROOT], capture_output=True, text=True, check=False
    )
    if "hatchling" in built.stderr:
        pytest.skip("the build backend is not in uv's cache")
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    resources = {path.relative_to(ROOT / "resources") for path in (ROOT / "resources").rglob("*") if path.is_file()}
    assert {f"explorer/_resources/{path.as_posix()}" for path in resources} <= inside
    assert any(path.suffix == ".ttf" for path in resources)
    versions = {path.name for path in (ROOT / "demo_api/db/migrations/versions").glob("*.py")}
    assert {f"demo_api/db/migrations/versions/{name}" for name in versions} <= inside
    assert versions
    assert {"demo_api/alembic.ini", "demo_api/db/migrations/script.py.mako"} <= inside
    assert not [name for name in inside if name.startswith(("tests/", "benchmarks/", "resources/"))]
