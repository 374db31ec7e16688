"""The journal: what happened in a request, in the order it happened."""

from pydantic import BaseModel, Field


class JournalLine(BaseModel):
    """One thing that happened."""

    after_ms: float = Field(description="Milliseconds since the request's page was opened.")
    text: str = Field(description="What happened.")


class JournalPage(BaseModel):
    """Everything that one request wrote down, also after its answer was sent."""

    number: int = Field(description="The page's number.")
    title: str = Field(description="Which route opened it.")
    lines: list[JournalLine] = Field(description="What happened, the oldest first.")


class JournalNote(BaseModel):
    """The answer of a route whose story goes on after the answer."""

    page: int = Field(description="The page of the journal to look at next.")
    so_far: list[str] = Field(description="What was written down when the route ended.")
