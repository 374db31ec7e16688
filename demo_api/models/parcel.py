"""Parcels: what `Field` can say of a value."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from demo_api.models.paths import ShippingSpeed

Centimetres = Annotated[int, Field(ge=1, le=200)]

LAMP_PARCEL: JsonDict = {
    "code": "AB-1234",
    "weight": 1_250,
    "size": {"width": 30, "height": 45, "depth": 20},
    "contents": ["Desk lamp", "Bulb"],
    "speed": "express",
}


class ParcelSize(BaseModel):
    """A model inside a model: its errors tell the whole way, such as `body → size → width`."""

    width: Centimetres
    height: Centimetres
    depth: Centimetres


class Parcel(BaseModel):
    """A parcel on its way out."""

    model_config = ConfigDict(json_schema_extra={"examples": [LAMP_PARCEL]})

    code: str = Field(
        pattern=r"^[A-Z]{2}-[0-9]{4}$", title="Tracking code", description="Two capital letters, a hyphen, four digits."
    )
    weight: int = Field(gt=0, le=30_000, multiple_of=10, description="In grams, on scales that count in tens.")
    size: ParcelSize = Field(description="In centimetres.")
    contents: list[Annotated[str, Field(min_length=1, max_length=80)]] = Field(
        min_length=1, max_length=20, description="What is in it."
    )
    speed: ShippingSpeed = Field(default=ShippingSpeed.STANDARD, description="How quickly it travels.")
    fragile: bool = Field(default=False, deprecated=True, description="Every parcel is handled with care now.")


class ParcelReceipt(BaseModel):
    """What the post office answers."""

    code: str = Field(description="The tracking code.")
    volume: float = Field(description="In litres.")
    price: float = Field(description="What the way costs, in euros.")
