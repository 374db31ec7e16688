"""Quotes: what an order would cost. The same body twice, read gently and read strictly."""

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from demo_api.models.types import LARGEST_ID

THREE_LAMPS: JsonDict = {"item_id": 1, "quantity": 3}


class QuoteRequest(BaseModel):
    """What somebody thinks of ordering.

    Pydantic reads it gently: the text `"3"` becomes the number 3, and a field that is not declared is ignored.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [THREE_LAMPS]})

    item_id: int = Field(ge=1, le=LARGEST_ID, description="Which item.")
    quantity: int = Field(default=1, ge=1, le=1_000, description="How many of it.")


class StrictQuoteRequest(QuoteRequest):
    """The same, read strictly: `"3"` is no number, and a field that is not declared is an error."""

    model_config = ConfigDict(strict=True, extra="forbid")


class Quote(BaseModel):
    """What the order would cost."""

    name: str = Field(description="The item's name.")
    quantity: int = Field(description="How many, as a number.")
    total: float = Field(description="The price of all of them, in euros.")
