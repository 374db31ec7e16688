"""Streams: what arrives piece by piece."""

from datetime import datetime

from pydantic import BaseModel, Field


class Tick(BaseModel):
    """One event of the stream."""

    number: int = Field(description="Its number; the next one is one higher.")
    sent_at: datetime = Field(description="When it left the server.")
