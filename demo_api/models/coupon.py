"""Coupons and reservations: small things that can go wrong."""

from pydantic import BaseModel, ConfigDict, Field

from demo_api.models.types import LARGEST_ID


class Coupon(BaseModel):
    """A coupon that can be used."""

    code: str = Field(description="What is printed on it.")
    percent: int = Field(description="How much it takes off.")


class ReservationRequest(BaseModel):
    """What somebody wants to be kept for them."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"item_id": 1, "quantity": 2}]})

    item_id: int = Field(ge=1, le=LARGEST_ID, description="Which item.")
    quantity: int = Field(ge=1, le=1_000, description="How many of it.")


class Reservation(BaseModel):
    """What is kept. Nothing is stored: it is only said."""

    name: str = Field(description="The item's name.")
    quantity: int = Field(description="How many are kept.")
    left: int = Field(description="How many others could still have.")


class Share(BaseModel):
    """What each of them gets."""

    each: float = Field(description="In euros.")


class Shelf(BaseModel):
    """One of the shop's three shelves."""

    number: int = Field(description="Which one.")
    holds: str = Field(description="What is on it.")
