"""The form of the chapter "Templates"."""

from pydantic import BaseModel, Field


class ItemForm(BaseModel):
    """What a person types to sell something."""

    name: str = Field(min_length=1, max_length=80, description="What it is called.", examples=["Desk lamp"])
    price: float = Field(gt=0, le=1_000_000, description="What it costs, in euros.", examples=[39.9])
