"""What the chapter "Lifespan" answers with."""

from datetime import datetime

from pydantic import BaseModel, Field


class Opening(BaseModel):
    """What the lifespan left for the requests."""

    opened_at: datetime = Field(description="When the shop opened.")
    process: int = Field(description="The number of the process. With several workers, each has its own.")
    same_object: bool = Field(description="Whether `request.state` and `app.state` hold the same memory.")
