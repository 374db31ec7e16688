"""Settings: where they come from, and what of them may be seen."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from demo_api.services.safe_settings import safe_settings
from demo_api.settings import Settings


def test_that_a_variable_wins_over_the_file_and_the_file_over_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings().token_minutes == 30
    Path(".env").write_text("DEMO_API_TOKEN_MINUTES=5\n", encoding="utf-8")
    assert Settings().token_minutes == 5
    monkeypatch.setenv("DEMO_API_TOKEN_MINUTES", "7")
    assert Settings().token_minutes == 7


def test_that_a_setting_that_makes_no_sense_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_API_SECRET_KEY", "short")
    with pytest.raises(ValidationError, match="secret_key"):
        Settings()


def test_that_each_start_makes_up_a_key_of_its_own() -> None:
    assert Settings().secret_key != Settings().secret_key


def test_that_the_route_tells_what_was_set(client: TestClient, settings: Settings) -> None:
    shown = {setting["name"]: setting for setting in client.get("/settings").json()}
    assert shown["database_url"] == {
        "name": "database_url",
        "variable": "DEMO_API_DATABASE_URL",
        "value": settings.database_url,
        "source": "set",
    }
    assert (shown["token_minutes"]["value"], shown["token_minutes"]["source"]) == ("30", "default")


def test_that_no_secret_is_shown(client: TestClient, settings: Settings) -> None:
    assert settings.secret_key.get_secret_value() not in client.get("/settings").text
    secret = Settings(database_url="postgresql+psycopg://ada:hush@db.example.com/shop?password=hush")
    values = {setting.name: setting.value for setting in safe_settings(secret)}
    assert values["database_url"] == "postgresql+psycopg://ada:***@db.example.com/shop"
    assert values["secret_key"] == "**********"
