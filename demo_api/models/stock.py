"""Stock: how many there are of an item."""

from pydantic import BaseModel, ConfigDict, Field


class StockChange(BaseModel):
    """What arrived at the shop or left it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"arrived": 5, "sold": 2}]})

    arrived: int = Field(default=0, ge=0, le=1_000_000, description="How many came in.")
    sold: int = Field(default=0, ge=0, le=1_000_000, description="How many went out.")


class StockLevel(BaseModel):
    """The stock before and after a change."""

    item_id: int = Field(description="Which item.")
    before: int = Field(description="How many there were.")
    after: int = Field(description="How many there are, or would be.")
    reason: str = Field(description="Why it changed.")
    saved: bool = Field(description="Whether the change was stored.")
