"""Settings, fit to be shown."""

from pydantic import SecretStr
from sqlalchemy import make_url

from demo_api.models.setting import SettingPublic
from demo_api.settings import Settings

# Named one by one: a setting that somebody adds stays hidden until somebody decides that it may be seen.
SHOWN = ("database_url", "allowed_origins", "secret_key", "token_minutes")


def safe_settings(settings: Settings) -> list[SettingPublic]:
    """Return the settings that may be seen, without passwords."""
    prefix = settings.model_config.get("env_prefix", "")
    return [
        SettingPublic(
            name=name,
            variable=f"{prefix}{name}".upper(),
            value=_shown(name, getattr(settings, name)),
            source="set" if name in settings.model_fields_set else "default",
        )
        for name in SHOWN
    ]


def _shown(name: str, value: object) -> str:
    if isinstance(value, SecretStr):
        return "**********"
    if name == "database_url":
        return make_url(str(value)).set(query={}).render_as_string(hide_password=True)
    return str(value)
