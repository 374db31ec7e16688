"""Status codes: what the chapter answers with."""

from pydantic import BaseModel, Field


class StatusCode(BaseModel):
    """One status code and what it means."""

    code: int = Field(description="The number in the first line of the response.")
    phrase: str = Field(description="Its name.")
    range: str = Field(description="What all codes with this first digit have in common.")
    meaning: str = Field(description="When a server sends it.")
