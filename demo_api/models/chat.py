"""Chat: what travels through the rooms of the chapter "WebSockets"."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

TWO_LAMPS: JsonDict = {"name": "Desk lamp", "quantity": 2}

MOST_CHARACTERS = 500
MOST_BYTES = 65_536
"""How large a picture may be."""


class ChatMessage(BaseModel):
    """One message, as each member of a room gets it."""

    kind: Literal["joined", "left", "said", "showed", "announced"] = Field(description="What happened.")
    name: str = Field(description="Who it is about.")
    text: str = Field(default="", description="What was said, or how large a picture was.")


class Announcement(BaseModel):
    """What the shop wants to tell everyone in a room."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"text": "We close in ten minutes."}]})

    text: str = Field(min_length=1, max_length=MOST_CHARACTERS, description="The words.")


class Delivered(BaseModel):
    """Whom a message went to."""

    members: int = Field(description="How many were in the room.")


class RoomState(BaseModel):
    """One room, as it is now."""

    name: str = Field(description="The room's name.")
    members: list[str] = Field(description="Who is in it.")
    last_messages: list[ChatMessage] = Field(description="What happened last, the oldest first.")


class TicketPublic(BaseModel):
    """A ticket for a private connection."""

    ticket: str = Field(description="The secret. It works once.")
    seconds: int = Field(description="How long it works.")


class Wish(BaseModel):
    """What somebody wants to buy, sent through a WebSocket as JSON."""

    model_config = ConfigDict(json_schema_extra={"examples": [TWO_LAMPS]})

    name: str = Field(min_length=1, max_length=80, description="What it is.")
    quantity: int = Field(ge=1, le=1_000, description="How many of it.")


class WishReply(BaseModel):
    """What the shop answers: either a sentence, or what is wrong with the wish."""

    text: str = Field(default="", description="The answer.")
    mistakes: list[str] = Field(default_factory=list, description="What is wrong, and where.")


class Handshake(BaseModel):
    """What a WebSocket's opening request carried."""

    lang: str | None = Field(description="From the query.")
    visitor: str | None = Field(description="From the cookie `visitor`.")
    user_agent: str | None = Field(description="From the header `User-Agent`.")
    user: str = Field(description="From a dependency that asked the database: who is asking.")
