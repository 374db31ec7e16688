"""What the chapter "Path parameters" answers with."""

from enum import StrEnum

from pydantic import BaseModel, Field


class ShippingSpeed(StrEnum):
    """How quickly a parcel travels. An Enum as a type is a closed list of choices."""

    STANDARD = "standard"
    EXPRESS = "express"
    PICKUP = "pickup"


class Shipping(BaseModel):
    """One way to get a parcel."""

    speed: ShippingSpeed = Field(description="Which way.")
    days: int = Field(description="How many days it takes at most.")
    price: float = Field(description="What it costs, in euros.")


class FilePath(BaseModel):
    """A path, taken apart. No file is opened."""

    path: str = Field(description="What the parameter holds.")
    folders: list[str] = Field(description="The folders on the way.")
    name: str = Field(description="The last part.")
    absolute: bool = Field(description="Whether it begins with a slash.")
