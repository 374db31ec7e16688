"""Members of the shop's club: one shape for what comes in, one for what goes out. All of them are made up."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class MemberBase(BaseModel):
    """What everybody may know of a member."""

    name: str = Field(min_length=1, max_length=40, description="How they are called.")


class MemberCreate(MemberBase):
    """What comes in. The password is here, and nowhere else."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Zoe", "password": "made up for this page"}]})

    password: str = Field(min_length=8, max_length=128, description="8–128 characters.")


class MemberPublic(MemberBase):
    """What goes out."""

    since: date = Field(description="When they joined the club.")
    points: int = Field(description="What they collected.")


class MemberPrivate(MemberPublic):
    """What the server knows. It *is* a MemberPublic, with more in it, so a route may return it as one."""

    password: str = Field(description="Made up. A real shop would keep only a hash.")
    note: str = Field(description="What the staff says among themselves.")


ZOE = MemberPrivate(
    name="Zoe",
    since=date(2025, 3, 1),
    points=120,
    password="made up for this page",  # noqa: S106 - there is no Zoe, and nothing that this would open
    note="Always asks for a discount.",
)
