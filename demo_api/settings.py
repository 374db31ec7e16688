"""Settings: what may differ from one machine to the next.

Each comes from an environment variable, or from a file named `.env`, or else from its default. The code never asks
where it runs.
"""

import secrets
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The settings of the demo shop.

    Attributes:
        database_url: where the data is, as SQLAlchemy writes it: a file of SQLite, whose relative path starts in the
            current folder, or a database in PostgreSQL.
            Environment variable `DEMO_API_DATABASE_URL`.
        allowed_origins: a regular expression for the web pages that browsers may let call this API.
            Environment variable `DEMO_API_ALLOWED_ORIGINS`.
        secret_key: what tokens and cookies are signed with, at least 32 letters. By default each start makes one up:
            whoever was signed in has to do it again then. Set it when several processes serve the same shop.
            Environment variable `DEMO_API_SECRET_KEY`.
        upload_folder: where uploaded files are kept. By default a folder beside the database, made with the first file.
            Environment variable `DEMO_API_UPLOAD_FOLDER`.
        token_minutes: how long a token lets somebody in. Environment variable `DEMO_API_TOKEN_MINUTES`.
    """

    model_config = SettingsConfigDict(
        env_prefix="DEMO_API_", env_file=".env", env_file_encoding="utf-8", extra="ignore"
    )

    database_url: str = "sqlite:///./demo.sqlite3"
    allowed_origins: str = r"https?://(localhost|127\.0\.0\.1)(:\d+)?"
    secret_key: SecretStr = Field(default_factory=lambda: SecretStr(secrets.token_urlsafe(32)), min_length=32)
    token_minutes: int = Field(default=30, ge=1, le=1440)
    upload_folder: Path | None = None
