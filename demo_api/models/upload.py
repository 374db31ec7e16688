"""Uploads: files that clients send."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field


class FileFacts(BaseModel):
    """What can be said of a file that is not kept."""

    name: str | None = Field(description="What the client calls it; null when the route did not ask for the name.")
    content_type: str | None = Field(description="What the client says that it is. Nobody checked.")
    size: int = Field(description="In bytes.")
    sha256: str = Field(description="A fingerprint of what is in it.")
    held_in: Literal["memory", "temporary file"] = Field(description="Where the server had it while the route ran.")


class FilesFacts(BaseModel):
    """What can be said of several files that came together."""

    files: list[FileFacts] = Field(description="Each of them, in the order they were sent.")
    total: int = Field(description="All of them together, in bytes.")


class Upload(BaseModel):
    """A file that the shop keeps."""

    id: str = Field(description="The shop's own name for it.")
    name: str = Field(description="What the client called it, without folders.")
    content_type: str = Field(description="What the client said that it is.")
    size: int = Field(description="In bytes.")
    note: str = Field(default="", description="What the client wrote beside it.")
    created_at: datetime = Field(description="When it came.")
