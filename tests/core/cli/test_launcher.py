"""The program in the menu of programs: on Linux as a person does it, on other systems by what would be written."""

from __future__ import annotations

import plistlib
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.cli import main
from explorer.cli.arguments import parse
from explorer.cli.launcher.command import launcher_for
from explorer.cli.launcher.linux import desktop_entry
from explorer.cli.launcher.windows import command_file
from explorer.storage.resources import resource
from tests.desktop import command_of, value_of

NAME = "fastapi-explorer"
STARTS = ["-P", "-m", "explorer"]
AWKWARD = ("/usr/bin", "/home/a b", "/100% of/50%", "/it's; (x) & $HOME `id` #1", '/a "b"', "/back\\slash", "/größe~")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the desktop of this test looks for programs; another program is there already."""
    if sys.platform in {"win32", "darwin"}:
        pytest.skip("desktop entries are for Linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    for path in ("applications/other.desktop", "icons/hicolor/64x64/apps/other.png"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text("of another program")
    return tmp_path


def files_in(folder: Path) -> set[Path]:
    """Return all files but the desktop's own cache."""
    return {path for path in folder.rglob("*") if path.is_file() and path.name != "mimeinfo.cache"}


# --- Linux ------------------------------------------------------------------------------------------------------------


def test_that_the_launcher_is_installed_and_removed_without_a_trace(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files_in(data)
    assert main(["install-launcher"]) == 0
    written = files_in(data) - before
    assert {f"  {path}" for path in written} <= set(capsys.readouterr().out.splitlines())
    icons = {path.relative_to(data / "icons/hicolor").as_posix() for path in written if path.suffix != ".desktop"}
    pictures = {f"{side}x{side}/apps/{NAME}.png" for side in (64, 128, 256)}
    assert icons == pictures | {f"scalable/apps/{NAME}.svg"}
    assert main(["uninstall-launcher"]) == 0
    assert files_in(data) == before
    assert {f"  {path}" for path in written} <= set(capsys.readouterr().out.splitlines())
    assert main(["uninstall-launcher"]) == 0
    assert "nothing had to be removed" in capsys.readouterr().out


def test_that_the_desktop_reads_the_entry_and_finds_this_program_by_it(data: Path) -> None:
    assert main(["install-launcher"]) == 0
    entry = data / f"applications/{NAME}.desktop"
    assert command_of(entry) == [sys.executable, *STARTS]
    assert stat.S_IMODE(entry.stat().st_mode) == 0o644
    assert (data / f"icons/hicolor/64x64/apps/{value_of(entry, 'Icon')}.png").exists()
    validate = shutil.which("desktop-file-validate")
    if validate is None:
        pytest.skip("desktop-file-validate is not installed")
    done = subprocess.run([validate, entry], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_that_installing_again_changes_only_what_differs(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["install-launcher"]) == 0
    entry = data / f"applications/{NAME}.desktop"
    good = entry.read_bytes()
    capsys.readouterr()
    assert main(["install-launcher"]) == 0
    assert "nothing had to be changed" in capsys.readouterr().out
    entry.write_text("[Desktop Entry]\nExec=/gone/python\n")  # the program was somewhere else before
    assert main(["install-launcher"]) == 0
    assert entry.read_bytes() == good
    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ")] == [f"  {entry}"]


@pytest.mark.parametrize("folder", AWKWARD)
def test_that_a_desktop_finds_a_python_in_any_folder(tmp_path: Path, folder: str) -> None:
    python = f"{folder}/bin/python"
    entry = tmp_path / "a.desktop"
    entry.write_bytes(desktop_entry(resource(f"desktop/{NAME}.desktop").read_text("utf-8"), python))
    command = command_of(entry)
    assert command[-4:] == [python, *STARTS]
    assert command[:-4] in ([], ["env"])
    validate = shutil.which("desktop-file-validate")
    if validate is not None:
        done = subprocess.run([validate, entry], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("command", ["install-launcher", "uninstall-launcher"])
def test_that_a_place_that_cannot_be_changed_is_said_in_one_line(
    data: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    # Not by permissions, which bind no administrator: something else has the place of a file, or of a folder.
    if command == "install-launcher":
        (data / "icons/hicolor/scalable").write_text("a file")
    else:
        (data / f"applications/{NAME}.desktop").mkdir()
    assert main([command]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert str(data) in said.err
    assert said.err.count("\n") == 1
    assert not (data / f"applications/{NAME}.desktop").is_file()


def test_that_a_relative_data_home_is_not_believed(tmp_path: Path) -> None:
    for environ in ({}, {"XDG_DATA_HOME": ""}, {"XDG_DATA_HOME": "here"}):
        launcher = launcher_for("linux", environ, tmp_path, "/usr/bin/python3")
        assert launcher.files[-1].path == tmp_path / f".local/share/applications/{NAME}.desktop"


@pytest.mark.parametrize("option", [("--port", "9000"), ("--theme", "dark"), ("--allow-network",)])
def test_that_a_launcher_takes_no_options(option: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        parse(["install-launcher", *option])
    assert end.value.code == 2
    assert "install-launcher stands alone" in capsys.readouterr().err


# --- Windows ----------------------------------------------------------------------------------------------------------


def test_that_windows_gets_a_command_file_in_the_start_menu(tmp_path: Path) -> None:
    launcher = launcher_for("win32", {"APPDATA": str(tmp_path)}, Path("/nobody"), r"C:\Programme & mehr\python.exe")
    menu = tmp_path / "Microsoft/Windows/Start Menu/Programs"
    assert launcher.install() == [menu / "FastAPI Explorer.cmd"]
    lines = (menu / "FastAPI Explorer.cmd").read_bytes().decode("utf-8").split("\r\n")
    assert lines[-2:] == [r'start "" "C:\Programme & mehr\pythonw.exe" -P -m explorer', ""]
    assert launcher.install() == []
    assert launcher.uninstall() == [menu / "FastAPI Explorer.cmd"]
    assert list(menu.iterdir()) == []


def test_that_a_command_file_takes_a_percent_sign_as_it_is() -> None:
    text = command_file(r"D:\100%\größe\python.exe").decode("utf-8")
    assert r'"D:\100%%\größe\pythonw.exe"' in text
    assert text.index("chcp 65001") < text.index("größe")  # the console has to read what follows as UTF-8


# --- macOS ------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="there is no sh")
@pytest.mark.parametrize("folder", ["plain", "a b", "it's $HOME", "100% `x`"])
def test_that_macos_gets_an_application_that_becomes_the_program(tmp_path: Path, folder: str) -> None:
    python = tmp_path / folder / "python"
    python.parent.mkdir()
    python.write_text('#!/bin/sh\nprintf "%s\\n" "$0" "$@"\n')
    python.chmod(0o755)
    launcher = launcher_for("darwin", {}, tmp_path, str(python))
    launcher.install()
    contents = tmp_path / "Applications/FastAPI Explorer.app/Contents"
    told = plistlib.loads((contents / "Info.plist").read_bytes())
    program = contents / "MacOS" / told["CFBundleExecutable"]
    done = subprocess.run([program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [str(python), *STARTS]
    mine = tmp_path / "Applications/Mine.app"
    mine.mkdir()
    launcher.uninstall()
    assert list(mine.parent.iterdir()) == [mine]
