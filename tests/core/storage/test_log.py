from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.storage.folder import DataFolder
from explorer.storage.log import recent_lines, start_logging
from explorer.storage.redact import redact


def test_that_our_records_are_on_the_disk_and_the_apps_are_not(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    stop = start_logging(folder)
    try:
        logging.getLogger("explorer.ui").info("the window is open")
        logging.getLogger("shop.orders").error("the customer's address")
    finally:
        stop()
    logging.getLogger("explorer.ui").warning("after the end")
    text = folder.log.read_text()
    assert "INFO MainThread explorer.ui: the window is open" in text
    assert "address" not in text
    assert "after the end" not in text
    assert "the window is open" in recent_lines(folder.log)
    assert recent_lines(tmp_path / "none.log") == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_that_a_full_disk_leaves_the_terminal_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = DataFolder(tmp_path)
    folder.create()
    folder.log.symlink_to("/dev/full")
    stop = start_logging(folder)
    logging.getLogger("explorer.ui").warning("nobody reads this")
    stop()
    assert capsys.readouterr() == ("", "")


def test_that_a_crash_leaves_its_last_words(tmp_path: Path) -> None:
    code = (
        "import sys, ctypes; from pathlib import Path\n"
        "from explorer.storage.folder import DataFolder; from explorer.storage.log import start_logging\n"
        "start_logging(DataFolder(Path(sys.argv[1])))\n"
        "ctypes.string_at(0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, check=False)
    assert done.returncode != 0
    assert "Current thread" in DataFolder(tmp_path).crash_log.read_text()


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer hunter2hunter2",
        "authorization: Basic hunter2==",
        "Cookie: session=hunter2; theme=dark",
        "Set-Cookie: session=hunter2; HttpOnly",
        "('authorization', 'Bearer hunter2hunter2')",
        "(b'cookie', b'session=hunter2')",
        "{'password': 'hunter2', 'name': 'Ada'}",
        '{"password": "hunter2 with \\" a quote", "name": "Ada"}',
        '{"access_token":"hunter2"}',
        "username=ada&password=hunter2&x=1",
        "client_secret=hunter2",
        "api_key: hunter2",
        "X-Api-Key: hunter2",
        "postgresql://ada:hunter2@localhost/db",
        "said Bearer hunter2.hunter2",
    ],
)
def test_that_secrets_do_not_leave(text: str) -> None:
    assert "hunter2" not in redact(text)
    assert "•••" in redact(text)


def test_that_what_is_no_secret_stays_and_home_is_short() -> None:
    text = '{"name": "Ada"}\nGET /items?q=lamp 200\ntokens are explained in the docs\npasswords matter'
    assert redact(text) == text
    assert redact(f"File {Path.home()}/project/main.py") == "File ~/project/main.py"
    assert redact("username=ada&password=x&page=2").endswith("&page=2")
