"""What the window does not need at once is imported later: a person waits for the first paint and the first answer."""

import subprocess
import sys

import pytest

SERVER = {"fastapi", "starlette", "uvicorn", "pydantic", "sqlalchemy", "sqlmodel", "alembic", "demo_api"}
SLOW = {"httpx", "pygments", "jsonschema", "jsonpath", "markdown_it", "websockets", "jedi", "rich"}
BEFORE_THE_PAINT = SERVER | SLOW | {"asyncio", "qasync", "msgspec", "ssl", "sqlite3", "email", "PySide6.QtNetwork"}
BEFORE_SOMEBODY_ASKS = (
    SERVER
    | SLOW
    | {
        "explorer.client.pasting",
        "explorer.client.importing.curl_command",
        "explorer.client.exporting.curl",
        "explorer.client.viewers.paths",
        "explorer.openapi.json_edit",
        "explorer.openapi.response_check",
        "explorer.openapi.validation",
        "explorer.ui.dialogs.cookie_jar",
        "explorer.ui.widgets.body.file_form",
        "explorer.ui.widgets.body.json_form",
        "explorer.ui.widgets.body.rows_form",
        "explorer.ui.widgets.hex_view",
        "explorer.ui.widgets.json_tree",
        "explorer.ui.widgets.picture_view",
        "explorer.ui.widgets.safe_browser",
    }
)


@pytest.mark.parametrize(
    ("module", "late"),
    [("explorer.bootstrap.program", BEFORE_THE_PAINT), ("explorer.bootstrap.rooms", BEFORE_SOMEBODY_ASKS)],
)
def test_that_nobody_waits_for_an_import_that_is_not_needed_yet(module: str, late: set[str]) -> None:
    code = f"import sys, {module}; print(sorted({late} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
