"""Feedback: one small model, sent in two ways."""

from pydantic import BaseModel, ConfigDict, Field


class Feedback(BaseModel):
    """What a customer thinks."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"stars": 5, "comment": "Bright and sturdy."}]})

    stars: int = Field(ge=1, le=5, description="From 1, bad, to 5, very good.")
    comment: str = Field(default="", max_length=500, description="In the customer's own words.")
