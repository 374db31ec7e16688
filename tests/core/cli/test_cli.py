from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import explorer
from explorer import __version__
from explorer.cli import main
from explorer.cli.arguments import Arguments, parse
from explorer.cli.display import lacks_library, why_no_window
from explorer.storage.instance import InstanceLock
from explorer.storage.options import Options, TourOptions


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a person would, on a system without a display."""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    clean = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [sys.executable, "-m", "explorer", *arguments],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**clean, "COLUMNS": "100", **environment},
    )


class Terminal(io.StringIO):
    """A person at the keyboard."""

    def isatty(self) -> bool:
        return True


# --- what is answered -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_that_help_and_version_import_neither_qt_nor_fastapi(argument: str) -> None:
    code = (
        "import sys, explorer.cli\n"
        f"try: explorer.cli.main([{argument!r}])\n"
        "except SystemExit as end: assert end.code == 0\n"
        "heavy = {'PySide6', 'fastapi', 'starlette', 'pydantic', 'uvicorn', 'httpx', 'sqlalchemy', 'asyncio'}\n"
        "print('heavy:', sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "heavy: []"


def test_that_version_and_help_are_readable() -> None:
    assert run("--version").stdout == f"FastAPI Explorer {__version__}\n"
    text = run("--help").stdout
    commands = ("paths", "tour", "install-launcher", "uninstall-launcher")
    for word in ("--port", "--host", "--database", "--data-dir", "--theme", "--zoom", "--reset", *commands):
        assert word in text


def test_that_paths_are_printed_and_nothing_is_made(tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = run("paths", "--data-dir", str(data), "--database", str(tmp_path / "shop.db"))
    assert done.returncode == 0
    lines = {what: where.strip() for what, _, where in (line.partition(":") for line in done.stdout.splitlines())}
    assert lines["Data folder"] == str(data)
    assert lines["Settings"] == str(data / "settings.json")
    assert lines["Demo database"] == str(tmp_path / "shop.db")
    assert not data.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_that_a_machine_without_a_display_is_told_of_the_tour() -> None:
    done = run()
    assert done.returncode == 2
    assert done.stdout == ""
    assert "needs a display" in done.stderr
    assert "fastapi-explorer tour --out DIR" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["./tour"], "“./tour” is not a command. Known are: paths, tour, install-launcher,"),
        (["course"], "“course” is not a command."),
        (["tour"], "tour needs a folder for its pictures: --out DIR."),
        (["--size", "800x600"], "--size belongs to the command tour."),
        (["--only", "80"], "--only belongs to the command tour."),
        (["tour", "--out", "x", "--size", "big"], "a size reads like 1440x900, not “big”."),
        (["tour", "--out", "x", "--size", "1x1"], "a size reads like 1440x900"),
        (["tour", "--out", "x", "--theme", "system"], "tour paints dark or light"),
        (["--zoom", "500"], "zoom is a number from 80 to 200, not “500”."),
        (["--port", "0"], "a port is a number from 1 to 65535, not “0”."),
        (["--port", "99999999999"], "a port is a number from 1 to 65535"),
        (["--them", "dark"], "unrecognized arguments: --them"),
        (["paths", "--reset"], "--reset stands alone"),
    ],
)
def test_that_a_mistake_is_answered_in_one_line(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        parse(arguments)
    assert end.value.code == 2
    error = capsys.readouterr().err
    assert sentence in error
    assert error.count("\n") == 1


# --- what is understood -----------------------------------------------------------------------------------------------


def test_that_nothing_said_means_defaults() -> None:
    assert parse([]) == Arguments(command=None, options=Options(), allow_network=False, reset=False, yes=False)


def test_that_every_option_arrives(tmp_path: Path) -> None:
    options = parse(
        [
            *("--port", "9000", "--host", "localhost", "--database", "shop.db", "--data-dir", str(tmp_path)),
            *("--theme", "light", "--zoom", "150%"),
        ]
    ).options
    assert options == Options(
        host="localhost",
        port=9000,
        fixed_port=True,
        database=Path.cwd() / "shop.db",
        data_dir=tmp_path,
        theme="light",
        zoom=150,
    )


@pytest.mark.parametrize("order", [["tour", "--out", "{}"], ["--out", "{}", "tour"]])
def test_that_the_tour_takes_its_options_in_any_order(tmp_path: Path, order: list[str]) -> None:
    arguments = parse([word.format(tmp_path) for word in order] + ["--size", "1280x720", "--theme", "dark"])
    assert arguments.command == "tour"
    assert arguments.options.tour == TourOptions(out=tmp_path, width=1280, height=720)
    only = parse(["tour", "--out", str(tmp_path), "--only", "7, 80"]).options.tour
    assert only is not None
    assert only.only == ("7", "80")
    assert arguments.options.theme == "dark"
    assert parse(["tour", "--out", str(tmp_path)]).options.tour == TourOptions(out=tmp_path)


# --- asking first -----------------------------------------------------------------------------------------------------


def test_that_opening_to_the_network_needs_consent() -> None:
    done = run("--host", "0.0.0.0")  # noqa: S104 - that is what is tested
    assert done.returncode == 2
    assert "--allow-network" in done.stderr
    assert done.stderr.count("\n") == 1
    # With consent it gets as far as the display.
    assert "needs a display" in run("--host", "0.0.0.0", "--allow-network").stderr  # noqa: S104


def test_that_a_person_may_say_no_to_the_network(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("\n"))
    assert main(["--host", "192.0.2.1"]) == 2
    assert "every machine on this network" in capsys.readouterr().out


def test_that_a_reset_lists_asks_and_moves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.json").write_text("{}")
    arguments = ["--reset", "--data-dir", str(tmp_path)]
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert main(arguments) == 1
    assert "  settings.json\n" in capsys.readouterr().out
    assert (tmp_path / "settings.json").exists()
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    assert main(arguments) == 0
    (backup,) = tmp_path.glob("backup-*")
    assert (backup / "settings.json").exists()
    assert str(backup) in capsys.readouterr().out
    assert main(arguments) == 0
    assert "nothing to reset" in capsys.readouterr().out


def test_that_a_reset_without_anybody_to_ask_needs_yes(tmp_path: Path) -> None:
    (tmp_path / "drafts.json").write_text("{}")
    refused = run("--reset", "--data-dir", str(tmp_path))
    assert refused.returncode == 1
    assert "Add --yes" in refused.stderr
    assert (tmp_path / "drafts.json").exists()
    assert run("--reset", "--yes", "--data-dir", str(tmp_path)).returncode == 0
    assert not (tmp_path / "drafts.json").exists()


def test_that_a_folder_in_use_is_not_reset(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "drafts.json").write_text("{}")
    lock = InstanceLock(tmp_path / "lock")
    assert lock.acquire()
    try:
        assert main(["--reset", "--yes", "--data-dir", str(tmp_path)]) == 1
    finally:
        lock.release()
    assert "Close it, then reset." in capsys.readouterr().err


# --- what Qt needs ----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux may lack a display or a library")
class TestWhatQtNeeds:
    def test_that_all_is_well_with_a_display(self) -> None:
        assert why_no_window({"DISPLAY": ":0"}, offscreen=False) is None
        assert why_no_window({"QT_QPA_PLATFORM": "offscreen"}, offscreen=False) is None
        assert why_no_window({}, offscreen=True) is None

    def test_that_a_missing_library_is_named_with_its_packages(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        compiler = shutil.which("cc")
        if compiler is None:
            pytest.skip("There is no C compiler here.")
        # A PySide6 whose plugin wants a library that no system has.
        plugins = tmp_path / "PySide6" / "Qt" / "plugins" / "platforms"
        plugins.mkdir(parents=True)
        (tmp_path / "PySide6" / "__init__.py").touch()
        source, library = tmp_path / "plugin.c", tmp_path / "libxcb-cursor-of-nowhere.so.0"
        source.write_text("int nothing;")
        for out, needs in ((library, []), (plugins / "libqxcb.so", [str(library)])):
            command = [compiler, "-shared", "-o", str(out), str(source), "-Wl,--no-as-needed", *needs]
            subprocess.run(command, check=True)
        library.unlink()
        monkeypatch.setattr("explorer.cli.display._LINKER_CACHE", tmp_path / "no cache")
        monkeypatch.setattr("sys.modules", {name: m for name, m in sys.modules.items() if name != "PySide6"})
        monkeypatch.syspath_prepend(str(tmp_path))
        problem = why_no_window({"DISPLAY": ":0"}, offscreen=False)
        assert problem is not None
        assert "libxcb-cursor-of-nowhere.so.0, which is not installed" in problem
        assert "sudo apt install" in problem
        assert "libxcb-cursor0" in problem
        assert "sudo dnf install" in problem

    def test_that_the_readme_has_the_same_commands(self) -> None:
        readme = (Path(explorer.__file__).parent.parent / "README.md").read_text(encoding="utf-8")
        commands = re.findall(r"sudo (.+)", lacks_library("libEGL.so.1: cannot open shared object file"))
        assert len(commands) == 2
        assert [command for command in commands if f"`{command}`" not in readme] == []


# --- an installation of which something is missing --------------------------------------------------------------------


def install_without(missing: str, folder: Path) -> None:
    """Put the program into a folder, but for one file or folder of what ships with it; empty for all of that."""
    package = Path(explorer.__file__).parent
    shutil.copytree(package, folder / "explorer", ignore=shutil.ignore_patterns("__pycache__"))
    if missing:
        shutil.copytree(package.parent / "resources", folder / "explorer" / "_resources")
        gone = folder / "explorer" / "_resources" / missing
        gone.unlink() if gone.is_file() else shutil.rmtree(gone)


def run_there(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "explorer", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(folder / "menu")},
    )


@pytest.mark.parametrize("missing", ["", "fonts/Inter-Medium.ttf", "icons/icons.json", "qss"])
def test_that_an_installation_without_its_resources_says_so_in_one_line(tmp_path: Path, missing: str) -> None:
    install_without(missing, tmp_path)
    done = run_there(tmp_path, "--data-dir", str(tmp_path / "data"))
    (line,) = done.stderr.splitlines()
    assert done.returncode == 1
    assert missing in line
    assert line.endswith("is missing. Install FastAPI Explorer again.")


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="launchers are made of what ships on Linux only")
@pytest.mark.parametrize("missing", ["", "icons/app-128.png", "desktop"])
def test_that_a_launcher_is_not_half_installed_without_its_resources_and_can_be_removed(
    tmp_path: Path, missing: str
) -> None:
    install_without(missing, tmp_path)
    done = run_there(tmp_path, "install-launcher")
    (line,) = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (1, "")
    assert line.startswith("The launcher is not installed: ")
    assert missing in line
    assert line.endswith("is missing. Install FastAPI Explorer again.")
    assert not (tmp_path / "menu").exists()

    entry = tmp_path / "menu" / "applications" / "fastapi-explorer.desktop"  # of when nothing was missing
    entry.parent.mkdir(parents=True)
    entry.touch()
    done = run_there(tmp_path, "uninstall-launcher")
    assert (done.returncode, done.stderr, entry.exists()) == (0, "", False)
