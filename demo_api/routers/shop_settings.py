"""Beyond the handbook, Settings: what may differ from one machine to the next."""

from fastapi import APIRouter

from demo_api.dependencies import SettingsDep
from demo_api.models.setting import SettingPublic
from demo_api.services.safe_settings import safe_settings

TAG = "Settings"
DESCRIPTION = "What may differ between machines comes from the environment, or from a file named `.env`."

router = APIRouter(tags=[TAG])


@router.get("/settings", summary="Show the settings")
async def read_settings(settings: SettingsDep) -> list[SettingPublic]:
    """Show what is set, and by which environment variable. A variable wins over `.env`, and `.env` over the default.

    **Often wrong:** showing or logging all of them. Among them are passwords; `SecretStr` prints as stars.
    """
    return safe_settings(settings)
