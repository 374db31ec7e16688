"""Forms: what the chapter reads and answers with."""

from pydantic import BaseModel, ConfigDict, Field, JsonValue


class Complaint(BaseModel):
    """A form with three fields. `extra="forbid"` is safe here: nobody but the form itself adds fields."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=40, description="Who complains.", examples=["Grace"])
    order: int = Field(ge=1, le=1_000_000, description="About which order.", examples=[7])
    text: str = Field(min_length=1, max_length=500, description="What went wrong.", examples=["The lamp is dark."])


class FormReceived(BaseModel):
    """What arrived, and how it travelled."""

    sent_as: str = Field(description="The request's `Content-Type`, without what follows the semicolon.")
    fields: dict[str, JsonValue] = Field(description="The values, as the route got them.")


class ParameterKind(BaseModel):
    """One of FastAPI's ways to say where a parameter is."""

    name: str = Field(description="What you write.")
    is_a: list[str] = Field(description="The classes it is made from, the nearest first.")
    media_type: str = Field(description="What the body has to be.")
