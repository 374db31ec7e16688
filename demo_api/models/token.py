"""Tokens and keys: what lets a client in without its password."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field


class Token(BaseModel):
    """The answer to signing in. The names of its fields are those of OAuth2, so that any client knows them."""

    access_token: str = Field(description="Send it with each request: `Authorization: Bearer …`.")
    token_type: Literal["bearer"] = Field(default="bearer", description="Whoever bears it is let in.")
    expires_in: int = Field(description="For how many seconds it is good.")
    scope: str = Field(description="What it is good for: the scopes you were given, with spaces between them.")


class TokenContent(BaseModel):
    """What a token says. It is signed, so nobody can change it; it is not encrypted, so anybody can read it."""

    user_id: int = Field(description="Whom it stands for.")
    scopes: list[str] = Field(description="What it is good for.")
    issued_at: datetime = Field(description="When it was made.")
    expires_at: datetime = Field(description="When it stops being good.")


class ApiKey(BaseModel):
    """A key for a program, which cannot type a password."""

    api_key: str = Field(description="Send it with each request, in the header `X-API-Key`.")


class StockReport(BaseModel):
    """What somebody has in the shop."""

    items: int = Field(description="How many different items they sell.")
    pieces: int = Field(description="How many pieces there are of all of them.")
    value: float = Field(description="What all the pieces cost together, in euros.")
