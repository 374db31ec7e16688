"""Settings: what the shop tells about how it was set up."""

from typing import Literal

from pydantic import BaseModel, Field


class SettingPublic(BaseModel):
    """One setting, without what is secret about it."""

    name: str = Field(description="Its name in the code.")
    variable: str = Field(description="The environment variable that sets it.")
    value: str = Field(description="What it is now; stars in place of a secret.")
    source: Literal["default", "set"] = Field(description="Whether somebody set it, or it is as it always was.")
