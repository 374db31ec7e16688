"""Static files: what the folder holds."""

from pydantic import BaseModel, Field


class StaticFile(BaseModel):
    """A file that is sent as it is."""

    path: str = Field(description="Where it is in the folder.")
    url: str = Field(description="Where a browser finds it.")
    media_type: str = Field(description="What it is, as far as its name tells.")
    size: int = Field(description="How long it is, in bytes.")
