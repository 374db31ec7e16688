"""Gifts: two models that travel in one body."""

from pydantic import BaseModel, Field


class Present(BaseModel):
    """What is given."""

    name: str = Field(min_length=1, max_length=80, description="What it is.", examples=["Desk lamp"])
    wrapped: bool = Field(default=True, description="Whether it comes in paper.")


class Recipient(BaseModel):
    """Who gets it."""

    name: str = Field(min_length=1, max_length=40, description="Their name.", examples=["Grace"])
    city: str = Field(min_length=1, max_length=80, description="Where they live.", examples=["Arlington"])


class GiftCard(BaseModel):
    """The card that goes with it."""

    text: str = Field(description="What is written on the card.")
