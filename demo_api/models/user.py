"""Users: who buys and sells in the shop."""

from datetime import datetime

from pydantic import EmailStr
from pydantic.config import JsonDict
from sqlmodel import Field, SQLModel

from demo_api.models.types import UtcDateTime, now

BARBARA: JsonDict = {"name": "Barbara", "email": "barbara@example.com", "password": "clear as a contract"}


class UserBase(SQLModel):
    """What everybody knows of a user."""

    name: str = Field(min_length=1, max_length=40, description="How they are called: 1–40 characters.")
    email: EmailStr = Field(max_length=120, unique=True, description="Where to reach them; no two users share one.")


class UserCreate(UserBase):
    """What a client sends to add a user. The password comes in here, and goes out nowhere."""

    model_config = {"json_schema_extra": {"examples": [BARBARA]}}

    password: str = Field(min_length=8, max_length=128, description="8–128 characters; only its hash is stored.")


class UserPublic(UserBase):
    """What a client may see of a user: the password's hash is not among it."""

    id: int = Field(description="The user's number.")
    created_at: datetime = Field(description="When they joined.")


class User(UserBase, table=True):
    """A row of the table `users`."""

    __tablename__ = "users"

    id: int | None = Field(default=None, primary_key=True)
    password_hash: str
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
