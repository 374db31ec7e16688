"""What the chapter "Query parameters" answers with."""

from pydantic import BaseModel, Field


class Label(BaseModel):
    """What is printed on a price tag."""

    text: str = Field(description="The label, short or long.")


class Converted(BaseModel):
    """One value, as it arrived in the route."""

    value: str = Field(description="The value, as Python writes it.")
    type: str = Field(description="Its Python type. In the URL it was text.")
