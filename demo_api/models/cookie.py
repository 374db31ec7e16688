"""Cookies: what the chapter reads and answers with."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Language(StrEnum):
    """The languages of the shop."""

    ENGLISH = "en"
    FRENCH = "fr"
    GERMAN = "de"
    SPANISH = "es"


class Theme(StrEnum):
    """How the shop's pages look."""

    LIGHT = "light"
    DARK = "dark"


class Preferences(BaseModel):
    """All cookies of the shop in one model. A field is a cookie; cookies that are not declared are ignored."""

    language: Language = Field(default=Language.ENGLISH, description="The cookie `language`.")
    theme: Theme = Field(default=Theme.LIGHT, description="The cookie `theme`.")
    visits: int = Field(default=0, ge=0, le=1_000_000, description="The cookie `visits`; in a cookie it is text.")


class CookieValue(BaseModel):
    """One cookie, as the server sees it."""

    name: str = Field(description="What the cookie is called.")
    value: str | None = Field(description="What is in it; null when the client sent none.")


class CookieChange(BaseModel):
    """A cookie before and after."""

    name: str = Field(description="What the cookie is called.")
    before: str | None = Field(description="What the client sent; null when it sent none.")
    after: str = Field(description="What it shall send from now on.")


class SignIn(BaseModel):
    """Who begins a session."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Ada"}]})

    name: str = Field(min_length=1, max_length=40, description="How to call the visitor.")


class Visit(BaseModel):
    """A session: what travels, signed, in the cookie."""

    name: str = Field(min_length=1, max_length=40, description="Who it is.")
    ends_at: datetime = Field(description="When the server stops believing the cookie.")
